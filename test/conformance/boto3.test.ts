/** boto3, given nothing but endpoint and credentials. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { run } from '../command.ts';
import { clientEnvironment, profileOf, type RunningPlatform, startPlatform, Visitor } from '../platform.ts';

const STEPS = ['entities', 'pages', 'objects', 'multipart', 'versions', 'session_is_denied', 'parameters'];
const SERVICES = [
  ...[
    'accessanalyzer',
    'cloudformation',
    'cloudtrail',
    'cognito-identity',
    'dynamodb',
    'ec2',
    'events',
    'kms',
    'lambda',
  ],
  ...['logs', 'organizations', 's3control', 'scheduler', 'secretsmanager', 'sns', 'sqs'],
];

let platform: RunningPlatform;
const outcomes = new Map<string, { passed: boolean; why?: string }>();

beforeAll(async () => {
  platform = await startPlatform();
  const { sandbox } = await new Visitor(platform.url).open('foundations/playground');
  const python = process.env['BOTO3_PYTHON'] ?? 'python3';
  const env = clientEnvironment(sandbox, profileOf(sandbox, 'admin'));
  for (const script of ['boto3_client.py', 'boto3_services.py']) {
    const { stdout, stderr } = await run(python, [`test/conformance/clients/${script}`], { env });
    if (stdout === '') throw new Error(stderr);
    for (const line of stdout.trim().split('\n')) {
      const outcome = JSON.parse(line);
      outcomes.set(outcome.step, outcome);
    }
  }
});
afterAll(() => platform?.stop());

test.each([...STEPS, ...SERVICES])('%s', (step) => {
  expect(outcomes.get(step)).toEqual({ step, passed: true });
});
