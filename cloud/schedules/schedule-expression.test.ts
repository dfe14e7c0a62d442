import { expect, test } from 'vitest';
import { nextOf, readScheduleExpression } from './schedule-expression.ts';
import { isTimeZone } from './time-zone.ts';

const at = (text: string) => Date.parse(text);

function next(text: string, after: string, zone = 'UTC', anchor = after): string | undefined {
  const expression = readScheduleExpression(text);
  if (expression === undefined) throw new Error(`${text} is not read`);
  const found = nextOf(expression, { after: at(after), anchor: at(anchor), zone });
  return found === undefined ? undefined : new Date(found).toISOString().replace('.000Z', 'Z');
}

test.each([
  // 2026-01-05 is a Monday.
  ['cron(0 10 * * ? *)', '2026-01-05T09:59:00Z', '2026-01-05T10:00:00Z'],
  ['cron(0 10 * * ? *)', '2026-01-05T10:00:00Z', '2026-01-06T10:00:00Z'],
  ['cron(15 12 ? * MON-FRI *)', '2026-01-09T12:15:00Z', '2026-01-12T12:15:00Z'],
  ['cron(0/15 8-9 ? * 2 *)', '2026-01-05T09:45:00Z', '2026-01-12T08:00:00Z'],
  ['cron(5,35 14 * * ? *)', '2026-01-05T14:05:00Z', '2026-01-05T14:35:00Z'],
  ['cron(0 8 1 * ? *)', '2026-01-05T12:00:00Z', '2026-02-01T08:00:00Z'],
  ['cron(0 0 L * ? *)', '2026-02-01T00:00:00Z', '2026-02-28T00:00:00Z'],
  ['cron(0 0 LW * ? *)', '2026-01-31T00:00:00Z', '2026-02-27T00:00:00Z'],
  // The 15th of February 2026 is a Sunday, the 1st of August a Saturday, the 31st of May a Sunday.
  ['cron(0 0 15W 2 ? *)', '2026-02-01T00:00:00Z', '2026-02-16T00:00:00Z'],
  ['cron(0 0 1W 8 ? *)', '2026-07-01T00:00:00Z', '2026-08-03T00:00:00Z'],
  ['cron(0 0 31W 5 ? *)', '2026-05-01T00:00:00Z', '2026-05-29T00:00:00Z'],
  ['cron(0 0 31W 2 ? *)', '2026-02-01T00:00:00Z', undefined],
  ['cron(0 0 ? * 3#2 *)', '2026-01-05T00:00:00Z', '2026-01-13T00:00:00Z'],
  ['cron(0 0 ? * 6L *)', '2026-01-05T00:00:00Z', '2026-01-30T00:00:00Z'],
  ['cron(0 0 ? * L *)', '2026-01-05T00:00:00Z', '2026-01-10T00:00:00Z'],
  ['cron(0 0 29 2 ? *)', '2026-01-05T00:00:00Z', '2028-02-29T00:00:00Z'],
  ['cron(0 0 1 1 ? 2025)', '2026-01-05T00:00:00Z', undefined],
  ['cron(0 0 30 2 ? *)', '2026-01-05T00:00:00Z', undefined],
  ['cron(0 0 1 jan ? 2027-2030/2)', '2027-01-05T00:00:00Z', '2029-01-01T00:00:00Z'],
  ['at(2026-01-05T12:00:00)', '2026-01-05T11:00:00Z', '2026-01-05T12:00:00Z'],
  ['at(2026-01-05T12:00:00)', '2026-01-05T12:00:00Z', undefined],
])('%s after %s is %s', (text, after, wanted) => {
  expect(next(text, after)).toBe(wanted);
});

test('a rate counts from its beginning, and is not late after a long sleep', () => {
  const rate = (after: string) => next('rate(5 minutes)', after, 'UTC', '2026-01-05T12:01:00Z');
  expect(rate('2026-01-05T12:00:00Z')).toBe('2026-01-05T12:01:00Z');
  expect(rate('2026-01-05T12:01:00Z')).toBe('2026-01-05T12:06:00Z');
  expect(rate('2026-01-07T00:00:30Z')).toBe('2026-01-07T00:01:00Z');
});

test('zones have their summer time: an hour that is left out is passed over, one that comes twice counts once', () => {
  const berlin = (text: string, after: string) => next(text, after, 'Europe/Berlin');
  expect(berlin('cron(0 8 * * ? *)', '2026-03-28T12:00:00Z')).toBe('2026-03-29T06:00:00Z');
  expect(berlin('cron(30 2 * * ? *)', '2026-03-28T12:00:00Z')).toBe('2026-03-30T00:30:00Z');
  expect(berlin('cron(30 2 * * ? *)', '2026-10-24T12:00:00Z')).toBe('2026-10-25T00:30:00Z');
  expect(berlin('cron(30 2 * * ? *)', '2026-10-25T00:30:00Z')).toBe('2026-10-26T01:30:00Z');
  expect(berlin('at(2026-07-01T12:00:00)', '2026-01-01T00:00:00Z')).toBe('2026-07-01T10:00:00Z');
  expect(next('cron(0 0 * * ? *)', '2026-01-05T20:00:00Z', 'Pacific/Auckland')).toBe('2026-01-06T11:00:00Z');
});

test.each([
  'cron(0 10 * * * *)',
  'cron(0 10 ? * ? *)',
  'cron(0 10 * * ?)',
  'cron(60 10 * * ? *)',
  'cron(0 24 * * ? *)',
  'cron(0 10 0 * ? *)',
  'cron(0 10 * 13 ? *)',
  'cron(0 10 ? * 8 *)',
  'cron(0 10 ? * 2#6 *)',
  'cron(0/0 10 * * ? *)',
  'cron(9-5 10 * * ? *)',
  'cron(a 10 * * ? *)',
  'rate(0 minutes)',
  'rate(5 weeks)',
  'rate(5minutes)',
  'at(2026-02-30T12:00:00)',
  'at(2026-01-05)',
  'every day',
])('%s is none', (text) => {
  expect(readScheduleExpression(text)).toBeUndefined();
});

test('knows zones by their names', () => {
  expect(['UTC', 'Europe/Berlin', 'America/New_York'].map(isTimeZone)).toEqual([true, true, true]);
  expect(['', 'Mars/Base', '+01:00', 'Europe/Berlin; x'].map(isTimeZone)).toEqual([false, false, false, false]);
});
