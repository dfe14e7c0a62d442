import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hexOf } from '../../cloud/hex.ts';
import { newWorld } from '../../cloud/new-world.ts';
import type { Cloud } from '../../cloud/perform.ts';
import type { World } from '../../cloud/world.ts';
import type { Database } from '../database/database.ts';
import { hasPostgresql, openTestDatabase, openTestPostgresql } from '../database/testing/database.ts';
import { nodeHashes, nodeRandom } from '../hashes/node-hashes.ts';
import { BlobReader } from './blob-reader.ts';
import { sweepBlobs } from './blob-sweep.ts';
import { soleHome } from './homes.ts';
import { JournalWriter } from './journal-writer.ts';
import { HomeSandboxes } from './sandboxes.ts';
import { MissingBlobError, SandboxStore } from './store.ts';

const log = pino({ level: 'silent' });
const cloud: Cloud = {
  services: {},
  managedPolicies: { get: () => undefined, list: () => [] },
  hashes: nodeHashes,
  random: nodeRandom,
};
const databases = [
  { name: 'PGlite', open: openTestDatabase, isThere: true },
  { name: 'PostgreSQL', open: openTestPostgresql, isThere: await hasPostgresql() },
];

let database: Database;

interface Body {
  readonly digest: string;
  readonly bytes: Uint8Array;
}

function newBody(): Body {
  const bytes = nodeRandom.bytes(100);
  return { digest: hexOf(nodeHashes.sha256(bytes)), bytes };
}

const blobs = (...bodies: readonly Body[]) => new Map(bodies.map(({ digest, bytes }) => [digest, bytes]));

/** Which of the bodies are still there. */
async function kept(bodies: Readonly<Record<string, Body>>): Promise<readonly string[]> {
  const store = new SandboxStore(database);
  const isKept = ({ digest }: Body) =>
    store.readBlob(digest).then(
      () => true,
      (error: unknown) => {
        expect(error).toBeInstanceOf(MissingBlobError);
        return false;
      },
    );
  const found = await Promise.all(
    Object.entries(bodies).map(async ([name, body]) => ((await isKept(body)) ? [name] : [])),
  );
  return found.flat();
}

const ageAll = () => database.client.$executeRaw`UPDATE blob SET kept_at = now() - interval '2 days'`;
const sweep = () => sweepBlobs(database.client, new AbortController().signal);

/** A world that names a body, the way an object's version does. */
function naming(world: World, digest: string): World {
  return { ...world, named: [{ digest, size: 100 }] } as World;
}

describe.each(databases.filter(({ isThere }) => isThere))('the sweep of bodies on $name', ({ open }) => {
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.close());

  it('lets go of old bodies that no state names, and of no others', async () => {
    const store = new SandboxStore(database);
    const writer = new JournalWriter(store, log);
    const home = new HomeSandboxes({ cloud, store, writer, blobs: new BlobReader(store), log }, soleHome);
    const bodies = {
      atStart: newBody(),
      inJournal: newBody(),
      ofStage: newBody(),
      overwritten: newBody(),
      sentAgain: newBody(),
      young: newBody(),
    };
    const { atStart, inJournal, ofStage, overwritten, sentAgain, young } = bodies;
    const accountId = await home.drawAccountId();
    const plain = newWorld({ accountId, region: 'us-east-1' });
    const sandbox = await home.create(naming(plain, atStart.digest), blobs(atStart, ofStage, overwritten, sentAgain));
    await sandbox.act('put', (world) => ({
      world: naming(world, inJournal.digest),
      patches: [{ op: 'replace', path: ['named'], value: [{ digest: inJournal.digest, size: 100 }] }],
      newBlobs: blobs(inJournal),
      result: undefined,
    }));
    await beginStage(sandbox.id, naming(plain, ofStage.digest));
    await ageAll();
    await store.keepBlobs(blobs(young, sentAgain));

    expect(await sweep()).toBe(1);
    expect(await kept(bodies)).toEqual(['atStart', 'inJournal', 'ofStage', 'sentAgain', 'young']);
    expect(await sweep()).toBe(0);
    await ageAll();
    expect(await sweep()).toBe(2);
    expect(await kept(bodies)).toEqual(['atStart', 'inJournal', 'ofStage']);
  });

  it('lets go of none where it is ended before its end', async () => {
    const unused = newBody();
    await new SandboxStore(database).keepBlobs(blobs(unused));
    await ageAll();
    expect(await sweepBlobs(database.client, AbortSignal.abort())).toBe(0);
    expect(await kept({ unused })).toEqual(['unused']);
  });
});

/** An attempt in that sandbox whose first stage starts from a world. */
async function beginStage(sandboxId: string, world: World): Promise<void> {
  const { client } = database;
  const [attempt, learner, digest] = [randomUUID(), randomUUID(), randomUUID()];
  await client.$executeRaw`INSERT INTO learner (id, name) VALUES (${learner}, 'Test')`;
  await client.challengeContent.create({ data: { digest, challengeId: 'a/b', files: {} } });
  await client.attempt.create({
    data: {
      id: attempt,
      learnerId: learner,
      challengeId: 'a/b',
      contentDigest: digest,
      sandboxId,
      variables: {},
      profiles: [],
      state: 'open',
      stage: 0,
      stageStarts: { create: { stage: 0, world: JSON.parse(JSON.stringify(world)) } },
    },
  });
}
