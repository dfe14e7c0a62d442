import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { requestContext } from '../request-context.ts';
import { askOnAction } from '../statement.ts';
import { compare } from './compare.ts';
import { coveringOf } from './covering.ts';
import { type Reading, readStatements } from './readings.ts';
import { someActions } from './testing/actions.ts';
import { identityPolicy, request, statement } from './testing/policies.ts';

const requests = fc.sample(request, { numRuns: 300, seed: 20_261_124 });

function counts({ compiled, addressing }: Reading): readonly boolean[] {
  return requests.map((asked) => {
    // Of the same action for both: that is what covering is about.
    const subject = { request: asked, action: '', context: requestContext(asked), hasBoundary: false };
    const outcome = askOnAction(compiled, subject, addressing);
    return outcome === 'applies' || (compiled.isDeny && outcome === 'doubtful');
  });
}

describe('coveringOf', () => {
  it('names only statements that count wherever the covered one does', () => {
    let covered = 0;
    const several = fc.array(statement, { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(several, (drawn) => {
        const readings = readStatements([identityPolicy(drawn)]);
        const outcomes = readings.map(counts);
        for (const [i, covering] of coveringOf(readings).entries()) {
          for (const [k, outer] of outcomes.entries()) {
            if (((covering >> BigInt(k)) & 1n) === 0n) continue;
            covered++;
            const failing = requests.filter((_, r) => outcomes[i]?.[r] === true && outer[r] !== true);
            expect(failing, JSON.stringify([drawn[i], drawn[k]])).toEqual([]);
          }
        }
      }),
      { numRuns: 120, seed: 20_261_124 },
    );
    expect(covered).toBeGreaterThan(500);
  });
});

describe('compare', () => {
  const reads = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::archive/*' };
  const ownReads = { ...reads, Resource: 'arn:aws:s3:::archive/${aws:username}/*' };
  const queues = { Effect: 'Allow', Action: 'sqs:*', Resource: 'arn:aws:sqs:*:*:q' };
  const all = { Effect: 'Allow', Action: '*', Resource: '*' };
  const nothing = { Effect: 'Deny', Action: '*', Resource: '*' };
  const tagged = { StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } };
  const withMfa = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } };

  it.each([
    { name: 'an element-wise larger Allow', a: [ownReads], b: [reads] },
    {
      name: 'the same conditions and fewer of them',
      a: [{ ...reads, Condition: { ...tagged, ...withMfa } }],
      b: [{ ...reads, Condition: tagged }],
    },
    {
      name: 'a value spared less',
      a: [{ ...all, Resource: undefined, NotResource: ['arn:aws:s3:::a*', 'arn:aws:s3:::b'] }],
      b: [{ ...all, Resource: undefined, NotResource: 'arn:aws:s3:::archive' }],
    },
    { name: 'nothing left of an Allow', a: [ownReads, nothing], b: [queues] },
    {
      name: 'a Deny that the other side has too',
      a: [reads, { ...ownReads, Effect: 'Deny' }],
      b: [reads, { ...ownReads, Effect: 'Deny', Condition: tagged }],
    },
    { name: 'an Allow of nothing', a: [{ ...all, Resource: undefined, NotResource: '*' }], b: [queues] },
  ])('answers without a search: $name', ({ a, b }) => {
    const options = { actions: someActions, budget: 0 };
    expect(compare([identityPolicy(a)], [identityPolicy(b)], options).aInB).toBe('yes');
  });

  it.each([
    { name: 'a condition more', a: [reads], b: [{ ...reads, Condition: withMfa }] },
    { name: 'a Deny of the other side', a: [reads], b: [reads, { ...ownReads, Effect: 'Deny' }] },
    {
      name: 'a variable that may have another value',
      a: [{ ...reads, Resource: 'arn:aws:s3:::archive/max/*' }],
      b: [ownReads],
    },
    {
      name: 'a star that stays within its segment',
      a: [{ ...reads, Resource: 'arn:aws:s3:::archive/*' }],
      b: [{ ...reads, Resource: 'arn:aws:s3:::*e/x' }],
    },
    { name: 'a Deny that leaves something', a: [reads, { ...ownReads, Effect: 'Deny' }], b: [queues] },
  ])('looks further: $name', ({ a, b }) => {
    const { aInB } = compare([identityPolicy(a)], [identityPolicy(b)], { actions: someActions, budget: 0 });
    expect(aInB).toBe('unknown');
    expect(compare([identityPolicy(a)], [identityPolicy(b)], { actions: someActions }).aInB).toBe('no');
  });
});
