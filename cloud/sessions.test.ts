import { describe, expect, it } from 'vitest';
import { decide } from '../iam/decide.ts';
import type { AnyCaller } from '../iam/model.ts';
import { makeAccessKeyId } from './access-key.ts';
import { accountModel } from './account-model.ts';
import { resolveCredential } from './credentials.ts';
import type { SessionState } from './services/sts/state.ts';
import { countingRandom } from './testing/counting-random.ts';
import { accountId, allow, policy, Sandbox } from './testing/sandbox.ts';
import type { World } from './world.ts';

const key = makeAccessKeyId('ASIA', accountId, countingRandom());
const catalogue = { get: () => undefined, list: () => [] };

/** A sandbox in which Bea may list buckets and users, and in which there is a session. */
function worldWith(session: Partial<SessionState> & Pick<SessionState, 'kind'>): World {
  const sandbox = new Sandbox();
  sandbox.user('Bea', allow(['s3:ListAllMyBuckets', 'iam:ListUsers']));
  const account = sandbox.world.accounts[accountId];
  const bea = account?.iam.users['Bea'];
  if (account === undefined || bea === undefined) throw new Error('no Bea');
  const state: SessionState = {
    accessKeyId: key,
    secret: 's',
    token: 't',
    // Root has neither.
    ...(session.kind === 'federated-user' && { principalId: bea.id, principalName: 'Bea' }),
    issuedAt: 0,
    expiresAt: 1000,
    tags: { team: 'audit' },
    transitiveTagKeys: [],
    chained: false,
    ...session,
  };
  const sts = { ...account.sts, sessions: { [key]: state } };
  return { ...sandbox.world, accounts: { ...sandbox.world.accounts, [accountId]: { ...account, sts } } };
}

function callerIn(world: World): AnyCaller {
  const credential = resolveCredential(world, key, 0);
  if (credential.kind !== 'found') throw new Error(credential.kind);
  return credential.caller;
}

function verdict(world: World, action: string): string {
  const request = { caller: callerIn(world), action, resource: '*', resourceAccountId: accountId, context: {} };
  const { verdict, layer } = decide(request, accountModel(world, catalogue).policiesFor(request));
  return `${verdict} ${layer}`;
}

describe('a federated user', () => {
  const session = { kind: 'federated-user', sessionName: 'Guest' } as const;

  it("has its name, and its user's policies within those of the session", () => {
    const world = worldWith({ ...session, policies: { documents: [policy(allow('s3:*'))], arns: [] } });
    expect(callerIn(world)).toMatchObject({
      kind: 'federated-user',
      arn: `arn:aws:sts::${accountId}:federated-user/Guest`,
      parent: { arn: `arn:aws:iam::${accountId}:user/Bea` },
      tags: { team: 'audit' },
      session: { accessKeyId: key },
    });
    expect(verdict(world, 's3:ListAllMyBuckets')).toBe('allowed identity');
    expect(verdict(world, 's3:CreateBucket')).toBe('implicitly-denied identity');
    expect(verdict(world, 'iam:ListUsers')).toBe('implicitly-denied session');
  });

  it('may do nothing without policies of the session', () => {
    expect(verdict(worldWith(session), 's3:ListAllMyBuckets')).toBe('implicitly-denied session');
  });

  it('is gone with its user', () => {
    expect(resolveCredential(worldWith({ ...session, principalId: 'AIDAOTHER' }), key, 0).kind).toBe('unknown');
  });
});

it('a session of AssumeRoot is the root user within its task policy', () => {
  const world = worldWith({
    kind: 'assumed-root',
    policies: { documents: [policy(allow('s3:*'))], arns: [] },
  });
  expect(callerIn(world)).toMatchObject({ kind: 'root', accountId, session: { assumedRoot: true } });
  expect(verdict(world, 's3:ListAllMyBuckets')).toBe('allowed root');
  expect(verdict(world, 'sqs:ListQueues')).toBe('implicitly-denied session');
});

it('a session of a web identity knows who vouched for it', () => {
  const sandbox = new Sandbox();
  const trust = policy({ Effect: 'Allow', Principal: { AWS: accountId }, Action: 'sts:AssumeRole' });
  sandbox.call('iam:CreateRole', { RoleName: 'Web', AssumeRolePolicyDocument: trust });
  const account = sandbox.world.accounts[accountId];
  const role = account?.iam.roles['Web'];
  if (account === undefined || role === undefined) throw new Error('no Web');
  const session: SessionState = {
    accessKeyId: key,
    secret: 's',
    token: 't',
    kind: 'role',
    principalId: role.id,
    principalName: role.name,
    sessionName: 'web',
    federatedProvider: 'cognito-identity.amazonaws.com',
    issuedAt: 0,
    expiresAt: 1000,
    tags: {},
    transitiveTagKeys: [],
    chained: false,
  };
  const sts = { ...account.sts, sessions: { [key]: session } };
  const world = { ...sandbox.world, accounts: { ...sandbox.world.accounts, [accountId]: { ...account, sts } } };
  expect(callerIn(world)).toMatchObject({
    kind: 'role-session',
    session: { federatedProvider: 'cognito-identity.amazonaws.com' },
  });
});
