/**
 * Terraform's AWS provider on each service by itself, and on fifty resources of many services at once: applies, plans empty and destroys
 * every root that stands in a folder of `terraform/`, and prints the seconds of each.
 */
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from '../command.ts';
import { clientEnvironment, profileOf, type RunningPlatform, startPlatform, Visitor } from '../platform.ts';

const program = process.env['TERRAFORM'] ?? 'terraform';
const plugins = process.env['TERRAFORM_PLUGINS'];
const roots = 'test/conformance/terraform';
const entries = await readdir(roots, { withFileTypes: true });
const services = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);

/** How many resources a root has: none of them is made several times or not at all. */
async function resourcesOf(root: string): Promise<number> {
  const text = await readFile(join(roots, root, 'main.tf'), 'utf8');
  return text.match(/^resource "/gm)?.length ?? 0;
}

let platform: RunningPlatform;
beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(() => platform?.stop());

describe.each(services)('%s', (service) => {
  let directory: string;
  let env: Record<string, string>;
  let resources: number;

  const terraform = async (...words: string[]) => {
    const before = performance.now();
    const outcome = await run(program, words, { env, cwd: directory });
    const seconds = (performance.now() - before) / 1000;
    console.log(`${service}, ${resources} resources: ${words[0]} took ${seconds.toFixed(1)} s`);
    return { ...outcome, all: `${outcome.stdout}${outcome.stderr}` };
  };

  beforeAll(async () => {
    resources = await resourcesOf(service);
    const { sandbox } = await new Visitor(platform.url).open('foundations/playground');
    directory = await mkdtemp(join(tmpdir(), 'terraform-'));
    await cp(join(roots, service), directory, { recursive: true });
    env = {
      ...clientEnvironment(sandbox, profileOf(sandbox, 'admin')),
      HOME: directory,
      CHECKPOINT_DISABLE: '1',
      TF_IN_AUTOMATION: '1',
      // S3 Control's host begins with the account's id, which no address can: the gateway is its proxy.
      HTTP_PROXY: sandbox.endpoint,
    };
    const init = await terraform('init', '-no-color', ...(plugins === undefined ? [] : [`-plugin-dir=${plugins}`]));
    expect(init.all).toContain('successfully initialized');
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  test('applies', async () => {
    const applied = await terraform('apply', '-auto-approve', '-no-color');
    expect(applied.all).toContain(`Apply complete! Resources: ${resources} added, 0 changed, 0 destroyed`);
  });

  test('plans empty', async () => {
    const planned = await terraform('plan', '-detailed-exitcode', '-no-color');
    expect(planned.all).toContain('No changes.');
    expect(planned.status).toBe(0);
  });

  test('destroys', async () => {
    const destroyed = await terraform('destroy', '-auto-approve', '-no-color');
    expect(destroyed.all).toContain(`Destroy complete! Resources: ${resources} destroyed`);
  });
});

test('one root has fifty resources', async () => {
  expect(await resourcesOf('fifty')).toBe(50);
});
