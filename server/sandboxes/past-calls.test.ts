import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
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
import type { Sandbox } from './sandbox.ts';
import { HomeSandboxes } from './sandboxes.ts';
import { SandboxStore } from './store.ts';

const log = pino({ level: 'silent' });
const accountId = '111122223333';
const cloud = createCloud({
  hashes: nodeHashes,
  random: nodeRandom,
  managedPolicies: { get: () => undefined, list: () => [] },
});

let database: Database;
let store: SandboxStore;
let sandboxes: HomeSandboxes;

beforeAll(async () => {
  database = await openTestDatabase();
  store = new SandboxStore(database);
  const parts = { cloud, store, writer: new JournalWriter(store, log), blobs: new BlobReader(store), log };
  sandboxes = new HomeSandboxes(parts, soleHome);
});
afterAll(async () => {
  await sandboxes.close();
  await database.close();
});

let requests = 0;

async function call(sandbox: Sandbox, service: string, operation: string, input: object = {}) {
  requests += 1;
  const performed = await sandbox.call({
    service,
    operation,
    input: input as Readonly<Record<string, unknown>>,
    caller: { kind: 'root', accountId },
    request: { sourceIp: '203.0.113.7', secureTransport: true, userAgent: 'test', region: 'us-east-1' },
    requestId: `past-calls-${requests}`,
    realNow: Date.now(),
  });
  if (performed.outcome.kind === 'error') throw performed.outcome.error;
  return performed.outcome.output as never;
}

it('are found by an operation that looks them up, those of a moment ago too', async () => {
  const sandbox = await sandboxes.create(newWorld({ accountId, region: 'us-east-1' }), new Map());
  await call(sandbox, 'iam', 'CreateUser', { UserName: 'Bea' });
  await call(sandbox, 'iam', 'ListUsers');
  const { Events } = (await call(sandbox, 'cloudtrail', 'LookupEvents')) as { Events: { EventName: string }[] };
  expect(Events.map(({ EventName }) => EventName).sort()).toEqual(['CreateUser', 'ListUsers']);
  const { JobId } = (await call(sandbox, 'iam', 'GenerateServiceLastAccessedDetails', {
    Arn: `arn:aws:iam::${accountId}:user/Bea`,
  })) as { JobId: string };
  await call(sandbox, 'iam', 'GetServiceLastAccessedDetails', { JobId });
});

it('are those of a time, newest first, and all of the millisecond that the last of them is of', async () => {
  const calls = [1, 2, 3, 3, 3, 4].map((at, n) => pastCall(at * 1000, { eventID: `e${n}` }));
  const written = calls.map((each, n) => ({
    sandboxId: 'past-calls',
    event: callEvent({ id: `past-calls-of-a-time-${n}`, at: new Date(each.at).toISOString() }),
    call: each,
  }));
  await store.write([], written);
  const ids = async (query: Partial<Parameters<SandboxStore['pastCalls']>[1]>) =>
    (await store.pastCalls('past-calls', { since: 0, until: 9000, atMost: 9, matches: () => true, ...query })).map(
      ({ record }) => record.eventID,
    );
  expect(await ids({})).toEqual(['e5', 'e2', 'e3', 'e4', 'e1', 'e0']);
  expect(await ids({ since: 2000, until: 3000 })).toEqual(['e2', 'e3', 'e4', 'e1']);
  expect(await ids({ atMost: 2 })).toEqual(['e5', 'e2', 'e3', 'e4']);
  expect(await ids({ matches: ({ at }) => at === 1000 })).toEqual(['e0']);
});
