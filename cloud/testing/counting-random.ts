import { nodeHashes } from '../../server/hashes/node-hashes.ts';
import type { Random } from '../call.ts';

/** Bytes that look drawn, and are the same in every run. */
export function countingRandom(): Random {
  let drawn = 0;
  const next = () => nodeHashes.sha256(new TextEncoder().encode(String(drawn++)))[0] ?? 0;
  return { bytes: (count) => Uint8Array.from({ length: count }, next) };
}
