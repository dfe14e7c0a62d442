/** LocalStacks that are lost, started again, full, and what a sandbox loses by that: nothing. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Connection } from '../../server/sandboxes/backends/localstack/connection.ts';
import { type Emulator, localstackPython, startEmulator } from '../localstack/emulator.ts';
import { type Key, openWorkbench, type Workbench } from './workbench.ts';

const Body = new TextEncoder().encode('kept');

async function succeed(workbench: Workbench, key: Key, call: string, input: Record<string, unknown> = {}) {
  const [service = '', operation = ''] = call.split(':');
  const answer = await workbench.call(key, service, operation, input);
  if (answer.kind === 'error') throw new Error(`${call}: ${answer.code}: ${answer.message}`);
  return answer.output;
}

async function eventually(holds: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 60_000; !(await holds()); ) {
    if (Date.now() > deadline) throw new Error('It did not come about within a minute');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

const answers = (url: string) =>
  fetch(`${url}/_localstack/health`).then(
    () => true,
    () => false,
  );

describe.skipIf(localstackPython === undefined)('LocalStacks', () => {
  let first: Emulator;
  let second: Emulator;
  beforeAll(async () => {
    [first, second] = await Promise.all([startEmulator(), startEmulator()]);
  });
  afterAll(async () => {
    await first?.stop();
    await second?.stop();
  });

  test('a killed one loses nothing: its sandboxes go on from their shadows, for good; new ones go to the next', async () => {
    const dataDirectory = await mkdtemp(join(tmpdir(), 'loss-'));
    let workbench = await openWorkbench([first.url, second.url], { dataDirectory });
    try {
      const made = await Promise.all([workbench.newSandbox(), workbench.newSandbox(), workbench.newSandbox()]);
      for (const { sandbox, admin } of made) {
        expect(sandbox.backend).toBe('localstack');
        const Bucket = `kept-${sandbox.primaryAccountId}`;
        await succeed(workbench, admin, 's3:CreateBucket', { Bucket });
        await succeed(workbench, admin, 's3:PutObject', { Bucket, Key: 'a', Body });
        await succeed(workbench, admin, 'kms:CreateKey');
      }
      await first.kill();
      const kinds: string[] = [];
      for (const { sandbox, admin } of made) {
        const Bucket = `kept-${sandbox.primaryAccountId}`;
        const [known] = Object.values(sandbox.world.accounts[sandbox.primaryAccountId]?.kms.keys ?? {});
        expect((await succeed(workbench, admin, 's3:GetObject', { Bucket, Key: 'a' }))['Body']).toEqual(Body);
        expect(await succeed(workbench, admin, 'kms:DescribeKey', { KeyId: known?.id })).toMatchObject({
          KeyMetadata: { KeyId: known?.id },
        });
        await succeed(workbench, admin, 's3:PutObject', { Bucket, Key: 'b', Body });
        kinds.push(sandbox.backend);
      }
      expect(kinds.toSorted()).toEqual(expect.arrayContaining(['left', 'localstack']));
      expect((await workbench.newSandbox()).sandbox.backend).toBe('localstack');

      await first.start();
      await workbench.close();
      workbench = await openWorkbench([first.url, second.url], { dataDirectory });
      for (const [n, { sandbox, admin }] of made.entries()) {
        const again = await workbench.platform.sandboxes.get(sandbox.id);
        expect(again?.backend).toBe(kinds[n]);
        const Bucket = `kept-${sandbox.primaryAccountId}`;
        expect((await succeed(workbench, admin, 's3:GetObject', { Bucket, Key: 'b' }))['Body']).toEqual(Body);
      }
    } finally {
      await workbench.close();
      await rm(dataDirectory, { recursive: true, force: true });
    }
  });

  test('one that was started again before anyone noticed is another', async () => {
    const workbench = await openWorkbench([first.url]);
    try {
      const { sandbox, admin } = await workbench.newSandbox();
      await succeed(workbench, admin, 'sqs:CreateQueue', { QueueName: 'kept' });
      await first.kill();
      await first.start();
      const { QueueUrls } = await succeed(workbench, admin, 'sqs:ListQueues');
      expect(QueueUrls).toHaveLength(1);
      expect(sandbox.backend).toBe('left');
    } finally {
      await workbench.close();
    }
  });

  test('each takes as many as it may; without room a sandbox begins on the embedded cloud; a full one ends with its last sandbox', async () => {
    await Promise.all([first.kill(), second.kill()]);
    await Promise.all([first.start(), second.start()]);
    const workbench = await openWorkbench([first.url, second.url], { capacity: 1 });
    try {
      const one = await workbench.newSandbox();
      const two = await workbench.newSandbox();
      const three = await workbench.newSandbox();
      expect([one, two, three].map(({ sandbox }) => sandbox.backend)).toEqual(['localstack', 'localstack', 'embedded']);
      await workbench.platform.sandboxes.retire(one.sandbox.id);
      await eventually(async () => (await answers(first.url)) !== (await answers(second.url)));
      expect(two.sandbox.backend).toBe('localstack');
      await succeed(workbench, two.admin, 'sqs:CreateQueue', { QueueName: 'kept' });
      expect(two.sandbox.backend).toBe('localstack');
    } finally {
      await workbench.close();
    }
  });

  test('what it refuses changes nothing, and is what the caller hears', async () => {
    await Promise.all([first.kill(), second.kill()]);
    await first.start();
    const workbench = await openWorkbench([first.url]);
    try {
      const [one, two] = [await workbench.newSandbox(), await workbench.newSandbox()];
      await succeed(workbench, one.admin, 's3:CreateBucket', { Bucket: 'of-one' });
      const before = two.sandbox.world;
      const answer = await workbench.call(two.admin, 's3', 'CreateBucket', { Bucket: 'of-one' });
      expect(answer).toMatchObject({ kind: 'error', code: 'BucketAlreadyExists', status: 409 });
      expect(two.sandbox.world.accounts[two.sandbox.primaryAccountId]?.s3).toBe(
        before.accounts[two.sandbox.primaryAccountId]?.s3,
      );
      expect(two.sandbox.backend).toBe('localstack');
      const [event] = await two.sandbox.events({ limit: 1 });
      expect(event).toMatchObject({ outcome: 'error', errorCode: 'BucketAlreadyExists' });
    } finally {
      await workbench.close();
    }
  });

  test('one that knows something else than the shadow, as after a crash between the two, is left', async () => {
    const workbench = await openWorkbench([first.url]);
    const connection = new Connection(first.url);
    try {
      const { sandbox, admin } = await workbench.newSandbox();
      const model = workbench.platform.cloud.services['ssm']?.model;
      if (model === undefined) throw new Error('There is no service ssm');
      const session = (await connection.session()) ?? '';
      const input = { Name: '/pay', Value: '3', Type: 'String' };
      const place = { accountId: sandbox.primaryAccountId, region: 'us-east-1' };
      await connection.call({ model, operation: 'PutParameter', input, ...place }, session);
      await succeed(workbench, admin, 'ssm:PutParameter', input);
      expect(sandbox.backend).toBe('left');
      expect(await succeed(workbench, admin, 'ssm:GetParameter', { Name: '/pay' })).toMatchObject({
        Parameter: { Value: '3' },
      });
    } finally {
      connection.close();
      await workbench.close();
    }
  });
});
