import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Attempt, Problem } from '../contract/index.ts';
import { Browser, openTestApp, type TestApp } from './testing/app.ts';

let opened: TestApp;
beforeAll(async () => {
  opened = await openTestApp();
});
afterAll(() => opened?.close());

const visitor = () => new Browser(opened.app);
const codeOf = async (response: { json(): Problem; headers: unknown }) => {
  expect(response.headers).toMatchObject({ 'content-type': expect.stringContaining('application/problem+json') });
  return response.json().code;
};

describe('the catalogue', () => {
  test('lists the pack in its order', async () => {
    const { challenges } = (await visitor().request('GET', '/api/challenges')).json();
    expect(challenges.map((challenge: { id: string }) => challenge.id)).toEqual(
      expect.arrayContaining([
        'foundations/first-policy',
        'foundations/managed-too-wide',
        'foundations/deny-wins',
        'foundations/self-service-admin',
        'foundations/playground',
      ]),
    );
    expect(challenges[0]).toMatchObject({ title: expect.any(String), level: expect.any(Number) });
  });
});

describe('an attempt', () => {
  test('is opened once, and found again by the same learner alone', async () => {
    const ana = visitor();
    const first = await ana.request('POST', '/api/attempts', { challenge: 'foundations/first-policy' });
    expect(first.statusCode).toBe(201);
    const again = await ana.request('POST', '/api/attempts', { challenge: 'foundations/first-policy' });
    expect(again.statusCode).toBe(200);
    expect(again.json().id).toBe(first.json().id);
    expect((await ana.request('GET', `/api/attempts/${first.json().id}`)).statusCode).toBe(200);
    expect((await ana.request('GET', '/api/attempts')).json().attempts).toHaveLength(1);

    for (const stranger of [visitor(), await welcomed()]) {
      const other = await stranger.request('GET', `/api/attempts/${first.json().id}`);
      expect(other.statusCode).toBe(404);
      expect(await codeOf(other)).toBe('attempt_not_found');
      for (const act of ['submissions', 'reset', 'start-over', 'hints/1'])
        expect((await stranger.request('POST', `/api/attempts/${first.json().id}/${act}`)).statusCode).toBe(404);
    }
  });

  test('is one, however many requests open it at once', async () => {
    const ana = await welcomed();
    const all = await Promise.all(Array.from({ length: 6 }, () => ana.open('foundations/deny-wins')));
    expect(new Set(all.map((attempt) => attempt.id)).size).toBe(1);
    expect(new Set(all.map((attempt) => attempt.sandbox.accountId)).size).toBe(1);
  });

  test('has an account, names and a flag of its own', async () => {
    const [ana, ben] = [visitor(), visitor()];
    const [hers, his] = [await ana.open('foundations/first-policy'), await ben.open('foundations/first-policy')];
    expect(hers.sandbox.accountId).toMatch(/^\d{12}$/);
    expect(hers.sandbox.accountId).not.toBe(his.sandbox.accountId);
    expect(hers.story).not.toBe(his.story);
    expect(hers.story).not.toContain('${');
  });
});

describe('submitting', () => {
  test('grades every check with a reason, without a body too', async () => {
    const ana = visitor();
    const attempt = await ana.open('foundations/first-policy');
    const response = await ana.request('POST', `/api/attempts/${attempt.id}/submissions`);
    expect(response.statusCode).toBe(201);
    const submission = response.json();
    expect(submission).toMatchObject({ verdict: 'failed', stage: null, solved: false });
    const failed = submission.checks.filter((check: { verdict: string }) => check.verdict === 'failed');
    expect(failed.length).toBeGreaterThan(0);
    for (const check of failed) expect(check.reason.length).toBeLessThan(200);
    const read: Attempt = (await ana.request('GET', `/api/attempts/${attempt.id}`)).json();
    expect(read.submissions).toBe(1);
    expect(read.checks.map(({ id, verdict }) => [id, verdict])).toEqual(
      submission.checks.map(({ id, verdict }: { id: string; verdict: string }) => [id, verdict]),
    );
  });

  test('is refused where there is nothing to grade, and for an answer that no check takes', async () => {
    const ana = visitor();
    const playground = await ana.open('foundations/playground');
    const nothing = await ana.request('POST', `/api/attempts/${playground.id}/submissions`, {});
    expect([nothing.statusCode, await codeOf(nothing)]).toEqual([409, 'nothing_to_grade']);
    const attempt = await ana.open('foundations/self-service-admin');
    const unknown = await ana.request('POST', `/api/attempts/${attempt.id}/submissions`, { answers: { nope: 'x' } });
    expect([unknown.statusCode, await codeOf(unknown)]).toEqual([400, 'unknown_answer']);
  });

  test('passes a stage, and the next begins from the start with its own credentials', async () => {
    const ana = visitor();
    const attempt = await ana.open('foundations/self-service-admin');
    expect(attempt.stage).toBe('attack');
    const [check] = attempt.checks;
    const flag = await flagOf(attempt);
    expect(await ana.submit(attempt, { [check?.id ?? '']: 'flag{wrong}' })).toMatchObject({ verdict: 'failed' });
    const passed = await ana.submit(attempt, { [check?.id ?? '']: flag });
    expect(passed).toMatchObject({ verdict: 'passed', stage: 'attack', solved: false });
    const next: Attempt = (await ana.request('GET', `/api/attempts/${attempt.id}`)).json();
    expect(next.stage).toBe('fix');
    expect(next.sandbox.accountId).toBe(attempt.sandbox.accountId);
    expect(next.sandbox.profiles.map((profile) => profile.name)).toContain('security');
    const milo = (of: Attempt) => of.sandbox.profiles.find((profile) => profile.name === 'milo')?.accessKeyId;
    expect(milo(next)).toBe(milo(attempt));
  });
});

