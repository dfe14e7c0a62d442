import { describe, expect, it } from 'vitest';
import { accountId, allow, deny, partnerId, policy, Sandbox } from '../../testing/sandbox.ts';

const sandbox = new Sandbox();
const mfa = { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } };

describe('CheckNoNewAccess', () => {
  const input = (newPolicyDocument: string, existingPolicyDocument: string, policyType = 'IDENTITY_POLICY') => ({
    newPolicyDocument,
    existingPolicyDocument,
    policyType,
  });
  const check = (...given: Parameters<typeof input>) =>
    sandbox.call('access-analyzer:CheckNoNewAccess', input(...given));

  it('passes what allows no more', () => {
    const wide = policy(allow('s3:*'));
    expect(check(policy(allow('s3:GetObject', 'arn:aws:s3:::b/*')), wide)).toEqual({
      result: 'PASS',
      message: 'The updated permissions do not add new access compared to your existing policy.',
    });
    expect(check(policy(allow(['s3:G*', 's3:[A-Z]*'])), wide).result).toBe('PASS');
  });

  it('fails what allows more, and names the statement', () => {
    const existing = policy(allow('s3:GetObject'), allow('sqs:*', '*', mfa));
    expect(check(policy(allow('s3:GetObject'), allow('sqs:*')), existing)).toEqual({
      result: 'FAIL',
      message: 'The modified permissions grant new access compared to your existing policy.',
      reasons: [{ description: 'New access in the statement with index: 1.', statementIndex: 1 }],
    });
    expect(check(policy({ Sid: 'Wide', ...allow('s3:*') }), existing).reasons).toEqual([
      { description: 'New access in the statement with sid: Wide.', statementId: 'Wide', statementIndex: 0 },
    ]);
  });

  it('fails where a Deny is gone', () => {
    const existing = policy(allow('s3:*'), deny('s3:DeleteObject'));
    expect(check(policy(allow('s3:*')), existing)).toMatchObject({ result: 'FAIL', reasons: [{ statementIndex: 0 }] });
  });

  it("compares resources' policies by whom they let in", () => {
    const to = (AWS: string) => policy({ ...allow('s3:GetObject', 'arn:aws:s3:::b/*'), Principal: { AWS } });
    expect(check(to(accountId), to(`arn:aws:iam::${accountId}:user/Ann`), 'RESOURCE_POLICY').result).toBe('FAIL');
    expect(check(to(accountId), to(partnerId), 'RESOURCE_POLICY').result).toBe('FAIL');
    expect(check(to(partnerId), to('*'), 'RESOURCE_POLICY').result).toBe('PASS');
  });

  it('says where a policy is too much for it', () => {
    const statements = Array.from({ length: 65 }, (_, i) => allow('s3:GetObject', `arn:aws:s3:::b${i}/*`));
    const given = input(policy(...statements), policy(allow('sqs:*')));
    expect(sandbox.fail('access-analyzer:CheckNoNewAccess', given).code).toBe('UnprocessableEntityException');
    const fewer = input(policy(...statements.slice(1)), policy(allow('sqs:*')));
    expect(sandbox.call('access-analyzer:CheckNoNewAccess', fewer).reasons).toHaveLength(64);
  });

  it('refuses what is no policy', () => {
    const code = (text: string) =>
      sandbox.fail('access-analyzer:CheckNoNewAccess', input(text, policy(allow('s3:*')))).code;
    expect(code('{')).toBe('InvalidParameterException');
    expect(code(policy({ Effect: 'Allow', Action: 's3:*' }))).toBe('InvalidParameterException');
    expect(code(policy(allow('s3:*')) + ' '.repeat(50_000))).toBe('InvalidParameterException');
  });
});

