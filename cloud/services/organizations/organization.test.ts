import { beforeEach, describe, expect, it } from 'vitest';
import { accountId, partnerId, partnerRoot, policy, root, Sandbox } from '../../testing/sandbox.ts';
import { OrganizationSandbox } from './testing/organization-sandbox.ts';

let sandbox: OrganizationSandbox;
beforeEach(() => {
  sandbox = new OrganizationSandbox();
});

describe('an organization', () => {
  it('is made by its first account, and deleted when it is the only one', () => {
    const alone = new Sandbox();
    expect(alone.fail('organizations:DescribeOrganization').code).toBe('AWSOrganizationsNotInUseException');
    const { Organization } = alone.call('organizations:CreateOrganization');
    expect(Organization).toMatchObject({ FeatureSet: 'ALL', MasterAccountId: accountId });
    expect(Organization.Id).toMatch(/^o-[a-z0-9]{10}$/);
    expect(Organization.Arn).toBe(`arn:aws:organizations::${accountId}:organization/${Organization.Id}`);
    expect(alone.call('organizations:DescribeOrganization')).toEqual({ Organization });
    expect(alone.call('organizations:ListRoots').Roots).toMatchObject([{ Name: 'Root', PolicyTypes: [] }]);
    expect(alone.fail('organizations:CreateOrganization').code).toBe('AlreadyInOrganizationException');
    alone.call('organizations:DeleteOrganization');
    expect(alone.fail('organizations:DeleteOrganization').code).toBe('AWSOrganizationsNotInUseException');
    expect(sandbox.fail('organizations:DeleteOrganization').code).toBe('OrganizationNotEmptyException');
    expect(sandbox.fail('organizations:DeleteOrganization', {}, partnerRoot).code).toBe('AccessDeniedException');
  });

  it('that only shares its bills has no policies', () => {
    const alone = new Sandbox();
    alone.call('organizations:CreateOrganization', { FeatureSet: 'CONSOLIDATED_BILLING' });
    const RootId = alone.call('organizations:ListRoots').Roots[0].Id;
    expect(alone.call('organizations:ListPolicies', { Filter: 'SERVICE_CONTROL_POLICY' }).Policies).toEqual([]);
    expect(alone.fail('organizations:EnablePolicyType', { RootId, PolicyType: 'SERVICE_CONTROL_POLICY' }).code).toBe(
      'PolicyTypeNotAvailableForOrganizationException',
    );
  });

  it('of another account alone has no say in decisions', () => {
    // A lower id than any other: it comes first in the state.
    const { world } = sandbox;
    const loner = '000011112222';
    const partner = world.accounts[partnerId];
    if (partner === undefined) throw new Error('There is no partner');
    sandbox.world = {
      ...world,
      accounts: { ...world.accounts, [loner]: { ...partner, id: loner, organizations: {} } },
    };
    sandbox.control(sandbox.rootId, policy({ Effect: 'Deny', Action: 'iam:*', Resource: '*' }));
    sandbox.call('organizations:CreateOrganization', {}, { kind: 'root', accountId: loner });
    expect(sandbox.fail('iam:ListUsers', {}, partnerRoot).code).toBe('AccessDenied');
  });
});

