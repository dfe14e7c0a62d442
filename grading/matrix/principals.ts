import { roleCaller } from '../../cloud/credentials.ts';
import { own } from '../../cloud/own.ts';
import type { Permission, PermissionFacts } from '../../cloud/service.ts';
import { readStoredPolicy } from '../../cloud/stored-policy.ts';
import type { World } from '../../cloud/world.ts';
import type { AttachedPolicy, Caller } from '../../iam/model.ts';
import { parsePolicy } from '../../iam/parse.ts';
import type { AssumedRole, Who } from '../check-words.ts';
import { clockOf, type Platform, rootOf } from '../requests.ts';
import {
  accessKeyNamed,
  assumptionOf,
  checkSessionName,
  findWho,
  type Naming,
  nameOfWho,
  principalNamed,
} from '../who.ts';

/** A principal as the account has it now. */
export type FoundPrincipal =
  | {
      readonly kind: 'found';
      readonly name: string;
      readonly caller: Caller;
      /** Of a session that is made with a policy. */
      readonly sessionPolicies?: readonly AttachedPolicy[];
      /** Of a session: who makes it, and the permissions that this takes. */
      readonly assumes?: { readonly by: Caller; readonly permissions: readonly Permission[] };
    }
  | { readonly kind: 'missing'; readonly name: string };

/**
 * Finds a principal that a check names. A session is found whether or not it can be made: what making it takes is part of the answer,
 * so that an edit of the trust policy shows.
 */
export function findPrincipal(world: World, who: Who, platform: Naming): FoundPrincipal {
  const name = rowName(who);
  if (typeof who === 'object')
    return 'assume' in who ? findSession(world, who, name, platform) : { kind: 'missing', name };
  if (who === 'anonymous') return { kind: 'found', name, caller: { kind: 'anonymous' } };
  if (who === 'root') return { kind: 'found', name, caller: rootOf(world) };
  const caller = isKey(who) ? callerOfKey(world, who, platform) : principalNamed(world, who, clockOf(world, platform));
  return caller === undefined ? { kind: 'missing', name } : { kind: 'found', name, caller };
}

function isKey(who: string): boolean {
  return accessKeyNamed(who) !== undefined;
}

/** Who has a key, while it is good for anything. */
function callerOfKey(world: World, who: string, platform: Naming): Caller | undefined {
  const found = findWho(world, who, platform);
  if (found.kind !== 'found') return undefined;
  const { caller } = found;
  return caller.kind === 'user' || caller.kind === 'role-session' || caller.kind === 'root' ? caller : undefined;
}

/** Two sessions of a role differ by how they are made. */
function rowName(who: Who): string {
  const name = nameOfWho(who);
  if (typeof who === 'string' || !('assume' in who)) return name;
  const tags = Object.entries(who.tags ?? {}).map(([key, value]) => `${key}=${value}`);
  return [
    name,
    ...(who.session === undefined ? [] : [`session ${who.session}`]),
    ...(who.mfa === true ? ['with MFA'] : []),
    ...(tags.length === 0 ? [] : [`tagged ${tags.join(', ')}`]),
    ...(who.policy === undefined ? [] : ['with a session policy']),
  ].join(', ');
}

function findSession(world: World, who: AssumedRole, name: string, platform: Platform): FoundPrincipal {
  const now = clockOf(world, platform);
  const { session = checkSessionName, tags = {} } = who;
  const account = own(world.accounts, world.primaryAccountId);
  const assumption = assumptionOf(world, who, now);
  const caller = account && roleCaller(account, who.assume.slice('role/'.length), session, { issuedAt: now }, tags);
  if (assumption.kind === 'missing' || caller?.kind !== 'role-session') return { kind: 'missing', name };
  const { by, input } = assumption;
  const facts = permissionFacts(world, by, platform);
  const permissions = platform.cloud.services['sts']?.operations['AssumeRole']?.permissions?.(input, facts) ?? [];
  return {
    kind: 'found',
    name,
    caller,
    ...(who.policy && { sessionPolicies: sessionPolicies(JSON.stringify(who.policy), caller) }),
    assumes: { by, permissions },
  };
}

/** None for a document that AssumeRole would refuse: then nothing is allowed. */
function sessionPolicies(
  document: string,
  caller: Caller & { readonly kind: 'role-session' },
): readonly AttachedPolicy[] {
  if (parsePolicy(document, 'session').kind === 'malformed') return [];
  const attachedTo = `role/${caller.roleName}`;
  const policy = readStoredPolicy(document, 'session');
  return [{ layer: 'session', name: caller.sessionName, kind: 'session', attachedTo, policy }];
}

/** What the permissions of a caller’s call are derived from. */
export function permissionFacts(world: World, caller: Caller, platform: Platform): PermissionFacts {
  return {
    world,
    callerAccountId: world.primaryAccountId,
    region: world.region,
    caller,
    now: clockOf(world, platform),
    hashes: platform.cloud.hashes,
  };
}

/** Whose identity policies a caller has: its own name, and those of its groups. */
export function holdersOf(world: World, caller: Caller): readonly string[] {
  if (caller.kind === 'role-session') return [`role/${caller.roleName}`];
  if (caller.kind !== 'user') return [];
  const groups = own(own(world.accounts, caller.accountId)?.iam.users ?? {}, caller.name)?.groups ?? [];
  return [`user/${caller.name}`, ...groups.map((group) => `group/${group}`)];
}
