/** Verifies a signature against the secret of its key (IAM User Guide, "AWS Signature Version 4 for API requests"). */
import { AwsError } from '../errors.ts';
import type { Protocol, WireRequest } from '../wire/model.ts';
import { canonicalPath, canonicalQuery, canonicalRequest, headersByName, splitTarget } from './canonical.ts';
import { type SigningKeys, sameText, stringToSign } from './keys.ts';
import { checkBody, checkContentHash, isChunked, joinBody } from './payload.ts';
import { millisecondsOf, type Signature, timestampText } from './read.ts';
import { refusal, s3Refusal, s3TokenRefusal } from './refusal.ts';

/** What a signature is held against. */
export interface Verifier {
  readonly secret: string;
  /** The session token of the key; absent for a long-lived one. */
  readonly token?: string;
  readonly protocol: Protocol;
  /** Real time, epoch milliseconds. */
  readonly now: number;
  readonly keys: SigningKeys;
}

/** What verifying a signature came to. */
export type Verified =
  /** The request with its body decoded: no `aws-chunked`, trailers as headers. */
  { readonly kind: 'verified'; readonly request: WireRequest } | { readonly kind: 'refused'; readonly error: AwsError };

/** Minutes by which a signer's clock may differ; 15 where nothing else is known. */
const skewMinutes: Readonly<Record<string, number>> = {
  cloudformation: 5,
  ec2: 5,
  elastictranscoder: 5,
  ssm: 5,
};

const noParameters: ReadonlySet<string> = new Set();
const ownSignature: ReadonlySet<string> = new Set(['X-Amz-Signature']);
const addedAfterwards: ReadonlySet<string> = new Set(['X-Amz-Signature', 'X-Amz-Security-Token']);

/** Verifies a signed request: token, time, signed headers, signature, body, in this order. */
export function verifySignature(request: WireRequest, signature: Signature, verifier: Verifier): Verified {
  try {
    const headers = headersByName(request.headers);
    checkToken(signature, verifier);
    checkTime(signature, verifier);
    checkSignedHeaders(headers, signature, verifier.protocol);
    return { kind: 'verified', request: checkSignature(request, headers, signature, verifier) };
  } catch (error) {
    if (error instanceof AwsError) return { kind: 'refused', error };
    throw error;
  }
}

/** An unsigned request, its body decoded where it is in `aws-chunked`: chunks cannot be signed then, and are refused if they are. */
export function unsignedRequest(request: WireRequest): Verified {
  const headers = headersByName(request.headers);
  if (!isChunked(headers.get('x-amz-content-sha256'))) return { kind: 'verified', request };
  try {
    return { kind: 'verified', request: joinBody(request, headers, undefined) };
  } catch (error) {
    if (error instanceof AwsError) return { kind: 'refused', error };
    throw error;
  }
}

function checkToken({ accessKeyId, sessionToken }: Signature, { token, protocol }: Verifier): void {
  if (token === undefined && sessionToken === undefined) return;
  if (token !== undefined && sessionToken !== undefined && sameText(sessionToken, token)) return;
  throw protocol === 'restXml'
    ? s3TokenRefusal(accessKeyId, sessionToken)
    : refusal(protocol, 'token', 'The security token included in the request is invalid.');
}

function checkTime({ place, scope, timestamp, expires }: Signature, { protocol, now }: Verifier): void {
  const minutes = skewMinutes[scope.service] ?? 15;
  const skew = minutes * 60_000;
  const at = millisecondsOf(timestamp);
  const end = place === 'query' && expires !== undefined ? at + expires * 1000 : at + skew;
  const server = timestampText(now);
  if (protocol !== 'restXml') {
    if (now > end) {
      const message =
        end === at + skew
          ? `Signature expired: ${timestamp} is now earlier than ${timestampText(now - skew)} (${server} - ${minutes} min.)`
          : `Signature expired: ${timestampText(end)} is now earlier than ${server}`;
      throw refusal(protocol, 'scope', message);
    }
    if (at - skew <= now) return;
    const latest = timestampText(now + skew);
    const message = `Signature not yet current: ${timestamp} is still later than ${latest} (${server} + ${minutes} min.)`;
    throw refusal(protocol, 'scope', message);
  }
  if (place === 'query') {
    if (now > end) {
      throw s3Refusal('AccessDenied', 'Request has expired', 403, {
        'X-Amz-Expires': expires,
        Expires: isoText(end),
        ServerTime: isoText(now),
      });
    }
    if (at - skew > now) throw s3Refusal('AccessDenied', 'Request is not yet valid', 403, { ServerTime: isoText(now) });
    return;
  }
  if (Math.abs(now - at) <= skew) return;
  throw s3Refusal(
    'RequestTimeTooSkewed',
    'The difference between the request time and the current time is too large.',
    403,
    { RequestTime: timestamp, ServerTime: isoText(now), MaxAllowedSkewMilliseconds: skew },
  );
}

