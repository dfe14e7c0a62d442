/** What a learner has changed, on the whole app. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AccountChanges } from '../../contract/index.ts';
import { Browser, openTestApp, type TestApp } from '../testing/app.ts';
import { callIn } from '../testing/calling.ts';

let opened: TestApp;
beforeAll(async () => {
  opened = await openTestApp();
});
afterAll(() => opened?.close());

test('is nothing at first, then what they did, for them alone, and nothing again after a reset', async () => {
  const ana = new Browser(opened.app);
  const attempt = await ana.open('foundations/playground');
  const url = `/api/attempts/${attempt.id}/changes`;
  const read = async (): Promise<AccountChanges> => (await ana.request('GET', url)).json();
  expect(await read()).toEqual({ things: [], documents: [], leftOff: 0 });
  await callIn(opened.platform, attempt, 'iam:CreateUser', { UserName: 'Cem' });
  const document = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] };
  const grant = { UserName: 'Cem', PolicyName: 'Grant', PolicyDocument: JSON.stringify(document) };
  await callIn(opened.platform, attempt, 'iam:PutUserPolicy', grant);
  expect(await read()).toMatchObject({
    things: [{ service: 'iam', kind: 'user', name: 'Cem', change: 'added' }],
    documents: [{ title: 'inline policy Grant of user/Cem', before: null, after: JSON.stringify(document), needs: [] }],
  });
  expect((await ana.request('GET', `${url}?since=yesterday`)).json()).toMatchObject({ code: 'invalid_request' });
  expect((await ana.request('GET', `${url}?since=start`)).statusCode).toBe(200);
  const bob = new Browser(opened.app);
  await bob.open('foundations/playground');
  expect((await bob.request('GET', url)).json()).toMatchObject({ code: 'attempt_not_found' });
  await ana.request('POST', `/api/attempts/${attempt.id}/reset`);
  expect(await read()).toEqual({ things: [], documents: [], leftOff: 0 });
});
