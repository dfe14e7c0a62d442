import { afterAll, beforeAll, expect, test } from 'vitest';
import { Browser, openTestApp, type TestApp } from '../testing/app.ts';
import { createLog } from './log.ts';

const lines: string[] = [];
let opened: TestApp;
beforeAll(async () => {
  opened = await openTestApp({ log: createLog('trace', { write: (line) => lines.push(line) }) });
});
afterAll(() => opened?.close());

test('a request is one line with the id that its answer carries, and no line holds a credential', async () => {
  const ana = new Browser(opened.app);
  const attempt = await ana.open('foundations/self-service-admin');
  const answer = await ana.request('GET', `/api/attempts/${attempt.id}`);
  const about = lines
    .map((line) => JSON.parse(line))
    .filter((line) => line.requestId === answer.headers['x-request-id']);
  expect(about).toMatchObject([{ method: 'GET', url: `/api/attempts/${attempt.id}`, status: 200, msg: 'request' }]);

  const { Flag: flag } = (await opened.platform.database.attempt.findUniqueOrThrow({ where: { id: attempt.id } }))
    .variables as Record<string, string>;
  const written = lines.join('');
  for (const { secretAccessKey, sessionToken } of attempt.sandbox.profiles) {
    expect(written).not.toContain(secretAccessKey);
    expect(sessionToken === undefined || !written.includes(sessionToken)).toBe(true);
  }
  expect(written).not.toContain(flag);
  expect(written).not.toContain(ana.cookie.split('=')[1]);
  expect(written).not.toContain(opened.platform.sessionSecret);
});

test('what a careless line would bring along is cut out', () => {
  const kept: string[] = [];
  createLog('info', { write: (line) => kept.push(line) }).info(
    { secretAccessKey: 's3cr3t', profile: { sessionToken: 's3cr3t' }, req: { headers: { cookie: 's3cr3t' } } },
    'careless',
  );
  expect(kept.join('')).not.toContain('s3cr3t');
});
