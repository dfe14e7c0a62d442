import { expect, it } from 'vitest';
import { findOperator } from './operators.ts';

it.each([
  ['true', 'true', true],
  ['True', 'TRUE', true],
  ['false', 'true', false],
  ['true', 'yes', false],
  ['yes', 'true', undefined],
])('Bool %j matches %j: %s', (wanted, value, expected) => {
  expect(findOperator('Bool')?.test([{ pattern: wanted }])(value)).toBe(expected);
});
