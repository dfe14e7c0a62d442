import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { nodeHashes } from '../../../server/hashes/node-hashes.ts';
import { checkDocumentDigests } from './document-digests.ts';

const document = '<Delete><Object><Key>a</Key></Object></Delete>';
const digest = (algorithm: string, text = document) => createHash(algorithm).update(text).digest('base64');

function check(headers: Record<string, string>, operation = 'DeleteObjects'): string {
  const body = new TextEncoder().encode(document);
  try {
    checkDocumentDigests(
      operation,
      { method: 'POST', target: '/b?delete', headers: Object.entries(headers), body },
      nodeHashes,
    );
    return 'fine';
  } catch (error) {
    return String(error);
  }
}

test.each([
  ['its MD5', { 'Content-MD5': digest('md5') }, 'fine'],
  ['its SHA-256', { 'x-amz-checksum-sha256': digest('sha256') }, 'fine'],
  ['another’s MD5', { 'Content-MD5': digest('md5', 'x') }, /Content-MD5 you specified did not match what we received/],
  ['no MD5', { 'Content-MD5': 'abc' }, /Content-MD5 you specified was invalid/],
  ['another’s SHA-256', { 'x-amz-checksum-sha256': digest('sha256', 'x') }, /SHA256 you specified did not match/],
  ['none', {}, /Missing required header for this request: Content-MD5 OR x-amz-checksum-\*/],
])('a list of deletions with %s', (_, headers, expected) => {
  expect(check(headers)).toMatch(expected);
});

test('only a list of deletions needs one', () => {
  expect(check({}, 'PutBucketPolicy')).toBe('fine');
  expect(check({ 'Content-MD5': digest('md5', 'x') }, 'PutBucketPolicy')).toMatch('did not match');
});

test('the checksum of an object is none of the document that completes it', () => {
  expect(check({ 'x-amz-checksum-crc32': 'AAAAAA==' }, 'CompleteMultipartUpload')).toBe('fine');
});
