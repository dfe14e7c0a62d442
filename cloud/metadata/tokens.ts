/**
 * The tokens of version 2 of the instance metadata service: their end and a signature by the instance's secret, so that none has to be
 * kept, and none is good on another instance.
 */
import { fromBase64, toBase64 } from '@smithy/core/serde';
import type { Hashes } from '../call.ts';
import { bytesOfHex } from '../hex.ts';
import { joinBytes } from '../join-bytes.ts';

/** Bytes of the end, and of the signature. */
const endBytes = 8;
const signatureBytes = 32;

interface Signing {
  /** 32 bytes in hex. */
  readonly secret: string;
  readonly hashes: Pick<Hashes, 'hmacSha256'>;
}

/** @param end when it is no longer good, in epoch milliseconds on the sandbox's clock */
export function makeMetadataToken(end: number, { secret, hashes }: Signing): string {
  const stamp = new Uint8Array(endBytes);
  new DataView(stamp.buffer).setBigUint64(0, BigInt(end));
  return toBase64(joinBytes([stamp, hashes.hmacSha256(bytesOfHex(secret), stamp)]));
}

/** The end of a token; undefined for one that is not of this instance, or is over. */
export function readMetadataToken(token: string, now: number, signing: Signing): number | undefined {
  let bytes: Uint8Array;
  try {
    bytes = fromBase64(token);
  } catch {
    return undefined;
  }
  if (bytes.length !== endBytes + signatureBytes) return undefined;
  const end = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0));
  const expected = fromBase64(makeMetadataToken(end, signing));
  let difference = 0;
  for (const [i, byte] of expected.entries()) difference |= byte ^ (bytes[i] ?? 0);
  return difference === 0 && end > now ? end : undefined;
}
