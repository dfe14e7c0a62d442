import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wholeCatalogue } from '../check/testing/catalogue.ts';
import { expandActions } from './expand.ts';
import { shrinkActions } from './shrink.ts';
import { someActions } from './testing/actions.ts';

const catalogue = wholeCatalogue();
const some = new Map(['s3', 'iam', 'sqs'].map((name) => [name, catalogue.get(name) ?? { actions: new Map() }]));
const of = (...patterns: readonly string[]) => expandActions(patterns, catalogue);

describe('shrinkActions', () => {
  it.each<[readonly string[], readonly string[]]>([
    [of('s3:*'), ['s3:*']],
    [of('s3:Get*', 's3:List*'), ['s3:Get*', 's3:List*']],
    [of('iam:*AccessKey*'), ['iam:*AccessKey*']],
    [['sqs:SendMessage'], ['sqs:SendMessage']],
    [['S3:GETOBJECT', 's3:GetObject'], ['s3:GetObject']],
    [
      ['s3:NotYetKnown', 'nobody:Knows'],
      ['nobody:Knows', 's3:NotYetKnown'],
    ],
    [[], []],
    [of('*'), ['*']],
  ])('of %j is %j', (actions, patterns) => {
    expect(shrinkActions(actions, catalogue)).toEqual(patterns);
  });

  it('names an action where a pattern would stand for it alone', () => {
    expect(shrinkActions(['s3:GetObject', 's3:ListBucket'], someActions)).toEqual(['s3:GetObject', 's3:ListBucket']);
  });

  it('takes few patterns where a choice has to be made', () => {
    const patterns = shrinkActions(of('iam:List*', 'iam:Get*', 'iam:*Tags', 'iam:*Policy'), catalogue);
    expect(expandActions(patterns, catalogue)).toEqual(of('iam:List*', 'iam:Get*', 'iam:*Tags', 'iam:*Policy'));
    expect(patterns).toHaveLength(3);
  });

  it('leaves actions to come out as far as it is told to', () => {
    const all = of('sqs:*');
    expect(shrinkActions(all, catalogue, { actionsToCome: 'none' })).toEqual(all);
    const sameVerb = shrinkActions(all, catalogue, { actionsToCome: 'same-verb' });
    expect(sameVerb).toContain('sqs:List*');
    for (const pattern of sameVerb) expect(pattern).toMatch(/^sqs:[A-Z][A-Za-z]*\*?$/);
  });

  it('is read back as the same actions', () => {
    const actions = fc.subarray([...expandActions(['*'], some)]);
    const options = fc.constantFrom('any', 'same-verb', 'none');
    fc.assert(
      fc.property(actions, options, (drawn, actionsToCome) => {
        const patterns = shrinkActions(drawn, some, { actionsToCome });
        expect(expandActions(patterns, some)).toEqual([...drawn].sort());
        expect(patterns.length).toBeLessThanOrEqual(drawn.length);
        expect(shrinkActions([...drawn].reverse(), some, { actionsToCome })).toEqual(patterns);
      }),
      { numRuns: 30 },
    );
  });

  it('is read back for whole services and their verbs', () => {
    for (const [service, known] of catalogue) {
      const own = new Map([[service, known]]);
      const actions = expandActions([`${service}:Get*`, `${service}:*Policy`, `${service}:Update*`], own);
      expect(expandActions(shrinkActions(actions, own), own)).toEqual(actions);
    }
  });
});
