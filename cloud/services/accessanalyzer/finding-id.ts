import type { Hashes } from '../../call.ts';
import { hexOf } from '../../hex.ts';

/** The id of what was found: the same for the same access, in the form of a UUID. */
export function findingId(hashes: Hashes, ...facts: readonly unknown[]): string {
  const hex = hexOf(hashes.sha256(new TextEncoder().encode(JSON.stringify(facts)))).slice(0, 32);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
