import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileGlob, matchGlob } from '../glob.ts';
import { intersects, isWithin } from './overlap.ts';
import { resourcePattern } from './patterns.ts';

const chars = (...units: readonly string[]) => fc.string({ unit: fc.constantFrom(...units), maxLength: 5 });
const glob = chars('a', 'b', ':', '*', '?');
const texts = fc.sample(chars('a', 'b', ':'), { numRuns: 400, seed: 3 });

function of(pattern: string) {
  return resourcePattern([{ pattern }]);
}

describe('isWithin', () => {
  it('is true only of patterns whose texts the other accepts all, which then has one in common', () => {
    let within = 0;
    fc.assert(
      fc.property(glob, glob, (inner, outer) => {
        if (!isWithin(of(inner), of(outer))) return;
        within++;
        const [one, two] = [inner, outer].map((pattern) => compileGlob([{ pattern }], 'arn'));
        if (one === undefined || two === undefined) throw new Error('two patterns');
        expect(texts.filter((text) => matchGlob(one, text) && !matchGlob(two, text))).toEqual([]);
        expect(intersects(of(inner), of(outer))).toBe(true);
      }),
      { numRuns: 5000, seed: 3 },
    );
    expect(within).toBeGreaterThan(200);
  });

  it.each([
    ['arn:aws:s3:::archive/a*', 'arn:aws:s3:::archive*'],
    ['arn:aws:s3:::archive/a*', '*'],
    ['a?c', 'a*'],
    ['a*', 'a*'],
    ['', '*'],
  ])('knows that %s lies within %s', (inner, outer) => {
    expect(isWithin(of(inner), of(outer))).toBe(true);
    if (inner !== outer) expect(isWithin(of(outer), of(inner))).toBe(false);
  });
});
