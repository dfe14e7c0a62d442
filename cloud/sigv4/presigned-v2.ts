/**
 * S3's older query-string authentication, "Signature Version 2": what boto3 and AWS CLI v1 presign with by default in us-east-1.
 * Only presigned addresses are taken, and only by S3 (Amazon S3 User Guide, "Signing and authenticating REST requests",
 * section "Query string request authentication alternative").
 */

import { toBase64 } from '@smithy/core/serde';
import type { Hashes } from '../call.ts';
import { AwsError } from '../errors.ts';
import { hmacSha1 } from '../hmac-sha1.ts';
import type { WireRequest } from '../wire/model.ts';
import { bucketOfHost } from '../wire/s3-address.ts';
import { headersByName, splitTarget } from './canonical.ts';
import { sameText } from './keys.ts';
import { s3Refusal, s3TokenRefusal } from './refusal.ts';
import type { Verified } from './verify.ts';

/** A signature of version 2 as the query gives it. */
export interface QuerySignatureV2 {
  readonly accessKeyId: string;
  /** Base64. */
  readonly signature: string;
  /** Epoch seconds, as sent: it is part of what was signed. */
  readonly expires: string;
  readonly sessionToken?: string;
}

/**
 * Parameters that name a part of a bucket or object, or change the answer: they are part of what is signed. Those that came after
 * version 2 are among them, so that none can be added to an address afterwards to make another operation of it.
 */
const signedParameters = new Set([
  'abac',
  'accelerate',
  'acl',
  'analytics',
  'annotation',
  'attributes',
  'cors',
  'defaultObjectAcl',
  'delete',
  'encryption',
  'intelligent-tiering',
  'inventory',
  'legal-hold',
  'lifecycle',
  'location',
  'logging',
  'metadataAnnotationTable',
  'metadataConfiguration',
  'metadataInventoryTable',
  'metadataJournalTable',
  'metadataTable',
  'metrics',
  'notification',
  'object-lock',
  'ownershipControls',
  'partNumber',
  'policy',
  'policyStatus',
  'publicAccessBlock',
  'renameObject',
  'replication',
  'requestPayment',
  'response-cache-control',
  'response-content-disposition',
  'response-content-encoding',
  'response-content-language',
  'response-content-type',
  'response-expires',
  'restore',
  'retention',
  'select',
  'select-type',
  'session',
  'storageClass',
  'tagging',
  'torrent',
  'uploadId',
  'uploads',
  'versionId',
  'versioning',
  'versions',
  'website',
]);

const tokenParameter = 'x-amz-security-token';
const encoder = new TextEncoder();

/**
 * Reads the parameters of version 2.
 * @throws AwsError where one of them is lacking or no number
 */
export function readQuerySignatureV2(query: ReadonlyMap<string, string>): QuerySignatureV2 {
  const [accessKeyId, signature, expires] = ['AWSAccessKeyId', 'Signature', 'Expires'].map((name) => query.get(name));
  if (!accessKeyId || !signature || !expires) {
    const message = 'Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters';
    throw s3Refusal('AccessDenied', message, 403);
  }
  if (!/^\d{1,12}$/.test(expires)) {
    throw s3Refusal('AccessDenied', `Invalid date (should be seconds since epoch): ${expires.slice(0, 60)}`, 403);
  }
  const sessionToken = query.get(tokenParameter);
  return { accessKeyId, signature, expires, ...(sessionToken !== undefined && { sessionToken }) };
}

/** Verifies a presigned request of version 2: token, expiry, signature. `now` is real time in epoch milliseconds. */
export function verifyQuerySignatureV2(
  request: WireRequest,
  given: QuerySignatureV2,
  key: { readonly secret: string; readonly token?: string; readonly now: number; readonly hashes: Hashes },
): Verified {
  const refused = (error: AwsError): Verified => ({ kind: 'refused', error });
  if (!sameText(given.sessionToken ?? '', key.token ?? '')) {
    return refused(s3TokenRefusal(given.accessKeyId, given.sessionToken));
  }
  if (key.now > Number(given.expires) * 1000) {
    const iso = (milliseconds: number) => `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
    const details = { Expires: iso(Number(given.expires) * 1000), ServerTime: iso(key.now) };
    return refused(s3Refusal('AccessDenied', 'Request has expired', 403, details));
  }
  const sign = (text: string) => toBase64(hmacSha1(key.hashes, encoder.encode(key.secret), encoder.encode(text)));
  const text = stringToSign(request, given, request.target);
  const slashed = withSlash(request.target);
  const texts = slashed === undefined ? [text] : [text, stringToSign(request, given, slashed)];
  if (texts.some((each) => sameText(given.signature, sign(each)))) return { kind: 'verified', request };
  const message =
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.';
  const details = { AWSAccessKeyId: given.accessKeyId, StringToSign: text, SignatureProvided: given.signature };
  return refused(new AwsError('SignatureDoesNotMatch', message, { status: 403, details }));
}

/**
 * The target of a bucket with the slash that ends it where the host names the bucket: clients sign `/bucket/` whichever way
 * they address it.
 */
function withSlash(target: string): string | undefined {
  const bucket = /^\/[^/?]+(?=\?|$)/.exec(target)?.[0];
  return bucket && `${bucket}/${target.slice(bucket.length)}`;
}

/** Every `x-amz-*` header counts, and so does a parameter of that name, which stands for a header. */
function stringToSign(request: WireRequest, { expires }: QuerySignatureV2, target: string): string {
  const headers = headersByName(request.headers);
  const values = new Map(headers);
  for (const [name, value] of readParameters(target)) {
    const header = decoded(name).toLowerCase();
    const stands = header.startsWith('x-amz-') || header === 'content-md5' || header === 'content-type';
    if (stands && !values.has(header)) values.set(header, value ?? '');
  }
  const amazon = [...values].filter(([name]) => name.startsWith('x-amz-'));
  const lines = amazon.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => `${name}:${value}\n`);
  const plain = [values.get('content-md5') ?? '', values.get('content-type') ?? '', expires];
  return `${request.method}\n${plain.join('\n')}\n${lines.join('')}${canonicalResource(target, headers.get('host') ?? '')}`;
}

/** The parameters of a target, their values decoded; undefined where there is no `=`. */
function readParameters(target: string): (readonly [name: string, value: string | undefined])[] {
  return splitTarget(target)
    .query.split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const equals = part.indexOf('=');
      return equals === -1 ? [part, undefined] : [part.slice(0, equals), decoded(part.slice(equals + 1))];
    });
}

/** The path as sent, the bucket first where the host names it; and the parameters that count, sorted, their values decoded. */
function canonicalResource(target: string, host: string): string {
  const { path: sent } = splitTarget(target);
  const bucket = bucketOfHost(host);
  const path = bucket === undefined ? sent : `/${bucket}${sent}`;
  const parameters = readParameters(target)
    .filter(([name]) => signedParameters.has(name))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => (value === undefined ? name : `${name}=${value}`));
  return parameters.length === 0 ? path : `${path}?${parameters.join('&')}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