describe('CheckAccessNotGranted', () => {
  const input = (policyDocument: string, access: object, policyType = 'IDENTITY_POLICY') => ({
    policyDocument,
    access: [access],
    policyType,
  });
  const check = (...given: Parameters<typeof input>) =>
    sandbox.call('access-analyzer:CheckAccessNotGranted', input(...given));
  const reads = policy(allow('s3:GetObject', 'arn:aws:s3:::a/*'), allow('iam:Get*', 'arn:aws:iam::*:user/*'));

  it('passes where nothing of it is allowed', () => {
    expect(check(reads, { actions: ['s3:PutObject'], resources: ['*'] })).toEqual({
      result: 'PASS',
      message: 'The policy document does not grant access to perform the listed actions or resources.',
    });
    expect(check(reads, { actions: ['s3:GetObject'], resources: ['arn:aws:s3:::b/*'] }).result).toBe('PASS');
    expect(check(policy(allow('s3:*'), deny('s3:GetObject')), { actions: ['s3:GetObject'] }).result).toBe('PASS');
  });

  it('fails where any of it is, under conditions too', () => {
    expect(check(reads, { actions: ['s3:PutObject', 'iam:GetUser'] })).toEqual({
      result: 'FAIL',
      message: 'The policy document grants access to perform one or more of the listed actions or resources.',
      reasons: [
        {
          description: 'One or more of the listed actions or resources in the statement with index: 1.',
          statementIndex: 1,
        },
      ],
    });
    expect(check(reads, { resources: ['arn:aws:s3:::a/secret'] }).reasons).toMatchObject([{ statementIndex: 0 }]);
    expect(check(policy(allow('s3:*', '*', mfa)), { actions: ['s3:GetObject'] }).result).toBe('FAIL');
  });

  it("asks about whoever a resource's policy lets in", () => {
    const bucket = policy({ ...allow('s3:GetObject', 'arn:aws:s3:::b/*'), Principal: { AWS: partnerId } });
    expect(check(bucket, { actions: ['s3:GetObject'] }, 'RESOURCE_POLICY').result).toBe('FAIL');
    expect(check(bucket, { actions: ['s3:PutObject'] }, 'RESOURCE_POLICY').result).toBe('PASS');
  });

  it.each([{}, { actions: ['GetObject'] }, { actions: ['s3:'] }])('refuses %j', (access) => {
    expect(sandbox.fail('access-analyzer:CheckAccessNotGranted', input(reads, access)).code).toBe(
      'InvalidParameterException',
    );
  });
});

describe('CheckNoPublicAccess', () => {
  const check = (policyDocument: string, resourceType = 'AWS::S3::Bucket') =>
    sandbox.call('access-analyzer:CheckNoPublicAccess', { policyDocument, resourceType });
  const everybody = { ...allow('s3:GetObject', 'arn:aws:s3:::b/*'), Principal: '*' };
  const trust = (AWS: string, more: object = {}) =>
    policy({ Effect: 'Allow', Principal: { AWS }, Action: 'sts:AssumeRole', ...more });

  it('passes policies for some', () => {
    expect(check(policy({ ...everybody, Principal: { AWS: partnerId } }))).toEqual({
      result: 'PASS',
      message: 'The resource policy does not grant public access for the given resource type.',
    });
    const within = { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } };
    expect(check(policy({ ...everybody, ...within })).result).toBe('PASS');
    expect(check(trust(partnerId), 'AWS::IAM::AssumeRolePolicyDocument').result).toBe('PASS');
    expect(check(trust('*', within), 'AWS::IAM::AssumeRolePolicyDocument').result).toBe('PASS');
  });

  it('fails policies for everybody', () => {
    expect(check(policy({ ...everybody, Principal: { AWS: partnerId } }, { ...everybody, Sid: 'All' }))).toEqual({
      result: 'FAIL',
      message: 'The resource policy grants public access for the given resource type.',
      reasons: [
        {
          description: 'Public access granted in the following statement with sid: All.',
          statementId: 'All',
          statementIndex: 1,
        },
      ],
    });
    expect(check(trust('*'), 'AWS::IAM::AssumeRolePolicyDocument')).toMatchObject({
      result: 'FAIL',
      reasons: [{ statementIndex: 0 }],
    });
  });
});