describe('reset, starting over, hints', () => {
  test('a reset keeps account, users’ keys and hints, and forgets the verdicts', async () => {
    const ana = visitor();
    const attempt = await ana.open('foundations/first-policy');
    const hint = await ana.request('POST', `/api/attempts/${attempt.id}/hints/1`);
    expect(hint.json()).toMatchObject({
      title: expect.any(String),
      text: expect.any(String),
      cost: expect.any(Number),
    });
    await ana.submit(attempt);
    const after: Attempt = (await ana.request('POST', `/api/attempts/${attempt.id}/reset`)).json();
    expect(after.id).toBe(attempt.id);
    expect(after.sandbox).toEqual(attempt.sandbox);
    expect(after.hints[0]?.text).toEqual(expect.any(String));
    expect(after.checks.every((check) => check.verdict === null)).toBe(true);
  });

  test('starting over gives a new account, and the old attempt stays readable', async () => {
    const ana = visitor();
    const old = await ana.open('foundations/first-policy');
    const response = await ana.request('POST', `/api/attempts/${old.id}/start-over`);
    expect(response.statusCode).toBe(201);
    const fresh: Attempt = response.json();
    expect(fresh.id).not.toBe(old.id);
    expect(fresh.sandbox.accountId).not.toBe(old.sandbox.accountId);
    expect((await ana.open('foundations/first-policy')).id).toBe(fresh.id);
    const read: Attempt = (await ana.request('GET', `/api/attempts/${old.id}`)).json();
    expect(read.state).toBe('ended');
    expect(read.sandbox.accountId).toBe(old.sandbox.accountId);
    const late = await ana.request('POST', `/api/attempts/${old.id}/submissions`, {});
    expect([late.statusCode, await codeOf(late)]).toEqual([409, 'attempt_ended']);
    expect(await opened.platform.sandboxes.byAccount(old.sandbox.accountId)).toBeUndefined();
  });

  test('a hint that is not there is not found', async () => {
    const ana = visitor();
    const attempt = await ana.open('foundations/first-policy');
    const response = await ana.request('POST', `/api/attempts/${attempt.id}/hints/99`);
    expect([response.statusCode, await codeOf(response)]).toEqual([404, 'hint_not_found']);
  });
});

describe('bad input', () => {
  test.each([
    ['malformed JSON', '{"challenge":', 400, 'invalid_request'],
    ['no challenge', '{}', 400, 'invalid_request'],
    ['a field too many', '{"challenge":"foundations/first-policy","as":"root"}', 400, 'invalid_request'],
    ['an unknown challenge', '{"challenge":"foundations/none"}', 404, 'challenge_not_found'],
    ['a prototype as challenge', '{"challenge":"__proto__"}', 404, 'challenge_not_found'],
    ['a body of 2 MiB', JSON.stringify({ challenge: 'x'.repeat(2 * 1024 * 1024) }), 413, 'payload_too_large'],
  ])('%s', async (_, payload, status, code) => {
    const response = await opened.app.inject({
      method: 'POST',
      url: '/api/attempts',
      headers: { 'content-type': 'application/json' },
      payload,
    });
    expect([response.statusCode, response.json().code]).toEqual([status, code]);
    expect(response.json().requestId).toBe(response.headers['x-request-id']);
  });

  test('a forged cookie is nobody', async () => {
    const ana = visitor();
    const attempt = await ana.open('foundations/first-policy');
    const [, value = ''] = ana.cookie.split('=');
    const forger = visitor();
    forger.cookie = `leastwise_learner=${value.slice(0, -4)}AAAA`;
    expect((await forger.request('GET', `/api/attempts/${attempt.id}`)).statusCode).toBe(404);
  });

  test('another site’s page changes nothing in a learner’s name', async () => {
    const response = await opened.app.inject({
      method: 'POST',
      url: '/api/attempts',
      headers: { origin: 'https://evil.example', host: 'localhost:3000' },
      payload: { challenge: 'foundations/first-policy' },
    });
    expect([response.statusCode, response.json().code]).toEqual([403, 'foreign_origin']);
  });

  test('an unknown address is a problem, not a page', async () => {
    const response = await visitor().request('GET', '/api/none');
    expect([response.statusCode, await codeOf(response)]).toEqual([404, 'not_found']);
  });
});

async function welcomed(): Promise<Browser> {
  const browser = visitor();
  await browser.request('GET', '/api/me');
  return browser;
}

/** The flag planted in an attempt's account. */
async function flagOf(attempt: Attempt): Promise<string> {
  const sandbox = await opened.platform.sandboxes.byAccount(attempt.sandbox.accountId);
  const parameters = sandbox?.world.accounts[attempt.sandbox.accountId]?.ssm.parameters ?? {};
  const flag = Object.values(parameters)
    .flatMap((parameter) => parameter.versions.map((version) => version.value))
    .find((value) => value.startsWith('flag{'));
  if (flag === undefined) throw new Error('no flag in the account');
  return flag;
}
