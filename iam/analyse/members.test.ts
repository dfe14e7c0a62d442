import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileGlob, matchGlob } from '../glob.ts';
import { oneOrMore, type Pattern } from './language.ts';
import { classMembers } from './members.ts';
import { intersects } from './overlap.ts';
import { resourcePattern, textPattern } from './patterns.ts';

/** In the order in which texts of one length are tried. */
const ALPHABET = ['x', 'a', 'b', ':'];
const LONGEST = 6;
const UNIVERSE: Pattern = oneOrMore({ not: false, chars: 'xyzab:' });

/** Every text over the alphabet up to a length, a shorter before a longer. */
function textsUpTo(length: number): readonly string[] {
  const all = [''];
  let level = [''];
  for (let i = 0; i < length; i++) {
    level = level.flatMap((text) => ALPHABET.map((char) => text + char));
    all.push(...level);
  }
  return all;
}

const TEXTS = textsUpTo(LONGEST).slice(1);
const glob = fc.string({ unit: fc.constantFrom('a', 'b', ':', '*', '?'), minLength: 1, maxLength: 5 });
const patterns = fc.uniqueArray(glob, { minLength: 1, maxLength: 4 });

describe('classMembers', () => {
  it.each([
    ['text', textPattern],
    ['arn', resourcePattern],
  ] as const)('finds the first text of every class that trying all texts finds: %s', (mode, toPattern) => {
    fc.assert(
      fc.property(patterns, (drawn) => {
        const compiled = drawn.map((pattern) => compileGlob([{ pattern }], mode));
        const first = new Map<string, string>();
        for (const text of TEXTS) {
          const accepted = compiled.map((one) => (matchGlob(one, text) ? '1' : '0')).join('');
          if (!first.has(accepted)) first.set(accepted, text);
        }
        const all = drawn.map((pattern) => toPattern([{ pattern }]));
        const found = classMembers(all, [UNIVERSE], 100_000) ?? [];
        // The last place says that the universe accepts the text.
        const members = new Map(found.map(({ accepted, text }) => [accepted.slice(0, -1), text]));
        for (const [accepted, text] of first) expect(members.get(accepted)).toBe(text);
        for (const [accepted, text] of members) {
          expect(compiled.map((one) => (matchGlob(one, text) ? '1' : '0')).join('')).toBe(accepted);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('gives up past its budget', () => {
    expect(classMembers([textPattern([{ pattern: '*a*b*a*' }])], [UNIVERSE], 3)).toBeUndefined();
  });
});

describe('intersects', () => {
  it('agrees with trying all texts', () => {
    fc.assert(
      fc.property(glob, glob, (one, two) => {
        const [a, b] = [one, two].map((pattern) => compileGlob([{ pattern }], 'text'));
        const isFound =
          a !== undefined && b !== undefined && TEXTS.some((text) => matchGlob(a, text) && matchGlob(b, text));
        const found = intersects(textPattern([{ pattern: one }]), textPattern([{ pattern: two }]));
        // What both match may be longer than the texts that are tried.
        if (isFound) expect(found).toBe(true);
        if (!found) expect(isFound).toBe(false);
      }),
      { numRuns: 200 },
    );
  });
});
