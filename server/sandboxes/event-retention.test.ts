import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createCloud } from '../../cloud/index.ts';
import { newWorld } from '../../cloud/new-world.ts';
import { pastCall } from '../../cloud/testing/past-call.ts';
import { callEvent } from '../../contract/testing/call-event.ts';
import type { Database } from '../database/database.ts';
import { openTestDatabase } from '../database/testing/database.ts';
import { nodeHashes, nodeRandom } from '../hashes/node-hashes.ts';
import { BlobReader } from './blob-reader.ts';
import { soleHome } from './homes.ts';
import { JournalWriter } from './journal-writer.ts';
import { HomeSandboxes } from './sandboxes.ts';
import { SandboxStore } from './store.ts';

const log = pino({ level: 'silent' });
const cloud = createCloud({
  hashes: nodeHashes,
  random: nodeRandom,
  managedPolicies: { get: () => undefined, list: () => [] },
});

let database: Database;

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

async function storeEvents(store: SandboxStore, sandboxId: string, count: number): Promise<readonly string[]> {
  const ids = Array.from({ length: count }, () => randomUUID());
  await store.write(
    [],
    ids.map((id) => ({ sandboxId, event: callEvent({ id }), call: pastCall(0) })),
  );
  return ids;
}

it('lets go of the oldest events of one sandbox, and of nobody else', async () => {
  const store = new SandboxStore(database);
  const mine = await storeEvents(store, 'mine', 20);
  const theirs = await storeEvents(store, 'theirs', 20);
  await store.pruneEvents('mine', 5);
  await store.pruneEvents('mine', 5);
  await store.pruneEvents('nobody', 5);
  const kept = async (id: string) => (await store.events(id, { limit: 100 })).map((one) => one.id);
  expect(await kept('mine')).toEqual(mine.slice(-5).reverse());
  expect(await kept('theirs')).toEqual([...theirs].reverse());
});

it('keeps a sandbox that is called from growing without end', async () => {
  const store = new SandboxStore(database);
  const writer = new JournalWriter(store, log);
  const sandboxes = new HomeSandboxes({ cloud, store, writer, blobs: new BlobReader(store), log }, soleHome);
  const accountId = await sandboxes.drawAccountId();
  const sandbox = await sandboxes.create(newWorld({ accountId, region: 'us-east-1' }), new Map());
  await storeEvents(store, sandbox.id, 5_200);
  const requestId = randomUUID();
  await sandbox.call({
    service: 'sts',
    operation: 'GetCallerIdentity',
    input: {},
    caller: { kind: 'root', accountId },
    request: { sourceIp: '127.0.0.1', secureTransport: true, userAgent: '', region: 'us-east-1' },
    requestId,
    realNow: Date.now(),
  });
  expect((await sandbox.events({ limit: 1 }))[0]?.id).toBe(requestId);
  await vi.waitFor(async () => {
    expect(await database.client.event.count({ where: { sandboxId: sandbox.id } })).toBeLessThanOrEqual(5_001);
  });
  await sandboxes.close();
});
