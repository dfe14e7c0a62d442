/** A canary whose key rings: a rule on calls, tried on a check's fork. */
import { expect, it } from 'vitest';
import type { Check } from './checks.ts';
import { accountId, afterMore, gradeOne, type Step, sandboxAfter } from './testing/sandbox.ts';

const queueArn = `arn:aws:sqs:us-east-1:${accountId}:alarm`;
const QueueUrl = `https://sqs.us-east-1.amazonaws.com/${accountId}/alarm`;
const lets = (service: string, Action: string | readonly string[], Resource: string | readonly string[]) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: `${service}.amazonaws.com` }, Action, Resource }],
});
const trail: readonly Step[] = [
  ['s3:CreateBucket', { Bucket: 'trail-logs' }],
  [
    's3:PutBucketPolicy',
    {
      Bucket: 'trail-logs',
      Policy: lets(
        'cloudtrail',
        ['s3:GetBucketAcl', 's3:PutObject'],
        ['arn:aws:s3:::trail-logs', 'arn:aws:s3:::trail-logs/*'],
      ),
    },
  ],
  ['cloudtrail:CreateTrail', { Name: 'main', S3BucketName: 'trail-logs' }],
];
const logging: Step = ['cloudtrail:StartLogging', { Name: 'main' }];
const queue: Step = [
  'sqs:CreateQueue',
  { QueueName: 'alarm', Attributes: { Policy: JSON.stringify(lets('events', 'sqs:SendMessage', queueArn)) } },
];
const canary: readonly Step[] = [
  ['iam:CreateUser', { UserName: 'canary' }],
  ['iam:CreateAccessKey', { UserName: 'canary' }],
];

/** The account with the canary, and its key. */
function given(...steps: readonly Step[]) {
  const sandbox = sandboxAfter(...trail, ...canary, queue, ...steps);
  const [key] = Object.values(sandbox.world.accounts[accountId]?.iam.accessKeys ?? {});
  if (key === undefined) throw new Error('The canary has no key');
  return { sandbox, key: key.id };
}

const ring = (key: string): readonly Step[] => [
  [
    'events:PutRule',
    {
      Name: 'alarm',
      State: 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS',
      EventPattern: JSON.stringify({ detail: { userIdentity: { accessKeyId: [key] } } }),
    },
  ],
  ['events:PutTargets', { Rule: 'alarm', Targets: [{ Id: 'queue', Arn: queueArn }] }],
];

/** Whoever has the key asks who it is; a minute later there is something in the queue. */
const rings = (key: string): Check =>
  ({
    id: 'rings',
    title: 'The canary rings',
    private: false,
    kind: 'call',
    call: {
      given: [{ who: `key/${key}`, call: 'sts:GetCallerIdentity' }],
      after: '1m',
      who: 'root',
      call: 'sqs:ReceiveMessage',
      with: { QueueUrl },
      expect: 'length(Messages) == `1`',
    },
  }) as unknown as Check;

it('rings on the fork when its key is used', async () => {
  const { sandbox, key } = given(logging);
  const armed = afterMore(sandbox.world, ...ring(key));
  expect(await gradeOne(armed, rings(key))).toMatchObject({ verdict: 'passed', reason: null });
  const { arriving = {} } = armed.world.accounts[accountId]?.events ?? {};
  expect(arriving).toEqual({});
});

it('does not ring without a rule, nor where no trail logs', async () => {
  const quiet = given(logging);
  expect((await gradeOne(quiet.sandbox, rings(quiet.key))).verdict).toBe('failed');
  const blind = given();
  const armed = afterMore(blind.sandbox.world, ...ring(blind.key));
  expect((await gradeOne(armed, rings(blind.key))).verdict).toBe('failed');
});
