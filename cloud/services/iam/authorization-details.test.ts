import { beforeEach, expect, test } from 'vitest';
import { accountId, document, ec2Trust, type Output, Sandbox } from './testing/sandbox.ts';

const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
  sandbox.call('CreateGroup', { GroupName: 'Clerks' });
  sandbox.call('CreateUser', {
    UserName: 'Bea',
    Tags: [{ Key: 'team', Value: 'blue' }],
    PermissionsBoundary: readOnly,
  });
  sandbox.call('AddUserToGroup', { UserName: 'Bea', GroupName: 'Clerks' });
  sandbox.call('PutUserPolicy', { UserName: 'Bea', PolicyName: 'inline', PolicyDocument: document('s3:*') });
  sandbox.call('CreatePolicy', { PolicyName: 'Reader', PolicyDocument: document('s3:Get*') });
  const PolicyArn = `arn:aws:iam::${accountId}:policy/Reader`;
  sandbox.call('CreatePolicyVersion', { PolicyArn, PolicyDocument: document('s3:*') });
  sandbox.call('AttachGroupPolicy', { GroupName: 'Clerks', PolicyArn });
  sandbox.call('CreateRole', { RoleName: 'R', AssumeRolePolicyDocument: ec2Trust });
  sandbox.call('CreateInstanceProfile', { InstanceProfileName: 'web' });
  sandbox.call('AddRoleToInstanceProfile', { InstanceProfileName: 'web', RoleName: 'R' });
});

const details = (input: object = {}): Output => sandbox.call('GetAccountAuthorizationDetails', input);

test('shows users, groups, roles and the policies in use', () => {
  const all = details();
  expect(all.IsTruncated).toBe(false);
  expect(all.UserDetailList).toEqual([
    expect.objectContaining({
      UserName: 'Bea',
      GroupList: ['Clerks'],
      AttachedManagedPolicies: [],
      UserPolicyList: [
        { PolicyName: 'inline', PolicyDocument: encodeURIComponent(document('s3:*')).replace(/\*/g, '%2A') },
      ],
      PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: readOnly },
      Tags: [{ Key: 'team', Value: 'blue' }],
    }),
  ]);
  expect(all.GroupDetailList).toEqual([
    expect.objectContaining({
      GroupName: 'Clerks',
      GroupPolicyList: [],
      AttachedManagedPolicies: [{ PolicyName: 'Reader', PolicyArn: `arn:aws:iam::${accountId}:policy/Reader` }],
    }),
  ]);
  expect(all.RoleDetailList).toEqual([
    expect.objectContaining({
      RoleName: 'R',
      RolePolicyList: [],
      RoleLastUsed: {},
      Tags: [],
      InstanceProfileList: [expect.objectContaining({ InstanceProfileName: 'web' })],
    }),
  ]);
  expect(all.Policies.map(({ PolicyName }: Output) => PolicyName)).toEqual(['Reader', 'ReadOnlyAccess']);
  expect(all.Policies[0].PolicyVersionList.map(({ VersionId }: Output) => VersionId)).toEqual(['v2', 'v1']);
});

test.each([
  ['User', 'UserDetailList'],
  ['Group', 'GroupDetailList'],
  ['Role', 'RoleDetailList'],
  ['LocalManagedPolicy', 'Policies'],
  ['AWSManagedPolicy', 'Policies'],
])('filters by %s', (entity, member) => {
  const filtered = details({ Filter: [entity] });
  const lists = ['UserDetailList', 'GroupDetailList', 'RoleDetailList', 'Policies'];
  expect(lists.map((list) => filtered[list].length)).toEqual(lists.map((list) => (list === member ? 1 : 0)));
});

test('goes page by page through all kinds', () => {
  const seen: string[] = [];
  let Marker: string | undefined;
  do {
    const page = details({ MaxItems: 2, ...(Marker !== undefined && { Marker }) });
    for (const { UserName } of page.UserDetailList) seen.push(UserName);
    for (const { GroupName } of page.GroupDetailList) seen.push(GroupName);
    for (const { RoleName } of page.RoleDetailList) seen.push(RoleName);
    for (const { PolicyName } of page.Policies) seen.push(PolicyName);
    Marker = page.Marker;
  } while (Marker !== undefined);
  expect(seen).toEqual(['Bea', 'Clerks', 'R', 'Reader', 'ReadOnlyAccess']);
});
