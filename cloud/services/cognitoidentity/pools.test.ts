import { beforeEach, describe, expect, test } from 'vitest';
import { accountId, allow, type Output, partnerId, partnerRoot, Sandbox } from '../../testing/sandbox.ts';

const settings = { IdentityPoolName: 'shop', AllowUnauthenticatedIdentities: false };
const roleArn = (name: string) => `arn:aws:iam::${accountId}:role/${name}`;

let sandbox: Sandbox;
let pool: Output;
beforeEach(() => {
  sandbox = new Sandbox();
  pool = sandbox.call('cognito-identity:CreateIdentityPool', { ...settings, IdentityPoolTags: { team: 'web' } });
});

const onPool = (operation: string, input: object = {}) =>
  sandbox.call(`cognito-identity:${operation}`, { IdentityPoolId: pool.IdentityPoolId, ...input });
const arnOf = ({ IdentityPoolId }: Output) =>
  `arn:aws:cognito-identity:us-east-1:${accountId}:identitypool/${IdentityPoolId}`;

test('a pool is made, described, said anew and deleted', () => {
  expect(pool).toEqual({
    ...settings,
    IdentityPoolId: expect.stringMatching(new RegExp(`^us-east-1:[0-9a-f-]{23}-${accountId}$`)),
    IdentityPoolTags: { team: 'web' },
  });
  expect(onPool('DescribeIdentityPool')).toEqual(pool);
  const changed = onPool('UpdateIdentityPool', {
    IdentityPoolName: 'store',
    AllowUnauthenticatedIdentities: true,
    SupportedLoginProviders: { 'accounts.google.com': 'app' },
  });
  expect(onPool('DescribeIdentityPool')).toEqual(changed);
  expect(changed).toMatchObject({
    IdentityPoolName: 'store',
    SupportedLoginProviders: { 'accounts.google.com': 'app' },
  });
  onPool('DeleteIdentityPool');
  expect(sandbox.fail('cognito-identity:DescribeIdentityPool', { IdentityPoolId: pool.IdentityPoolId }).code).toBe(
    'ResourceNotFoundException',
  );
});

test('pools are listed by their region, on pages', () => {
  for (let i = 0; i < 2; i++) sandbox.call('cognito-identity:CreateIdentityPool', settings);
  const first = sandbox.call('cognito-identity:ListIdentityPools', { MaxResults: 2 });
  const rest = sandbox.call('cognito-identity:ListIdentityPools', { MaxResults: 2, NextToken: first.NextToken });
  expect([...first.IdentityPools, ...rest.IdentityPools]).toHaveLength(3);
  expect(rest.NextToken).toBeUndefined();
  sandbox.region = 'eu-west-1';
  expect(sandbox.call('cognito-identity:ListIdentityPools', { MaxResults: 2 }).IdentityPools).toEqual([]);
  expect(sandbox.fail('cognito-identity:DescribeIdentityPool', { IdentityPoolId: pool.IdentityPoolId }).code).toBe(
    'ResourceNotFoundException',
  );
});

test('tags are set and taken away, and are keys of the decision', () => {
  const ResourceArn = arnOf(pool);
  sandbox.call('cognito-identity:TagResource', { ResourceArn, Tags: { stage: 'dev' } });
  sandbox.call('cognito-identity:UntagResource', { ResourceArn, TagKeys: ['team'] });
  expect(sandbox.call('cognito-identity:ListTagsForResource', { ResourceArn }).Tags).toEqual({ stage: 'dev' });
  const when = { Condition: { StringEquals: { 'aws:ResourceTag/stage': 'dev' } } };
  const ada = sandbox.user('ada', allow('cognito-identity:DescribeIdentityPool', '*', when));
  sandbox.call('cognito-identity:DescribeIdentityPool', { IdentityPoolId: pool.IdentityPoolId }, ada);
  sandbox.call('cognito-identity:UntagResource', { ResourceArn, TagKeys: ['stage'] });
  expect(sandbox.fail('cognito-identity:DescribeIdentityPool', { IdentityPoolId: pool.IdentityPoolId }, ada).code).toBe(
    'AccessDeniedException',
  );
  expect(sandbox.context('cognito-identity:CreateIdentityPool', { ...settings, IdentityPoolTags: { a: 'b' } })).toEqual(
    {
      'aws:RequestTag/a': 'b',
      'aws:TagKeys': ['a'],
    },
  );
});

describe('SetIdentityPoolRoles', () => {
  const input = () => ({
    IdentityPoolId: pool.IdentityPoolId,
    Roles: { authenticated: roleArn('a') },
    RoleMappings: {
      'graph.facebook.com': {
        Type: 'Rules',
        AmbiguousRoleResolution: 'Deny',
        RulesConfiguration: { Rules: [{ Claim: 'c', MatchType: 'Equals', Value: 'v', RoleARN: roleArn('b') }] },
      },
    },
  });

  test('is kept as it was said', () => {
    sandbox.call('cognito-identity:SetIdentityPoolRoles', input());
    expect(onPool('GetIdentityPoolRoles')).toEqual(input());
    onPool('SetIdentityPoolRoles', { Roles: {} });
    expect(onPool('GetIdentityPoolRoles')).toEqual({ IdentityPoolId: pool.IdentityPoolId, Roles: {} });
  });

  test('passes every role that it names to Cognito', () => {
    expect(sandbox.asked('cognito-identity:SetIdentityPoolRoles', input())).toEqual([
      'cognito-identity:SetIdentityPoolRoles *',
      `iam:PassRole ${roleArn('a')}`,
      `iam:PassRole ${roleArn('b')}`,
    ]);
    const passed = (service: string) =>
      allow('iam:PassRole', roleArn('*'), { Condition: { StringEquals: { 'iam:PassedToService': service } } });
    const set = allow('cognito-identity:SetIdentityPoolRoles');
    const ada = sandbox.user('ada', set, passed('cognito-identity.amazonaws.com'));
    sandbox.call('cognito-identity:SetIdentityPoolRoles', input(), ada);
    const bob = sandbox.user('bob', set, passed('lambda.amazonaws.com'));
    expect(sandbox.fail('cognito-identity:SetIdentityPoolRoles', input(), bob).message).toContain('iam:PassRole');
  });

  test('knows two kinds of roles, and mappings that are whole', () => {
    const fail = (more: object) =>
      sandbox.fail('cognito-identity:SetIdentityPoolRoles', { IdentityPoolId: pool.IdentityPoolId, Roles: {}, ...more })
        .code;
    expect(fail({ Roles: { guest: roleArn('a') } })).toBe('ValidationException');
    const mapping = { Type: 'Rules', AmbiguousRoleResolution: 'Deny' };
    expect(fail({ RoleMappings: { 'graph.facebook.com': mapping } })).toBe('InvalidParameterException');
  });
});

test('the pools of another account are not there', () => {
  const { code } = sandbox.fail(
    'cognito-identity:DescribeIdentityPool',
    { IdentityPoolId: pool.IdentityPoolId },
    partnerRoot,
  );
  expect(code).toBe('ResourceNotFoundException');
  const theirs = sandbox.call('cognito-identity:CreateIdentityPool', settings, partnerRoot);
  expect(theirs.IdentityPoolId).toContain(partnerId);
});
