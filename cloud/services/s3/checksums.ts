/**
 * Checksums of objects: verified where sent, computed where not, and answered on demand
 * (Amazon S3 User Guide, "Checking object integrity in Amazon S3").
 */

import { fromBase64, toBase64 } from '@smithy/core/serde';
import type { Hashes } from '../../call.ts';
import { AwsError } from '../../errors.ts';
import { joinBytes } from '../../join-bytes.ts';
import { combineCrc, crc } from './crc.ts';
import { invalidRequest, notImplemented } from './errors.ts';

export const checksumAlgorithms = ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const;
export type ChecksumAlgorithm = (typeof checksumAlgorithms)[number];

/** What S3 computes where the client names no algorithm. */
export const defaultChecksum: ChecksumAlgorithm = 'CRC64NVME';

export interface Checksum {
  readonly algorithm: string;
  /** Base64; of a composite checksum followed by `-` and the number of parts. */
  readonly value: string;
  readonly type: 'FULL_OBJECT' | 'COMPOSITE';
}

/** Members by which checksums travel in requests and answers. */
export interface ChecksumMembers {
  readonly ChecksumCRC32?: string | undefined;
  readonly ChecksumCRC32C?: string | undefined;
  readonly ChecksumCRC64NVME?: string | undefined;
  readonly ChecksumSHA1?: string | undefined;
  readonly ChecksumSHA256?: string | undefined;
}

const byteLengths: Readonly<Record<ChecksumAlgorithm, number>> = {
  CRC32: 4,
  CRC32C: 4,
  CRC64NVME: 8,
  SHA1: 20,
  SHA256: 32,
};

/** Algorithms that the SDKs know and this cloud does not. */
const unsupportedMembers = [
  'ChecksumMD5',
  'ChecksumSHA512',
  'ChecksumXXHASH3',
  'ChecksumXXHASH64',
  'ChecksumXXHASH128',
];

/** An algorithm as a request names it. Throws `InvalidRequest`, and `NotImplemented` for one that this cloud lacks. */
export function readAlgorithm(name: string | undefined): ChecksumAlgorithm | undefined {
  if (name === undefined) return undefined;
  const algorithm = checksumAlgorithms.find((known) => known === name.toUpperCase());
  if (algorithm !== undefined) return algorithm;
  if (unsupportedMembers.includes(`Checksum${name.toUpperCase()}`)) throw notImplemented('x-amz-checksum-algorithm');
  throw invalidRequest(
    'Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]',
  );
}

/** The one checksum that a request carries. Throws `InvalidRequest` for several, or for one that is no checksum at all. */
export function sentChecksum(
  input: ChecksumMembers,
): { readonly algorithm: ChecksumAlgorithm; readonly value: string } | undefined {
  for (const member of unsupportedMembers) {
    if ((input as Readonly<Record<string, unknown>>)[member] !== undefined) {
      throw notImplemented(`x-amz-checksum-${member.slice('Checksum'.length).toLowerCase()}`);
    }
  }
  const sent = checksumAlgorithms.flatMap((algorithm) => {
    const value = input[`Checksum${algorithm}`];
    return value === undefined ? [] : [{ algorithm, value }];
  });
  if (sent.length > 1) {
    throw invalidRequest('Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.');
  }
  const [only] = sent;
  if (only !== undefined && decodedLength(only.value.replace(/-\d+$/, '')) !== byteLengths[only.algorithm]) {
    throw invalidRequest(`Value for x-amz-checksum-${only.algorithm.toLowerCase()} header is invalid.`);
  }
  return only;
}

function decodedLength(text: string): number | undefined {
  return /^[A-Za-z0-9+/]*={0,2}$/.test(text) && text.length % 4 === 0 ? fromBase64(text).length : undefined;
}

/** A checksum as S3 writes it: base64 of the digest, or of the CRC in network byte order. */
export function computeChecksum(algorithm: ChecksumAlgorithm, bytes: Uint8Array, hashes: Hashes): string {
  switch (algorithm) {
    case 'SHA1':
      return toBase64(hashes.sha1(bytes));
    case 'SHA256':
      return toBase64(hashes.sha256(bytes));
    default:
      return toBase64(crc(algorithm, bytes));
  }
}

/** Throws `InvalidDigest` for a Content-MD5 that is none, `BadDigest` where it is not the body's. */
export function checkContentMd5(header: string | undefined, md5: Uint8Array): void {
  if (header === undefined) return;
  if (decodedLength(header) !== 16) {
    throw new AwsError('InvalidDigest', 'The Content-MD5 you specified was invalid.', {
      status: 400,
      details: { 'Content-MD5': header },
    });
  }
  if (header !== toBase64(md5)) {
    throw new AwsError('BadDigest', 'The Content-MD5 you specified did not match what we received.', {
      status: 400,
      details: { ExpectedDigest: header, CalculatedDigest: toBase64(md5) },
    });
  }
}

/**
 * The body's checksum by the algorithm of the request, S3's default where it names none.
 * Throws `BadDigest` where the checksum sent is not the body's.
 */
export function checksumOf(
  bytes: Uint8Array,
  input: ChecksumMembers & { readonly ChecksumAlgorithm?: string | undefined },
  hashes: Hashes,
  fallback: ChecksumAlgorithm = defaultChecksum,
): Checksum & { readonly algorithm: ChecksumAlgorithm } {
  const sent = sentChecksum(input);
  const algorithm = sent?.algorithm ?? readAlgorithm(input.ChecksumAlgorithm) ?? fallback;
  const value = computeChecksum(algorithm, bytes, hashes);
  if (sent !== undefined && sent.value !== value) throw badChecksum(algorithm);
  return { algorithm, value, type: 'FULL_OBJECT' };
}

/** The error of a body that is not what its checksum says. */
export function badChecksum(algorithm: string): AwsError {
  return new AwsError('BadDigest', `The ${algorithm} you specified did not match the calculated checksum.`, {
    status: 400,
  });
}

/**
 * The checksum of a whole multipart object from those of its parts: combined (CRC) for a full-object one, the digest of
 * the digests with the number of parts for a composite one.
 */
export function checksumOfParts(
  parts: readonly { readonly checksum: string; readonly size: number }[],
  wanted: { readonly algorithm: ChecksumAlgorithm; readonly type: 'FULL_OBJECT' | 'COMPOSITE' },
  hashes: Hashes,
): Checksum {
  const { algorithm, type } = wanted;
  const digests = parts.map(({ checksum }) => fromBase64(checksum));
  if (type === 'COMPOSITE') {
    return { algorithm, type, value: `${computeChecksum(algorithm, joinBytes(digests), hashes)}-${parts.length}` };
  }
  if (algorithm === 'SHA1' || algorithm === 'SHA256') {
    throw invalidRequest(
      `The FULL_OBJECT checksum type cannot be used with the ${algorithm.toLowerCase()} checksum algorithm.`,
    );
  }
  const whole = digests.reduce((sum, digest, index) => combineCrc(algorithm, sum, digest, parts[index]?.size ?? 0));
  return { algorithm, type, value: toBase64(whole) };
}

/** The members of an answer that name a checksum: `ChecksumCRC32` and `ChecksumType`. */
export function checksumMembers(checksum: Checksum | undefined): ChecksumMembers & { ChecksumType?: Checksum['type'] } {
  if (checksum === undefined) return {};
  return { [`Checksum${checksum.algorithm}`]: checksum.value, ChecksumType: checksum.type };
}
