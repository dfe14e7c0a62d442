/**
 * npm run write:journal — does a story in a sandbox of this release and keeps its journal under test/journal/kept, in a new file beside those of
 * earlier releases: from then on it must replay to the same state, whatever changes. A service that has changes must be in the story.
 */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newWorld } from '../cloud/new-world.ts';
import { readConfig } from '../server/config/config.ts';
import { projectPath } from '../server/config/root.ts';
import { createLog } from '../server/log/log.ts';
import { createPlatform } from '../server/platform.ts';
import type { Sandbox } from '../server/sandboxes/sandbox.ts';
import { SandboxStore } from '../server/sandboxes/store.ts';
import { digestOf, type JournalFixture, shapeOf } from '../test/journal/fixture.ts';
import { type StoryCall, story } from '../test/journal/story.ts';

/** After the story the clock is moved on by so much: secrets go, schedules fall due. */
const LATER = 8 * 24 * 3_600_000;
/** The row whose snapshot the fixture begins with. */
const FIRST = 5;

async function doCall(sandbox: Sandbox, call: StoryCall, answers: Record<string, string>): Promise<void> {
  const { service, operation, input, keep = {} } = call;
  const performed = await sandbox.call({
    service,
    operation,
    input: input(answers) as Readonly<Record<string, unknown>>,
    caller: { kind: 'root', accountId: sandbox.primaryAccountId },
    request: { sourceIp: '127.0.0.1', secureTransport: true, userAgent: 'story', region: 'us-east-1' },
    requestId: randomUUID(),
    realNow: Date.now(),
  });
  if (performed.outcome.kind === 'error')
    throw new Error(`${service}:${operation}: ${performed.outcome.error.message}`);
  for (const [name, way] of Object.entries(keep)) {
    answers[name] = String(
      way.reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], performed.outcome.output),
    );
  }
}

const directory = await mkdtemp(join(tmpdir(), 'leastwise-journal-'));
const platform = await createPlatform(readConfig({ DATA_DIR: directory }), createLog('warn'));
try {
  const { cloud, database, sandboxes } = platform;
  const told = new Set(story.map(({ service }) => service));
  const changing = Object.values(cloud.services).filter(({ operations }) =>
    Object.values(operations).some(({ kind }) => kind !== 'read'),
  );
  const missing = changing.map(({ name }) => name).filter((name) => !told.has(name));
  if (missing.length > 0) throw new Error(`test/journal/story.ts has no call to ${missing.join(', ')}`);

  const account = await sandboxes.drawAccountId();
  const sandbox = await sandboxes.create(newWorld({ accountId: account, region: 'us-east-1' }), new Map());
  const answers: Record<string, string> = { account };
  for (const call of story) await doCall(sandbox, call, answers);
  await sandbox.act('clock', (world) => {
    const clockOffset = world.clockOffset + LATER;
    const patches = [{ op: 'replace' as const, path: ['clockOffset'], value: clockOffset }];
    return { world: { ...world, clockOffset }, patches, newBlobs: new Map(), result: undefined };
  });
  // What is due is done before the next call.
  await doCall(sandbox, { service: 'iam', operation: 'CreateGroup', input: () => ({ GroupName: 'last' }) }, answers);

  const where = { sandboxId: sandbox.id };
  const rows = await database.journalRow.findMany({ where, orderBy: { seq: 'asc' } });
  const store = new SandboxStore({ client: database, raw: { execute: async () => {}, close: async () => {} } });
  const start = await store.stateAfter(sandbox.id, FIRST);
  if (start === undefined) throw new Error('the sandbox has no journal');
  const shape = shapeOf(sandbox.world);
  const fixture: JournalFixture = {
    primaryAccountId: account,
    snapshot: { seq: FIRST, world: start.world },
    rows: rows
      .filter(({ seq }) => seq > FIRST)
      .map(({ seq, name, requestId, call, patches }) => ({ seq, name, requestId, call, patches })),
    shape,
    digest: digestOf(sandbox.world, shape),
  };
  const day = new Date().toISOString().slice(0, 10);
  for (let n = 1; ; n += 1) {
    const file = projectPath(`test/journal/kept/${day}-${n}.json`);
    try {
      await writeFile(file, `${JSON.stringify(fixture)}\n`, { flag: 'wx' });
      console.log(`${file}: ${fixture.rows.length} rows`);
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
} finally {
  await platform.close();
  await rm(directory, { recursive: true, force: true });
}
