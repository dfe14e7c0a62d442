/** A learner's work outlives the server, and their credentials their twelve hours. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import type { Attempt } from '../contract/index.ts';
import { Browser, openTestApp, type TestApp } from './testing/app.ts';
import { sandboxOf } from './testing/calling.ts';

const HOUR = 60 * 60 * 1000;

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  vi.useRealTimers();
  for (const close of closing.splice(0).reverse()) await close();
});

async function opened(dataDirectory?: string): Promise<TestApp> {
  const app = await openTestApp(dataDirectory === undefined ? undefined : { dataDirectory });
  closing.push(app.close);
  return app;
}

test('a visitor finds everything again after a restart of the server', async () => {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'leastwise-restart-'));
  closing.push(() => rm(dataDirectory, { recursive: true, force: true }));
  const before = await openTestApp({ dataDirectory });
  const ana = new Browser(before.app);
  const attempt = await ana.open('foundations/first-policy');
  await ana.request('POST', `/api/attempts/${attempt.id}/hints/2`);
  await ana.submit(attempt);
  const world = JSON.stringify((await sandboxOf(before.platform, attempt)).world);
  const left: Attempt = (await ana.request('GET', `/api/attempts/${attempt.id}`)).json();
  await before.close();

  const after = await opened(dataDirectory);
  const again = new Browser(after.app);
  again.cookie = ana.cookie;
  const found: Attempt = (await again.request('GET', `/api/attempts/${attempt.id}`)).json();
  expect(found).toEqual(left);
  expect(JSON.stringify((await sandboxOf(after.platform, attempt)).world)).toBe(world);
  expect(found.hints[1]?.text).toEqual(expect.any(String));
  expect((await again.open('foundations/first-policy')).id).toBe(attempt.id);
});

test('the session of a role’s profile is renewed in its last hour, and not before', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
  const { app, platform } = await opened();
  const ana = new Browser(app);
  const attempt = await ana.open('foundations/self-service-admin');
  const { variables } = await platform.database.attempt.findUniqueOrThrow({ where: { id: attempt.id } });
  await ana.submit(attempt, { 'bank-token': (variables as Record<string, string>)['Flag'] ?? '' });
  const read = async () => {
    const { sandbox }: Attempt = (await ana.request('GET', `/api/attempts/${attempt.id}`)).json();
    return Object.fromEntries(sandbox.profiles.map((profile) => [profile.name, profile]));
  };
  const first = await read();
  expect(Date.parse(first['security']?.expiration ?? '') - Date.now()).toBeGreaterThan(11.9 * HOUR);
  vi.setSystemTime(Date.now() + 10.9 * HOUR);
  expect(await read()).toEqual(first);
  vi.setSystemTime(Date.now() + 0.2 * HOUR);
  const renewed = await read();
  expect(renewed['security']?.accessKeyId).not.toBe(first['security']?.accessKeyId);
  expect(Date.parse(renewed['security']?.expiration ?? '') - Date.now()).toBeGreaterThan(11.9 * HOUR);
  expect(renewed['milo']).toEqual(first['milo']);
});
