import { expect, it } from 'vitest';
import { findOperator } from './operators.ts';

it.each([
  ['StringEquals', 'a', 'a', true],
  ['StringEquals', 'a*', 'ab', false],
  ['StringEquals', '', '', true],
  ['StringNotEquals', 'a', 'a', true],
  ['StringEqualsIgnoreCase', 'Straße', 'STRAßE', true],
  ['StringNotEqualsIgnoreCase', 'A', 'b', false],
  ['StringLike', 'home/*', 'home/', true],
  ['StringLike', 'home/?', 'home/', false],
  ['StringNotLike', '*x*', 'axb', true],
])('%s %j matches %j: %s', (name, wanted, value, expected) => {
  expect(findOperator(name)?.test([{ pattern: wanted }])(value)).toBe(expected);
});

it('takes what a variable stood for literally', () => {
  const test = findOperator('StringLike')?.test([{ pattern: 'home/' }, { literal: '*' }]);
  expect(test?.('home/*')).toBe(true);
  expect(test?.('home/x')).toBe(false);
});
