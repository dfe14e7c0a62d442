/** The worked example of the S3 API Reference ("Transferring payload in multiple chunks"), and chunked bodies that are wrong. */
import { describe, expect, test } from 'vitest';
import { nodeHashes } from '../../server/hashes/node-hashes.ts';
import type { WireRequest } from '../wire/model.ts';
import { SigningKeys } from './keys.ts';
import { readSignature } from './read.ts';
import { signRequest } from './sign.ts';
import { type Verified, verifySignature } from './verify.ts';

const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const keys = new SigningKeys(nodeHashes);
const encoder = new TextEncoder();

function verify(request: WireRequest, now: number): Verified {
  const reading = readSignature(request, 's3', 'restXml');
  if (reading.kind !== 'signed') throw new Error(reading.kind);
  return verifySignature(request, reading.signature, { secret, protocol: 'restXml', now, keys });
}

function codeOf(verified: Verified): string {
  return verified.kind === 'refused' ? verified.error.code : 'verified';
}

const published = {
  seed: '4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9',
  chunks: [
    'ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648',
    '0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497',
    'b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9',
  ],
};

function publishedRequest(change: (body: string) => string = (body) => body): WireRequest {
  const [first, second, last] = published.chunks;
  const body =
    `10000;chunk-signature=${first}\r\n${'a'.repeat(65_536)}\r\n` +
    `400;chunk-signature=${second}\r\n${'a'.repeat(1_024)}\r\n0;chunk-signature=${last}\r\n\r\n`;
  return {
    method: 'PUT',
    target: '/examplebucket/chunkObject.txt',
    headers: [
      ['Host', 's3.amazonaws.com'],
      ['x-amz-date', '20130524T000000Z'],
      ['x-amz-storage-class', 'REDUCED_REDUNDANCY'],
      [
        'Authorization',
        'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,' +
          'SignedHeaders=content-encoding;content-length;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class,' +
          `Signature=${published.seed}`,
      ],
      ['x-amz-content-sha256', 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD'],
      ['Content-Encoding', 'aws-chunked'],
      ['x-amz-decoded-content-length', '66560'],
      ['Content-Length', '66824'],
    ],
    body: encoder.encode(change(body)),
  };
}

describe('signed chunks', () => {
  const at = Date.UTC(2013, 4, 24);

  test('the published example', () => {
    const verified = verify(publishedRequest(), at);
    expect(codeOf(verified)).toBe('verified');
    if (verified.kind !== 'verified') return;
    expect(verified.request.body.length).toBe(66_560);
    expect(verified.request.headers.map(([name]) => name.toLowerCase())).not.toContain('content-encoding');
  });

  test.each([
    ['a changed byte', (body: string) => body.replace('aaaa', 'aaab'), 'SignatureDoesNotMatch'],
    [
      'a chunk that is not signed',
      (body: string) => body.replace(/;chunk-signature=0055[^\r]*/, ''),
      'SignatureDoesNotMatch',
    ],
    ['an early end', (body: string) => body.slice(0, 60_000), 'IncompleteBody'],
    ['a chunk left out', (body: string) => body.replace(/400;[^\r]*\r\na*\r\n/, ''), 'SignatureDoesNotMatch'],
    ['no chunks', () => 'hello', 'IncompleteBody'],
  ])('%s', (_, change, code) => {
    expect(codeOf(verify(publishedRequest(change), at))).toBe(code);
  });
});

describe('unsigned chunks with a trailer', () => {
  const now = Date.UTC(2026, 10, 24, 10);
  const upload = (body: string, length: number, trailer = 'x-amz-checksum-crc32'): WireRequest =>
    signRequest(
      {
        method: 'PUT',
        target: '/b/k',
        headers: [
          ['host', 'h'],
          ['content-encoding', 'gzip,aws-chunked'],
          ['x-amz-trailer', trailer],
          ['x-amz-decoded-content-length', String(length)],
          ['x-amz-content-sha256', 'STREAMING-UNSIGNED-PAYLOAD-TRAILER'],
        ],
        body: encoder.encode(body),
      },
      {
        accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
        secret,
        region: 'us-east-1',
        service: 's3',
        protocol: 'restXml',
        now,
        keys,
      },
    );

  test('the trailer becomes a header, the other encodings stay', () => {
    const verified = verify(upload('5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n', 5), now);
    expect(codeOf(verified)).toBe('verified');
    if (verified.kind !== 'verified') return;
    expect(new TextDecoder().decode(verified.request.body)).toBe('hello');
    expect(verified.request.headers).toContainEqual(['x-amz-checksum-crc32', 'NhCmhg==']);
    expect(verified.request.headers).toContainEqual(['content-encoding', 'gzip']);
  });

  test('a wrong length, a missing trailer, one that is no checksum', () => {
    expect(codeOf(verify(upload('5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n', 4), now))).toBe(
      'IncompleteBody',
    );
    expect(codeOf(verify(upload('5\r\nhello\r\n0\r\n\r\n', 5), now))).toBe('MalformedTrailerError');
    expect(codeOf(verify(upload('5\r\nhello\r\n0\r\nx-amz-acl:public-read\r\n\r\n', 5, 'x-amz-acl'), now))).toBe(
      'MalformedTrailerError',
    );
  });
});
