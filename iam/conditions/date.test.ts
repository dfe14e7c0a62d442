import { expect, it } from 'vitest';
import { parseDate } from './date.ts';
import { findOperator } from './operators.ts';

it.each([
  ['2026', Date.UTC(2026, 0, 1)],
  ['2026-03', Date.UTC(2026, 2, 1)],
  ['2026-03-05', Date.UTC(2026, 2, 5)],
  ['2026-03-05T06:07Z', Date.UTC(2026, 2, 5, 6, 7)],
  ['2026-03-05t06:07:08.25z', Date.UTC(2026, 2, 5, 6, 7, 8, 250)],
  ['2026-03-05T06:07:08+01:00', Date.UTC(2026, 2, 5, 5, 7, 8)],
  ['2026-03-05T06:07:08-0530', Date.UTC(2026, 2, 5, 11, 37, 8)],
  ['2026-12-13t02:00:00.593194+23', Date.UTC(2026, 11, 12, 3, 0, 0, 593)],
  ['1735689600', 1_735_689_600_000],
  ['0', 0],
])('reads %s', (text, expected) => {
  expect(parseDate(text)).toBe(expected);
});

it.each([
  '',
  'soon',
  '2026-13',
  '2026-02-30',
  '2026-1-1x',
  '2026-03-05T25:00Z',
  '2026-03-05T06:07:08+1',
  'T',
  '20-01-01',
  '2026-03-05T06:07:08.1234567890Z',
  '99999999999999999999',
])('%j is no date', (text) => {
  expect(parseDate(text)).toBeUndefined();
});

it.each([
  ['DateEquals', '2026-01-01', '2026-01-01T00:00:00Z', true],
  ['DateNotEquals', '2026', '2026-01-01', true],
  ['DateLessThan', '2026-01-02', '2026-01-01T23:59:59Z', true],
  ['DateLessThanEquals', '2026-01-01', '2026-01-01', true],
  ['DateGreaterThan', '1735689600', '2025-01-01T00:00:01Z', true],
  ['DateGreaterThanEquals', '2026-01-02', '2026-01-01', false],
  ['DateLessThan', '2026-01-02', 'never', undefined],
])('%s %j matches %j: %s', (name, wanted, value, expected) => {
  expect(findOperator(name)?.test([{ pattern: wanted }])(value)).toBe(expected);
});
