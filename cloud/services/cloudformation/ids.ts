import type { Random } from '../../call.ts';
import { hexOf } from '../../hex.ts';

/** A UUID of random bytes. */
export function uuidOf(random: Random): string {
  const hex = hexOf(random.bytes(16));
  const groups = [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20)];
  return groups.join('-');
}
