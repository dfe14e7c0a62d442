import { randomUUID } from 'node:crypto';
import { produceWithPatches } from 'immer';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { newWorld } from '../../cloud/new-world.ts';
import type { Cloud } from '../../cloud/perform.ts';
import { pastCall } from '../../cloud/testing/past-call.ts';
import type { World } from '../../cloud/world.ts';
import { callEvent } from '../../contract/testing/call-event.ts';
import type { Database } from '../database/database.ts';
import { hasPostgresql, openTestDatabase, openTestPostgresql } from '../database/testing/database.ts';
import { nodeHashes, nodeRandom } from '../hashes/node-hashes.ts';
import { BlobReader } from './blob-reader.ts';
import { soleHome } from './homes.ts';
import { JournalWriter } from './journal-writer.ts';
import type { Act, Sandbox } from './sandbox.ts';
import { HomeSandboxes } from './sandboxes.ts';
import { SandboxStore, StaleHomeError } from './store.ts';
import type { JournalEntry } from './write-statement.ts';

const log = pino({ level: 'silent' });
const cloud: Cloud = {
  services: {},
  managedPolicies: { get: () => undefined, list: () => [] },
  hashes: nodeHashes,
  random: nodeRandom,
};

let database: Database;

/** A process: everything in memory anew, over the same database. */
function newHome(store = new SandboxStore(database), kept = 100, idle = 60_000) {
  const writer = new JournalWriter(store, log);
  return {
    store,
    writer,
    sandboxes: new HomeSandboxes({ cloud, store, writer, blobs: new BlobReader(store), log }, soleHome, kept, idle),
  };
}

async function newSandbox(home: ReturnType<typeof newHome>): Promise<Sandbox> {
  const accountId = await home.sandboxes.drawAccountId();
  return home.sandboxes.create(newWorld({ accountId, region: 'us-east-1' }), new Map());
}

function addBucket(name: string): (world: World) => Act<string> {
  return (world) => {
    const [after, patches] = produceWithPatches(world, (draft) => {
      const account = draft.accounts[world.primaryAccountId];
      if (account === undefined) throw new Error('no account');
      account.s3.buckets[name] = {
        name,
        region: 'us-east-1',
        createdAt: 0,
        ownership: 'BucketOwnerEnforced',
        objects: {},
        uploads: {},
      };
    });
    return { world: after, patches, newBlobs: new Map(), result: name };
  };
}

const bucketsOf = (sandbox: Sandbox | undefined) =>
  Object.keys(sandbox?.world.accounts[sandbox.primaryAccountId]?.s3.buckets ?? {});

const databases = [
  { name: 'PGlite', open: openTestDatabase, isThere: true },
  { name: 'PostgreSQL', open: openTestPostgresql, isThere: await hasPostgresql() },
];

