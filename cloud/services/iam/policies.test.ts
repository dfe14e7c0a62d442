import { beforeEach, describe, expect, test } from 'vitest';
import { accountId, document, ec2Trust, Sandbox, startTime } from './testing/sandbox.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});

const arn = `arn:aws:iam::${accountId}:policy/Reader`;
const missing = `arn:aws:iam::${accountId}:policy/none`;
const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
const create = (input: object = {}) =>
  sandbox.call('CreatePolicy', { PolicyName: 'Reader', PolicyDocument: document('s3:GetObject'), ...input }).Policy;

describe('CreatePolicy and GetPolicy', () => {
  test('show a policy as AWS does', () => {
    const created = create({ Description: 'Reads' });
    const members = {
      PolicyName: 'Reader',
      PolicyId: expect.stringMatching(/^ANPA[A-Z2-7]{17}$/),
      Arn: arn,
      Path: '/',
      DefaultVersionId: 'v1',
      AttachmentCount: 0,
      PermissionsBoundaryUsageCount: 0,
      IsAttachable: true,
      CreateDate: new Date(startTime),
      UpdateDate: new Date(startTime),
    };
    expect(created).toEqual(members);
    expect(sandbox.call('GetPolicy', { PolicyArn: arn }).Policy).toEqual({
      ...members,
      Description: 'Reads',
      Tags: [],
    });
  });

  test('count who uses a policy', () => {
    create();
    sandbox.call('CreateUser', { UserName: 'Bea', PermissionsBoundary: arn });
    sandbox.call('CreateRole', { RoleName: 'R', AssumeRolePolicyDocument: ec2Trust });
    sandbox.call('AttachRolePolicy', { RoleName: 'R', PolicyArn: arn });
    expect(sandbox.call('GetPolicy', { PolicyArn: arn }).Policy).toMatchObject({
      AttachmentCount: 1,
      PermissionsBoundaryUsageCount: 1,
    });
  });

  test('know AWS’s policies', () => {
    expect(sandbox.call('GetPolicy', { PolicyArn: readOnly }).Policy).toMatchObject({
      PolicyName: 'ReadOnlyAccess',
      DefaultVersionId: 'v3',
    });
    const { PolicyVersion } = sandbox.call('GetPolicyVersion', { PolicyArn: readOnly, VersionId: 'v3' });
    expect(decodeURIComponent(PolicyVersion.Document)).toBe(document('s3:Get*'));
    expect(sandbox.call('ListPolicyVersions', { PolicyArn: readOnly }).Versions).toHaveLength(1);
  });

  test('refuse a taken name, a faulty document and one that is too long', () => {
    create();
    expect(sandbox.refused('CreatePolicy', { PolicyName: 'reader', PolicyDocument: document('s3:*') })).toBe(
      'EntityAlreadyExists: A policy called reader already exists. Duplicate names are not allowed.',
    );
    const withText = (PolicyDocument: string) => sandbox.refused('CreatePolicy', { PolicyName: 'p', PolicyDocument });
    expect(withText('{}')).toContain('MalformedPolicyDocument');
    expect(withText(JSON.stringify({ Statement: JSON.parse(document('s3:*')).Statement }))).toBe(
      'MalformedPolicyDocument: Policy document must be version 2012-10-17 or greater.',
    );
    const long = document(Array.from({ length: 700 }, (_, i) => `s3:A${i}`));
    expect(withText(long)).toBe('LimitExceeded: Cannot exceed quota for PolicySize: 6144');
  });

  test('refuse what is no policy’s ARN', () => {
    expect(sandbox.refused('GetPolicy', { PolicyArn: missing })).toBe(`NoSuchEntity: Policy ${missing} was not found.`);
    expect(sandbox.refused('GetPolicy', { PolicyArn: 'longpolicynamebutnoarn' })).toBe(
      'ValidationError: ARN longpolicynamebutnoarn is not valid.',
    );
    const user = `arn:aws:iam::${accountId}:user/Bea`;
    expect(sandbox.refused('GetPolicy', { PolicyArn: user })).toBe(`InvalidInput: ARN ${user} is not valid.`);
  });
});

