import type { Random } from '../../call.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** `AIDA` user, `AGPA` group, `AROA` role, `ANPA` managed policy, `AIPA` instance profile, `ACCA` service-specific credential, `APKA` public key. */
export type UniqueIdPrefix = 'AIDA' | 'AGPA' | 'AROA' | 'ANPA' | 'AIPA' | 'ACCA' | 'APKA';

/** A unique id as IAM gives one to each resource for its life: the prefix and 17 letters of base32. */
export function makeUniqueId(prefix: UniqueIdPrefix, random: Random): string {
  return prefix + Array.from(random.bytes(17), (byte) => alphabet.charAt(byte % 32)).join('');
}