describe('units and accounts', () => {
  it('are made, named, listed and moved', () => {
    const { Id } = sandbox.unit('Labs');
    expect(Id).toMatch(/^ou-[a-z0-9]{4}-[a-z0-9]{8}$/);
    const inner = sandbox.unit('Inner', Id).Id;
    sandbox.call('organizations:UpdateOrganizationalUnit', { OrganizationalUnitId: Id, Name: 'Lab' });
    const described = sandbox.call('organizations:DescribeOrganizationalUnit', { OrganizationalUnitId: Id });
    expect(described.OrganizationalUnit).toMatchObject({ Id, Name: 'Lab' });
    sandbox.move(partnerId, inner);
    expect(sandbox.call('organizations:ListAccountsForParent', { ParentId: inner }).Accounts).toMatchObject([
      { Id: partnerId, Status: 'ACTIVE', Email: 'lab@example.com' },
    ]);
    expect(sandbox.call('organizations:ListChildren', { ParentId: Id, ChildType: 'ORGANIZATIONAL_UNIT' })).toEqual({
      Children: [{ Id: inner, Type: 'ORGANIZATIONAL_UNIT' }],
    });
    expect(sandbox.call('organizations:ListChildren', { ParentId: inner, ChildType: 'ACCOUNT' }).Children).toHaveLength(
      1,
    );
    expect(sandbox.call('organizations:ListParents', { ChildId: partnerId }).Parents).toEqual([
      { Id: inner, Type: 'ORGANIZATIONAL_UNIT' },
    ]);
    expect(sandbox.call('organizations:ListParents', { ChildId: Id }).Parents).toEqual([
      { Id: sandbox.rootId, Type: 'ROOT' },
    ]);
    const units = sandbox.call('organizations:ListOrganizationalUnitsForParent', { ParentId: sandbox.rootId });
    expect(units.OrganizationalUnits).toMatchObject([{ Id, Name: 'Lab' }]);
    const remove = (OrganizationalUnitId: string) => ({ OrganizationalUnitId });
    expect(sandbox.fail('organizations:DeleteOrganizationalUnit', remove(Id)).code).toBe(
      'OrganizationalUnitNotEmptyException',
    );
    sandbox.move(partnerId, sandbox.rootId);
    sandbox.call('organizations:DeleteOrganizationalUnit', remove(inner));
    sandbox.call('organizations:DeleteOrganizationalUnit', remove(Id));
    expect(sandbox.fail('organizations:DescribeOrganizationalUnit', remove(Id)).code).toBe(
      'OrganizationalUnitNotFoundException',
    );
  });

  it('have names that are unique beside each other, and five levels', () => {
    const create = (Name: string, ParentId: string) =>
      sandbox.fail('organizations:CreateOrganizationalUnit', { Name, ParentId });
    let parent = sandbox.rootId;
    for (const name of ['1', '2', '3', '4', '5']) parent = sandbox.unit(name, parent).Id;
    expect(create('6', parent)).toMatchObject({
      code: 'ConstraintViolationException',
      details: { Reason: 'OU_DEPTH_LIMIT_EXCEEDED' },
    });
    expect(create('1', sandbox.rootId).code).toBe('DuplicateOrganizationalUnitException');
    expect(create('1', 'r-none').code).toBe('ParentNotFoundException');
  });

  it.each([
    [{ AccountId: '999999999999' }, 'AccountNotFoundException'],
    [{ SourceParentId: 'r-none' }, 'SourceParentNotFoundException'],
    [{ DestinationParentId: 'r-none' }, 'DestinationParentNotFoundException'],
    [{}, 'DuplicateAccountException'],
  ])('are not moved by %j', (given, code) => {
    const input = {
      AccountId: partnerId,
      SourceParentId: sandbox.rootId,
      DestinationParentId: sandbox.rootId,
      ...given,
    };
    expect(sandbox.fail('organizations:MoveAccount', input).code).toBe(code);
  });

  it('are given in pages', () => {
    const first = sandbox.call('organizations:ListAccounts', { MaxResults: 1 });
    expect(first.Accounts).toMatchObject([{ Id: accountId, Name: 'Management' }]);
    const second = sandbox.call('organizations:ListAccounts', { NextToken: first.NextToken });
    expect(second.Accounts).toMatchObject([{ Id: partnerId }]);
    expect(second.NextToken).toBeUndefined();
    expect(sandbox.fail('organizations:ListAccounts', { NextToken: 'x' })).toMatchObject({
      code: 'InvalidInputException',
      details: { Reason: 'INVALID_NEXT_TOKEN' },
    });
    expect(sandbox.call('organizations:DescribeAccount', { AccountId: partnerId }).Account.Arn).toBe(
      `arn:aws:organizations::${accountId}:account/${sandbox.id}/${partnerId}`,
    );
  });
});

describe('tags', () => {
  it('are set with what is made, and changed', () => {
    const { Id } = sandbox.unit('Labs', sandbox.rootId, [{ Key: 'stage', Value: 'test' }]);
    sandbox.call('organizations:TagResource', { ResourceId: Id, Tags: [{ Key: 'team', Value: 'a' }] });
    expect(sandbox.call('organizations:ListTagsForResource', { ResourceId: Id }).Tags).toEqual([
      { Key: 'stage', Value: 'test' },
      { Key: 'team', Value: 'a' },
    ]);
    const eve = sandbox.user('Eve', {
      Effect: 'Allow',
      Action: 'organizations:DeleteOrganizationalUnit',
      Resource: '*',
    });
    expect(sandbox.fail('organizations:DescribeOrganizationalUnit', { OrganizationalUnitId: Id }, eve).code).toBe(
      'AccessDeniedException',
    );
    sandbox.call('organizations:UntagResource', { ResourceId: Id, TagKeys: ['stage', 'team'] });
    expect(sandbox.call('organizations:ListTagsForResource', { ResourceId: Id }).Tags).toEqual([]);
  });

  it('decide with aws:ResourceTag', () => {
    const { Id } = sandbox.unit('Labs', sandbox.rootId, [{ Key: 'stage', Value: 'test' }]);
    const bob = sandbox.user('Bob', {
      Effect: 'Allow',
      Action: 'organizations:DescribeOrganizationalUnit',
      Resource: `arn:aws:organizations::${accountId}:ou/*`,
      Condition: { StringEquals: { 'aws:ResourceTag/stage': 'test' } },
    });
    const describeUnit = (id: string) =>
      sandbox.perform('organizations:DescribeOrganizationalUnit', { OrganizationalUnitId: id }, bob).outcome.kind;
    expect(describeUnit(Id)).toBe('ok');
    expect(describeUnit(sandbox.unit('Other').Id)).toBe('error');
  });

  it.each([
    [{ ResourceId: 'r-none' }, 'TargetNotFoundException'],
    [{ Tags: [{ Key: 'aws:a', Value: '' }] }, 'InvalidInputException'],
    [
      {
        Tags: [
          { Key: 'a', Value: '' },
          { Key: 'a', Value: '' },
        ],
      },
      'InvalidInputException',
    ],
    [{ Tags: Array.from({ length: 51 }, (_, i) => ({ Key: `k${i}`, Value: '' })) }, 'ConstraintViolationException'],
  ])('are refused: %j', (given, code) => {
    const input = { ResourceId: sandbox.rootId, Tags: [{ Key: 'k', Value: 'v' }], ...given };
    expect(sandbox.fail('organizations:TagResource', input, root).code).toBe(code);
  });
});
