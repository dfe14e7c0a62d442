import type { Random } from './call.ts';
import { hexOf } from './hex.ts';

/** An id for a request that is made in here, in the form of all others: a version 4 UUID (RFC 9562, section 5.4). */
export function newRequestId(random: Random): string {
  const bytes = random.bytes(16).slice();
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = hexOf(bytes);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
