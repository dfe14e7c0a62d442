/** The verifier against the SDK's own signer, and against requests that were changed after signing. */

import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import type { HttpRequest } from '@smithy/types';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nodeHashes } from '../../server/hashes/node-hashes.ts';
import { percentEncode } from '../percent.ts';
import type { Protocol, WireRequest } from '../wire/model.ts';

import { SigningKeys } from './keys.ts';
import { readSignature } from './read.ts';
import { presign, type Signer, signRequest } from './sign.ts';
import { type Verified, verifySignature } from './verify.ts';

const now = Date.UTC(2026, 10, 24, 10, 0, 0);
const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const accessKeyId = 'AKIARZPUZDIKGEXAMPLE';
const keys = new SigningKeys(nodeHashes);

class Sha256 {
  #hash;

  constructor(key?: Uint8Array | string) {
    this.#hash = key === undefined ? createHash('sha256') : createHmac('sha256', key);
  }

  update(data: Uint8Array | string): void {
    this.#hash.update(data);
  }

  async digest(): Promise<Uint8Array> {
    return new Uint8Array(this.#hash.digest());
  }
}

function sdkSigner(service: string, token?: string): SignatureV4 {
  return new SignatureV4({
    service,
    region: 'us-east-1',
    credentials: { accessKeyId, secretAccessKey: secret, ...(token !== undefined && { sessionToken: token }) },
    sha256: Sha256 as never,
    uriEscapePath: service !== 's3',
    applyChecksum: true,
  });
}

function signer(service: string, protocol: Protocol, token?: string): Signer {
  return {
    accessKeyId,
    secret,
    region: 'us-east-1',
    service,
    protocol,
    now,
    keys,
    ...(token !== undefined && { token }),
  };
}

function verify(request: WireRequest, service: string, options: { token?: string; at?: number } = {}): Verified {
  const protocol: Protocol = service === 's3' ? 'restXml' : service === 'ssm' ? 'awsJson1_1' : 'awsQuery';
  const reading = readSignature(request, service, protocol);
  if (reading.kind === 'refused') return reading;
  if (reading.kind !== 'signed') throw new Error(reading.kind);
  const { token, at = now } = options;
  return verifySignature(request, reading.signature, { secret, protocol, now: at, keys, ...(token && { token }) });
}

/** A request as the SDK's signer takes it. */
function sdkRequest(path: string, query: Record<string, string>, headers: Record<string, string>): HttpRequest {
  return { method: 'GET', protocol: 'http:', hostname: '127.0.0.1', path, query, headers };
}

function codeOf(verified: Verified): string {
  return verified.kind === 'refused' ? verified.error.code : 'verified';
}

function request(options: Partial<WireRequest> & { host?: string } = {}): WireRequest {
  const { method = 'GET', target = '/', headers = [], body = new Uint8Array(0), host = '127.0.0.1:4566' } = options;
  return { method, target, headers: [['Host', host], ...headers], body };
}

const pathPart = fc.string({ unit: 'grapheme', maxLength: 8 }).filter((part) => !/^\.\.?$|\//.test(part));
const paths = fc
  .array(pathPart, { minLength: 1, maxLength: 4 })
  .map((parts) => `/b/${parts.map((part) => percentEncode(part)).join('/')}`);
const queries = fc.dictionary(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 }).filter((name) => !/^x-amz/i.test(name)),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
  { maxKeys: 4, noNullPrototype: true },
);
const headerValues = fc.dictionary(
  fc.stringMatching(/^x-amz-meta-[a-z]{1,6}$/),
  fc.stringMatching(/^[!-~]([ -~]{0,10}[!-~])?$/),
  { maxKeys: 3, noNullPrototype: true },
);

