/** Terraform's AWS provider: applies, plans empty, destroys a root of more than 12 IAM, S3 and SSM resources. */
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { run } from '../command.ts';
import { clientEnvironment, profileOf, type RunningPlatform, startPlatform, Visitor } from '../platform.ts';

const program = process.env['TERRAFORM'] ?? 'terraform';
const plugins = process.env['TERRAFORM_PLUGINS'];

let platform: RunningPlatform;
let directory: string;
let env: Record<string, string>;

const terraform = async (...words: string[]) => {
  const outcome = await run(program, words, { env, cwd: directory });
  return { ...outcome, all: `${outcome.stdout}${outcome.stderr}` };
};

beforeAll(async () => {
  platform = await startPlatform();
  const { sandbox } = await new Visitor(platform.url).open('foundations/playground');
  directory = await mkdtemp(join(tmpdir(), 'terraform-'));
  await cp('test/conformance/terraform', directory, { recursive: true });
  env = {
    ...clientEnvironment(sandbox, profileOf(sandbox, 'admin')),
    HOME: directory,
    CHECKPOINT_DISABLE: '1',
    TF_IN_AUTOMATION: '1',
  };
  const init = await terraform('init', '-no-color', ...(plugins === undefined ? [] : [`-plugin-dir=${plugins}`]));
  expect(init.all).toContain('successfully initialized');
});
afterAll(async () => {
  await platform?.stop();
  await rm(directory, { recursive: true, force: true });
});

test('applies', async () => {
  const applied = await terraform('apply', '-auto-approve', '-no-color');
  expect(applied.all).toMatch(/Apply complete! Resources: (1[2-9]|[2-9]\d) added, 0 changed, 0 destroyed/);
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
