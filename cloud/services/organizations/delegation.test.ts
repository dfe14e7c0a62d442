import { beforeEach, describe, expect, it } from 'vitest';
import { accountId, allow, deny, partnerId, partnerRoot, policy } from '../../testing/sandbox.ts';
import { OrganizationSandbox } from './testing/organization-sandbox.ts';

let sandbox: OrganizationSandbox;
beforeEach(() => {
  sandbox = new OrganizationSandbox();
});

const scp = 'SERVICE_CONTROL_POLICY';
const newPolicy = { Content: policy(deny('iam:*')), Description: '', Name: 'NoIam', Type: scp };
const administer = { AccountId: partnerId, ServicePrincipal: 'iam.amazonaws.com' };
const delegating = (action: string | readonly string[], more: object = {}) =>
  policy({ ...allow(action, '*', more), Principal: { AWS: partnerId } });

describe('members', () => {
  it('know their organization, and nothing else', () => {
    expect(sandbox.call('organizations:DescribeOrganization', {}, partnerRoot).Organization.Id).toBe(sandbox.id);
    for (const operation of ['ListAccounts', 'ListRoots', 'ListDelegatedAdministrators']) {
      expect(sandbox.fail(`organizations:${operation}`, {}, partnerRoot)).toMatchObject({
        code: 'AccessDeniedException',
        message: "You don't have permissions to access this resource.",
      });
    }
    expect(sandbox.fail('organizations:CreatePolicy', newPolicy, partnerRoot).code).toBe('AccessDeniedException');
  });

  it("need their own account's permission too", () => {
    sandbox.control(partnerId, policy(deny('organizations:*')));
    expect(sandbox.fail('organizations:DescribeOrganization', {}, partnerRoot).message).toContain(
      'explicit deny in a service control policy',
    );
  });
});

describe('delegated administrators', () => {
  it('may read, and change nothing', () => {
    sandbox.call('organizations:EnableAWSServiceAccess', { ServicePrincipal: 'iam.amazonaws.com' });
    sandbox.call('organizations:RegisterDelegatedAdministrator', administer);
    expect(sandbox.call('organizations:ListAccounts', {}, partnerRoot).Accounts).toHaveLength(2);
    expect(sandbox.fail('organizations:CreatePolicy', newPolicy, partnerRoot).code).toBe('AccessDeniedException');
    const { DelegatedAdministrators } = sandbox.call('organizations:ListDelegatedAdministrators');
    expect(DelegatedAdministrators).toMatchObject([{ Id: partnerId, DelegationEnabledDate: new Date(sandbox.now) }]);
    expect(
      sandbox.call('organizations:ListDelegatedAdministrators', { ServicePrincipal: 'sso.amazonaws.com' }),
    ).toEqual({ DelegatedAdministrators: [] });
    expect(
      sandbox.call('organizations:ListDelegatedServicesForAccount', { AccountId: partnerId }).DelegatedServices,
    ).toEqual([{ ServicePrincipal: 'iam.amazonaws.com', DelegationEnabledDate: new Date(sandbox.now) }]);
    sandbox.call('organizations:DeregisterDelegatedAdministrator', administer);
    expect(sandbox.fail('organizations:ListAccounts', {}, partnerRoot).code).toBe('AccessDeniedException');
  });

  it.each([
    [{}, 'ConstraintViolationException'],
    [{ AccountId: '999999999999' }, 'AccountNotFoundException'],
    [{ AccountId: accountId }, 'ConstraintViolationException'],
    [{ ServicePrincipal: 'iam' }, 'InvalidInputException'],
  ])('are not registered with %j', (given, code) => {
    const input = { ...administer, ...given };
    expect(sandbox.fail('organizations:RegisterDelegatedAdministrator', input).code).toBe(code);
  });

  it('are registered once for a service, whose access stays on', () => {
    const ServicePrincipal = 'iam.amazonaws.com';
    sandbox.call('organizations:EnableAWSServiceAccess', { ServicePrincipal });
    expect(sandbox.call('organizations:ListAWSServiceAccessForOrganization')).toEqual({
      EnabledServicePrincipals: [{ ServicePrincipal, DateEnabled: new Date(sandbox.now) }],
    });
    sandbox.call('organizations:RegisterDelegatedAdministrator', administer);
    const code = (operation: string, input: object) => sandbox.fail(`organizations:${operation}`, input).code;
    expect(code('RegisterDelegatedAdministrator', administer)).toBe('AccountAlreadyRegisteredException');
    expect(code('DisableAWSServiceAccess', { ServicePrincipal })).toBe('ConstraintViolationException');
    sandbox.call('organizations:DeregisterDelegatedAdministrator', administer);
    expect(code('DeregisterDelegatedAdministrator', administer)).toBe('AccountNotRegisteredException');
    expect(code('ListDelegatedServicesForAccount', { AccountId: partnerId })).toBe('AccountNotRegisteredException');
    sandbox.call('organizations:DisableAWSServiceAccess', { ServicePrincipal });
    expect(sandbox.call('organizations:ListAWSServiceAccessForOrganization').EnabledServicePrincipals).toEqual([]);
  });
});

