import { beforeEach, describe, expect, test } from 'vitest';
import type { AnyCaller } from '../../../iam/model.ts';
import { accountId, document, partnerId, Sandbox, startTime } from '../iam/testing/sandbox.ts';
import type { OrganizationState } from '../organizations/state.ts';

const audit = { arn: 'arn:aws:iam::aws:policy/root-task/IAMAuditRootUserCredentials' };
const request = { TargetPrincipal: partnerId, TaskPolicyArn: audit };
let sandbox: Sandbox;
let bea: AnyCaller;

/** The account manages an organization that the partner's is in. */
beforeEach(() => {
  sandbox = new Sandbox();
  manage({ trustedServices: { 'iam.amazonaws.com': 0 } });
  bea = sandbox.user('Bea', document('*'));
});

function manage(more: Partial<OrganizationState>): void {
  const account = sandbox.world.accounts[accountId];
  if (account === undefined) throw new Error('The sandbox has its account');
  const member = (id: string) => ({ id, name: id, email: `${id}@example.com`, parentId: 'r-ab12', joinedAt: 0 });
  const organization = {
    id: 'o-a1b2c3d4e5',
    rootId: 'r-ab12',
    policyTypes: [],
    units: {},
    accounts: { [accountId]: member(accountId), [partnerId]: member(partnerId) },
    policies: {},
    attachments: {},
    delegatedAdministrators: {},
    ...more,
  };
  const accounts = { ...sandbox.world.accounts, [accountId]: { ...account, organizations: { organization } } };
  sandbox.world = { ...sandbox.world, accounts };
}

describe('with root sessions enabled', () => {
  beforeEach(() => {
    sandbox.call('EnableOrganizationsRootSessions');
  });

  test('gives a session of the member’s root, for a quarter of an hour', () => {
    const { Credentials } = sandbox.call('AssumeRoot', request, bea);
    expect(Credentials.Expiration).toEqual(new Date(startTime + 900_000));
    expect(sandbox.world.accounts[partnerId]?.sts.sessions).toHaveProperty(Credentials.AccessKeyId);
    expect(sandbox.signedBy(Credentials)).toMatchObject({
      kind: 'root',
      accountId: partnerId,
      session: { assumedRoot: true },
    });
  });

  test('takes the root’s ARN too', () => {
    sandbox.call('AssumeRoot', { ...request, TargetPrincipal: `arn:aws:iam::${partnerId}:root` }, bea);
  });

  test('needs the permission, by task', () => {
    const one = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: 'sts:AssumeRoot',
          Resource: '*',
          Condition: { StringEquals: { 'sts:TaskPolicyArn': audit.arn } },
        },
      ],
    });
    const cleo = sandbox.user('Cleo', one);
    sandbox.call('AssumeRoot', request, cleo);
    const other = { arn: audit.arn.replace('IAMAudit', 'IAMDelete') };
    expect(sandbox.refused('AssumeRoot', { ...request, TaskPolicyArn: other }, cleo)).toContain('AccessDenied');
  });

  test.each([
    ['a policy that is no task', { TaskPolicyArn: { arn: 'arn:aws:iam::aws:policy/AdministratorAccess' } }],
    ['a principal that is no account', { TargetPrincipal: 'arn:aws:iam::1:root' }],
    ['too long a time', { DurationSeconds: 901 }],
  ])('refuses %s', (_what, more) => {
    expect(sandbox.refused('AssumeRoot', { ...request, ...more }, bea)).toContain('ValidationError');
  });

  test('is not for root, for members, or on accounts outside', () => {
    expect(sandbox.refused('AssumeRoot', request)).toContain('AccessDenied');
    const partner: AnyCaller = { kind: 'root', accountId: partnerId };
    expect(sandbox.refused('AssumeRoot', { ...request, TargetPrincipal: accountId }, partner)).toContain(
      'AccessDenied',
    );
    expect(sandbox.refused('AssumeRoot', { ...request, TargetPrincipal: '999999999999' }, bea)).toContain(
      'AccessDenied',
    );
  });
});

test('is refused while the organization has not enabled it', () => {
  expect(sandbox.refused('AssumeRoot', request, bea)).toContain('is not authorized to perform: sts:AssumeRoot');
});

test('features are switched by the management account, one by one', () => {
  const list = () => sandbox.call('ListOrganizationsFeatures').EnabledFeatures;
  expect(list()).toEqual([]);
  sandbox.call('EnableOrganizationsRootSessions');
  expect(sandbox.call('EnableOrganizationsRootCredentialsManagement')).toEqual({
    OrganizationId: 'o-a1b2c3d4e5',
    EnabledFeatures: ['RootCredentialsManagement', 'RootSessions'],
  });
  sandbox.call('DisableOrganizationsRootSessions');
  expect(list()).toEqual(['RootCredentialsManagement']);
  sandbox.call('DisableOrganizationsRootCredentialsManagement');
  expect(list()).toEqual([]);
  const partner: AnyCaller = { kind: 'root', accountId: partnerId };
  expect(sandbox.refused('ListOrganizationsFeatures', {}, partner)).toContain('CallerIsNotManagementAccount');
});

test('features need trusted access, and an organization with all features', () => {
  manage({});
  expect(sandbox.refused('EnableOrganizationsRootSessions')).toContain('ServiceAccessNotEnabled');
  manage({ featureSet: 'CONSOLIDATED_BILLING' });
  expect(sandbox.refused('ListOrganizationsFeatures')).toContain('OrganizationNotInAllFeaturesMode');
});

test('without an organization there are none', () => {
  sandbox = new Sandbox();
  expect(sandbox.refused('EnableOrganizationsRootSessions')).toContain('OrganizationNotFound');
});
