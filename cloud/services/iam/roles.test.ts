import { beforeEach, describe, expect, test } from 'vitest';
import { accountId, document, ec2Trust, Sandbox, startTime } from './testing/sandbox.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});

const role = { RoleName: 'Auditor', AssumeRolePolicyDocument: ec2Trust };
const encodedTrust =
  '%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%5B%7B%22Effect%22%3A%22Allow%22%2C%22Principal%22%3A%7B%22Service%22%3A%22ec2.amazonaws.com%22%7D%2C%22Action%22%3A%22sts%3AAssumeRole%22%7D%5D%7D';

describe('CreateRole, GetRole and ListRoles', () => {
  test('show each what AWS shows there', () => {
    const boundary = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
    const bounds = { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: boundary };
    const Tags = [{ Key: 'team', Value: 'blue' }];
    const request = { ...role, Path: '/audit/', Description: 'Looks', PermissionsBoundary: boundary, Tags };
    const created = sandbox.call('CreateRole', request).Role;
    const identity = {
      Path: '/audit/',
      RoleName: 'Auditor',
      RoleId: expect.stringMatching(/^AROA[A-Z2-7]{17}$/),
      Arn: `arn:aws:iam::${accountId}:role/audit/Auditor`,
      CreateDate: new Date(startTime),
      AssumeRolePolicyDocument: encodedTrust,
    };
    expect(created).toEqual({ ...identity, PermissionsBoundary: bounds, Tags });
    const inList = { ...identity, Description: 'Looks', MaxSessionDuration: 3600 };
    expect(sandbox.call('GetRole', { RoleName: 'auditor' }).Role).toEqual({
      ...inList,
      PermissionsBoundary: bounds,
      Tags,
      RoleLastUsed: {},
    });
    expect(sandbox.call('ListRoles').Roles).toEqual([inList]);
    expect(sandbox.call('ListRoles', { PathPrefix: '/other/' })).toEqual({ Roles: [], IsTruncated: false });
  });

  test('refuse a name that is taken or missing, and the path of AWS’s own roles', () => {
    sandbox.call('CreateRole', role);
    expect(sandbox.refused('CreateRole', { ...role, RoleName: 'AUDITOR' })).toBe(
      'EntityAlreadyExists: Role with name AUDITOR already exists.',
    );
    expect(sandbox.refused('GetRole', { RoleName: 'none' })).toBe(
      'NoSuchEntity: The role with name none cannot be found.',
    );
    expect(
      sandbox.refused('CreateRole', { ...role, RoleName: 'mine', Path: '/aws-service-role/x.amazonaws.com/' }),
    ).toContain('ValidationError');
  });
});

describe('UpdateRole and UpdateRoleDescription', () => {
  test('change what they are given', () => {
    sandbox.call('CreateRole', role);
    sandbox.call('UpdateRole', { RoleName: 'Auditor', Description: 'one', MaxSessionDuration: 7200 });
    expect(sandbox.call('GetRole', { RoleName: 'Auditor' }).Role).toMatchObject({
      Description: 'one',
      MaxSessionDuration: 7200,
    });
    const answer = sandbox.call('UpdateRoleDescription', { RoleName: 'Auditor', Description: 'two' }).Role;
    expect(answer).toMatchObject({ Description: 'two' });
    expect(answer).not.toHaveProperty('MaxSessionDuration');
    sandbox.call('UpdateRole', { RoleName: 'Auditor' });
    expect(sandbox.call('GetRole', { RoleName: 'Auditor' }).Role).toMatchObject({
      Description: 'two',
      MaxSessionDuration: 7200,
    });
    expect(sandbox.refused('UpdateRole', { RoleName: 'none' })).toContain('NoSuchEntity');
    expect(sandbox.refused('UpdateRoleDescription', { RoleName: 'none', Description: '' })).toContain('NoSuchEntity');
  });
});

describe('DeleteRole', () => {
  test.each([
    ['AttachRolePolicy', { PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }, 'detach all policies'],
    ['PutRolePolicy', { PolicyName: 'p', PolicyDocument: document('s3:*') }, 'delete policies'],
    ['AddRoleToInstanceProfile', { InstanceProfileName: 'ip' }, 'remove roles from instance profile'],
  ])('is refused after %s', (operation, input, what) => {
    sandbox.call('CreateInstanceProfile', { InstanceProfileName: 'ip' });
    sandbox.call('CreateRole', role);
    sandbox.call(operation, { RoleName: 'Auditor', ...input });
    expect(sandbox.refused('DeleteRole', { RoleName: 'Auditor' })).toBe(
      `DeleteConflict: Cannot delete entity, must ${what} first.`,
    );
  });

  test('takes the role away', () => {
    sandbox.call('CreateRole', role);
    sandbox.call('DeleteRole', { RoleName: 'Auditor' });
    expect(sandbox.refused('DeleteRole', { RoleName: 'Auditor' })).toContain('NoSuchEntity');
  });
});

