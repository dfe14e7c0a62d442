import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nodeHashes } from '../../server/hashes/node-hashes.ts';
import { fromBase64Url, isSignedWith, readToken, signToken, toBase64Url } from './token.ts';

const secret = 'ab'.repeat(32);

test('a token says what was signed, under the secret alone', () => {
  const token = signToken({ sub: 'repo:acme/shop:ref:refs/heads/main', n: 1 }, secret, nodeHashes);
  const read = readToken(token);
  expect(read?.claims).toEqual({ sub: 'repo:acme/shop:ref:refs/heads/main', n: 1 });
  expect(read && isSignedWith(read, secret, nodeHashes)).toBe(true);
  expect(read && isSignedWith(read, 'cd'.repeat(32), nodeHashes)).toBe(false);
});

test('claims that were changed are not signed', () => {
  const [header, , signature] = signToken({ sub: 'a' }, secret, nodeHashes).split('.');
  const forged = readToken([header, toBase64Url(new TextEncoder().encode('{"sub":"b"}')), signature].join('.'));
  expect(forged?.claims).toEqual({ sub: 'b' });
  expect(forged && isSignedWith(forged, secret, nodeHashes)).toBe(false);
});

test.each(['', 'a', 'a.b.c', '..', 'e30.e30.', 'e30.W10.AA', 'eyJhbGciOiJIUzI1NiJ9.e30.AA.AA', 'ä.e30.AA'])(
  '%s is no token',
  (text) => expect(readToken(text)).toBeUndefined(),
);

test('base64url goes both ways, as Node writes it', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      const text = toBase64Url(bytes);
      expect(text).toBe(Buffer.from(bytes).toString('base64url'));
      expect(fromBase64Url(text)).toEqual(bytes);
    }),
  );
});
