/** AWS Signature Version 4 of outgoing calls. */

import type { AwsEnvironment, HttpRequest } from '../environment.ts';
import type { Credentials } from '../profiles/credentials.ts';

export interface SigningScope {
  readonly service: string;
  readonly region: string;
}

const UNRESERVED = /[A-Za-z0-9\-._~]/;

/** RFC 3986: everything but unreserved characters. */
export function percentEncode(text: string, keep = ''): string {
  let out = '';
  for (const byte of new TextEncoder().encode(text)) {
    const char = String.fromCharCode(byte);
    out +=
      byte < 128 && (UNRESERVED.test(char) || keep.includes(char))
        ? char
        : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return out;
}

export function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** `20261124T053816Z`. */
function amzDate(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/[:-]|\.\d{3}/g, '');
}

function signature(
  environment: AwsEnvironment,
  credentials: Credentials,
  scope: SigningScope,
  date: string,
  canonical: string,
): string {
  const { hashes } = environment;
  const text = (value: string) => new TextEncoder().encode(value);
  const scopeText = `${date.slice(0, 8)}/${scope.region}/${scope.service}/aws4_request`;
  const toSign = `AWS4-HMAC-SHA256\n${date}\n${scopeText}\n${hex(hashes.sha256(text(canonical)))}`;
  let key: Uint8Array = text(`AWS4${credentials.secretAccessKey}`);
  for (const part of [date.slice(0, 8), scope.region, scope.service, 'aws4_request', toSign]) {
    key = hashes.hmacSha256(key, text(part));
  }
  return hex(key);
}

function canonicalPath(path: string, service: string): string {
  return service === 's3' ? path : percentEncode(decodeURIComponent(path), '/%').replaceAll('%25', '%');
}

interface SplitUrl {
  readonly host: string;
  readonly path: string;
  readonly query: string;
}

/** Scheme, host and the rest of an absolute URL. */
export function splitUrl(url: string): SplitUrl {
  const match = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)([^?#]*)(?:\?([^#]*))?/i.exec(url);
  return { host: match?.[1] ?? '', path: match?.[2] || '/', query: match?.[3] ?? '' };
}

function canonicalQuery(query: string): string {
  return query
    .split('&')
    .filter((part) => part !== '')
    .map((part) => (part.includes('=') ? part : `${part}=`))
    .sort()
    .join('&');
}

/** The request with its Authorization. Its query must be percent-encoded already. */
export function signRequest(
  environment: AwsEnvironment,
  request: HttpRequest,
  credentials: Credentials,
  scope: SigningScope,
): HttpRequest {
  const { host, path, query } = splitUrl(request.url);
  const date = amzDate(environment.now());
  const payload = hex(environment.hashes.sha256(request.body ?? new Uint8Array()));
  const headers: Record<string, string> = {
    ...request.headers,
    host,
    'x-amz-date': date,
    ...(scope.service === 's3' && { 'x-amz-content-sha256': payload }),
    ...(credentials.sessionToken !== undefined && { 'x-amz-security-token': credentials.sessionToken }),
  };
  const names = Object.keys(headers)
    .map((name) => name.toLowerCase())
    .filter((name) => name === 'host' || name === 'content-type' || name === 'content-md5' || name.startsWith('x-amz-'))
    .sort();
  const signed = names.join(';');
  const canonical = [
    request.method,
    canonicalPath(path, scope.service),
    canonicalQuery(query),
    ...names.map((name) => `${name}:${(headers[name] ?? '').trim().replace(/ +/g, ' ')}`),
    '',
    signed,
    payload,
  ].join('\n');
  const scopeText = `${date.slice(0, 8)}/${scope.region}/${scope.service}/aws4_request`;
  const { host: _, ...sent } = headers;
  return {
    ...request,
    headers: {
      ...sent,
      authorization:
        `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scopeText}, SignedHeaders=${signed}, ` +
        `Signature=${signature(environment, credentials, scope, date, canonical)}`,
    },
  };
}

/** A URL that whoever has it may GET for `expires` seconds. */
export function presignUrl(
  environment: AwsEnvironment,
  url: string,
  credentials: Credentials,
  scope: SigningScope,
  expires: number,
): string {
  const { host, path } = splitUrl(url);
  const date = amzDate(environment.now());
  const query = [
    ['X-Amz-Algorithm', 'AWS4-HMAC-SHA256'],
    [
      'X-Amz-Credential',
      `${credentials.accessKeyId}/${date.slice(0, 8)}/${scope.region}/${scope.service}/aws4_request`,
    ],
    ['X-Amz-Date', date],
    ['X-Amz-Expires', String(expires)],
    ['X-Amz-SignedHeaders', 'host'],
    ...(credentials.sessionToken === undefined ? [] : [['X-Amz-Security-Token', credentials.sessionToken]]),
  ]
    .map(([name = '', value = '']) => `${name}=${percentEncode(value)}`)
    .join('&');
  const canonical = ['GET', path, canonicalQuery(query), `host:${host}`, '', 'host', 'UNSIGNED-PAYLOAD'].join('\n');
  return `${url}?${query}&X-Amz-Signature=${signature(environment, credentials, scope, date, canonical)}`;
}
