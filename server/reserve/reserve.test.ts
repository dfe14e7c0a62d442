/** Sandboxes made ahead of their learners: whole, each given once, with clocks that start at the claim. */
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { type AttemptsContext, attemptsOn } from '../attempts/context.ts';
import { startAttempt } from '../attempts/start-attempt.ts';
import { readCatalogue } from '../catalogue/catalogue.ts';
import { readContent } from '../catalogue/content.ts';
import { projectPath } from '../config/root.ts';
import type { Prisma } from '../database/generated/client.ts';
import { sweepBlobs } from '../sandboxes/blob-sweep.ts';
import { openTestApp, type TestApp } from '../testing/app.ts';
import { readWanted, type WantedReserve } from './wanted.ts';

const CHALLENGE = 'foundations/managed-too-wide';
const HOUR = 3_600_000;

interface Tree {
  [name: string]: Tree | number | string;
}

let opened: TestApp;
beforeAll(async () => {
  opened = await openTestApp();
});
afterAll(() => opened.close());

const catalogue = await readCatalogue(projectPath('challenges'), (problem) => expect.fail(problem));
const contexts: AttemptsContext[] = [];

/** Another process on the same database. */
function processOf(reserve: WantedReserve, challenges = catalogue) {
  const { platform } = opened;
  const context = attemptsOn({ ...platform, config: { ...platform.config, reserve } }, challenges);
  contexts.push(context);
  return context;
}

function open(reserve: WantedReserve, challenges = catalogue) {
  const context = processOf(reserve, challenges);
  context.reserve.open();
  return context;
}

afterEach(async () => {
  await Promise.all(contexts.splice(0).map(({ reserve }) => reserve.close()));
  await opened.platform.database.reservedSandbox.deleteMany();
});

const rows = () => opened.platform.database.reservedSandbox.findMany({ orderBy: { madeAt: 'asc' } });
const filled = (count: number) => vi.waitFor(async () => expect(await rows()).toHaveLength(count), { timeout: 20_000 });

async function newLearner(): Promise<string> {
  const id = randomUUID();
  await opened.platform.database.learner.create({ data: { id, name: 'Ana' } });
  return id;
}

async function start(context: AttemptsContext) {
  const { attempt } = await startAttempt(context, await newLearner(), CHALLENGE);
  const sandbox = await context.sandboxes.get(attempt.sandboxId);
  if (sandbox === undefined) throw new Error('no sandbox');
  return { attempt, sandbox, account: sandbox.world.accounts[sandbox.primaryAccountId] };
}

it('hands out what was drawn ahead, and fills up again', async () => {
  const context = open({ popular: 0, challenges: { [CHALLENGE]: 2 } });
  await filled(2);
  const [first] = await rows();
  const { attempt, sandbox } = await start(context);
  expect(sandbox.primaryAccountId).toBe(first?.accountId);
  expect(attempt.variables).toEqual(first?.variables);
  await filled(2);
  expect((await rows()).map(({ id }) => id)).not.toContain(first?.id);
});

it('starts the clocks at the claim', async () => {
  const context = open({ popular: 0, challenges: { [CHALLENGE]: 1 } });
  await filled(1);
  const [made] = await rows();
  if (made === undefined) throw new Error('nothing was made');
  // As if it had been made six hours ago.
  const world = structuredClone(made.world) as unknown as Tree;
  for (const place of made.times as string[][]) {
    const [name = ''] = place.slice(-1);
    const holder = place.slice(0, -1).reduce((tree, step) => tree[step] as Tree, world);
    holder[name] = Number(holder[name]) - 6 * HOUR;
  }
  const madeAt = new Date(made.madeAt.getTime() - 6 * HOUR);
  await opened.platform.database.reservedSandbox.updateMany({
    data: { world: world as Prisma.InputJsonObject, madeAt },
  });
  const before = Date.now();
  const { attempt, account } = await start(context);
  const created = Object.values(account?.iam.roles ?? {}).map(({ createdAt }) => createdAt);
  expect(created.length).toBeGreaterThan(0);
  for (const at of created) expect(Math.abs(at - before)).toBeLessThan(10_000);
  expect(attempt.startedAt.getTime()).toBeGreaterThanOrEqual(before);
  for (const { expiration } of attempt.profiles)
    if (expiration !== undefined) expect(Date.parse(expiration)).toBeGreaterThan(before + 11 * HOUR);
});

