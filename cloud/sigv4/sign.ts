/** Signs requests, by header and by query: the client's side of the same canonical form. */
import { percentEncode } from '../percent.ts';
import type { Protocol, WireRequest } from '../wire/model.ts';
import { canonicalPath, canonicalQuery, canonicalRequest, headersByName, splitTarget } from './canonical.ts';
import { type SigningKeys, scopeText, stringToSign } from './keys.ts';
import { timestampText } from './read.ts';

/** Who signs, for which service and region, and when. */
export interface Signer {
  readonly accessKeyId: string;
  readonly secret: string;
  readonly token?: string;
  readonly region: string;
  readonly service: string;
  readonly protocol: Protocol;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly keys: SigningKeys;
}

const noParameters: ReadonlySet<string> = new Set();

/** The headers of the request with those that sign it; `host` must be among them. */
export function signRequest(request: WireRequest, signer: Signer): WireRequest {
  const timestamp = timestampText(signer.now);
  const scope = { date: timestamp.slice(0, 8), region: signer.region, service: signer.service };
  const isS3 = signer.protocol === 'restXml';
  const given = headersByName(request.headers).get('x-amz-content-sha256');
  const payloadHash = given ?? signer.keys.hash(request.body);
  const headers: (readonly [string, string])[] = [
    ...request.headers,
    ['x-amz-date', timestamp],
    ...(signer.token === undefined ? [] : [['x-amz-security-token', signer.token] as const]),
    ...(isS3 && given === undefined ? [['x-amz-content-sha256', payloadHash] as const] : []),
  ];
  const byName = headersByName(headers);
  const signedHeaders = [...byName.keys()].filter((name) => !unsignable.has(name)).sort();
  const { path, query } = splitTarget(request.target);
  const canonical = canonicalRequest({
    method: request.method,
    path: canonicalPath(path, isS3 ? 's3' : 'normalised'),
    query: canonicalQuery(query, noParameters),
    headers: byName,
    signedHeaders,
    payloadHash,
  });
  const signature = signer.keys.sign(signer.secret, scope, stringToSign(timestamp, scope, signer.keys.hash(canonical)));
  const authorization =
    `AWS4-HMAC-SHA256 Credential=${signer.accessKeyId}/${scopeText(scope)}, ` +
    `SignedHeaders=${signedHeaders.join(';')}, Signature=${signature}`;
  return { ...request, headers: [...headers, ['authorization', authorization]] };
}

/** Headers that proxies and browsers change. */
const unsignable: ReadonlySet<string> = new Set([
  'authorization',
  'connection',
  'user-agent',
  'expect',
  'x-amzn-trace-id',
]);

/**
 * The target of a presigned request.
 * @param expires seconds, 1 to 604,800
 */
export function presign(request: Omit<WireRequest, 'body'>, signer: Signer, expires: number): string {
  const timestamp = timestampText(signer.now);
  const scope = { date: timestamp.slice(0, 8), region: signer.region, service: signer.service };
  const isS3 = signer.protocol === 'restXml';
  const byName = headersByName(request.headers);
  const signedHeaders = [...byName.keys()].filter((name) => !unsignable.has(name)).sort();
  const { path, query } = splitTarget(request.target);
  const parameters = [
    ['X-Amz-Algorithm', 'AWS4-HMAC-SHA256'],
    ['X-Amz-Credential', `${signer.accessKeyId}/${scopeText(scope)}`],
    ['X-Amz-Date', timestamp],
    ['X-Amz-Expires', String(expires)],
    ['X-Amz-SignedHeaders', signedHeaders.join(';')],
    ...(signer.token === undefined ? [] : [['X-Amz-Security-Token', signer.token]]),
  ].map(([name = '', value = '']) => `${name}=${percentEncode(value)}`);
  const signedQuery = [...(query === '' ? [] : [query]), ...parameters].join('&');
  const canonical = canonicalRequest({
    method: request.method,
    path: canonicalPath(path, isS3 ? 's3' : 'normalised'),
    query: canonicalQuery(signedQuery, noParameters),
    headers: byName,
    signedHeaders,
    payloadHash: isS3 ? 'UNSIGNED-PAYLOAD' : signer.keys.hash(''),
  });
  const signature = signer.keys.sign(signer.secret, scope, stringToSign(timestamp, scope, signer.keys.hash(canonical)));
  return `${path}?${signedQuery}&X-Amz-Signature=${signature}`;
}
