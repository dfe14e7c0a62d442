import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DatabaseLocation, openDatabase } from './database.ts';
import { lockDirectory } from './directory-lock.ts';
import { databaseTemplate, hasPostgresql, makePostgresql, openTestDatabase } from './testing/database.ts';

const log = pino({ level: 'silent' });
/** What must hold for both databases. */
async function behavesAsOne(location: DatabaseLocation): Promise<void> {
  const database = await openDatabase(location, log);
  const { client } = database;
  const hasMigrations = await client.$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM _prisma_migrations WHERE finished_at IS NOT NULL`;
  expect(hasMigrations[0]?.n).toBeGreaterThan(0);

  await client.learner.create({ data: { id: 'l', name: 'Guest' } });
  await client.challengeContent.create({ data: { digest: 'd', challengeId: 'p/c', files: { 'a.yaml': 'x' } } });
  for (const id of ['s1', 's2', 's3']) {
    await client.sandbox.create({ data: { id, primaryAccountId: `11111111111${id.slice(1)}` } });
  }
  const attempt = (sandboxId: string) => ({
    data: {
      learnerId: 'l',
      challengeId: 'p/c',
      contentDigest: 'd',
      variables: {},
      profiles: [],
      sandboxId,
      id: sandboxId,
    },
  });
  await client.attempt.create(attempt('s1'));
  await expect(client.attempt.create(attempt('s2'))).rejects.toMatchObject({ code: 'P2002' });
  await client.attempt.update({ where: { id: 's1' }, data: { state: 'ended' } });
  await client.attempt.create(attempt('s3'));

  // Key order, and characters that jsonb refuses, come back as they went in.
  const world = { z: 1, a: { '\u0000': '\ud83d' }, m: [] };
  await client.snapshot.create({ data: { sandboxId: 's1', seq: 0, world } });
  const snapshot = await client.snapshot.findUniqueOrThrow({ where: { sandboxId_seq: { sandboxId: 's1', seq: 0 } } });
  expect(JSON.stringify(snapshot.world)).toBe(JSON.stringify(world));
  await client.blob.create({ data: { digest: 'b', bytes: new Uint8Array([0, 255, 7]), size: 3 } });
  expect([...(await client.blob.findUniqueOrThrow({ where: { digest: 'b' } })).bytes]).toEqual([0, 255, 7]);

  await expect(
    client.$transaction(async (transaction) => {
      await transaction.learner.create({ data: { id: 'rolled-back', name: 'x' } });
      throw new Error('no');
    }),
  ).rejects.toThrow('no');
  expect(await client.learner.count()).toBe(1);
  await database.close();

  const again = await openDatabase(location, log);
  expect(await again.client.attempt.count()).toBe(2);
  await again.close();
}

describe('the embedded database', () => {
  let directory = '';
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'leastwise-database-'));
  });
  afterAll(() => rm(directory, { recursive: true }));

  it('migrates at the first start and keeps what it was given', () => behavesAsOne({ kind: 'embedded', directory }));

  it('is open in one process at a time', async () => {
    const database = await openTestDatabase();
    const location: DatabaseLocation = { kind: 'embedded', directory: database.directory };
    await expect(openDatabase(location, log)).rejects.toThrow(/Another process works on .*DATA_DIR/);
    await database.close();
  });

  it('is not locked by a process that was killed', async () => {
    const dead = await mkdtemp(join(tmpdir(), 'leastwise-lock-'));
    const holder = `require('node:net').createServer().listen(${JSON.stringify(join(dead, 'lock'))}, () => process.kill(process.pid, 'SIGKILL'))`;
    spawnSync(process.execPath, ['-e', holder]);
    expect(existsSync(join(dead, 'lock'))).toBe(true);
    await (await lockDirectory(dead))();
    await rm(dead, { recursive: true });
  });

  it('starts from a template in tests', async () => {
    await databaseTemplate();
    const database = await openTestDatabase();
    expect(await database.client.learner.count()).toBe(0);
    await database.close();
  });

  it('does not stop the event loop during a long query', async () => {
    const database = await openTestDatabase();
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    }, 5);
    await database.client.$queryRaw`SELECT count(*)::int FROM generate_series(1, 3000000)`;
    clearInterval(timer);
    expect(turns).toBeGreaterThan(10);
    await database.close();
  });
});

describe.skipIf(!(await hasPostgresql()))('PostgreSQL', () => {
  let made: Awaited<ReturnType<typeof makePostgresql>>;
  beforeAll(async () => {
    made = await makePostgresql();
  });
  afterAll(() => made.drop());

  it('migrates once where several processes start at once', async () => {
    const location: DatabaseLocation = { kind: 'postgresql', url: made.url };
    const databases = await Promise.all([1, 2, 3].map(() => openDatabase(location, log)));
    await Promise.all(databases.map((database) => database.close()));
  });

  it('behaves as the embedded one does', () => behavesAsOne({ kind: 'postgresql', url: made.url }));
});
