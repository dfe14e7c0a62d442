import { describe, expect, it } from 'vitest';
import type { AnyRequest } from '../model.ts';
import { parsePolicy } from '../parse.ts';
import type { Policy } from '../policy.ts';
import { compare } from './compare.ts';
import { replayResource, replayResourceAlone } from './replays.ts';
import { someActions } from './testing/actions.ts';

const BUCKET = 'arn:aws:s3:::archive';
const BEA = 'arn:aws:iam::111122223333:user/Bea';
const USER_ID = 'AIDAQWERTYQWERTYQWERT';
const ROLE_ID = 'AROAQWERTYQWERTYQWERT';
const CANONICAL = {
  Principal: { CanonicalUser: '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be' },
};
const ROLE = 'arn:aws:iam::444455556666:role/audit/Reader';

function read(...statements: readonly object[]): Policy {
  const Statement = statements.map((statement) => ({
    Effect: 'Allow',
    Action: 's3:GetObject',
    Resource: `${BUCKET}/*`,
    ...statement,
  }));
  const parsed = parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement }), 'resource');
  if (parsed.kind === 'malformed') throw new Error(parsed.awsMessage);
  return parsed.policy;
}

/** Whether the engine allows a request by one policy and not by the other, the caller's own policies allowing nothing or everything. */
function isTold(request: AnyRequest, by: Policy, notBy: Policy): boolean {
  return [replayResourceAlone, replayResource].some((replay) => replay([by])(request) && !replay([notBy])(request));
}

function relation(a: Policy, b: Policy): string {
  const found = compare([a], [b], { kind: 'resource', actions: someActions });
  const { aInB, bInA, disjoint, witnessA, witnessB } = found;
  if (witnessA !== undefined) expect(isTold(witnessA, a, b)).toBe(true);
  if (witnessB !== undefined) expect(isTold(witnessB, b, a)).toBe(true);
  if ([aInB, bInA, disjoint].includes('unknown')) return JSON.stringify({ aInB, bInA, disjoint });
  const sign = aInB === 'yes' ? (bInA === 'yes' ? '=' : '<') : bInA === 'yes' ? '>' : '≠';
  return disjoint === 'yes' ? `${sign}|` : sign;
}

const aws = (...principals: readonly string[]) => ({ Principal: { AWS: principals } });
const everyone = { Principal: '*' };
const when = (operator: string, key: string, value: string) => ({ Condition: { [operator]: { [key]: value } } });

describe('compare, for resource policies', () => {
  it.each<[string, Policy, string, Policy]>([
    ['a user and everyone', read(aws(BEA)), '<', read(everyone)],
    [
      'an account by its id and by its root',
      read(aws('111122223333')),
      '=',
      read(aws('arn:aws:iam::111122223333:root')),
    ],
    ['a user and its account', read(aws(BEA)), '<', read(aws('111122223333'))],
    ['a role and another account', read(aws(ROLE)), '≠|', read(aws('111122223333'))],
    ['one session of a role', read(aws('arn:aws:sts::444455556666:assumed-role/Reader/ann')), '≠|', read(aws(BEA))],
    ['a service', read({ Principal: { Service: 'sns.amazonaws.com' } }), '<', read(everyone)],
    ['a service and those of IAM', read({ Principal: { Service: 'sns.amazonaws.com' } }), '≠|', read(aws(BEA))],
    [
      'everyone of an account by condition',
      read({ ...everyone, ...when('StringEquals', 'aws:PrincipalAccount', '111122223333') }),
      '=',
      read(aws('111122223333')),
    ],
    [
      'everyone of an organization',
      read({ ...everyone, ...when('StringEquals', 'aws:PrincipalOrgID', 'o-abcdefghij') }),
      '<',
      read(everyone),
    ],
    [
      'a role by condition',
      read({ ...everyone, ...when('ArnEquals', 'aws:PrincipalArn', ROLE) }),
      '=',
      read(aws(ROLE)),
    ],
    [
      'a user by condition, which leaves out the federated users that are from it',
      read({ ...everyone, ...when('ArnEquals', 'aws:PrincipalArn', BEA) }),
      '<',
      read(aws(BEA)),
    ],
    [
      'a Deny that spares a user and its account',
      read(everyone, { Effect: 'Deny', NotPrincipal: { AWS: [BEA, '111122223333'] } }),
      '<',
      read(everyone),
    ],
    [
      'a user and the federated users that are from it',
      read({ ...aws(BEA), ...when('StringEquals', 'aws:PrincipalType', 'User') }),
      '<',
      read(aws(BEA)),
    ],
    ['a unique id, and whom it names', read(aws(USER_ID)), '=', read(aws(USER_ID))],
    ['a unique id and everyone', read(aws(USER_ID)), '<', read(everyone)],
    ['a session of a role and the role, by unique ids', read(aws(`${ROLE_ID}:ann`)), '<', read(aws(ROLE_ID))],
    [
      'a unique id and its user by condition',
      read(aws(USER_ID)),
      '>',
      read({
        ...aws(USER_ID),
        ...when('StringEquals', 'aws:userid', USER_ID),
      }),
    ],
    ['a canonical user and itself', read(CANONICAL), '=', read(CANONICAL)],
    ['a canonical user and everyone', read(CANONICAL), '<', read(everyone)],
    [
      'a canonical user, whose account is not told, and an account',
      read(CANONICAL),
      JSON.stringify({ aInB: 'unknown', bInA: 'unknown', disjoint: 'unknown' }),
      read(aws('111122223333')),
    ],
    [
      'a canonical user that could be of an account that is denied',
      read(CANONICAL),
      JSON.stringify({ aInB: 'unknown', bInA: 'yes', disjoint: 'unknown' }),
      read(CANONICAL, { Effect: 'Deny', ...aws('111122223333') }),
    ],
    [
      'source accounts, which only services bring',
      read({ ...everyone, ...when('StringEquals', 'aws:SourceAccount', '111122223333') }),
      '≠|',
      read(aws('111122223333')),
    ],
  ])('knows %s', (_, a, expected, b) => {
    expect(relation(a, b)).toBe(expected);
  });

  it('shows who gets in', () => {
    const { witnessB } = compare([read(aws(BEA))], [read(everyone)], { kind: 'resource', actions: someActions });
    expect(witnessB).toMatchObject({ caller: { kind: 'anonymous' }, resource: `${BUCKET}/x`, context: {} });
  });
});
