import { describe, expect, test } from 'vitest';
import { nodeHashes } from '../../../server/hashes/node-hashes.ts';
import { areConsecutiveCodes, isCurrentCode, makeSeed, totpCode, totpStep } from './totp.ts';

/** `12345678901234567890`, the secret of RFC 6238's test vectors, in base32. */
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

describe('TOTP', () => {
  test.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('RFC 6238, appendix B, at %d seconds', (seconds, code) => {
    expect(totpCode(secret, totpStep(seconds * 1000), nodeHashes)).toBe(code);
  });

  test('takes the code of the step before and after, and no other', () => {
    const now = 1_111_111_111_000;
    const at = (offset: number) => totpCode(secret, totpStep(now) + offset, nodeHashes);
    expect([-2, -1, 0, 1, 2].map((offset) => isCurrentCode(secret, at(offset), now, nodeHashes))).toEqual([
      false,
      true,
      true,
      true,
      false,
    ]);
    expect(areConsecutiveCodes(secret, [at(-1), at(0)], now, nodeHashes)).toBe(true);
    expect(areConsecutiveCodes(secret, [at(0), at(0)], now, nodeHashes)).toBe(false);
    expect(areConsecutiveCodes(secret, [at(0), at(-1)], now, nodeHashes)).toBe(false);
    expect(areConsecutiveCodes(secret, [at(-4), at(-3)], now, nodeHashes)).toBe(false);
  });

  test('makes seeds of 64 letters', () => {
    const random = { bytes: (count: number) => Uint8Array.from({ length: count }, (_, i) => i * 7) };
    expect(makeSeed(random)).toMatch(/^[A-Z2-7]{64}$/);
  });
});
