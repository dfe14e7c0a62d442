/**
 * Access key ids that carry their account, as AWS's own do: characters 5 to 12 are base32 of half the account id plus 2^39,
 * and the thirteenth says whether the id is odd. So one look at a key finds its account, here and in LocalStack.
 */
import type { Random } from './call.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const offset = 2 ** 39;
const largestAccountId = 999_999_999_999;
const shape = /^A[A-Z]{3}[A-Z2-7]{16}$/;

/** `AKIA` for long-lived keys of users and root, `ASIA` for temporary ones. */
export type AccessKeyPrefix = 'AKIA' | 'ASIA';

/** The 12-digit account id that an access key id carries; undefined where it is no access key id. */
export function accountIdOfAccessKey(accessKeyId: string): string | undefined {
  if (!shape.test(accessKeyId)) return undefined;
  let half = 0;
  for (const letter of accessKeyId.slice(4, 12)) half = half * 32 + alphabet.indexOf(letter);
  const odd = alphabet.indexOf(accessKeyId.charAt(12)) >= 16 ? 1 : 0;
  const id = (half - offset) * 2 + odd;
  return id >= 0 && id <= largestAccountId ? String(id).padStart(12, '0') : undefined;
}

/** A new access key id of 20 characters for the account. */
export function makeAccessKeyId(prefix: AccessKeyPrefix, accountId: string, random: Random): string {
  const id = Number(accountId);
  let half = Math.floor(id / 2) + offset;
  let encoded = '';
  for (let i = 0; i < 8; i++) {
    encoded = alphabet.charAt(half % 32) + encoded;
    half = Math.floor(half / 32);
  }
  const [first = 0, ...rest] = random.bytes(8);
  const parity = alphabet.charAt((first % 16) + (id % 2) * 16);
  return prefix + encoded + parity + rest.map((byte) => alphabet.charAt(byte % 32)).join('');
}