describe('service-linked roles', () => {
  const name = { RoleName: 'AWSServiceRoleForElasticLoadBalancing' };
  const service = { AWSServiceName: 'elasticloadbalancing.amazonaws.com' };

  test('are made for a service, once', () => {
    const { Role } = sandbox.call('CreateServiceLinkedRole', service);
    expect(Role).toMatchObject({
      ...name,
      Arn: `arn:aws:iam::${accountId}:role/aws-service-role/elasticloadbalancing.amazonaws.com/${name.RoleName}`,
    });
    expect(sandbox.call('ListAttachedRolePolicies', name).AttachedPolicies).toEqual([
      {
        PolicyName: 'AWSElasticLoadBalancingServiceRolePolicy',
        PolicyArn: 'arn:aws:iam::aws:policy/aws-service-role/AWSElasticLoadBalancingServiceRolePolicy',
      },
    ]);
    expect(sandbox.refused('CreateServiceLinkedRole', service)).toBe(
      `InvalidInput: Service role name ${name.RoleName} has been taken in this account, please try a different suffix.`,
    );
    expect(sandbox.refused('CreateServiceLinkedRole', { ...service, CustomSuffix: 'x' })).toContain('InvalidInput');
    expect(sandbox.refused('CreateServiceLinkedRole', { AWSServiceName: 'none.amazonaws.com' })).toContain(
      'InvalidInput',
    );
    const suffixed = { AWSServiceName: 'autoscaling.amazonaws.com', CustomSuffix: 'blue' };
    expect(sandbox.call('CreateServiceLinkedRole', suffixed).Role.RoleName).toBe('AWSServiceRoleForAutoScaling_blue');
  });

  test('ask for the role with the service’s name', () => {
    const { decisions } = sandbox.perform('CreateServiceLinkedRole', service);
    expect(decisions[0]?.request).toMatchObject({
      action: 'iam:CreateServiceLinkedRole',
      resource: `arn:aws:iam::${accountId}:role/aws-service-role/elasticloadbalancing.amazonaws.com/${name.RoleName}`,
      context: { 'iam:AWSServiceName': 'elasticloadbalancing.amazonaws.com' },
    });
  });

  test.each([
    ['DeleteRole', {}],
    ['UpdateRole', { Description: 'mine', MaxSessionDuration: 7200 }],
    ['UpdateAssumeRolePolicy', { PolicyDocument: ec2Trust }],
    ['AttachRolePolicy', { PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }],
    ['DetachRolePolicy', { PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }],
    ['PutRolePolicy', { PolicyName: 'p', PolicyDocument: document('s3:*') }],
    ['DeleteRolePolicy', { PolicyName: 'p' }],
    ['PutRolePermissionsBoundary', { PermissionsBoundary: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }],
    ['DeleteRolePermissionsBoundary', {}],
  ])('are not the account’s to change by %s', (operation, input) => {
    sandbox.call('CreateServiceLinkedRole', service);
    expect(sandbox.refused(operation, { ...name, ...input })).toBe(
      `UnmodifiableEntity: Cannot perform the operation on the protected role '${name.RoleName}' - this role is only modifiable by AWS`,
    );
  });

  test('get a description by UpdateRole all the same', () => {
    sandbox.call('CreateServiceLinkedRole', service);
    sandbox.call('UpdateRole', { ...name, Description: 'mine' });
    expect(sandbox.call('GetRole', name).Role.Description).toBe('mine');
  });

  test('are deleted as a task', () => {
    sandbox.call('CreateServiceLinkedRole', service);
    const { DeletionTaskId } = sandbox.call('DeleteServiceLinkedRole', name);
    expect(DeletionTaskId).toMatch(
      /^task\/aws-service-role\/elasticloadbalancing\.amazonaws\.com\/AWSServiceRoleForElasticLoadBalancing\//,
    );
    expect(sandbox.call('GetServiceLinkedRoleDeletionStatus', { DeletionTaskId })).toEqual({ Status: 'SUCCEEDED' });
    expect(sandbox.refused('GetRole', name)).toContain('NoSuchEntity');
    sandbox.call('CreateRole', role);
    expect(sandbox.refused('DeleteServiceLinkedRole', { RoleName: 'Auditor' })).toContain('NoSuchEntity');
    expect(sandbox.refused('GetServiceLinkedRoleDeletionStatus', { DeletionTaskId: 'task/none' })).toContain(
      'NoSuchEntity',
    );
  });
});
