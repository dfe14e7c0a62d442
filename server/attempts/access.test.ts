/** The access matrix over the API: what it holds, whom it is for, and what it keeps back. */
import { Value } from 'typebox/value';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AccessMatrix, type Attempt } from '../../contract/index.ts';
import { callAs, rootOf } from '../../grading/requests.ts';
import { Browser, openTestApp, type TestApp } from '../testing/app.ts';

let opened: TestApp;
let ana: Browser;
beforeAll(async () => {
  opened = await openTestApp();
  ana = new Browser(opened.app);
});
afterAll(() => opened?.close());

const accessOf = async (attempt: Attempt, browser: Browser = ana) =>
  (await browser.request('GET', `/api/attempts/${attempt.id}/access`)).json<AccessMatrix>();

/** A change of the account, as its root. */
async function change(attempt: Attempt, operation: string, input: Readonly<Record<string, string>>): Promise<void> {
  const { platform } = opened;
  const row = await platform.database.attempt.findUniqueOrThrow({ where: { id: attempt.id } });
  const sandbox = await platform.sandboxes.get(row.sandboxId);
  await sandbox?.act('test', (world) => {
    const call = { world, caller: rootOf(world), service: 'iam', operation, input };
    const performed = callAs(call, { cloud: platform.cloud, realNow: Date.now() });
    return { ...performed, result: undefined };
  });
}

test.each(['first-policy', 'deny-wins', 'managed-too-wide'])('%s: the learner may read all of it', async (id) => {
  const matrix = await accessOf(await ana.open(`foundations/${id}`));
  expect(Value.Check(AccessMatrix, matrix)).toBe(true);
  expect(matrix.principals.length).toBeGreaterThan(0);
  expect(matrix.permissions.length).toBeGreaterThan(5);
  expect([...matrix.principals, ...matrix.permissions].map(({ kind }) => kind)).not.toContain('unread');
});

test('it follows the account', async () => {
  const attempt = await ana.open('foundations/first-policy');
  const bea = async () => (await accessOf(attempt)).principals.find(({ name }) => name === 'user/Bea');
  expect(await bea()).toMatchObject({ kind: 'known', identity: [] });
  const PolicyDocument = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}';
  await change(attempt, 'PutUserPolicy', { UserName: 'Bea', PolicyName: 'All', PolicyDocument });
  expect(await bea()).toMatchObject({ kind: 'known', identity: [0] });
  expect((await accessOf(attempt)).documents[0]).toMatchObject({
    name: 'All',
    attachedTo: 'user/Bea',
    text: PolicyDocument,
  });
});

test('a stage that names no permission has none, and tells nothing of the next', async () => {
  const attempt = await ana.open('foundations/self-service-admin');
  expect(await accessOf(attempt)).toEqual({ principals: [], permissions: [], documents: [], leftOff: 0 });
});

test('nothing of a private check is in it', async () => {
  const text = JSON.stringify(await accessOf(await ana.open('foundations/managed-too-wide')));
  expect(text).toContain('s3:PutObject');
  expect(text).not.toContain('-billing/');
});

test('it is its learner’s alone, and an attempt that has ended has none', async () => {
  const attempt = await ana.open('foundations/playground');
  const other = new Browser(opened.app);
  await other.open('foundations/playground');
  expect((await other.request('GET', `/api/attempts/${attempt.id}/access`)).json()).toMatchObject({
    code: 'attempt_not_found',
  });
  await ana.request('POST', `/api/attempts/${attempt.id}/start-over`);
  expect(await accessOf(attempt)).toMatchObject({ code: 'attempt_ended' });
});
