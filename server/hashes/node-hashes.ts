/** Digests, MACs and randomness from Node's crypto, for the pure cloud. */
import { createHmac, hash, randomBytes } from 'node:crypto';
import type { Hashes, Random } from '../../cloud/call.ts';

const digest = (algorithm: string) => (bytes: Uint8Array) => new Uint8Array(hash(algorithm, bytes, 'buffer'));

export const nodeHashes: Hashes = {
  sha256: digest('sha256'),
  sha1: digest('sha1'),
  md5: digest('md5'),
  hmacSha256: (key, bytes) => new Uint8Array(createHmac('sha256', key).update(bytes).digest()),
};

export const nodeRandom: Random = { bytes: (count) => new Uint8Array(randomBytes(count)) };
