/** One attempt of a challenge is open at a time, whatever comes at once. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AttemptList } from '../../contract/index.ts';
import { Browser, openTestApp, type TestApp } from '../testing/app.ts';

let opened: TestApp;
beforeAll(async () => {
  opened = await openTestApp();
});
afterAll(() => opened.close());

const CHALLENGE = 'foundations/playground';
const openOf = (attempts: readonly { state: string }[]) => attempts.filter(({ state }) => state === 'open');

it('is the same for requests that come at once', async () => {
  const ana = new Browser(opened.app);
  await ana.open('foundations/first-policy');
  const attempts = await Promise.all([1, 2, 3, 4].map(() => ana.open(CHALLENGE)));
  expect(new Set(attempts.map(({ id }) => id)).size).toBe(1);
  const [attempt] = attempts;
  const stored = await opened.platform.database.attempt.findUniqueOrThrow({
    where: { id: attempt?.id ?? '' },
    include: { stageStarts: true },
  });
  expect(stored).toMatchObject({ state: 'open', stage: 0, endedAt: null, stageStarts: [{ stage: 0 }] });
  expect(stored.variables).toMatchObject({ Flag: expect.stringMatching(/^flag\{/) });
});

it('is another one after starting over, and the first has ended', async () => {
  const ben = new Browser(opened.app);
  const first = await ben.open(CHALLENGE);
  const answers = await Promise.all([1, 2, 3].map(() => ben.request('POST', `/api/attempts/${first.id}/start-over`)));
  expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([201, 409, 409]);
  const { attempts } = (await ben.request('GET', '/api/attempts')).json<AttemptList>();
  expect(attempts).toHaveLength(2);
  expect(openOf(attempts)).toHaveLength(1);
});
