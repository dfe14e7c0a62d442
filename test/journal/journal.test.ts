/** Journals that earlier releases wrote replay to the state that they came to then, whatever handlers do now. */
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { services } from '../../cloud/services/index.ts';
import { projectPath } from '../../server/config/root.ts';
import type { Database } from '../../server/database/database.ts';
import type { Prisma } from '../../server/database/generated/client.ts';
import { openTestDatabase } from '../../server/database/testing/database.ts';
import { SandboxStore } from '../../server/sandboxes/store.ts';
import { digestOf, type JournalFixture } from './fixture.ts';

const FOLDER = projectPath('test/journal/kept');
const kept = readdirSync(FOLDER).map((file) => {
  const fixture = JSON.parse(readFileSync(`${FOLDER}/${file}`, 'utf8')) as JournalFixture;
  return { file, fixture };
});

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

/** Puts a journal into the database as it was there when it was written; answers the sandbox. */
async function restore({ primaryAccountId, snapshot, rows }: JournalFixture): Promise<string> {
  const id = randomUUID();
  const json = (value: unknown) => value as Prisma.InputJsonValue;
  await database.client.sandbox.create({
    data: { id, primaryAccountId, snapshots: { create: { seq: snapshot.seq, world: json(snapshot.world) } } },
  });
  await database.client.journalRow.createMany({
    data: rows.map(({ call, patches, ...row }) => ({
      ...row,
      sandboxId: id,
      ...(call === null ? {} : { call: json(call) }),
      patches: json(patches),
    })),
  });
  return id;
}

describe.each(kept)('the journal $file', ({ fixture }) => {
  it('replays to the same state', async () => {
    const loaded = await new SandboxStore(database).load(await restore(fixture));
    expect(loaded?.seq).toBe(fixture.rows.at(-1)?.seq);
    expect(loaded && digestOf(loaded.world, fixture.shape)).toBe(fixture.digest);
  });

  it('does not without one of its rows', async () => {
    const rows = fixture.rows.filter(({ name }) => name !== 'dynamodb:PutItem');
    const loaded = await new SandboxStore(database).load(await restore({ ...fixture, rows }));
    expect(loaded && digestOf(loaded.world, fixture.shape)).not.toBe(fixture.digest);
  });

  it('has rows of calls, of acts, of due work, and of code', () => {
    const named = (name: string) => fixture.rows.filter((row) => row.name === name);
    expect(named('sqs:CreateQueue')).toHaveLength(1);
    expect(named('clock')).toHaveLength(1);
    expect(named('tick').length).toBeGreaterThan(0);
    const byCode = named('s3:PutObject').filter(({ call }) => JSON.stringify(call).includes('assumed-role/worker'));
    expect(byCode).toHaveLength(1);
  });
});

it('covers every service that changes anything: a new one is told in story.ts, and `npm run write:journal` adds a file', () => {
  const changing = Object.values(services).filter(({ operations }) =>
    Object.values(operations).some(({ kind }) => kind !== 'read'),
  );
  const told = new Set(kept.flatMap(({ fixture }) => fixture.rows.map(({ name }) => name.split(':')[0])));
  expect(changing.map(({ name }) => name).filter((name) => !told.has(name))).toEqual([]);
});
