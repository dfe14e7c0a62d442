import { describe, expect, it } from 'vitest';
import { decide } from '../decide.ts';
import type { AnyRequest } from '../model.ts';
import type { Account, Estate } from './account.ts';
import { readAccountDetails } from './authorization-details.ts';
import { callerOf } from './callers.ts';
import { policiesIn } from './policies-in.ts';

const OWN = '111122223333';
const allow = (Action: string, Resource = '*') => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource }],
});
const TRUST = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
const READ_ONLY = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
const CLERKS = `arn:aws:iam::${OWN}:policy/Clerks`;

/** As the AWS CLI prints it, save that documents come in all three forms. */
const answer = {
  UserDetailList: [
    {
      Path: '/staff/',
      UserName: 'Bea',
      UserId: 'AIDABEAAAAAAAAAAAAAAA',
      Arn: `arn:aws:iam::${OWN}:user/staff/Bea`,
      CreateDate: '2026-01-01T00:00:00+00:00',
      UserPolicyList: [{ PolicyName: 'Own', PolicyDocument: encodeURIComponent(JSON.stringify(allow('s3:*'))) }],
      GroupList: ['Clerks'],
      AttachedManagedPolicies: [{ PolicyName: 'ReadOnlyAccess', PolicyArn: READ_ONLY }],
      PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: CLERKS },
      Tags: [{ Key: 'team', Value: 'blue' }],
    },
  ],
  GroupDetailList: [
    {
      Path: '/',
      GroupName: 'Clerks',
      GroupId: 'AGPACLERKSAAAAAAAAAAA',
      Arn: `arn:aws:iam::${OWN}:group/Clerks`,
      CreateDate: '2026-01-01T00:00:00+00:00',
      GroupPolicyList: [{ PolicyName: 'Lists', PolicyDocument: JSON.stringify(allow('sqs:*')) }],
      AttachedManagedPolicies: [],
    },
  ],
  RoleDetailList: [
    {
      Path: '/',
      RoleName: 'Web',
      RoleId: 'AROAWEBAAAAAAAAAAAAAA',
      Arn: `arn:aws:iam::${OWN}:role/Web`,
      CreateDate: '2026-01-01T00:00:00+00:00',
      AssumeRolePolicyDocument: TRUST,
      InstanceProfileList: [
        {
          Path: '/',
          InstanceProfileName: 'Web',
          InstanceProfileId: 'AIPAWEBAAAAAAAAAAAAAA',
          Arn: `arn:aws:iam::${OWN}:instance-profile/Web`,
          CreateDate: '2026-01-01T00:00:00+00:00',
          Roles: [],
        },
      ],
      RolePolicyList: [],
      AttachedManagedPolicies: [{ PolicyName: 'Clerks', PolicyArn: CLERKS }],
      Tags: [],
      RoleLastUsed: { LastUsedDate: '2026-01-01T00:00:00+00:00', Region: 'eu-west-1' },
    },
  ],
  Policies: [
    {
      PolicyName: 'Clerks',
      PolicyId: 'ANPACLERKSAAAAAAAAAAA',
      Arn: CLERKS,
      Path: '/',
      DefaultVersionId: 'v2',
      AttachmentCount: 1,
      PermissionsBoundaryUsageCount: 1,
      IsAttachable: true,
      CreateDate: '2026-01-01T00:00:00+00:00',
      UpdateDate: '2026-01-02T00:00:00+00:00',
      PolicyVersionList: [
        { Document: allow('s3:*'), VersionId: 'v2', IsDefaultVersion: true, CreateDate: '2026-01-02T00:00:00+00:00' },
        { Document: allow('*'), VersionId: 'v1', IsDefaultVersion: false, CreateDate: '2026-01-01T00:00:00+00:00' },
      ],
    },
  ],
};
const catalogue = (arn: string) => (arn === READ_ONLY ? JSON.stringify(allow('s3:Get*')) : undefined);

function accountOf(details: unknown): Account {
  const read = readAccountDetails(details, catalogue);
  if (read.kind === 'invalid') throw new Error(`${read.message} ${read.pointer}`);
  return read.account;
}

