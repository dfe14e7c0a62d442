import { afterAll, beforeAll, expect, test } from 'vitest';
import { signingOf } from './signing.ts';
import {
  errorCode,
  type Key,
  presigned,
  s3Call,
  signed,
  startTestGateway,
  type TestGateway,
} from './testing/test-gateway.ts';

let gateway: TestGateway;
let admin: Key;
beforeAll(async () => {
  gateway = await startTestGateway();
  ({ admin } = await gateway.newSandbox());
  await gateway.succeed(s3Call('PUT', '/files'), admin);
  await gateway.succeed(s3Call('PUT', '/files/a', 'hello'), admin);
});
afterAll(() => gateway.close());

const now = Date.UTC(2026, 0, 5, 12);

test('a signature in the header', () => {
  const { signing } = signingOf(signed(s3Call('GET', '/files/a'), admin, now), now);
  expect(signing).toMatchObject({ authType: 'REST-HEADER', version: 'AWS4-HMAC-SHA256' });
  expect(signing?.age).toBeUndefined();
});

test('a presigned URL, with its age', () => {
  const url = presigned(s3Call('GET', '/files/a'), admin, 600, now);
  expect(signingOf(url, now + 90_000).signing).toEqual({
    authType: 'REST-QUERY-STRING',
    version: 'AWS4-HMAC-SHA256',
    age: 90_000,
  });
  expect(signingOf(url, now - 5_000).signing?.age).toBe(0);
});

test('a presigned URL of the old kind, and no signature at all', () => {
  const target = '/files/a?AWSAccessKeyId=AKIA&Expires=1&Signature=x';
  expect(signingOf({ ...s3Call('GET', target).request }, now).signing).toEqual({
    authType: 'REST-QUERY-STRING',
    version: 'AWS',
  });
  expect(signingOf(s3Call('GET', '/files/a').request, now)).toEqual({});
});

test('a bucket policy may refuse URLs that are older than it likes, and signatures in URLs at all', async () => {
  const denying = (Condition: object) =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Deny', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::files/*', Condition },
      ],
    });
  const get = async (secondsAgo: number) => {
    const answer = await gateway.answer(
      presigned(s3Call('GET', '/files/a'), admin, 3_600, Date.now() - secondsAgo * 1000),
    );
    return answer.status === 200 ? 'ok' : errorCode(answer);
  };
  await gateway.succeed(
    s3Call('PUT', '/files?policy', denying({ NumericGreaterThan: { 's3:signatureAge': 600_000 } })),
    admin,
  );
  expect([await get(5), await get(900)]).toEqual(['ok', 'AccessDenied']);
  await gateway.succeed(
    s3Call('PUT', '/files?policy', denying({ StringNotEquals: { 's3:authType': 'REST-HEADER' } })),
    admin,
  );
  expect(await get(5)).toBe('AccessDenied');
  expect(await gateway.succeed(s3Call('GET', '/files/a'), admin)).toBe('hello');
});
