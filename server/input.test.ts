/** Bad input gets a clear error with a stable code, changes nothing, and is never a fault of the platform. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Attempt, Problem } from '../contract/index.ts';
import { Browser, openTestApp, type TestApp } from './testing/app.ts';

let opened: TestApp;
let ana: Browser;
let attempt: Attempt;
beforeAll(async () => {
  opened = await openTestApp();
  ana = new Browser(opened.app);
  attempt = await ana.open('foundations/self-service-admin');
});
afterAll(() => opened?.close());

async function send(method: 'GET' | 'POST', url: string, payload?: string, type = 'application/json') {
  const headers = { cookie: ana.cookie, ...(payload === undefined ? {} : { 'content-type': type }) };
  return opened.app.inject({
    method,
    url: `/api/attempts${url}`,
    headers,
    ...(payload === undefined ? {} : { payload }),
  });
}

const submissions = () => `/${attempt.id}/submissions`;
const answer = (text: string) => `{"answers": {"${attempt.checks[0]?.id}": "${text}"}}`;

const malformed: Record<string, () => [url: string, payload?: string, type?: string]> = {
  'JSON cut short': () => [submissions(), '{"answers":'],
  'a list': () => [submissions(), '[]'],
  'a text': () => [submissions(), '"x"'],
  'answers that are none': () => [submissions(), '{"answers": null}'],
  'an answer that is an object': () => [submissions(), '{"answers": {"a": {}}}'],
  'a field too many': () => [submissions(), '{"answer": {}}'],
  'a prototype': () => [submissions(), '{"answers": {"__proto__": "x"}}'],
  'NUL in an answer': () => [submissions(), answer('a\\u0000b')],
  'half a pair in an answer': () => [submissions(), answer('\\ud800')],
  'NUL in a challenge': () => ['', '{"challenge": "foundations/\\u0000"}'],
  'JSON cut short where none is read': () => [`/${attempt.id}/reset`, '{"a": 1'],
  'nesting without end': () => [submissions(), '['.repeat(200_000)],
  'deep nesting': () => [submissions(), `{"answers": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
  'hint 0': () => [`/${attempt.id}/hints/0`],
  'hint x': () => [`/${attempt.id}/hints/x`],
  'no challenge': () => [''],
};

describe('a POST', () => {
  test.each(Object.keys(malformed))('%s is refused, and nothing happens', async (name) => {
    const before = await ana.request('GET', `/api/attempts/${attempt.id}`);
    const response = await send('POST', ...(malformed[name]?.() ?? ['']));
    expect(response.headers['content-type']).toContain('application/problem+json');
    expect([response.statusCode, response.json<Problem>().code]).toEqual([400, 'invalid_request']);
    expect(response.json<Problem>().detail?.length).toBeGreaterThan(5);
    expect((await ana.request('GET', `/api/attempts/${attempt.id}`)).json()).toEqual(before.json());
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'nonsense'])('as %s is not read', async (type) => {
    const response = await send('POST', submissions(), '{}', type);
    expect([response.statusCode, response.json<Problem>().code]).toEqual([415, 'unsupported_media_type']);
  });

  test.each([undefined, '', '{}', 'null'])('with the body %s submits without answers', async (payload) => {
    expect((await send('POST', submissions(), payload)).statusCode).toBe(201);
  });

  test('says which field is too many', async () => {
    const response = await send('POST', submissions(), '{"answer": {}}');
    expect(response.json<Problem>().detail).toBe('body must NOT have additional properties: answer');
  });
});

describe('an address', () => {
  test.each([
    ['/%00', 400],
    ['/%E0%A4%A', 400],
    [`/${'x'.repeat(65)}`, 400],
    [`/${'x'.repeat(300)}`, 400],
    ['/none', 404],
    ['/ID/events?limit=0', 400],
    ['/ID/events?limit=many', 400],
    ['/ID/events?before=%00', 400],
    ['/ID/events?before=a&before=b', 400],
    ['/ID/none', 404],
    ['/ID/live', 426],
  ])('%s is answered with a problem', async (url, status) => {
    const response = await send('GET', url.replace('ID', attempt.id));
    expect([response.statusCode, response.json<Problem>().status]).toEqual([status, status]);
    expect(response.headers['content-type']).toContain('application/problem+json');
    expect(response.headers['x-request-id']).toBe(response.json<Problem>().requestId);
  });

  test('events before an unknown one are none', async () => {
    expect((await send('GET', `/${attempt.id}/events?before=none`)).json()).toEqual({ events: [], next: null });
  });
});