describe.each(databases.filter(({ isThere }) => isThere))('sandboxes on $name', ({ open }) => {
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.close());

  it('draws no account that one in reserve has', async () => {
    const { store } = newHome();
    expect(await store.isAccountTaken('111111111111')).toBe(false);
    const reserved = { id: randomUUID(), challengeId: 'a/b', contentDigest: 'c', accountId: '111111111111' };
    const start = { variables: {}, world: {}, times: [], madeAt: new Date() };
    await database.client.reservedSandbox.create({ data: { ...reserved, ...start } });
    expect(await store.isAccountTaken('111111111111')).toBe(true);
  });

  it('keeps every change for the next process, snapshots or not', async () => {
    const home = newHome();
    const sandbox = await newSandbox(home);
    const names = Array.from({ length: 650 }, (_, n) => `bucket-${n}`);
    await Promise.all(names.map((name) => sandbox.act('add-bucket', addBucket(name))));
    expect(bucketsOf(sandbox)).toEqual(names);
    const again = await newHome().sandboxes.get(sandbox.id);
    expect(again).not.toBe(sandbox);
    expect(again?.world).toEqual(sandbox.world);
    await home.sandboxes.close();
    const rows = await database.client.journalRow.count({ where: { sandboxId: sandbox.id } });
    expect(rows).toBe(350);
    expect((await newHome().sandboxes.get(sandbox.id))?.world).toEqual(sandbox.world);
  });

  it('is found by its account and by a bucket that it alone has', async () => {
    const home = newHome();
    const [one, two] = [await newSandbox(home), await newSandbox(home)];
    await one.act('add-bucket', addBucket('only-mine'));
    await one.act('add-bucket', addBucket('shared-name'));
    await two.act('add-bucket', addBucket('shared-name'));
    for (const { sandboxes } of [home, newHome()]) {
      expect((await sandboxes.byAccount(one.primaryAccountId))?.id).toBe(one.id);
      expect((await sandboxes.byBucket('only-mine'))?.id).toBe(one.id);
      expect(await sandboxes.byBucket('shared-name')).toBeUndefined();
      expect(await sandboxes.byBucket('nobody-has-it')).toBeUndefined();
      expect(await sandboxes.byAccount('000000000001')).toBeUndefined();
    }
    await two.act('empty', (world) => {
      const empty = newWorld({ accountId: world.primaryAccountId, region: world.region });
      return { world: empty, patches: [{ op: 'replace', path: [], value: empty }], newBlobs: new Map(), result: 0 };
    });
    expect((await home.sandboxes.byBucket('shared-name'))?.id).toBe(one.id);
    expect((await newHome().sandboxes.get(two.id))?.world).toEqual(two.world);
  });

  it('changes nothing where the write fails, and goes on afterwards', async () => {
    const store = new SandboxStore(database);
    const write = store.write.bind(store);
    let isBroken = false;
    store.write = (entries, events) => (isBroken ? Promise.reject(new Error('disk full')) : write(entries, events));
    const home = newHome(store);
    const sandbox = await newSandbox(home);
    await sandbox.act('add-bucket', addBucket('before'));
    isBroken = true;
    const failed = [sandbox.act('add-bucket', addBucket('lost')), sandbox.act('add-bucket', addBucket('lost-too'))];
    for (const one of failed) await expect(one).rejects.toThrow('disk full');
    expect(bucketsOf(sandbox)).toEqual(['before']);
    isBroken = false;
    await sandbox.act('add-bucket', addBucket('after'));
    expect(bucketsOf(sandbox)).toEqual(['before', 'after']);
    expect(bucketsOf(await newHome().sandboxes.get(sandbox.id))).toEqual(['before', 'after']);
  });

  it('notices that another home wrote, and applies its change to what is stored now', async () => {
    const home = newHome();
    const sandbox = await newSandbox(home);
    const elsewhere = await newHome().sandboxes.get(sandbox.id);
    await elsewhere?.act('add-bucket', addBucket('from-elsewhere'));
    await sandbox.act('add-bucket', addBucket('from-here'));
    expect(bucketsOf(sandbox)).toEqual(['from-elsewhere', 'from-here']);
  });

  it('fails the one bad row of a statement, not its neighbours', async () => {
    const { store, writer } = newHome();
    const entry = (sandboxId: string, seq: number): JournalEntry => ({
      sandboxId,
      seq,
      name: 'test',
      requestId: null,
      call: null,
      patches: [],
      at: 0,
      bucketsMade: [],
      bucketsGone: [],
      blobs: new Map(),
    });
    await store.write([entry('taken', 1)], []);
    const outcomes = await Promise.allSettled([
      writer.append(entry('free', 1)),
      writer.append(entry('taken', 1)),
      writer.append(entry('free', 2)),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(outcomes[1]).toMatchObject({ reason: expect.any(StaleHomeError) });
    expect(await database.client.journalRow.count({ where: { sandboxId: 'free' } })).toBe(2);
  });

  it('is gone after it was retired, its events are not', async () => {
    const home = newHome();
    const sandbox = await newSandbox(home);
    home.writer.event(sandbox.id, callEvent({ id: randomUUID() }), pastCall(0));
    await home.sandboxes.retire(sandbox.id);
    for (const { sandboxes } of [home, newHome()]) {
      expect(await sandboxes.get(sandbox.id)).toBeUndefined();
      expect(await sandboxes.byAccount(sandbox.primaryAccountId)).toBeUndefined();
      expect(await sandboxes.events(sandbox.id, { limit: 10 })).toHaveLength(1);
    }
    await expect(sandbox.act('add-bucket', addBucket('late'))).rejects.toThrow(/has been retired/);
  });

  it('is gone even where it was being loaded when it was retired', async () => {
    const { id } = await newSandbox(newHome());
    const { sandboxes } = newHome();
    const [loaded] = await Promise.all([sandboxes.get(id), sandboxes.retire(id)]);
    expect(await sandboxes.get(id)).toBeUndefined();
    await expect(loaded?.act('add-bucket', addBucket('late'))).rejects.toThrow(/has been retired/);
  });

  it('leaves memory when others need the room, but there are never two of one', async () => {
    const home = newHome(undefined, 2);
    const first = await newSandbox(home);
    await first.act('add-bucket', addBucket('mine'));
    const listening = await newSandbox(home);
    const stop = listening.onEvent(() => undefined);
    const others = [await newSandbox(home), await newSandbox(home), await newSandbox(home)];
    expect(await home.sandboxes.get(first.id)).toBe(first);
    expect(await home.sandboxes.get(listening.id)).toBe(listening);
    expect((await home.sandboxes.byAccount(first.primaryAccountId))?.world).toBe(first.world);
    for (const { id, world } of others) expect((await home.sandboxes.get(id))?.world).toEqual(world);
    stop();
  });

  it('leaves memory when it is idle, and is there unchanged at the next call', async () => {
    const home = newHome(undefined, 100, 100);
    const idle = await newSandbox(home);
    await idle.act('add-bucket', addBucket('mine'));
    const watched = await newSandbox(home);
    const stop = watched.onEvent(() => undefined);
    await vi.waitFor(() => expect(home.sandboxes.inMemory).toBe(1), { timeout: 10_000 });
    expect(await home.sandboxes.get(watched.id)).toBe(watched);
    const again = await home.sandboxes.byAccount(idle.primaryAccountId);
    expect(again?.world).toEqual(idle.world);
    await again?.act('add-bucket', addBucket('another'));
    expect(bucketsOf(await home.sandboxes.get(idle.id))).toEqual(['mine', 'another']);
    stop();
  });

  it('pages through events, newest first', async () => {
    const { writer, sandboxes } = newHome();
    const ids = Array.from({ length: 450 }, () => randomUUID());
    for (const id of ids) writer.event('some-sandbox', callEvent({ id }), pastCall(0));
    const seen: string[] = [];
    for (;;) {
      const before = seen.at(-1);
      const page = await sandboxes.events('some-sandbox', { limit: 100, ...(before === undefined ? {} : { before }) });
      if (page.length === 0) break;
      seen.push(...page.map(({ id }) => id));
    }
    expect(seen).toEqual(ids.reverse());
    expect(await sandboxes.events('some-sandbox', { before: 'unknown', limit: 5 })).toEqual([]);
  });

  it('stores the bodies of a change with it, small ones and large ones', async () => {
    const sandbox = await newSandbox(newHome());
    const bodies = [10, 100_000].map((size) => ({ digest: randomUUID(), bytes: nodeRandom.bytes(size) }));
    for (const { digest, bytes } of bodies) {
      await sandbox.act('add-body', (world) => ({ ...addBucket(digest)(world), newBlobs: new Map([[digest, bytes]]) }));
    }
    const again = await newHome().sandboxes.get(sandbox.id);
    for (const { digest, bytes } of bodies) {
      expect(await sandbox.readBlob(digest)).toEqual(bytes);
      expect(await again?.readBlob(digest)).toEqual(bytes);
    }
  });

  it('gives bodies back, and says which one is missing', async () => {
    const home = newHome();
    const accountId = await home.sandboxes.drawAccountId();
    const bytes = nodeRandom.bytes(100_000);
    const sandbox = await home.sandboxes.create(newWorld({ accountId, region: 'us-east-1' }), new Map([['d1', bytes]]));
    expect(await sandbox.readBlob('d1')).toEqual(bytes);
    await expect(sandbox.readBlob('d2')).rejects.toThrow('There is no body d2');
  });
});
