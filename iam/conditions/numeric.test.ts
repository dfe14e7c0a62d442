import { expect, it } from 'vitest';
import { parseNumber } from './numeric.ts';
import { findOperator } from './operators.ts';

it.each([
  ['NumericEquals', '10', '10.0', true],
  ['NumericNotEquals', '10', '10', true],
  ['NumericLessThan', '10', '9.5', true],
  ['NumericLessThan', '10', '10', false],
  ['NumericLessThanEquals', '10', '10', true],
  ['NumericGreaterThan', '-1', '0', true],
  ['NumericGreaterThanEquals', '1e2', '100', true],
  ['NumericLessThan', '10', 'few', undefined],
  ['NumericLessThan', 'many', '1', undefined],
])('%s %j matches %j: %s', (name, wanted, value, expected) => {
  expect(findOperator(name)?.test([{ pattern: wanted }])(value)).toBe(expected);
});

it.each(['', ' ', '0x10', 'Infinity', '1_000', '1 2', '--1'])('%j is no number', (text) => {
  expect(parseNumber(text)).toBeUndefined();
});
