import type { Hashes } from './call.ts';
import { joinBytes } from './join-bytes.ts';

/** Bytes of a block of SHA-1. */
const block = 64;

/** HMAC with SHA-1 (RFC 2104), for the two places where AWS still has it: one-time passwords, and signatures of version 2. */
export function hmacSha1(hashes: Hashes, key: Uint8Array, message: Uint8Array): Uint8Array {
  const padded = new Uint8Array(block);
  padded.set(key.length > block ? hashes.sha1(key) : key);
  const inner = hashes.sha1(joinBytes([padded.map((byte) => byte ^ 0x36), message]));
  return hashes.sha1(joinBytes([padded.map((byte) => byte ^ 0x5c), inner]));
}