/** `2026-11-24T10:00:00Z`. */
function isoText(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}

/** `host` and every `x-amz-*` header must be signed. Outside of S3 the session token may be added after signing. */
function checkSignedHeaders(headers: ReadonlyMap<string, string>, signature: Signature, protocol: Protocol): void {
  const signed = new Set(signature.signedHeaders);
  if (!signed.has('host')) {
    const message = "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.";
    throw protocol === 'restXml' ? notSigned(['host']) : refusal(protocol, 'mismatch', message);
  }
  const missing = [...headers.keys()].filter(
    (name) =>
      name.startsWith('x-amz-') && !signed.has(name) && (protocol === 'restXml' || name !== 'x-amz-security-token'),
  );
  if (missing.length === 0) return;
  throw protocol === 'restXml' ? notSigned(missing) : refusal(protocol, 'mismatch', mismatchText);
}

function notSigned(names: readonly string[]): AwsError {
  return s3Refusal('AccessDenied', 'There were headers present in the request which were not signed', 403, {
    HeadersNotSigned: names.join(', '),
  });
}

const mismatchText =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';
const s3MismatchText =
  'The request signature we calculated does not match the signature you provided. Check your key and signing method.';

function checkSignature(
  request: WireRequest,
  headers: ReadonlyMap<string, string>,
  signature: Signature,
  verifier: Verifier,
): WireRequest {
  const { protocol, keys, secret } = verifier;
  const { scope, timestamp, place } = signature;
  const isS3 = protocol === 'restXml';
  const contentHash = isS3 ? s3ContentHash(headers, place) : keys.hash(request.body);
  const { path, query } = splitTarget(request.target);
  const toSign = (omitted: ReadonlySet<string>) => {
    const canonical = canonicalRequest({
      method: request.method,
      path: canonicalPath(path, isS3 ? 's3' : 'normalised'),
      query: canonicalQuery(query, omitted),
      headers,
      signedHeaders: signature.signedHeaders,
      payloadHash: contentHash,
    });
    return { canonical, text: stringToSign(timestamp, scope, keys.hash(canonical)) };
  };
  const matches = (text: string): boolean => sameText(keys.sign(secret, scope, text), signature.signature);
  const first = toSign(place === 'query' ? ownSignature : noParameters);
  const matched =
    matches(first.text) ||
    (place === 'query' && !isS3 && signature.sessionToken !== undefined && matches(toSign(addedAfterwards).text));
  if (!matched) {
    throw isS3 ? s3Mismatch(signature, first.text, first.canonical) : refusal(protocol, 'mismatch', mismatchText);
  }
  if (!isS3) return request;
  if (isChunked(contentHash)) {
    return joinBody(request, headers, { secret, scope, timestamp, seed: signature.signature, keys });
  }
  checkBody(contentHash, request.body, keys);
  return request;
}

function s3ContentHash(headers: ReadonlyMap<string, string>, place: Signature['place']): string {
  const contentHash = headers.get('x-amz-content-sha256');
  if (contentHash === undefined) {
    if (place === 'query') return 'UNSIGNED-PAYLOAD';
    throw s3Refusal('InvalidRequest', 'Missing required header for this request: x-amz-content-sha256', 400);
  }
  checkContentHash(contentHash);
  return contentHash;
}

function s3Mismatch(signature: Signature, text: string, canonical: string): AwsError {
  return s3Refusal('SignatureDoesNotMatch', s3MismatchText, 403, {
    AWSAccessKeyId: signature.accessKeyId,
    StringToSign: text,
    SignatureProvided: signature.signature,
    StringToSignBytes: bytesText(text),
    CanonicalRequest: canonical,
    CanonicalRequestBytes: bytesText(canonical),
  });
}

function bytesText(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
}
