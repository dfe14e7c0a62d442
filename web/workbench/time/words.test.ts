import { expect, test } from 'vitest';
import { aheadBy, lengthOf } from './words.ts';

test.each([
  ['1h', '1 hour'],
  ['31m', '31 minutes'],
  ['200d', '200 days'],
  ['5s', '5 seconds'],
])('%s is %s', (step, words) => expect(lengthOf(step)).toBe(words));

test.each([
  [0, ''],
  [3_600_000, '1 hour'],
  [8 * 86_400_000, '8 days'],
  [86_400_000 + 2 * 3_600_000 + 60_000, '1 day 2 hours'],
])('%d ms ahead are “%s”', (milliseconds, words) => expect(aheadBy(milliseconds)).toBe(words));
