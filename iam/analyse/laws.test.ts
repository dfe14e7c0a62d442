/** What must hold of every comparison, tried on policies and requests drawn at random. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AnyRequest } from '../model.ts';
import type { Policy } from '../policy.ts';
import { compare } from './compare.ts';
import { replayIdentity, replayResource } from './replays.ts';
import { holdAgainstRequests } from './testing/hold.ts';
import {
  identityPolicy,
  request,
  resourcePolicy,
  resourceStatements,
  statement,
  statements,
} from './testing/policies.ts';

const RUNS = { numRuns: 150 };

function allows(policy: Policy, asked: AnyRequest): boolean {
  return replayIdentity([policy])(asked);
}

/** The part of a statement that speaks of requests with TLS, or of those without. */
function whenSecure(whole: object, secure: string): object {
  const conditions = 'Condition' in whole ? whole.Condition : {};
  const more = { 'ForAnyValue:StringEqualsIgnoreCase': { 'aws:SecureTransport': secure } };
  return { ...whole, Condition: Object.assign({}, conditions, more) };
}

describe('compare', () => {
  it('finds every policy contained in itself', () => {
    fc.assert(
      fc.property(statements, (all) => {
        const { aInB, bInA } = compare([identityPolicy(all)], [identityPolicy(all)]);
        expect([aInB, bInA]).toEqual(['yes', 'yes']);
      }),
      RUNS,
    );
  });

  it('finds a policy contained in the same one said in parts', () => {
    fc.assert(
      fc.property(statements, (all) => {
        const parts = all.flatMap((whole) => ['true', 'false'].map((secure) => whenSecure(whole, secure)));
        const { aInB, bInA } = compare([identityPolicy(all)], [identityPolicy(parts)]);
        expect([aInB, bInA]).toEqual(['yes', 'yes']);
      }),
      { ...RUNS, seed: 20_261_124 },
    );
  });

  it('never finds access that a Deny added', () => {
    fc.assert(
      fc.property(statements, statement, (all, more) => {
        const narrowed = identityPolicy([...all, { ...more, Effect: 'Deny' }]);
        expect(compare([narrowed], [identityPolicy(all)]).aInB).toBe('yes');
      }),
      RUNS,
    );
  });

  it('never finds access that an Allow took away', () => {
    fc.assert(
      fc.property(statements, statement, (all, more) => {
        const widened = identityPolicy([...all, { ...more, Effect: 'Allow' }]);
        expect(compare([identityPolicy(all)], [widened]).aInB).toBe('yes');
      }),
      RUNS,
    );
  });

  it('is answered by requests as by classes, and shows requests that decide otherwise', () => {
    let unknown = 0;
    let yes = 0;
    fc.assert(
      fc.property(statements, statements, fc.integer(), (one, two, seed) => {
        const [a, b] = [identityPolicy(one), identityPolicy(two)];
        const { aInB, bInA, disjoint, witnessA, witnessB } = compare([a], [b]);
        for (const asked of fc.sample(request, { numRuns: 60, seed })) {
          const [inA, inB] = [allows(a, asked), allows(b, asked)];
          if (inA && !inB) expect(aInB).not.toBe('yes');
          if (inB && !inA) expect(bInA).not.toBe('yes');
          if (inA && inB) expect(disjoint).not.toBe('yes');
        }
        if (aInB === 'no') expect(witnessA !== undefined && allows(a, witnessA) && !allows(b, witnessA)).toBe(true);
        if (bInA === 'no') expect(witnessB !== undefined && allows(b, witnessB) && !allows(a, witnessB)).toBe(true);
        for (const answer of [aInB, bInA, disjoint]) {
          if (answer === 'unknown') unknown++;
          if (answer === 'yes') yes++;
        }
      }),
      { numRuns: 400 },
    );
    expect(unknown).toBeLessThan(90);
    expect(yes).toBeGreaterThan(200);
  }, 120_000);

  it('holds for resource policies too', () => {
    fc.assert(
      fc.property(resourceStatements, resourceStatements, fc.integer(), (one, two, seed) => {
        const [a, b] = [resourcePolicy(one), resourcePolicy(two)];
        const options = { kind: 'resource' } as const;
        const narrowed = resourcePolicy([...one, ...two.map((more) => ({ ...more, Effect: 'Deny' }))]);
        expect(compare([a], [a], options).aInB).toBe('yes');
        expect(compare([narrowed], [a], options).aInB).toBe('yes');
        const { aInB, bInA, disjoint } = compare([a], [b], options);
        const [byA, byB] = [replayResource([a]), replayResource([b])];
        for (const drawn of fc.sample(request, { numRuns: 40, seed })) {
          // In one account the caller's own policies would suffice.
          if (!drawn.resource.startsWith('arn:aws:s3:::')) continue;
          const asked = { ...drawn, resourceAccountId: '999999999999' };
          if (byA(asked) && !byB(asked)) expect(aInB).not.toBe('yes');
          if (byB(asked) && !byA(asked)) expect(bInA).not.toBe('yes');
          if (byA(asked) && byB(asked)) expect(disjoint).not.toBe('yes');
        }
      }),
      { numRuns: 100 },
    );
  }, 60_000);

  it('never says yes where a drawn request says no', () => {
    const { requests, contradictions } = holdAgainstRequests(20_261_124, 30, 300);
    expect(contradictions).toEqual([]);
    expect(requests).toBeGreaterThan(1000);
  }, 60_000);

  it('means equal decisions where both sides contain each other', () => {
    fc.assert(
      fc.property(statements, fc.integer(), (all, seed) => {
        // The same twice over, in another order and with a statement that another one covers.
        const [a, b] = [identityPolicy(all), identityPolicy([...all, ...all.slice(0, 1)].reverse())];
        const { aInB, bInA } = compare([a], [b]);
        expect([aInB, bInA]).toEqual(['yes', 'yes']);
        for (const asked of fc.sample(request, { numRuns: 40, seed })) expect(allows(a, asked)).toBe(allows(b, asked));
      }),
      { numRuns: 60 },
    );
  });

  it('is the same seen from the other side', () => {
    fc.assert(
      fc.property(statements, statements, (one, two) => {
        const [a, b] = [identityPolicy(one), identityPolicy(two)];
        const there = compare([a], [b]);
        const back = compare([b], [a]);
        expect([back.aInB, back.bInA, back.disjoint]).toEqual([there.bInA, there.aInB, there.disjoint]);
      }),
      RUNS,
    );
  });
});
