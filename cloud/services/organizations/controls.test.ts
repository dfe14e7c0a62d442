import { describe, expect, it } from 'vitest';
import type { AnyCaller } from '../../../iam/model.ts';
import { accountModel } from '../../account-model.ts';
import { newAccount, newWorld } from '../../new-world.ts';
import { ask } from '../../permissions/ask.ts';
import { allow, deny, policy } from '../../testing/sandbox.ts';
import type { World } from '../../world.ts';
import { controlsOf } from './controls.ts';
import type { OrganizationState } from './state.ts';

const management = '999988887777';
const member = '111122223333';
const stranger = '444455556666';
const full = 'p-FullAWSAccess';

const organization: OrganizationState = {
  id: 'o-a1b2c3d4e5',
  rootId: 'r-ab12',
  policyTypes: ['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY'],
  units: { 'ou-ab12-11111111': { id: 'ou-ab12-11111111', name: 'Labs', parentId: 'r-ab12' } },
  accounts: {
    [management]: { id: management, name: 'Main', email: 'm@example.com', parentId: 'r-ab12', joinedAt: 0 },
    [member]: { id: member, name: 'Lab', email: 'l@example.com', parentId: 'ou-ab12-11111111', joinedAt: 0 },
  },
  policies: {
    'p-noiam': {
      id: 'p-noiam',
      type: 'SERVICE_CONTROL_POLICY',
      name: 'NoIam',
      description: '',
      document: policy(deny('iam:*')),
    },
    'p-onlys3': {
      id: 'p-onlys3',
      type: 'SERVICE_CONTROL_POLICY',
      name: 'OnlyS3',
      description: '',
      document: policy(allow('s3:*')),
    },
    'p-inside': {
      id: 'p-inside',
      type: 'RESOURCE_CONTROL_POLICY',
      name: 'Inside',
      description: '',
      document: policy({
        ...deny('sts:AssumeRole'),
        Principal: '*',
        Condition: { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
      }),
    },
  },
  attachments: { 'r-ab12': [full], 'ou-ab12-11111111': [full], [member]: [full], [management]: [full] },
  delegatedAdministrators: { [member]: ['iam.amazonaws.com'] },
};

function worldWith(given: Partial<OrganizationState>): World {
  const world = newWorld({ accountId: member, region: 'us-east-1' });
  const state = { ...organization, ...given };
  const trust = policy({ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' });
  const role = {
    name: 'Open',
    path: '/',
    id: 'AROA1',
    createdAt: 0,
    tags: [],
    inlinePolicies: {},
    attachedPolicies: [],
    trustPolicy: trust,
    maxSessionDuration: 3600,
    description: '',
  };
  const own = newAccount(member);
  return {
    ...world,
    accounts: {
      [member]: { ...own, iam: { ...own.iam, roles: { Open: role } } },
      [stranger]: newAccount(stranger),
      [management]: { ...newAccount(management), organizations: { organization: state } },
    },
  };
}

function decided(world: World, caller: AnyCaller, action: string, resource = '*', owner = member) {
  const within = controlsOf(world)?.organization;
  const asker = {
    caller,
    request: { sourceIp: '203.0.113.7', secureTransport: true, userAgent: '', region: 'us-east-1' },
    now: 0,
    model: accountModel(world, { get: () => undefined, list: () => [] }),
    ...(within && { organization: within }),
  };
  const { verdict, layer, statements } = ask(
    { action, resource, resourceAccountId: owner, context: {} },
    asker,
  ).decision;
  return `${verdict} ${layer}${statements.map(({ policy: { name } }) => ` ${name}`).join('')}`;
}

const root = (accountId: string): AnyCaller => ({ kind: 'root', accountId });

describe('service control policies', () => {
  it('limit even the root user of a member where a level above denies', () => {
    const world = worldWith({ attachments: { ...organization.attachments, 'r-ab12': [full, 'p-noiam'] } });
    expect(decided(world, root(member), 'iam:ListUsers')).toBe('explicitly-denied service-control NoIam');
    expect(decided(world, root(member), 's3:ListAllMyBuckets')).toBe('allowed root');
  });

  it('must allow at every level', () => {
    const world = worldWith({ attachments: { ...organization.attachments, 'ou-ab12-11111111': ['p-onlys3'] } });
    expect(decided(world, root(member), 'iam:ListUsers')).toBe('implicitly-denied service-control');
    expect(decided(world, root(member), 's3:ListAllMyBuckets')).toBe('allowed root');
    const none = worldWith({ attachments: { ...organization.attachments, [member]: [] } });
    expect(decided(none, root(member), 's3:ListAllMyBuckets')).toBe('implicitly-denied service-control');
  });

  it.each([
    ['the management account', management, organization.policyTypes],
    ['an account outside', stranger, organization.policyTypes],
    ['anybody while they are switched off', member, []],
  ] as const)('do not limit %s', (_who, accountId, policyTypes) => {
    const attachments = { ...organization.attachments, 'r-ab12': ['p-noiam'], [management]: ['p-noiam'] };
    expect(decided(worldWith({ attachments, policyTypes }), root(accountId), 'iam:ListUsers', '*', accountId)).toBe(
      'allowed root',
    );
  });
});

it("resource control policies keep outsiders from a member's resources, and need no full access beside them", () => {
  const world = worldWith({ attachments: { ...organization.attachments, [member]: [full, 'p-inside'] } });
  const user = (accountId: string): AnyCaller => ({
    kind: 'role-session',
    accountId,
    roleArn: `arn:aws:iam::${accountId}:role/Any`,
    roleName: 'Any',
    roleId: 'AROA2',
    sessionName: 's',
    sessionArn: `arn:aws:sts::${accountId}:assumed-role/Any/s`,
    tags: {},
    session: { issuedAt: 0 },
  });
  const role = `arn:aws:iam::${member}:role/Open`;
  expect(decided(world, user(stranger), 'sts:AssumeRole', role)).toBe('explicitly-denied resource-control Inside');
  expect(decided(world, user(member), 'sts:AssumeRole', role)).toBe('allowed trust Open');
});

it('an organization is read once, with its paths and administrators', () => {
  const world = worldWith({});
  expect(controlsOf(world)?.organization).toEqual({
    id: 'o-a1b2c3d4e5',
    managementAccountId: management,
    paths: { [management]: 'o-a1b2c3d4e5/r-ab12/', [member]: 'o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/' },
    delegatedAdministrators: [member],
  });
  expect(controlsOf({ ...world, clockOffset: 1 })).toBe(controlsOf(world));
  expect(controlsOf(newWorld({ accountId: member, region: 'us-east-1' }))).toBeUndefined();
});

it("its policies are called by AWS's ARNs", () => {
  const controls = controlsOf(worldWith({ attachments: { ...organization.attachments, [member]: ['p-noiam', full] } }));
  expect(
    controls?.serviceControl(member)?.map((level) => level.map(({ arn, attachedTo }) => `${attachedTo} ${arn}`)),
  ).toEqual([
    [`r-ab12 arn:aws:organizations::aws:policy/service_control_policy/${full}`],
    [`ou-ab12-11111111 arn:aws:organizations::aws:policy/service_control_policy/${full}`],
    [
      `${member} arn:aws:organizations::${management}:policy/o-a1b2c3d4e5/service_control_policy/p-noiam`,
      `${member} arn:aws:organizations::aws:policy/service_control_policy/${full}`,
    ],
  ]);
});
