/**
 * Everybody who may do something in a sandbox, with what they may do: its users and roles, and
 * anonymous callers, other accounts, services and identity providers. */
import { roleCaller, userCaller } from '../cloud/credentials.ts';
import type { ManagedPolicyCatalogue } from '../cloud/managed-policies.ts';
import type { World } from '../cloud/world.ts';
import type { Access } from '../iam/analyse/access.ts';
import { isAccountId, parseArn } from '../iam/arn.ts';
import type { AnyCaller, AttachedPolicy } from '../iam/model.ts';
import type { Policy } from '../iam/policy.ts';
import { accessOf, accessWith, protectedResources } from './access-of.ts';

/** Somebody, by the name that checks have for them, and what they may do. */
export interface Party {
  readonly name: string;
  readonly access: Access;
}

/** The users and roles of the sandbox's accounts; those of the learner's own by `user/Bea`, of another by `222233334444/user/Bea`. */
export function principalsOf(world: World, managedPolicies: ManagedPolicyCatalogue): readonly Party[] {
  return Object.values(world.accounts).flatMap((account) => {
    const prefix = account.id === world.primaryAccountId ? '' : `${account.id}/`;
    const users = Object.keys(account.iam.users).map((name) => ({
      name: `user/${name}`,
      caller: userCaller(account, name),
    }));
    const roles = Object.keys(account.iam.roles).map((name) => ({
      name: `role/${name}`,
      caller: roleCaller(account, name, SESSION, { issuedAt: 0 }),
    }));
    return [...users, ...roles].flatMap(({ name, caller }) =>
      caller === undefined ? [] : [{ name: `${prefix}${name}`, access: accessOf(world, caller, managedPolicies) }],
    );
  });
}

/** Anonymous callers, somebody of an account that nobody knows, and whom the policies on resources name from outside. */
export function outsidersNamedIn(world: World): readonly AnyCaller[] {
  const found = new Map<string, AnyCaller>([['anonymous', { kind: 'anonymous' }]]);
  const add = (caller: AnyCaller) => found.set(JSON.stringify(caller), caller);
  for (const caller of strangersOf(STRANGER)) add(caller);
  const isInside = (accountId: string) => Object.hasOwn(world.accounts, accountId);
  for (const { policies } of protectedResources(world)) {
    for (const { effect, principal } of policies.resource?.policy.statements ?? []) {
      if (effect !== 'Allow' || principal === undefined) continue;
      for (const service of principal.service) add({ kind: 'service', service });
      for (const provider of principal.federated) add({ kind: 'federated-identity', provider, subject: provider });
      for (const text of principal.aws)
        for (const caller of callersNamed(text)) if (!isInside(caller.accountId)) add(caller);
    }
  }
  return [...found.values()];
}

/** What an outsider may do on the sandbox's resources, where its own account allows it everything. */
export function outsiderAccess(caller: AnyCaller, world: World): Access {
  const identity = caller.kind === 'user' || caller.kind === 'role-session' ? [EVERYTHING] : [];
  return accessWith(world, caller, { identity });
}

const SESSION = 'check';
const STRANGER = '444455556666';

type Insider = Extract<AnyCaller, { kind: 'user' | 'role-session' }>;

/** Somebody of an account. */
function strangersOf(accountId: string): readonly Insider[] {
  return [userOf(accountId, 'Someone'), sessionOf(accountId, 'Someone', SESSION)];
}

/** Whom a text of a Principal element speaks of; ids of principals that are gone, and what else there may be, are nobody. */
function callersNamed(text: string): readonly Insider[] {
  if (isAccountId(text)) return strangersOf(text);
  const arn = parseArn(text);
  if (arn === undefined || !isAccountId(arn.accountId)) return [];
  if (arn.resource === 'root') return strangersOf(arn.accountId);
  const [kind, ...path] = arn.resource.split('/');
  if (kind === 'user') return [userOf(arn.accountId, path.join('/'))];
  if (kind === 'role') return [sessionOf(arn.accountId, path.join('/'), SESSION)];
  if (kind === 'assumed-role') return [sessionOf(arn.accountId, path[0] ?? '', path[1] ?? SESSION)];
  return [];
}

function userOf(accountId: string, pathAndName: string): Insider {
  const name = lastOf(pathAndName);
  return {
    kind: 'user',
    accountId,
    arn: `arn:aws:iam::${accountId}:user/${pathAndName}`,
    name,
    id: 'AIDACKCEVSQ6C2EXAMPLE',
    tags: {},
  };
}

function sessionOf(accountId: string, pathAndName: string, sessionName: string): Insider {
  const roleName = lastOf(pathAndName);
  return {
    kind: 'role-session',
    accountId,
    roleArn: `arn:aws:iam::${accountId}:role/${pathAndName}`,
    roleName,
    roleId: 'AROADBQP57FF2AEXAMPLE',
    sessionName,
    sessionArn: `arn:aws:sts::${accountId}:assumed-role/${roleName}/${sessionName}`,
    tags: {},
    session: { issuedAt: 0 },
  };
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

const anything = { not: false, values: ['*'] };
const everything: Policy = {
  version: '2012-10-17',
  statements: [{ effect: 'Allow', action: anything, resource: anything, conditions: [] }],
};
const EVERYTHING: AttachedPolicy = {
  layer: 'identity',
  name: 'Everything',
  kind: 'managed',
  attachedTo: 'another account',
  policy: everything,
};
