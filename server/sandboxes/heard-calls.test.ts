/** EventBridge's rules on calls, where calls come in, are stored, and are signed by keys. */
import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { resolveCredential } from '../../cloud/credentials.ts';
import { createCloud } from '../../cloud/index.ts';
import { newWorld } from '../../cloud/new-world.ts';
import type { CallRequest } from '../../cloud/perform.ts';
import type { Database } from '../database/database.ts';
import { openTestDatabase } from '../database/testing/database.ts';
import { nodeHashes, nodeRandom } from '../hashes/node-hashes.ts';
import { BlobReader } from './blob-reader.ts';
import { soleHome } from './homes.ts';
import { JournalWriter } from './journal-writer.ts';
import type { Sandbox } from './sandbox.ts';
import { HomeSandboxes } from './sandboxes.ts';
import { SandboxStore } from './store.ts';

const log = pino({ level: 'silent' });
const cloud = createCloud({
  hashes: nodeHashes,
  random: nodeRandom,
  managedPolicies: { get: () => undefined, list: () => [] },
});

let database: Database;
let sandboxes: HomeSandboxes;
beforeAll(async () => {
  database = await openTestDatabase();
  sandboxes = newHome();
});
afterAll(async () => {
  await sandboxes.close();
  await database.close();
});

function newHome(): HomeSandboxes {
  const store = new SandboxStore(database);
  const parts = { cloud, store, writer: new JournalWriter(store, log), blobs: new BlobReader(store), log };
  return new HomeSandboxes(parts, soleHome);
}

/** Real time, epoch milliseconds. */
let now = Date.UTC(2026, 0, 5, 12);

async function call(sandbox: Sandbox, name: string, input: object = {}, key?: string) {
  const [service = '', operation = ''] = name.split(':');
  now += 1_000;
  const credential = key === undefined ? undefined : resolveCredential(sandbox.world, key, now);
  const { outcome } = await sandbox.call(
    {
      service,
      operation,
      input: input as CallRequest['input'],
      caller: credential?.kind === 'found' ? credential.caller : { kind: 'root', accountId: sandbox.primaryAccountId },
      request: { sourceIp: '203.0.113.7', secureTransport: true, userAgent: 'test', region: 'us-east-1' },
      requestId: randomUUID(),
      realNow: now,
    },
    key,
  );
  return outcome.kind === 'ok' ? (outcome.output as Record<string, never>) : outcome.error;
}

it('tells a queue of what a canary’s key does, also of reads and after a restart', async () => {
  const accountId = await sandboxes.drawAccountId();
  let sandbox = await sandboxes.create(newWorld({ accountId, region: 'us-east-1' }), new Map());
  const lets = (Service: string, Action: string | string[], Resource: string | string[]) =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: `${Service}.amazonaws.com` }, Action, Resource }],
    });
  const bucket = `trail-${accountId}`;
  await call(sandbox, 's3:CreateBucket', { Bucket: bucket });
  const onBucket = [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`];
  const Policy = lets('cloudtrail', ['s3:GetBucketAcl', 's3:PutObject'], onBucket);
  await call(sandbox, 's3:PutBucketPolicy', { Bucket: bucket, Policy });
  await call(sandbox, 'cloudtrail:CreateTrail', { Name: 'main', S3BucketName: bucket });
  await call(sandbox, 'cloudtrail:StartLogging', { Name: 'main' });
  const queueArn = `arn:aws:sqs:us-east-1:${accountId}:alarm`;
  const QueueUrl = `https://sqs.us-east-1.amazonaws.com/${accountId}/alarm`;
  const Attributes = { Policy: lets('events', 'sqs:SendMessage', queueArn) };
  await call(sandbox, 'sqs:CreateQueue', { QueueName: 'alarm', Attributes });
  await call(sandbox, 'iam:CreateUser', { UserName: 'canary' });
  const { AccessKey } = (await call(sandbox, 'iam:CreateAccessKey', { UserName: 'canary' })) as Record<string, never>;
  const { AccessKeyId } = AccessKey as unknown as { AccessKeyId: string };
  await call(sandbox, 'events:PutRule', {
    Name: 'alarm',
    EventPattern: JSON.stringify({ detail: { userIdentity: { accessKeyId: [AccessKeyId] } } }),
    State: 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS',
  });
  await call(sandbox, 'events:PutTargets', { Rule: 'alarm', Targets: [{ Id: 'q', Arn: queueArn }] });

  await call(sandbox, 'sts:GetCallerIdentity', {}, AccessKeyId);
  await call(sandbox, 'iam:ListUsers', {}, AccessKeyId);
  await call(sandbox, 'iam:CreateUser', { UserName: 'mole' }, AccessKeyId);
  await call(sandbox, 'iam:ListUsers');

  // A call that was refused is no step of the learner's, though something is kept of it.
  expect(await sandbox.lastStep()).toMatchObject({ name: 'events:PutTargets' });

  await sandboxes.close();
  sandboxes = newHome();
  const back = await sandboxes.get(sandbox.id);
  if (back === undefined) throw new Error('The sandbox is gone');
  sandbox = back;
  now += 5_000;
  const input = { QueueUrl, MaxNumberOfMessages: 10 };
  const { Messages } = (await call(sandbox, 'sqs:ReceiveMessage', input)) as unknown as {
    Messages: { Body: string }[];
  };
  const details = Messages.map(({ Body }) => JSON.parse(Body).detail);
  expect(details.map(({ eventName, errorCode }) => `${eventName} ${errorCode ?? 'allowed'}`).sort()).toEqual([
    'CreateUser AccessDenied',
    'GetCallerIdentity allowed',
    'ListUsers AccessDenied',
  ]);
});
