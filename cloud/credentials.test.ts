import { expect, test } from 'vitest';
import { nodeRandom } from '../server/hashes/node-hashes.ts';
import { makeAccessKeyId } from './access-key.ts';
import { resolveCredential } from './credentials.ts';
import { newAccount, newWorld } from './new-world.ts';
import type { RoleState, UserState } from './services/iam/state.ts';
import type { SessionState } from './services/sts/state.ts';
import type { Account, World } from './world.ts';

const accountId = '111122223333';
const now = Date.UTC(2026, 10, 24);
const key = makeAccessKeyId('AKIA', accountId, nodeRandom);
const off = makeAccessKeyId('AKIA', accountId, nodeRandom);
const rootKey = makeAccessKeyId('AKIA', accountId, nodeRandom);
const roleKey = makeAccessKeyId('ASIA', accountId, nodeRandom);
const userKey = makeAccessKeyId('ASIA', accountId, nodeRandom);

const held = { inlinePolicies: {}, attachedPolicies: [], createdAt: 0, path: '/staff/' };
const bea: UserState = {
  ...held,
  name: 'Bea',
  id: 'AIDABEA',
  tags: [{ Key: 'team', Value: 'pay' }],
  groups: [],
  mfaDevices: [],
};
const clerk: RoleState = {
  ...held,
  name: 'Clerk',
  id: 'AROACLERK',
  tags: [
    { Key: 'Team', Value: 'pay' },
    { Key: 'site', Value: 'B' },
  ],
  maxSessionDuration: 3600,
  trustPolicy: '{}',
};
const session: SessionState = {
  accessKeyId: roleKey,
  secret: 's',
  token: 't',
  kind: 'role',
  principalId: clerk.id,
  principalName: clerk.name,
  sessionName: 'work',
  issuedAt: now - 1000,
  expiresAt: now + 1000,
  tags: { team: 'audit' },
  transitiveTagKeys: [],
  mfaAt: now - 5000,
  chained: false,
};
const account: Account = {
  ...newAccount(accountId),
  iam: {
    ...newAccount(accountId).iam,
    users: { Bea: bea },
    roles: { Clerk: clerk },
    accessKeys: {
      [key]: { id: key, secret: 'k', user: 'Bea', status: 'Active', createdAt: 0 },
      [off]: { id: off, secret: 'k', user: 'Bea', status: 'Inactive', createdAt: 0 },
      [rootKey]: { id: rootKey, secret: 'k', status: 'Active', createdAt: 0 },
    },
  },
  sts: {
    tokenIssuers: {},
    sessions: {
      [roleKey]: session,
      [userKey]: { ...session, accessKeyId: userKey, kind: 'user', principalId: bea.id, principalName: 'Bea' },
    },
  },
};
const world: World = { ...newWorld({ accountId, region: 'us-east-1' }), accounts: { [accountId]: account } };

test('a user’s key, switched off too, and root’s', () => {
  expect(resolveCredential(world, key, now)).toEqual({
    kind: 'found',
    secret: 'k',
    caller: {
      kind: 'user',
      accountId,
      arn: `arn:aws:iam::${accountId}:user/staff/Bea`,
      name: 'Bea',
      id: 'AIDABEA',
      tags: { team: 'pay' },
    },
  });
  expect(resolveCredential(world, off, now)).toEqual({ kind: 'inactive' });
  expect(resolveCredential(world, rootKey, now)).toMatchObject({ caller: { kind: 'root', accountId } });
});

test('a role session: its tags override the role’s whatever the case, its ARN has no path', () => {
  expect(resolveCredential(world, roleKey, now)).toMatchObject({
    kind: 'found',
    token: 't',
    caller: {
      kind: 'role-session',
      roleArn: `arn:aws:iam::${accountId}:role/staff/Clerk`,
      sessionArn: `arn:aws:sts::${accountId}:assumed-role/Clerk/work`,
      tags: { team: 'audit', site: 'B' },
      session: { accessKeyId: roleKey, issuedAt: now - 1000, mfa: { authenticatedAt: now - 5000 } },
    },
  });
  const caller = resolveCredential(world, roleKey, now);
  expect(caller.kind === 'found' && 'tags' in caller.caller && caller.caller.tags).toEqual({
    team: 'audit',
    site: 'B',
  });
});

test('a user’s session, and the end of sessions', () => {
  expect(resolveCredential(world, userKey, now)).toMatchObject({
    caller: { kind: 'user', session: { issuedAt: now - 1000 } },
  });
  expect(resolveCredential(world, roleKey, now + 1000)).toEqual({ kind: 'expired' });
});

test('what is not there is unknown: other keys, other accounts, principals made anew', () => {
  const foreign = makeAccessKeyId('AKIA', '444455556666', nodeRandom);
  for (const id of ['', accountId, 'constructor', makeAccessKeyId('AKIA', accountId, nodeRandom), foreign]) {
    expect(resolveCredential(world, id, now)).toEqual({ kind: 'unknown' });
  }
  const renewed: Account = {
    ...account,
    iam: { ...account.iam, roles: { Clerk: { ...clerk, id: 'AROANEW' } }, users: {} },
  };
  for (const id of [key, roleKey, userKey]) {
    expect(resolveCredential({ ...world, accounts: { [accountId]: renewed } }, id, now)).toEqual({ kind: 'unknown' });
  }
});
