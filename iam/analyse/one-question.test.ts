import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compareAccess } from './access.ts';
import { actionsOn } from './actions-on.ts';
import { accessOf, caller } from './testing/accesses.ts';
import { someActions } from './testing/actions.ts';
import { identityPolicy } from './testing/policies.ts';

const actionPatterns = ['s3:Get*', 's3:*', 'sqs:*', '*', 's3:ListBucket'];
const resourcePatterns = ['arn:aws:s3:::archive/a*', 'arn:aws:s3:::archive', 'arn:aws:sqs:*:111122223333:q*', '*'];
const drawn = caller.chain((who) =>
  fc.tuple(accessOf(who), fc.constantFrom(...actionPatterns), fc.constantFrom(...resourcePatterns)),
);

/** Whether something that some actions and resources stand for is allowed, asked in full and asked as sparingly as can be. */
it('is answered alike alone, with the part of the catalogue that it needs, and with the others', () => {
  const decided = { yes: 0, no: 0 };
  fc.assert(
    fc.property(drawn, ([access, Action, Resource]) => {
      const rest = {
        bound: [
          identityPolicy([
            { Effect: 'Allow', Action: '*', Resource: '*' },
            { Effect: 'Deny', Action, Resource },
          ]),
        ],
      };
      const whole = compareAccess(access, rest, { actions: someActions }).aInB;
      const needed = actionsOn([Action], [Resource], someActions);
      const sparing = compareAccess(access, rest, { actions: needed, questions: ['aInB'] });
      if (whole === 'unknown' || sparing.aInB === 'unknown') return;
      expect(sparing.aInB).toBe(whole);
      expect(sparing.witnessA !== undefined).toBe(whole === 'no');
      decided[whole]++;
    }),
    { numRuns: 100 },
  );
  expect(decided.yes).toBeGreaterThan(50);
  expect(decided.no).toBeGreaterThan(3);
}, 60_000);
