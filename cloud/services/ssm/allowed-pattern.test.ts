import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileAllowedPattern } from './allowed-pattern.ts';

function matches(pattern: string, value: string): boolean | undefined {
  const compiled = compileAllowedPattern(pattern);
  return compiled.kind === 'ok' ? compiled.matches(value) : undefined;
}

describe('allowed patterns', () => {
  it.each([
    ['\\d{1,4}', '123', '12345'],
    ['^[a-zA-Z]{1,10}$', 'abc', 'abc1'],
    ['a|bc|', 'bc', 'abc'],
    ['(?:ab)+', 'abab', 'aba'],
    ['(?<year>\\d{4})-\\d\\d', '2026-11', '2026-1'],
    ['[^,]*', 'a b', 'a,b'],
    ['[\\w.+-]+@[\\w-]+\\.[a-z]{2,}', 'bea@example.com', 'bea@example'],
    ['a.c', 'abc', 'a\nc'],
    ['[]a]+', ']a', 'b'],
    ['x{3}', 'xxx', 'xx'],
    ['x{2,}?', 'xxx', 'x'],
    ['🌱?', '🌱', '🌱🌱'],
    ['[à-ü]', 'é', 'e'],
  ])('%s', (pattern, right, wrong) => {
    expect([matches(pattern, right), matches(pattern, wrong)]).toEqual([true, false]);
  });

  it.each([
    '(',
    ')',
    '[',
    '*a',
    'a{2',
    'a{3,2}',
    '(?=a)b',
    '(a)\\1',
    '\\p{L}',
    '\\b',
    '[b-a]',
    '[[:alpha:]]',
    '(a{999}){999}',
    'a'.repeat(2000),
  ])('refuses %s', (pattern) => {
    expect(compileAllowedPattern(pattern).kind).toBe('unreadable');
  });

  it('takes no longer for a pattern made to take long', () => {
    const value = `${'a'.repeat(8000)}!`;
    const started = process.cpuUsage();
    for (const pattern of ['(a+)+', '(a|aa)+', '(.*a){20}', 'a*a*a*a*a*b']) expect(matches(pattern, value)).toBe(false);
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(5000);
  });

  it('agrees with JavaScript’s own on patterns of both', () => {
    const atom = fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '\\d', '\\w', '(a|b)', '(ab)', '^', '$', '(?:b|)');
    const quantifier = fc.constantFrom('', '', '*', '+', '?', '{2}', '{1,2}', '{0,}');
    const piece = fc.tuple(atom, quantifier).map(([what, times]) => (/^[$^]/.test(what) ? what : what + times));
    const pattern = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''));
    const value = fc.string({ unit: fc.constantFrom('a', 'b', '1', '-'), maxLength: 6 });
    fc.assert(
      fc.property(pattern, value, (source, text) => {
        expect(matches(source, text)).toBe(new RegExp(`^(?:${source})$`, 'u').test(text));
      }),
      { numRuns: 3000 },
    );
  });
});
