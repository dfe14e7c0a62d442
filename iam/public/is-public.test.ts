import { describe, expect, it } from 'vitest';
import { someActions } from '../analyse/testing/actions.ts';
import { resourcePolicy } from '../analyse/testing/policies.ts';
import { isPublic } from './is-public.ts';

const OWNER = '111122223333';

function judge(...statements: readonly object[]) {
  const all = statements.map((more) => ({
    Effect: 'Allow',
    Principal: '*',
    Action: 's3:GetObject',
    Resource: 'arn:aws:s3:::b/*',
    ...more,
  }));
  return isPublic(resourcePolicy(all), { accounts: [OWNER], actions: someActions });
}

const when = (operator: string, key: string, value: string | readonly string[]) => ({
  Condition: { [operator]: { [key]: value } },
});

describe('isPublic', () => {
  it.each<[string, readonly object[]]>([
    ['everybody', [{}]],
    ['everybody with an account', [{ Principal: { AWS: '*' } }]],
    ['a wildcard for the account', [when('ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/Admin')]],
    ['every organization', [when('StringLike', 'aws:PrincipalOrgID', 'o-*')]],
    ['half the internet', [when('IpAddress', 'aws:SourceIp', '0.0.0.0/1')]],
    ['everybody but one account', [when('StringNotEquals', 'aws:PrincipalAccount', '444455556666')]],
    ['one statement of two', [{ Principal: { AWS: OWNER } }, {}]],
  ])('is public by both definitions: %s', (_what, statements) => {
    const { byText, byAccess, witness, difference } = judge(...statements);
    expect({ byText, byAccess, difference }).toEqual({ byText: true, byAccess: 'yes', difference: undefined });
    expect(witness).toBeDefined();
  });

  it.each<[string, readonly object[]]>([
    ['an account', [{ Principal: { AWS: '444455556666' } }]],
    ['a user', [{ Principal: { AWS: 'arn:aws:iam::444455556666:user/Bea' } }]],
    ['a unique id', [{ Principal: { AWS: 'AIDACKCEVSQ6C2EXAMPLE' } }]],
    ['a service', [{ Principal: { Service: 'cloudfront.amazonaws.com' } }]],
    ['an organization', [when('StringEquals', 'aws:PrincipalOrgID', 'o-abcdefghij')]],
    ['an account by condition', [when('StringEquals', 'aws:PrincipalAccount', '444455556666')]],
  ])('is public by neither: %s', (_what, statements) => {
    expect(judge(...statements)).toEqual({ byText: false, textStatements: [], byAccess: 'no' });
  });

  it('is public by text alone where a Deny keeps outsiders out', () => {
    const keepOut = { Effect: 'Deny', ...when('StringNotEquals', 'aws:PrincipalOrgID', 'o-abcdefghij') };
    expect(judge({}, keepOut)).toMatchObject({ textStatements: [0], byAccess: 'no', difference: 'only-by-text' });
    const variable = when('StringEquals', 'aws:PrincipalAccount', '${aws:ResourceAccount}');
    expect(judge(variable)).toMatchObject({ byText: true });
  });

  it('is public by access alone where only the network is fixed', () => {
    const found = judge({ Principal: { AWS: OWNER } }, when('IpAddress', 'aws:SourceIp', '203.0.113.0/24'));
    expect(found).toMatchObject({ byText: false, byAccess: 'yes', difference: 'only-by-access' });
    expect(found.witnessStatements).toEqual([1]);
    expect(found.witness).toMatchObject({ caller: { kind: 'anonymous' }, action: 's3:GetObject' });
    expect(found.witness?.context).toMatchObject({ 'aws:SourceIp': expect.stringMatching(/^203\.0\.113\./) });
  });

  it('finds an outsider where every account that examples use is named', () => {
    const found = judge(
      { ...when('StringNotEquals', 'aws:PrincipalAccount', [OWNER, '444455556666']) },
      { Effect: 'Deny', ...when('Null', 'aws:PrincipalAccount', 'true') },
    );
    expect(found.byAccess).toBe('yes');
    expect(found.witness?.caller).toMatchObject({ accountId: '444455556667' });
  });

  it('shows a caller of an account that nobody named', () => {
    const { witness } = judge({}, { Effect: 'Deny', ...when('Null', 'aws:PrincipalAccount', 'true') });
    expect(witness?.caller).toMatchObject({ kind: 'user', accountId: '444455556666' });
    expect(witness?.resourceAccountId).not.toBe('444455556666');
  });
});
