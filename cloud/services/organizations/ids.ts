/** Ids of Organizations. AWS Organizations API Reference, the patterns of each id. */
import type { Random } from '../../call.ts';

const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** Lower-case letters and digits. */
function drawn(random: Random, count: number): string {
  return Array.from(random.bytes(count), (byte) => letters.charAt(byte % letters.length)).join('');
}

/** `o-a1b2c3d4e5`. */
export function newOrganizationId(random: Random): string {
  return `o-${drawn(random, 10)}`;
}

/** `r-ab12`. */
export function newRootId(random: Random): string {
  return `r-${drawn(random, 4)}`;
}

/** `ou-ab12-11111111`: the root's letters come first. */
export function newUnitId(rootId: string, random: Random): string {
  return `ou-${rootId.slice('r-'.length)}-${drawn(random, 8)}`;
}

/** `p-a1b2c3d4`. */
export function newPolicyId(random: Random): string {
  return `p-${drawn(random, 8)}`;
}

/** `h-a1b2c3d4`. */
export function newHandshakeId(random: Random): string {
  return `h-${drawn(random, 8)}`;
}

/** `rp-a1b2c3d4`. */
export function newResourcePolicyId(random: Random): string {
  return `rp-${drawn(random, 8)}`;
}
