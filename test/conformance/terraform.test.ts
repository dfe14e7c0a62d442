/** Terraform's AWS provider: applies, plans empty and destroys each root, `terraform/` itself and each folder in it. */
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from '../command.ts';
import { clientEnvironment, profileOf, type RunningPlatform, startPlatform, Visitor } from '../platform.ts';

const program = process.env['TERRAFORM'] ?? 'terraform';
const plugins = process.env['TERRAFORM_PLUGINS'];

/** Each root with the least number of resources that it must make. */
const entries = await readdir('test/conformance/terraform', { withFileTypes: true });
const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => ({ root: name, atLeast: 1 }));
const roots = [{ root: '.', atLeast: 12 }, ...folders.sort((a, b) => (a.root < b.root ? -1 : 1))];

let platform: RunningPlatform;
beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(() => platform?.stop());

describe.each(roots)('$root', ({ root, atLeast }) => {
  let directory: string;
  let env: Record<string, string>;

  const terraform = async (...words: string[]) => {
    const outcome = await run(program, words, { env, cwd: directory });
    return { ...outcome, all: `${outcome.stdout}${outcome.stderr}` };
  };

  beforeAll(async () => {
    const { sandbox } = await new Visitor(platform.url).open('foundations/playground');
    directory = await mkdtemp(join(tmpdir(), 'terraform-'));
    await cp(join('test/conformance/terraform', root), directory, { recursive: true });
    env = {
      ...clientEnvironment(sandbox, profileOf(sandbox, 'admin')),
      HOME: directory,
      CHECKPOINT_DISABLE: '1',
      TF_IN_AUTOMATION: '1',
    };
    const init = await terraform('init', '-no-color', ...(plugins === undefined ? [] : [`-plugin-dir=${plugins}`]));
    expect(init.all).toContain('successfully initialized');
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  test('applies', async () => {
    const applied = await terraform('apply', '-auto-approve', '-no-color');
    expect(applied.all).toMatch(/Apply complete! Resources: \d+ added, 0 changed, 0 destroyed/);
    const added = Number(/Resources: (\d+) added/.exec(applied.all)?.[1]);
    expect(added).toBeGreaterThanOrEqual(atLeast);
  });

  test('plans empty', async () => {
    const planned = await terraform('plan', '-detailed-exitcode', '-no-color');
    expect(planned.all).toContain('No changes.');
    expect(planned.status).toBe(0);
  });

  test('destroys', async () => {
    const destroyed = await terraform('destroy', '-auto-approve', '-no-color');
    expect(destroyed.all).toMatch(/Destroy complete! Resources: \d+ destroyed/);
  });
});
