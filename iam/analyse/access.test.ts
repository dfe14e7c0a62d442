import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from '../decide.ts';
import type { AnyRequest } from '../model.ts';
import { type Access, compareAccess } from './access.ts';
import { applicableTo, askedBy } from './access-frame.ts';
import { accessOf, caller, requestOfAnyone } from './testing/accesses.ts';

function allows(access: Access, request: AnyRequest): boolean {
  const asked = askedBy(access, request, true);
  return decide(asked, applicableTo(access, asked)).verdict === 'allowed';
}

const pair = caller.chain((who) => fc.tuple(accessOf(who), accessOf(who)));

function neverUnreplayed(request: AnyRequest): never {
  throw new Error(`not replayed: ${JSON.stringify(request)}`);
}

describe('compareAccess', () => {
  it('finds everything contained in itself', () => {
    fc.assert(
      fc.property(pair, ([access]) => {
        expect(compareAccess(access, access)).toMatchObject({ aInB: 'yes', bInA: 'yes' });
      }),
      { numRuns: 60 },
    );
  }, 120_000);

  it('is answered by requests as by classes, and shows requests that decide otherwise', () => {
    const counts: Record<string, number> = { yes: 0, no: 0, unknown: 0 };
    fc.assert(
      fc.property(pair, fc.integer(), ([a, b], seed) => {
        const found = compareAccess(a, b, { onUnreplayed: neverUnreplayed });
        const { aInB, bInA, disjoint, witnessA, witnessB } = found;
        for (const asked of fc.sample(requestOfAnyone, { numRuns: 60, seed })) {
          const [inA, inB] = [allows(a, asked), allows(b, asked)];
          if (inA && !inB) expect(aInB).not.toBe('yes');
          if (inB && !inA) expect(bInA).not.toBe('yes');
          if (inA && inB) expect(disjoint).not.toBe('yes');
        }
        expect(aInB === 'no').toBe(witnessA !== undefined);
        if (witnessA !== undefined) expect([allows(a, witnessA), allows(b, witnessA)]).toEqual([true, false]);
        if (witnessB !== undefined) expect([allows(a, witnessB), allows(b, witnessB)]).toEqual([false, true]);
        for (const answer of [aInB, bInA, disjoint]) counts[answer] = (counts[answer] ?? 0) + 1;
      }),
      { numRuns: 100 },
    );
    expect(counts['unknown']).toBeLessThan(10);
    expect(counts['yes']).toBeGreaterThan(50);
  }, 120_000);
});
