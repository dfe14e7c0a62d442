import { expect, it } from 'vitest';
import { findOperator } from './operators.ts';

const TOPIC = 'arn:aws:sns:us-east-1:111122223333:news';

it.each([
  [TOPIC, TOPIC, true],
  ['arn:aws:sns:*:*:*', TOPIC, true],
  ['arn:aws:s?s:us-*:111122223333:n*', TOPIC, true],
  ['arn:aws:*:news', TOPIC, undefined],
  ['arn:aws:s*:topic', TOPIC, undefined],
  ['*', TOPIC, undefined],
  ['arn:aws:sqs:*:*:*', TOPIC, false],
  ['arn:aws:logs:*:*:log-group:*', 'arn:aws:logs:us-east-1:111122223333:log-group:a:*', true],
  ['arn:aws:sns:*:*:*', 'news', undefined],
])('ArnLike %s matches %s: %s', (wanted, value, expected) => {
  expect(findOperator('ArnLike')?.test([{ pattern: wanted }])(value)).toBe(expected);
  expect(findOperator('ArnEquals')?.test([{ pattern: wanted }])(value)).toBe(expected);
});

it('finds the colons of what a variable stood for', () => {
  const test = findOperator('ArnLike')?.test([
    { literal: 'arn:aws:sns:us-east-1' },
    { pattern: ':*:' },
    { literal: '*' },
  ]);
  expect(test?.('arn:aws:sns:us-east-1:111122223333:*')).toBe(true);
  expect(test?.(TOPIC)).toBe(false);
});
