/** The gateway as a client's HTTP proxy: S3 Control's clients put the account's id before the host, which no address can have. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  bodyText,
  errorCode,
  type Key,
  s3Call,
  signed,
  startTestGateway,
  type TestGateway,
} from './testing/test-gateway.ts';

let gateway: TestGateway;
let admin: Key;
let accountId: string;
beforeAll(async () => {
  gateway = await startTestGateway();
  const made = await gateway.newSandbox();
  admin = made.admin;
  accountId = made.sandbox.primaryAccountId;
  await gateway.succeed(s3Call('PUT', '/files'), admin);
});
afterAll(() => gateway.close());

/** A signed request as it comes to a proxy: the whole URL in place of the path. */
function proxied(call: ReturnType<typeof s3Call>, host: string) {
  const headers = call.request.headers.map(
    ([name, value]) => [name, name.toLowerCase() === 'host' ? host : value] as const,
  );
  const request = signed({ ...call, request: { ...call.request, headers } }, admin);
  return { ...request, target: `http://${host}${request.target}` };
}

function onAccount(method: string, account: string, body = '') {
  const call = s3Call(method, '/v20180820/configuration/publicAccessBlock', body);
  return {
    ...call,
    request: { ...call.request, headers: [...call.request.headers, ['x-amz-account-id', account]] as const },
  };
}

test('answers a request whose host begins with the account’s id', async () => {
  const host = `${accountId}.127.0.0.1:4566`;
  const none = await gateway.answer(proxied(onAccount('GET', accountId), host));
  expect([none.status, errorCode(none)]).toEqual([404, 'NoSuchPublicAccessBlockConfiguration']);
  const settings =
    '<PublicAccessBlockConfiguration><BlockPublicPolicy>true</BlockPublicPolicy></PublicAccessBlockConfiguration>';
  expect((await gateway.answer(proxied(onAccount('PUT', accountId, settings), host))).status).toBe(200);
  const set = await gateway.answer(proxied(onAccount('GET', accountId), host));
  expect(bodyText(set.body)).toContain('<BlockPublicPolicy>true</BlockPublicPolicy>');
});

test('answers other requests so too, the root without its slash among them', async () => {
  expect((await gateway.answer(proxied(s3Call('GET', '/files?location'), '127.0.0.1:4566'))).status).toBe(200);
  const request = signed(s3Call('GET', '/'), admin);
  expect((await gateway.answer({ ...request, target: 'http://localhost' })).status).toBe(200);
});

test('goes by the signature, not by the account in the host', async () => {
  const answer = await gateway.answer(proxied(onAccount('GET', '000000000001'), '000000000001.127.0.0.1:4566'));
  expect([answer.status, errorCode(answer)]).toEqual([403, 'AccessDenied']);
});

test('leads to no path that is a backend’s own', async () => {
  const answer = await gateway.answer(proxied(s3Call('GET', '/_localstack/health'), 'gateway'));
  expect([answer.status, errorCode(answer)]).toEqual([403, 'AccessDenied']);
});
