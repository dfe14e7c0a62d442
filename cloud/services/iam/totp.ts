/** One-time codes of virtual MFA devices: TOTP (RFC 6238) over HMAC-SHA-1 (RFC 2104), six digits, thirty seconds. */

import type { Hashes, Random } from '../../call.ts';
import { hmacSha1 } from '../../hmac-sha1.ts';

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const stepMilliseconds = 30_000;

/** A new secret as authenticator apps take it: 64 letters of base32, as AWS's are. */
export function makeSeed(random: Random): string {
  return Array.from(random.bytes(64), (byte) => base32.charAt(byte % 32)).join('');
}

/** The number of the step of thirty seconds that a time falls in. */
export function totpStep(epochMilliseconds: number): number {
  return Math.floor(epochMilliseconds / stepMilliseconds);
}

/** The code of one step. @param seed base32, RFC 4648 without padding */
export function totpCode(seed: string, step: number, hashes: Hashes): string {
  const counter = new Uint8Array(8);
  new DataView(counter.buffer).setBigUint64(0, BigInt(step));
  const mac = hmacSha1(hashes, decodeBase32(seed), counter);
  const offset = (mac[mac.length - 1] ?? 0) & 0x0f;
  const truncated = new DataView(mac.buffer, mac.byteOffset).getUint32(offset) & 0x7fff_ffff;
  return String(truncated % 1_000_000).padStart(6, '0');
}

/** Whether a code is good now: that of the current step or of one beside it, as clocks differ. */
export function isCurrentCode(seed: string, code: string, now: number, hashes: Hashes): boolean {
  const step = totpStep(now);
  return [step, step - 1, step + 1].some((at) => totpCode(seed, at, hashes) === code);
}

/** Whether two codes are those of two steps that follow each other, the first at most two steps old. */
export function areConsecutiveCodes(
  seed: string,
  codes: readonly [string, string],
  now: number,
  hashes: Hashes,
): boolean {
  const step = totpStep(now);
  return [step - 2, step - 1, step, step + 1].some(
    (at) => totpCode(seed, at, hashes) === codes[0] && totpCode(seed, at + 1, hashes) === codes[1],
  );
}

function decodeBase32(text: string): Uint8Array {
  const bytes: number[] = [];
  let buffer = 0;
  let bits = 0;
  for (const letter of text) {
    buffer = ((buffer << 5) | base32.indexOf(letter)) & 0xfff;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((buffer >> bits) & 0xff);
  }
  return Uint8Array.from(bytes);
}
