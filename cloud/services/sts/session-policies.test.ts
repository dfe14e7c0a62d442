import { beforeEach, describe, expect, test } from 'vitest';
import type { AnyCaller } from '../../../iam/model.ts';
import { accountId, document, Sandbox, trust } from '../iam/testing/sandbox.ts';

let sandbox: Sandbox;
let bea: AnyCaller;
const RoleArn = `arn:aws:iam::${accountId}:role/Admin`;

beforeEach(() => {
  sandbox = new Sandbox();
  bea = sandbox.user('Bea', document('sts:*'));
  sandbox.call('CreateRole', { RoleName: 'Admin', AssumeRolePolicyDocument: trust({ AWS: accountId }) });
  sandbox.call('PutRolePolicy', { RoleName: 'Admin', PolicyName: 'p', PolicyDocument: document('iam:*') });
});

const request = (more: object) => ({ RoleArn, RoleSessionName: 'night', ...more });
const assume = (more: object) => sandbox.call('AssumeRole', request(more), bea);
const refused = (more: object) => sandbox.refused('AssumeRole', request(more), bea);

describe('session policies', () => {
  test('limit a session to what they allow', () => {
    const answer = assume({ Policy: document('iam:GetRole') });
    expect(answer.PackedPolicySize).toBeGreaterThan(0);
    const session = sandbox.signedBy(answer.Credentials);
    sandbox.call('GetRole', { RoleName: 'Admin' }, session);
    expect(sandbox.refused('ListRoles', {}, session)).toContain('because no session policy allows');
  });

  test('may be managed policies, which unite with the document', () => {
    sandbox.call('CreatePolicy', { PolicyName: 'Lister', PolicyDocument: document('iam:ListRoles') });
    const PolicyArns = [{ arn: `arn:aws:iam::${accountId}:policy/Lister` }];
    const session = sandbox.signedBy(assume({ PolicyArns, Policy: document('iam:GetRole') }).Credentials);
    sandbox.call('GetRole', { RoleName: 'Admin' }, session);
    sandbox.call('ListRoles', {}, session);
    expect(sandbox.refused('ListUsers', {}, session)).toContain('because no session policy allows');
  });

  test('are checked', () => {
    expect(refused({ Policy: '{' })).toContain('MalformedPolicyDocument');
    expect(refused({ PolicyArns: [{ arn: `arn:aws:iam::${accountId}:policy/none` }] })).toContain('ValidationError');
    const PolicyArns = Array.from({ length: 11 }, () => ({ arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }));
    expect(refused({ PolicyArns })).toContain('Member must have length less than or equal to 10');
    const Policy = document(Array.from({ length: 300 }, (_, i) => `iam:Action${i}`));
    expect(refused({ Policy })).toMatch(
      /^PackedPolicyTooLarge: Packed policy consumes \d{3}% of allotted space, please use smaller policy\.$/,
    );
  });

  test('row 97: with an ARN that is not whole are refused', () => {
    expect(refused({ Policy: document('sqs:*', 'arn:aws:sqs') })).toContain('MalformedPolicyDocument');
  });

  test('of no use take no space', () => {
    expect(assume({})).not.toHaveProperty('PackedPolicySize');
  });
});
