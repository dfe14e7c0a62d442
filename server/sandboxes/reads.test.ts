/** Calls that only read: they wait for no change that is being stored, though they are decided and followed step by step. */
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createCloud } from '../../cloud/index.ts';
import { newWorld } from '../../cloud/new-world.ts';
import type { CallRequest, Performed } from '../../cloud/perform.ts';
import type { Database } from '../database/database.ts';
import { openTestDatabase } from '../database/testing/database.ts';
import { nodeHashes, nodeRandom } from '../hashes/node-hashes.ts';
import { BlobReader } from './blob-reader.ts';
import { soleHome } from './homes.ts';
import { JournalWriter } from './journal-writer.ts';
import type { Sandbox } from './sandbox.ts';
import { HomeSandboxes } from './sandboxes.ts';
import { SandboxStore } from './store.ts';
import type { JournalEntry } from './write-statement.ts';

/** A writer that stores nothing until it is let. */
class HeldWriter extends JournalWriter {
  #gate: Promise<void> = Promise.resolve();

  /** From now on nothing is stored, until what it answers is called. */
  hold(): () => void {
    const { promise, resolve } = withResolver();
    this.#gate = promise;
    return resolve;
  }

  override async append(entry: JournalEntry): Promise<void> {
    await this.#gate;
    return super.append(entry);
  }
}

function withResolver() {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

let database: Database;
let writer: HeldWriter;
let sandboxes: HomeSandboxes;
let sandbox: Sandbox;
beforeAll(async () => {
  database = await openTestDatabase();
  const log = pino({ level: 'silent' });
  const store = new SandboxStore(database);
  const managedPolicies = { get: () => undefined, list: () => [] };
  const cloud = createCloud({ hashes: nodeHashes, random: nodeRandom, managedPolicies });
  writer = new HeldWriter(store, log);
  sandboxes = new HomeSandboxes({ cloud, store, writer, blobs: new BlobReader(store), log }, soleHome);
  const accountId = await sandboxes.drawAccountId();
  sandbox = await sandboxes.create(newWorld({ accountId, region: 'us-east-1' }), new Map());
});
afterAll(async () => {
  await sandboxes.close();
  await database.close();
});

function call(service: string, operation: string, input: CallRequest['input']): Promise<Performed> {
  return sandbox.call({
    service,
    operation,
    input,
    caller: { kind: 'root', accountId: sandbox.primaryAccountId },
    request: { sourceIp: '203.0.113.7', secureTransport: true, userAgent: 'test', region: 'us-east-1' },
    requestId: 'request-1',
    realNow: Date.UTC(2026, 10, 24),
  });
}

it('an encrypted object is read while a change waits to be stored', async () => {
  await call('s3', 'CreateBucket', { Bucket: 'files-1' });
  const { outcome } = await call('kms', 'CreateKey', {});
  const key = outcome.kind === 'ok' ? (outcome.output as { KeyMetadata: { Arn: string } }).KeyMetadata.Arn : '';
  const sealed = { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: key };
  await call('s3', 'PutObject', { Bucket: 'files-1', Key: 'a', Body: new Uint8Array([1]), ...sealed });
  const letGo = writer.hold();
  let isStored = false;
  const change = call('s3', 'PutObject', { Bucket: 'files-1', Key: 'b' }).then(() => {
    isStored = true;
  });
  const read = await call('s3', 'GetObject', { Bucket: 'files-1', Key: 'a' });
  expect([read.outcome.kind, isStored]).toEqual(['ok', false]);
  expect(read.inner.map(({ request }) => request.operation)).toEqual(['Decrypt']);
  letGo();
  await change;
});

it('a read that changes something has its turn', async () => {
  await call('secretsmanager', 'CreateSecret', { Name: 's', SecretString: 'hush', ClientRequestToken: 'a'.repeat(32) });
  const { outcome } = await call('secretsmanager', 'GetSecretValue', { SecretId: 's' });
  expect(outcome.kind).toBe('ok');
  const described = await call('secretsmanager', 'DescribeSecret', { SecretId: 's' });
  expect(described.outcome).toMatchObject({ kind: 'ok', output: { LastAccessedDate: expect.any(Date) } });
});