describe('readAccountDetails', () => {
  it('reads users with their own policies, then those of their groups', () => {
    const { accountId, users } = accountOf(answer);
    expect(accountId).toBe(OWN);
    const [bea] = users;
    expect(bea).toMatchObject({ name: 'Bea', path: '/staff/', groups: ['Clerks'], tags: { team: 'blue' } });
    expect(bea?.identity.map(({ name, attachedTo }) => `${attachedTo} ${name}`)).toEqual([
      'user/Bea Own',
      'user/Bea ReadOnlyAccess',
      'group/Clerks Lists',
    ]);
    expect(bea?.boundary).toMatchObject({ layer: 'boundary', name: 'Clerks', arn: CLERKS });
  });

  it('reads roles with their trust policy and instance profiles', () => {
    const [web] = accountOf(answer).roles;
    expect(web?.instanceProfiles).toEqual([`arn:aws:iam::${OWN}:instance-profile/Web`]);
    expect(web?.trust).toMatchObject({ layer: 'trust', attachedTo: web?.arn });
    expect(web?.trust.policy.statements[0]?.principal?.service).toEqual(['ec2.amazonaws.com']);
  });

  it('takes the default version of a managed policy, read once for all that it is attached to', () => {
    const { users, roles, managedPolicies } = accountOf(answer);
    expect(managedPolicies[0]?.versions.map(({ id, isDefault }) => `${id} ${isDefault}`)).toEqual([
      'v2 true',
      'v1 false',
    ]);
    expect(users[0]?.boundary?.policy).toBe(roles[0]?.identity[0]?.policy);
  });

  it('needs nothing but ARNs', () => {
    const arn = `arn:aws:iam::${OWN}:role/app/Worker`;
    const [role] = accountOf({ RoleDetailList: [{ Arn: arn }] }).roles;
    expect(role).toMatchObject({ name: 'Worker', path: '/app/', id: '', identity: [], tags: {} });
    expect(accountOf({})).toMatchObject({ accountId: '', users: [], roles: [] });
  });

  const user = answer.UserDetailList[0];
  const arn = `arn:aws:iam::${OWN}:user/Bea`;
  it.each<[string, unknown, string, string]>([
    ['no object', [], 'invalid-details', ''],
    ['a list that is none', { UserDetailList: {} }, 'invalid-details', '/UserDetailList'],
    ['a user without ARN', { UserDetailList: [{ UserName: 'Bea' }] }, 'invalid-details', '/UserDetailList/0'],
    ['the ARN of something else', { RoleDetailList: [{ Arn: arn }] }, 'invalid-details', '/RoleDetailList/0/Arn'],
    [
      'two accounts',
      { UserDetailList: [{ Arn: arn }, { Arn: 'arn:aws:iam::444455556666:user/Sam' }] },
      'invalid-details',
      '/UserDetailList/1/Arn',
    ],
    ['pages to come', { ...answer, IsTruncated: true }, 'invalid-details', '/IsTruncated'],
    [
      'a tag that is no text',
      { UserDetailList: [{ Arn: arn, Tags: [{ Key: 'a', Value: 1 }] }] },
      'invalid-details',
      '/UserDetailList/0/Tags/0/Value',
    ],
    [
      'a document that AWS would not save',
      { UserDetailList: [{ Arn: arn, UserPolicyList: [{ PolicyName: 'x', PolicyDocument: { Statement: [{}] } }] }] },
      'malformed-policy',
      '/UserDetailList/0/UserPolicyList/0/PolicyDocument/Statement/0',
    ],
    [
      'a text that is badly encoded',
      { UserDetailList: [{ Arn: arn, UserPolicyList: [{ PolicyName: 'x', PolicyDocument: '%7B%' }] }] },
      'malformed-policy',
      '/UserDetailList/0/UserPolicyList/0/PolicyDocument',
    ],
    [
      'no document',
      { UserDetailList: [{ Arn: arn, UserPolicyList: [{ PolicyName: 'x' }] }] },
      'invalid-details',
      '/UserDetailList/0/UserPolicyList/0/PolicyDocument',
    ],
    [
      'a customer managed policy that is not there',
      { ...answer, Policies: [] },
      'missing-policy',
      '/UserDetailList/0/PermissionsBoundary/PermissionsBoundaryArn',
    ],
    [
      'an AWS managed policy that nobody knows',
      { UserDetailList: [{ Arn: arn, AttachedManagedPolicies: [{ PolicyArn: 'arn:aws:iam::aws:policy/Nothing' }] }] },
      'missing-policy',
      '/UserDetailList/0/AttachedManagedPolicies/0/PolicyArn',
    ],
    [
      'a group that is not there',
      { UserDetailList: [{ ...user, PermissionsBoundary: null }] },
      'missing-policy',
      '/UserDetailList/0/GroupList/0',
    ],
  ])('refuses %s', (_what, details, code, pointer) => {
    expect(readAccountDetails(details, catalogue)).toMatchObject({ kind: 'invalid', code, pointer });
  });
});

describe('policiesIn', () => {
  const account = accountOf(answer);
  const bucketPolicy = {
    version: '2012-10-17' as const,
    statements: [],
  };
  const estate: Estate = {
    accounts: [account],
    resourcePolicies: [{ resource: 'arn:aws:s3:::archive', accountId: OWN, policy: bucketPolicy }],
    serviceControl: { [OWN]: [[]] },
  };
  const asks = (action: string, resource: string, at = 0): AnyRequest => {
    const principal = account.users[at];
    if (principal === undefined) throw new Error('There is no such user.');
    return { caller: callerOf(principal), action, resource, resourceAccountId: OWN, context: {} };
  };

  it('gives the principal its policies and its account the service control policies', () => {
    const policies = policiesIn(estate, asks('s3:GetObject', 'arn:aws:s3:::archive/list.csv'));
    expect(policies.identity).toHaveLength(3);
    expect(policies.boundary?.name).toBe('Clerks');
    expect(policies.serviceControl).toEqual([[]]);
    expect(policies.resource?.policy).toBe(bucketPolicy);
  });

  it('a level of service control policies without any denies', () => {
    const request = asks('s3:GetObject', 'arn:aws:s3:::archive/list.csv');
    expect(decide(request, policiesIn(estate, request))).toMatchObject({ layer: 'service-control' });
    const free = { ...estate, serviceControl: {} };
    expect(decide(request, policiesIn(free, request)).verdict).toBe('allowed');
  });

  it('asks the trust policy of a role that is to be assumed, and the policy of the nearest resource else', () => {
    const role = `arn:aws:iam::${OWN}:role/Web`;
    expect(policiesIn(estate, asks('sts:AssumeRole', role)).resource?.layer).toBe('trust');
    expect(policiesIn(estate, asks('iam:GetRole', role)).resource).toBeUndefined();
    expect(policiesIn(estate, asks('s3:GetObject', 'arn:aws:s3:::archives/x')).resource).toBeUndefined();
  });
});