describe('ListPolicies', () => {
  const names = (input: object) =>
    sandbox.call('ListPolicies', input).Policies.map(({ PolicyName }: { PolicyName: string }) => PolicyName);

  test('filters by owner, use, path', () => {
    create({ Path: '/team/' });
    create({ PolicyName: 'Unused' });
    sandbox.call('CreateUser', { UserName: 'Bea', PermissionsBoundary: readOnly });
    const teamArn = `arn:aws:iam::${accountId}:policy/team/Reader`;
    sandbox.call('AttachUserPolicy', { UserName: 'Bea', PolicyArn: teamArn });
    expect(names({ Scope: 'Local' })).toEqual(['Reader', 'Unused']);
    expect(names({ Scope: 'AWS' })).toEqual([
      'AdministratorAccess',
      'AWSElasticLoadBalancingServiceRolePolicy',
      'ReadOnlyAccess',
    ]);
    expect(names({})).toHaveLength(5);
    expect(names({ OnlyAttached: true })).toEqual(['Reader', 'ReadOnlyAccess']);
    expect(names({ PolicyUsageFilter: 'PermissionsPolicy' })).toEqual(['Reader']);
    expect(names({ PolicyUsageFilter: 'PermissionsBoundary' })).toEqual(['ReadOnlyAccess']);
    expect(names({ PathPrefix: '/team/' })).toEqual(['Reader']);
    const page = sandbox.call('ListPolicies', { MaxItems: 2 });
    expect(names({ MaxItems: 2, Marker: page.Marker })).toEqual([
      'AdministratorAccess',
      'AWSElasticLoadBalancingServiceRolePolicy',
    ]);
  });

  test('asks for the path', () => {
    expect(sandbox.asked('ListPolicies', {})).toEqual([`iam:ListPolicies arn:aws:iam::${accountId}:policy/`]);
    const bea = sandbox.user('Bea');
    expect(sandbox.error('ListPolicies', {}, bea).message).toContain('on resource: policy path / because');
  });
});

describe('ListEntitiesForPolicy', () => {
  test('lists who uses a policy, by kind, use and path', () => {
    create();
    const { UserId } = sandbox.call('CreateUser', { UserName: 'Bea', PermissionsBoundary: arn }).User;
    const { GroupId } = sandbox.call('CreateGroup', { GroupName: 'Clerks', Path: '/office/' }).Group;
    const { RoleId } = sandbox.call('CreateRole', { RoleName: 'R', AssumeRolePolicyDocument: ec2Trust }).Role;
    sandbox.call('AttachGroupPolicy', { GroupName: 'Clerks', PolicyArn: arn });
    sandbox.call('AttachRolePolicy', { RoleName: 'R', PolicyArn: arn });
    const list = (input: object = {}) => sandbox.call('ListEntitiesForPolicy', { PolicyArn: arn, ...input });
    expect(list()).toEqual({
      PolicyGroups: [{ GroupName: 'Clerks', GroupId }],
      PolicyUsers: [{ UserName: 'Bea', UserId }],
      PolicyRoles: [{ RoleName: 'R', RoleId }],
      IsTruncated: false,
    });
    expect(list({ PolicyUsageFilter: 'PermissionsPolicy' }).PolicyUsers).toEqual([]);
    expect(list({ EntityFilter: 'Role' })).toMatchObject({ PolicyGroups: [], PolicyRoles: [{ RoleId }] });
    expect(list({ PathPrefix: '/office/' })).toMatchObject({ PolicyGroups: [{ GroupId }], PolicyRoles: [] });
    expect(sandbox.refused('ListEntitiesForPolicy', { PolicyArn: missing })).toContain('NoSuchEntity');
  });
});

describe('DeletePolicy', () => {
  test('is refused while the policy is used, as a boundary too, or has versions', () => {
    create();
    sandbox.call('CreateUser', { UserName: 'Bea', PermissionsBoundary: arn });
    expect(sandbox.refused('DeletePolicy', { PolicyArn: arn })).toBe(
      'DeleteConflict: Cannot delete a policy attached to entities.',
    );
    sandbox.call('DeleteUserPermissionsBoundary', { UserName: 'Bea' });
    sandbox.call('CreatePolicyVersion', { PolicyArn: arn, PolicyDocument: document('s3:*') });
    expect(sandbox.refused('DeletePolicy', { PolicyArn: arn })).toBe(
      "DeleteConflict: This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
    );
    sandbox.call('DeletePolicyVersion', { PolicyArn: arn, VersionId: 'v2' });
    sandbox.call('DeletePolicy', { PolicyArn: arn });
    expect(sandbox.refused('DeletePolicy', { PolicyArn: arn })).toBe(`NoSuchEntity: Policy ${arn} was not found.`);
  });

  test('cannot touch AWS’s policies', () => {
    expect(sandbox.refused('DeletePolicy', { PolicyArn: readOnly })).toBe(
      `AccessDenied: User: arn:aws:iam::${accountId}:root is not authorized to perform: iam:DeletePolicy on resource: policy ${readOnly}`,
    );
  });
});
