/** Addresses presigned with botocore 1.43.11's `HmacV1QueryAuth` (boto3's default in us-east-1), recorded once. */
import { expect, test } from 'vitest';
import { nodeHashes } from '../../server/hashes/node-hashes.ts';
import type { WireRequest } from '../wire/model.ts';
import { readSignature, verifyQuerySignatureV2 } from './index.ts';

const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const recorded: Record<'plain' | 'encoded' | 'version' | 'session' | 'bucket', { target: string; token?: string }> = {
  plain: {
    target:
      '/reports/a.txt?AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Signature=uEfEGj7HPoSgMLovFA7sSCLctq8%3D&Expires=1800000000',
  },
  encoded: {
    target:
      '/reports/a%20b%2B%C3%BC.txt?AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Signature=AxSjZogfWZ1x0SglHSijxWt86zM%3D&Expires=1800000000',
  },
  version: {
    target:
      '/reports/a.txt?versionId=abc&response-content-type=text%2Fplain&AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Signature=QgjYOA%2FBp%2BJAjH40R2xK0hQPcMw%3D&Expires=1800000000',
  },
  session: {
    target:
      '/reports/a.txt?AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Signature=AYjp0F9N2ZhmgnwVcaxT4Vx4CKQ%3D&x-amz-security-token=FwoGZXIvYXdzEXAMPLE%2Ftoken%2Bx%3D%3D&Expires=1800000000',
    token: 'FwoGZXIvYXdzEXAMPLE/token+x==',
  },
  bucket: {
    target:
      '/reports?list-type=2&encoding-type=url&AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Signature=4FBV7Ze7PZV7LOvKG8zThj%2BsLlk%3D&Expires=1800000000',
  },
};

const now = 1_700_000_000_000;

function verify(target: string, key: { secret: string; token?: string; now?: number } = { secret }, method = 'GET') {
  const request: WireRequest = { method, target, headers: [['Host', '127.0.0.1:4566']], body: new Uint8Array() };
  const reading = readSignature(request, 's3', 'restXml');
  if (reading.kind !== 'presigned-v2') return reading.kind === 'refused' ? reading.error.code : reading.kind;
  const verified = verifyQuerySignatureV2(request, reading.signature, { now, hashes: nodeHashes, ...key });
  return verified.kind === 'refused' ? verified.error.code : 'verified';
}

test.each(Object.entries(recorded))('%s is what botocore signs', (_, { target, token }) => {
  expect(verify(target, token === undefined ? { secret } : { secret, token })).toBe('verified');
});

test('a signature in the header beside it is refused', () => {
  const headers = [
    ['Host', '127.0.0.1:4566'],
    ['Authorization', 'AWS4-HMAC-SHA256 Credential=x'],
  ] as const;
  const request = { method: 'GET', target: recorded.plain.target, headers, body: new Uint8Array() };
  const reading = readSignature(request, 's3', 'restXml');
  expect(reading.kind === 'refused' && reading.error.code).toBe('InvalidArgument');
});

test('anything else is refused', () => {
  const { target } = recorded.plain;
  expect(verify(target, { secret: 'another' })).toBe('SignatureDoesNotMatch');
  expect(verify(target.replace('a.txt', 'b.txt'))).toBe('SignatureDoesNotMatch');
  expect(verify(`${target}&versionId=1`)).toBe('SignatureDoesNotMatch');
  expect(verify(`${target}&x-amz-acl=public-read`)).toBe('SignatureDoesNotMatch');
  expect(verify(`${target}&X-Amz-Copy-Source=a`)).toBe('SignatureDoesNotMatch');
  expect(verify(`${target}&retention`)).toBe('SignatureDoesNotMatch');
  expect(verify(target, { secret }, 'DELETE')).toBe('SignatureDoesNotMatch');
  expect(verify(target.replace(/Expires=\d+/, 'Expires=1900000000'))).toBe('SignatureDoesNotMatch');
  expect(verify(target, { secret, now: 1_800_000_001_000 })).toBe('AccessDenied');
  expect(verify(target, { secret, token: 'lacking' })).toBe('InvalidAccessKeyId');
  expect(verify(recorded.session.target, { secret })).toBe('InvalidToken');
  expect(verify(target.replace(/Expires=\d+/, 'Expires=soon'))).toBe('AccessDenied');
  expect(verify(target.replace(/&Signature=[^&]+/, ''))).toBe('AccessDenied');
});
