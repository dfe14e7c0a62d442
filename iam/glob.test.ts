import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileGlob, type GlobMode, matchGlob } from './glob.ts';

const matches = (pattern: string, value: string, mode: GlobMode = 'text') =>
  matchGlob(compileGlob([{ pattern }], mode), value);

/** The obvious matcher: tries everything. */
function slow(pattern: string, value: string, mode: GlobMode): boolean {
  if (pattern === '') return value === '';
  const rest = pattern.slice(1);
  if (pattern[0] === '*') {
    let after = rest;
    while (after.startsWith('*')) after = after.slice(1);
    const crosses = mode === 'text' || after === '' || after.startsWith(':');
    for (let taken = 0; taken <= value.length; taken++) {
      if (!crosses && value.slice(0, taken).includes(':')) return false;
      if (slow(after, value.slice(taken), mode)) return true;
    }
    return false;
  }
  if (value === '') return false;
  if (pattern[0] === '?') return !(mode === 'arn' && value[0] === ':') && slow(rest, value.slice(1), mode);
  return pattern[0] === value[0] && slow(rest, value.slice(1), mode);
}

const patterns = fc.string({ unit: fc.constantFrom('a', 'b', ':', '*', '?'), maxLength: 9 });
const values = fc.string({ unit: fc.constantFrom('a', 'b', ':', '\n'), maxLength: 10 });

describe('matchGlob', () => {
  it.each(['text', 'arn'] as const)('agrees with the obvious matcher on %s', (mode) => {
    fc.assert(
      fc.property(patterns, values, (pattern, value) => matches(pattern, value, mode) === slow(pattern, value, mode)),
      { numRuns: 3000 },
    );
  });

  it.each([
    ['*', '', true],
    ['a*a', 'a', false],
    ['a*a', 'aa', true],
    ['*.csv', 'list.csv', true],
    ['a?c', 'ac', false],
    ['a?c', 'a\nc', true],
    ['', '', true],
    ['**', 'x', true],
  ])('%j on %j', (pattern, value, expected) => {
    expect(matches(pattern, value)).toBe(expected);
  });

  it('takes literal pieces literally', () => {
    const glob = compileGlob([{ pattern: 'a*' }, { literal: '*?' }], 'text');
    expect(matchGlob(glob, 'axx*?')).toBe(true);
    expect(matchGlob(glob, 'axxyz')).toBe(false);
  });

  it('needs no more than a moment for a hostile pattern', () => {
    const started = process.cpuUsage();
    expect(matches(`${'a*'.repeat(200)}b`, 'a'.repeat(20_000))).toBe(false);
    expect(matches(`${':*a'.repeat(100)}b`, ':a'.repeat(2_000), 'arn')).toBe(false);
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(1000);
  });
});
