import { expect, it } from 'vitest';
import { decodeBase64 } from './binary.ts';
import { findOperator } from './operators.ts';

it.each([
  ['QQ==', 'QQ==', true],
  ['QQ', 'QQ==', true],
  ['QQ==', 'QR==', true],
  ['QUI=', 'QUJD', false],
  ['', '', true],
  ['QQ==', '!', undefined],
])('BinaryEquals %j matches %j: %s', (wanted, value, expected) => {
  expect(findOperator('BinaryEquals')?.test([{ pattern: wanted }])(value)).toBe(expected);
});

it('decodes as RFC 4648 says', () => {
  expect(decodeBase64('Zm9vYmFy')).toEqual([...'foobar'].map((letter) => letter.charCodeAt(0)));
  expect(decodeBase64('A')).toBeUndefined();
});