describe('what the SDK signs', () => {
  test.each(['s3', 'iam', 'ssm'])('%s, by header', async (service) => {
    await fc.assert(
      fc.asyncProperty(
        paths,
        queries,
        headerValues,
        fc.uint8Array({ maxLength: 40 }),
        async (path, query, extra, body) => {
          const given = { host: '127.0.0.1:4566', ...extra };
          const unsigned: HttpRequest = { ...sdkRequest(path, query, given), method: 'POST', body };
          const signed = await sdkSigner(service).sign(unsigned, { signingDate: new Date(now) });
          const text = Object.entries(query).map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`);
          const target = path + (text.length === 0 ? '' : `?${text.join('&')}`);
          const wire = { method: 'POST', target, headers: Object.entries(signed.headers), body };
          expect(codeOf(verify(wire, service))).toBe('verified');
        },
      ),
      { numRuns: 200 },
    );
  });

  test('S3, presigned', async () => {
    await fc.assert(
      fc.asyncProperty(paths, queries, async (path, query) => {
        const signed = await sdkSigner('s3', 'session-token').presign(
          sdkRequest(path, query, { host: 'h', 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' }),
          { signingDate: new Date(now), expiresIn: 60 },
        );
        const text = Object.entries(signed.query ?? {}).map(
          ([name, value]) => `${percentEncode(name)}=${percentEncode(String(value))}`,
        );
        const wire = request({ target: `${path}?${text.join('&')}`, host: 'h' });
        expect(codeOf(verify(wire, 's3', { token: 'session-token' }))).toBe('verified');
        expect(codeOf(verify(wire, 's3', { token: 'session-token', at: now + 61_000 }))).toBe('AccessDenied');
      }),
      { numRuns: 100 },
    );
  });
});

describe('what we sign', () => {
  test('is verified, and no longer after any change', () => {
    fc.assert(
      fc.property(paths, fc.constantFrom('s3', 'iam'), (path, service) => {
        const protocol: Protocol = service === 's3' ? 'restXml' : 'awsQuery';
        const signed = signRequest(request({ target: path, method: 'PUT' }), signer(service, protocol));
        expect(codeOf(verify(signed, service))).toBe('verified');
        const changes: WireRequest[] = [
          { ...signed, method: 'GET' },
          { ...signed, target: `${path}x` },
          { ...signed, target: `${path}?a=b` },
          { ...signed, body: new Uint8Array([1]) },
          { ...signed, headers: signed.headers.map(([n, v]) => [n, n === 'Host' ? 'other' : v] as const) },
          { ...signed, headers: [...signed.headers, ['x-amz-acl', 'public-read']] },
        ];
        for (const changed of changes) expect(verify(changed, service).kind).toBe('refused');
      }),
      { numRuns: 100 },
    );
  });

  test('presigned with a token, and outside of S3 with a token added afterwards', () => {
    const own = presign(request({ target: '/b/k?versionId=1' }), signer('s3', 'restXml', 'tok'), 300);
    expect(codeOf(verify(request({ target: own }), 's3', { token: 'tok' }))).toBe('verified');
    expect(codeOf(verify(request({ target: own.replace('tok', 'toc') }), 's3', { token: 'tok' }))).toBe('InvalidToken');
    const bare = presign(request({ target: '/?Action=GetCallerIdentity' }), signer('sts', 'awsQuery'), 60);
    const added = `${bare}&X-Amz-Security-Token=tok`;
    expect(codeOf(verify(request({ target: added }), 'sts', { token: 'tok' }))).toBe('verified');
    const s3Bare = presign(request({ target: '/b/k' }), signer('s3', 'restXml'), 60);
    const s3Added = `${s3Bare}&X-Amz-Security-Token=tok`;
    expect(codeOf(verify(request({ target: s3Added }), 's3', { token: 'tok' }))).toBe('SignatureDoesNotMatch');
  });
});

describe('errors have the identity of their service', () => {
  const cases: readonly (readonly [string, string, number, RegExp])[] = [
    ['s3', 'RequestTimeTooSkewed', 403, /^The difference between the request time/],
    [
      'iam',
      'SignatureDoesNotMatch',
      403,
      /^Signature expired: 20261124T100000Z is now earlier than 20261124T100500Z \(20261124T102000Z - 15 min\.\)$/,
    ],
    ['ssm', 'InvalidSignatureException', 400, /- 5 min\.\)$/],
  ];
  test.each(cases)('%s: too old', (service, code, status, text) => {
    const protocol: Protocol = service === 's3' ? 'restXml' : service === 'ssm' ? 'awsJson1_1' : 'awsQuery';
    const refused = verify(signRequest(request(), signer(service, protocol)), service, { at: now + 20 * 60_000 });
    expect(refused).toMatchObject({ error: { code, status, message: expect.stringMatching(text) } });
  });

  test('a future signature, a foreign scope, two signatures, SigV4A', () => {
    const iam = signRequest(request(), signer('iam', 'awsQuery'));
    expect(verify(iam, 'iam', { at: now - 16 * 60_000 })).toMatchObject({
      error: { message: expect.stringContaining('Signature not yet current') },
    });
    expect(verify(iam, 'sts')).toMatchObject({
      error: { code: 'SignatureDoesNotMatch', message: "Credential should be scoped to correct service: 'sts'." },
    });
    const both = { ...signRequest(request(), signer('s3', 'restXml')), target: '/?X-Amz-Signature=0' };
    expect(codeOf(verify(both, 's3'))).toBe('InvalidArgument');
    const asymmetric = request({ headers: [['authorization', 'AWS4-ECDSA-P256-SHA256 Credential=a']] });
    expect(codeOf(verify(asymmetric, 's3'))).toBe('InvalidRequest');
    expect(codeOf(verify(asymmetric, 'iam'))).toBe('IncompleteSignature');
    expect(readSignature(request(), 's3', 'restXml')).toEqual({ kind: 'anonymous' });
  });
});
