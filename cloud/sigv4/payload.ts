/** The body of a signed request: what hash of it was signed, and the body without its transport's encoding. */
import { AwsError } from '../errors.ts';
import type { WireRequest } from '../wire/model.ts';
import { type ChunkedBody, incomplete, joinChunks, readChunks } from './chunks.ts';
import { type Scope, type SigningKeys, sameText, scopeText } from './keys.ts';
import { s3Refusal } from './refusal.ts';

const streaming = 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD';
const streamingTrailer = 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER';
const unsignedTrailer = 'STREAMING-UNSIGNED-PAYLOAD-TRAILER';
const unsigned = 'UNSIGNED-PAYLOAD';

/** Whether `x-amz-content-sha256` says that the body is in `aws-chunked`. */
export function isChunked(contentHash: string | undefined): boolean {
  return contentHash === streaming || contentHash === streamingTrailer || contentHash === unsignedTrailer;
}

/** Refuses a value of `x-amz-content-sha256` that S3 does not know. */
export function checkContentHash(contentHash: string): void {
  if (contentHash === unsigned || isChunked(contentHash) || /^[0-9a-fA-F]{64}$/.test(contentHash)) return;
  throw s3Refusal(
    'InvalidArgument',
    'x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER, or a valid sha256 value.',
    400,
    { ArgumentName: 'x-amz-content-sha256', ArgumentValue: contentHash },
  );
}

/** Holds the body against a hash that was signed. */
export function checkBody(contentHash: string, body: Uint8Array, keys: SigningKeys): void {
  if (contentHash === unsigned) return;
  const computed = keys.hash(body);
  if (sameText(computed, contentHash.toLowerCase())) return;
  throw s3Refusal(
    'XAmzContentSHA256Mismatch',
    "The provided 'x-amz-content-sha256' header does not match what was computed.",
    400,
    { ClientComputedContentSHA256: contentHash, S3ComputedContentSHA256: computed },
  );
}

/** What the chain of chunk signatures hangs on. */
export interface ChunkChain {
  readonly secret: string;
  readonly scope: Scope;
  readonly timestamp: string;
  /** The signature of the request itself. */
  readonly seed: string;
  readonly keys: SigningKeys;
}

/**
 * A request whose chunked body is joined: without `aws-chunked` among the content encodings, and with its trailers as headers,
 * so that a trailing checksum is checked as a leading one is. `chain` is absent for an anonymous request.
 * Throws AwsError where a chunk's signature, the length or a trailer is wrong.
 */
export function joinBody(
  request: WireRequest,
  headers: ReadonlyMap<string, string>,
  chain: ChunkChain | undefined,
): WireRequest {
  const contentHash = headers.get('x-amz-content-sha256') ?? '';
  const declared = headers.get('x-amz-decoded-content-length');
  if (declared === undefined || !/^\d+$/.test(declared)) {
    throw s3Refusal('MissingContentLength', 'You must provide the Content-Length HTTP header.', 411);
  }
  const chunked = readChunks(request.body);
  if (contentHash !== unsignedTrailer) {
    if (chain === undefined) throw s3Refusal('AccessDenied', 'Access Denied', 403);
    verifyChain(chunked, chain, contentHash);
  }
  const body = joinChunks(chunked);
  if (body.length !== Number(declared)) throw incomplete();
  checkTrailers(chunked, headers.get('x-amz-trailer'));
  return { ...request, headers: [...withoutChunking(request.headers), ...chunked.trailers], body };
}

function verifyChain(chunked: ChunkedBody, chain: ChunkChain, contentHash: string): void {
  const { secret, scope, timestamp, keys } = chain;
  const sign = (kind: string, previous: string, rest: string): string =>
    keys.sign(secret, scope, `AWS4-HMAC-SHA256-${kind}\n${timestamp}\n${scopeText(scope)}\n${previous}\n${rest}`);
  const empty = keys.hash('');
  let previous = chain.seed;
  for (const { data, signature } of chunked.chunks) {
    previous = sign('PAYLOAD', previous, `${empty}\n${keys.hash(data)}`);
    if (!sameText(previous, signature ?? '')) throw mismatch();
  }
  if (contentHash !== streamingTrailer) return;
  const trailers = chunked.trailers.map(([name, value]) => `${name}:${value}\n`).join('');
  if (!sameText(sign('TRAILER', previous, keys.hash(trailers)), chunked.trailerSignature ?? '')) throw mismatch();
}

/** The trailers that come must be those that `x-amz-trailer` announced, which was signed; S3 knows checksums and no others. */
function checkTrailers({ trailers }: ChunkedBody, announced: string | undefined): void {
  const expected = new Set(
    (announced ?? '')
      .split(',')
      .map((name) => name.trim().toLowerCase())
      .filter(Boolean),
  );
  const found = new Set(trailers.map(([name]) => name));
  if (
    expected.size === found.size &&
    [...expected].every((name) => name.startsWith('x-amz-checksum-') && found.has(name))
  )
    return;
  throw s3Refusal(
    'MalformedTrailerError',
    'The request contained trailing data that was not well-formed or did not conform to our published schema.',
    400,
  );
}

function withoutChunking(headers: WireRequest['headers']): WireRequest['headers'] {
  return headers.flatMap(([name, value]) => {
    const key = name.toLowerCase();
    if (key === 'x-amz-trailer' || key === 'x-amz-decoded-content-length') return [];
    if (key !== 'content-encoding') return [[name, value] as const];
    const kept = value
      .split(',')
      .map((coding) => coding.trim())
      .filter((coding) => coding !== 'aws-chunked' && coding !== '');
    return kept.length === 0 ? [] : [[name, kept.join(',')] as const];
  });
}

function mismatch(): AwsError {
  return new AwsError(
    'SignatureDoesNotMatch',
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    { status: 403 },
  );
}