it('gives each to one learner, over two processes, and makes more on the spot where there are none left', async () => {
  const wanted = { popular: 0, challenges: { [CHALLENGE]: 3 } };
  const [one, other] = [open(wanted), processOf(wanted)];
  await filled(3);
  const reserved = (await rows()).map(({ accountId }) => accountId);
  const started = await Promise.all([one, other, one, other, one, other].map((context) => start(context)));
  const accounts = started.map(({ sandbox }) => sandbox.primaryAccountId);
  expect(new Set(accounts).size).toBe(6);
  expect(accounts).toEqual(expect.arrayContaining(reserved));
  expect(new Set(started.map(({ attempt }) => attempt.variables['Flag'])).size).toBe(6);
});

it('drops those of a challenge that was changed, and never hands one out', async () => {
  open({ popular: 0, challenges: { [CHALLENGE]: 1 } });
  await filled(1);
  const old = await rows();
  const content = catalogue.content(CHALLENGE);
  const edited = readContent(CHALLENGE, { ...content?.files, 'solution.sh': '# another way\n' });
  if (edited.kind === 'invalid') throw new Error('the challenge cannot be read');
  const changed = {
    ...catalogue,
    content: (id: string) => (id === CHALLENGE ? edited.content : catalogue.content(id)),
  };
  const context = processOf({ popular: 0, challenges: { [CHALLENGE]: 1 } }, changed);
  expect((await start(context)).sandbox.primaryAccountId).not.toBe(old[0]?.accountId);
  await opened.platform.database.reservedSandbox.updateMany({ data: { madeAt: new Date(Date.now() - 11 * 60_000) } });
  context.reserve.open();
  await vi.waitFor(
    async () => expect((await rows()).map(({ contentDigest }) => contentDigest)).toEqual([edited.content.digest]),
    { timeout: 20_000 },
  );
});

it('keeps the challenges that are opened most', async () => {
  const none = processOf({ popular: 0, challenges: {} });
  await start(none);
  open({ popular: 1, challenges: {} });
  await vi.waitFor(async () => expect((await rows()).map((row) => row.challengeId)).toContain(CHALLENGE), {
    timeout: 20_000,
  });
});

it('keeps the bodies that only a start in reserve names', async () => {
  const challenges = { [CHALLENGE]: 1 };
  open({ popular: 0, challenges });
  await filled(1);
  const { database } = opened.platform;
  const [made] = await rows();
  const digests = [...new Set(JSON.stringify(made?.world).match(/"[0-9a-f]{64}"/g))].map((text) => text.slice(1, -1));
  await database.$executeRaw`UPDATE blob SET kept_at = now() - interval '2 days'`;
  await sweepBlobs(database, new AbortController().signal);
  const named = await database.blob.count({ where: { digest: { in: digests } } });
  expect(named).toBeGreaterThan(0);
  await database.reservedSandbox.deleteMany();
});

it.each([
  ['2', { popular: 2, challenges: {} }],
  ['2, foundations/playground=20', { popular: 2, challenges: { 'foundations/playground': 20 } }],
  ['foundations/a=1,x/b = 3', { popular: 0, challenges: { 'foundations/a': 1, 'x/b': 3 } }],
  ['many', 'many'],
  ['2,,3', '2,,3'],
])('reads RESERVE=%s', (text, wanted) => {
  expect(readWanted(text)).toEqual(wanted);
});
