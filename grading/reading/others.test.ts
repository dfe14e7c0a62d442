import { describe, expect, it } from 'vitest';
import type { ChallengeFile } from '../challenge.ts';
import { checkFrom } from '../checks.ts';
import type { Others } from '../decided-checks.ts';
import { othersCheck } from './others.ts';

const lists = checkFrom({ id: 'lists', title: 'She lists', access: { who: 'user/Bea', can: 's3:ListBucket' } });
const closed = checkFrom({ id: 'closed', title: 'Closed', access: { who: 'user/Tom', cannot: 's3:GetObject' } });
const least = checkFrom({
  id: 'least',
  title: 'Least',
  bounds: { who: { assume: 'role/Clerk', by: 'user/Bea' }, atMost: [] },
});
const opens = checkFrom({ id: 'opens', title: 'Opens', call: { who: 'role/Ship', call: 's3:GetObject' } });
const refused = checkFrom({
  id: 'refused',
  title: 'Refused',
  call: { who: 'role/Out', call: 's3:GetObject', ends: 'AccessDenied' },
});
const checks = [lists, closed, least, opens, refused];

describe('the check of others', () => {
  it.each<[ChallengeFile['type'], number, Others | undefined, boolean]>([
    ['fix', 0, undefined, true],
    ['write', 0, undefined, false],
    ['attack-then-fix', 0, undefined, false],
    ['attack-then-fix', 1, undefined, true],
    ['write', 0, {}, true],
    ['attack-then-fix', 0, { except: ['user/Milo'] }, true],
    ['fix', 0, { off: 'Everybody is to get in here.' }, false],
  ])('of a challenge of type %s in stage %i with others %j', (type, stage, others, isThere) => {
    expect(othersCheck(checks, { type, stage, others }) !== undefined).toBe(isThere);
  });

  it('spares whom the other checks say what they can, and whom the author names', () => {
    const within = [{ Effect: 'Allow', Action: 's3:ListBucket', Resource: '*' }];
    const made = othersCheck(checks, { type: 'fix', stage: 0, others: { except: ['anonymous'], within } });
    expect(made).toEqual({
      kind: 'others',
      id: 'others',
      title: 'Nobody else has gained anything',
      private: false,
      others: { except: ['anonymous', 'user/Bea', 'role/Clerk', 'role/Ship'], within },
    });
  });

  it('leaves its name to a check of the author’s', () => {
    const own = { ...closed, id: 'others' };
    expect(othersCheck([own], { type: 'fix', stage: 0, others: undefined })?.id).toBe('nobody-else');
  });
});
