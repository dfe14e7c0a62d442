import { describe, expect, test } from 'vitest';
import { formatTimestamp, parseTimestamp } from './timestamps.ts';

describe('times', () => {
  test.each([
    ['2026-11-24T05:38:16Z', '2026-11-24T05:38:16+00:00'],
    ['2026-11-24T05:38:16.25+02:00', '2026-11-24T03:38:16.250000+00:00'],
    ['20261124', '2026-11-24T00:00:00+00:00'],
    ['2026-11-24', '2026-11-24T00:00:00+00:00'],
    ['1795498696', '2026-11-24T05:38:16+00:00'],
    ['Tue, 24 Nov 2026 05:38:16 GMT', '2026-11-24T05:38:16+00:00'],
  ])('%s is %s', (text, iso) => {
    expect(formatTimestamp(parseTimestamp(text) ?? Number.NaN)).toBe(iso);
  });

  test.each(['', 'tomorrow', '2026-13-01'])('%j is none', (text) => {
    expect(parseTimestamp(text)).toBeUndefined();
  });
});
