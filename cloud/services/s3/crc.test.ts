import { describe, expect, it } from 'vitest';
import { type CrcAlgorithm, combineCrc, crc } from './crc.ts';

const text = (value: string) => new TextEncoder().encode(value);
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

// Check values for "123456789" from the catalogue of parametrised CRC algorithms.
const checkValues: readonly (readonly [CrcAlgorithm, string])[] = [
  ['CRC32', 'cbf43926'],
  ['CRC32C', 'e3069283'],
  ['CRC64NVME', 'ae8b14860a799888'],
];

describe('crc', () => {
  it.each(checkValues)('%s of the check text', (algorithm, expected) => {
    expect(hex(crc(algorithm, text('123456789')))).toBe(expected);
  });

  it.each(checkValues)('%s of parts is that of the whole', (algorithm, expected) => {
    const first = crc(algorithm, text('1234'));
    const second = crc(algorithm, text('56789'));
    expect(hex(combineCrc(algorithm, first, second, 5))).toBe(expected);
  });

  it.each(checkValues)('%s combined with an empty part stays', (algorithm, expected) => {
    expect(hex(combineCrc(algorithm, crc(algorithm, text('123456789')), crc(algorithm, text('')), 0))).toBe(expected);
  });
});
