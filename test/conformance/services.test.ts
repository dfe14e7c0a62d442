/** The AWS CLI against every service that has a scenario; each answer is held against botocore's model of the operation. */
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SandboxAccess } from '../../contract/index.ts';
import { run } from '../command.ts';
import { clientEnvironment, profileOf, type RunningPlatform, startPlatform, Visitor } from '../platform.ts';
import type { Answers, Scenario, ScenarioStep } from './services/scenario.ts';

const program = process.env['AWS_CLI_V1'] ?? process.env['AWS_CLI_V2'] ?? 'aws';
const python = process.env['BOTO3_PYTHON'] ?? 'python3';

const folder = new URL('services/', import.meta.url);
const files = (await readdir(folder)).filter((name) => name.endsWith('.ts') && name !== 'scenario.ts').sort();
const scenarios = await Promise.all(
  files.map(async (name) => ((await import(new URL(name, folder).href)) as { scenario: Scenario }).scenario),
);

let platform: RunningPlatform;
beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(() => platform?.stop());

/** One answer, for botocore to look at. */
interface Answered {
  readonly service: string;
  readonly command: string;
  readonly output: unknown;
}

describe.each(scenarios.map((scenario) => [scenario.service, scenario] as const))('%s', (_service, scenario) => {
  let directory: string;
  let sandbox: SandboxAccess;
  let env: Record<string, string>;
  let answers: Answers = {};
  const answered: Answered[] = [];

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'services-'));
    for (const [name, text] of Object.entries(scenario.files ?? {})) await writeFile(join(directory, name), text);
    sandbox = (await new Visitor(platform.url).open('foundations/playground')).sandbox;
    env = {
      ...clientEnvironment(sandbox, profileOf(sandbox, 'admin')),
      HOME: directory,
      AWS_MAX_ATTEMPTS: '1',
      // S3 Control's host begins with the account's id, which no address can: the gateway is its proxy.
      HTTP_PROXY: sandbox.endpoint,
    };
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  test.each(scenario.steps.map((step, at) => [titleOf(step, at), step] as const))('%s', async (_title, step) => {
    if (step.waits !== undefined) await setTimeout(step.waits * 1000);
    const words = typeof step.run === 'function' ? step.run(answers) : step.run;
    // The CLI's first version knows an endpoint of its own for SQS, which goes before what the environment says.
    const asked = [...words, '--endpoint-url', sandbox.endpoint, '--output', 'json'];
    const { status, stdout, stderr } = await run(program, asked, {
      env: environmentOf(step),
      cwd: directory,
    });
    if (step.ends !== undefined) {
      expect(stderr).toContain(`(${step.ends})`);
      return;
    }
    expect(stderr, words.join(' ')).toBe('');
    expect(status).toBe(0);
    const output = stdout.trim() === '' ? {} : JSON.parse(stdout);
    // A waiter is no operation: it prints nothing.
    if (words[1] !== 'wait') answered.push({ service: words[0] ?? '', command: words[1] ?? '', output });
    step.shows?.(output, answers);
    if (step.name !== undefined) answers = { ...answers, [step.name]: output };
  });

  test('every answer has the shape that botocore knows', async () => {
    expect(answered.length).toBeGreaterThan(0);
    const { stdout, stderr } = await run(python, ['test/conformance/clients/check_shapes.py'], {
      env: { PATH: process.env['PATH'] ?? '' },
      input: JSON.stringify(answered),
    });
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual([]);
  });

  function environmentOf({ as }: ScenarioStep): Record<string, string> {
    if (as === undefined) return env;
    const key = answers[as]?.Credentials ?? answers[as]?.AccessKey;
    const { AWS_SESSION_TOKEN: _, ...rest } = env;
    return {
      ...rest,
      AWS_ACCESS_KEY_ID: key.AccessKeyId,
      AWS_SECRET_ACCESS_KEY: key.SecretAccessKey,
      ...(key.SessionToken === undefined ? {} : { AWS_SESSION_TOKEN: key.SessionToken }),
    };
  }
});

function titleOf({ run: words, name, ends }: ScenarioStep, at: number): string {
  const shown = typeof words === 'function' ? (name ?? 'made of earlier answers') : words.slice(0, 2).join(' ');
  return `${at + 1}: ${shown}${ends === undefined ? '' : ` ends in ${ends}`}`;
}