describe('the resource policy', () => {
  it('lets a member do what it names, under its conditions', () => {
    const Condition = { StringEquals: { 'organizations:PolicyType': scp } };
    const { ResourcePolicy } = sandbox.call('organizations:PutResourcePolicy', {
      Content: delegating(
        ['organizations:CreatePolicy', 'organizations:ListAccounts', 'organizations:AttachPolicy'],
        {},
      ),
    });
    expect(ResourcePolicy.ResourcePolicySummary.Id).toMatch(/^rp-[a-z0-9]{8}$/);
    expect(sandbox.call('organizations:DescribeResourcePolicy')).toEqual({ ResourcePolicy });
    expect(sandbox.call('organizations:ListAccounts', {}, partnerRoot).Accounts).toHaveLength(2);
    const made = sandbox.call('organizations:CreatePolicy', newPolicy, partnerRoot).Policy.PolicySummary;
    expect(made.Arn).toContain(`:${accountId}:policy/`);
    sandbox.call('organizations:AttachPolicy', { PolicyId: made.Id, TargetId: partnerId }, partnerRoot);
    expect(sandbox.fail('organizations:DeletePolicy', { PolicyId: made.Id }, partnerRoot).code).toBe(
      'AccessDeniedException',
    );
    sandbox.call('organizations:PutResourcePolicy', {
      Content: delegating('organizations:CreatePolicy', { Condition }),
    });
    const other = { ...newPolicy, Name: 'Other', Type: 'RESOURCE_CONTROL_POLICY' };
    expect(sandbox.fail('organizations:CreatePolicy', other, partnerRoot).code).toBe('AccessDeniedException');
    sandbox.call('organizations:CreatePolicy', { ...newPolicy, Name: 'Third' }, partnerRoot);
  });

  it.each([
    ['{', 'INVALID_RESOURCE_POLICY_JSON'],
    [delegating('organizations:MoveAccount'), 'UNSUPPORTED_ACTION_IN_RESOURCE_POLICY'],
    [delegating('organizations:*'), 'UNSUPPORTED_ACTION_IN_RESOURCE_POLICY'],
    [
      policy({ ...allow('organizations:ListAccounts'), Principal: { AWS: `arn:aws:iam::${partnerId}:user/Nobody` } }),
      'INVALID_PRINCIPAL',
    ],
  ])('%s is refused', (Content, Reason) => {
    expect(sandbox.fail('organizations:PutResourcePolicy', { Content })).toMatchObject({
      code: 'InvalidInputException',
      details: { Reason },
    });
  });

  it('is deleted', () => {
    expect(sandbox.fail('organizations:DescribeResourcePolicy').code).toBe('ResourcePolicyNotFoundException');
    sandbox.call('organizations:PutResourcePolicy', { Content: delegating('organizations:ListAccounts') });
    sandbox.call('organizations:DeleteResourcePolicy');
    expect(sandbox.fail('organizations:DeleteResourcePolicy').code).toBe('ResourcePolicyNotFoundException');
    expect(sandbox.fail('organizations:ListAccounts', {}, partnerRoot).code).toBe('AccessDeniedException');
  });
});

it('permissions name what is asked for, with its type of policy', () => {
  const PolicyId = sandbox.policy(policy(deny('iam:*')));
  const on = (rest: string) => `arn:aws:organizations::${accountId}:${rest}`;
  expect(sandbox.asked('organizations:AttachPolicy', { PolicyId, TargetId: sandbox.rootId })).toEqual([
    `organizations:AttachPolicy ${on(`policy/${sandbox.id}/service_control_policy/${PolicyId}`)}`,
    `organizations:AttachPolicy ${on(`root/${sandbox.id}/${sandbox.rootId}`)}`,
  ]);
  expect(sandbox.asked('organizations:ListAccounts')).toEqual(['organizations:ListAccounts *']);
  const eve = sandbox.user(
    'Eve',
    allow('organizations:*', '*', { Condition: { StringEquals: { 'organizations:PolicyType': 'TAG_POLICY' } } }),
  );
  sandbox.call('organizations:ListPolicies', { Filter: 'TAG_POLICY' }, eve);
  expect(sandbox.fail('organizations:ListPolicies', { Filter: scp }, eve).code).toBe('AccessDeniedException');
});
