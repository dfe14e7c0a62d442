/** The caller's side of a decision: what its account's IAM, its session and its organization say. */
import type { AnyCaller, ApplicablePolicies, AttachedPolicy, Layer } from '../iam/model.ts';
import type { Policy } from '../iam/policy.ts';
import type { ManagedPolicyCatalogue } from './managed-policies.ts';
import { own } from './own.ts';
import { readStoredPolicy } from './stored-policy.ts';
import type { Account, World } from './world.ts';

/** What a user or role has by itself. */
export type PrincipalPolicies = Pick<ApplicablePolicies, 'identity' | 'boundary'>;

const noPolicies: PrincipalPolicies = { identity: [] };

/**
 * What a principal's policies are, by the account that they were read from. Accounts are immutable and shared between
 * sandboxes, so the answer holds as long as the IAM state does.
 */
const principalPolicies = new WeakMap<Account['iam'], Map<string, PrincipalPolicies>>();

/** The identity policies (its own and its groups') and the boundary of a user or role; of a federated user those of its user. */
export function policiesOfPrincipal(
  world: World,
  caller: AnyCaller,
  catalogue: ManagedPolicyCatalogue,
): PrincipalPolicies {
  const principal = principalOf(caller);
  const account = principal && own(world.accounts, principal.accountId);
  if (principal === undefined || account === undefined) return noPolicies;
  const known = principalPolicies.get(account.iam) ?? new Map<string, PrincipalPolicies>();
  principalPolicies.set(account.iam, known);
  let policies = known.get(principal.id);
  if (policies === undefined) {
    policies =
      principal.kind === 'user'
        ? userPolicies(account, principal, catalogue)
        : rolePolicies(account, { roleName: principal.name, roleId: principal.id }, catalogue);
    known.set(principal.id, policies);
  }
  return policies;
}

interface NamedPrincipal {
  readonly kind: 'user' | 'role';
  readonly accountId: string;
  readonly name: string;
  readonly id: string;
}

/** The user or role whose policies a caller has; undefined for one that has none. */
function principalOf(caller: AnyCaller): NamedPrincipal | undefined {
  switch (caller.kind) {
    case 'user':
      return { kind: 'user', accountId: caller.accountId, name: caller.name, id: caller.id };
    case 'role-session':
      return { kind: 'role', accountId: caller.accountId, name: caller.roleName, id: caller.roleId };
    case 'federated-user': {
      const { arn, id } = caller.parent;
      return { kind: 'user', accountId: caller.accountId, name: nameOfPolicy(arn), id };
    }
    default:
      return undefined;
  }
}

function userPolicies(
  account: Account,
  caller: { readonly name: string; readonly id: string },
  catalogue: ManagedPolicyCatalogue,
): PrincipalPolicies {
  const user = own(account.iam.users, caller.name);
  if (user === undefined || user.id !== caller.id) return noPolicies;
  const holders = [{ attachedTo: `user/${user.name}`, holder: user as PolicyHolder }];
  for (const name of user.groups) {
    const group = own(account.iam.groups, name);
    if (group) holders.push({ attachedTo: `group/${group.name}`, holder: group });
  }
  return ofHolders(account, holders, user.boundary, catalogue);
}

function rolePolicies(
  account: Account,
  caller: { readonly roleName: string; readonly roleId: string },
  catalogue: ManagedPolicyCatalogue,
): PrincipalPolicies {
  const role = own(account.iam.roles, caller.roleName);
  if (role === undefined || role.id !== caller.roleId) return noPolicies;
  return ofHolders(account, [{ attachedTo: `role/${role.name}`, holder: role }], role.boundary, catalogue);
}

/** The policies of a group, which each of its users has; none where the account has no such group. */
export function groupPolicies(
  account: Account,
  name: string,
  managedPolicies: ManagedPolicyCatalogue,
): readonly AttachedPolicy[] {
  const group = own(account.iam.groups, name);
  if (group === undefined) return [];
  return ofHolders(account, [{ attachedTo: `group/${group.name}`, holder: group }], undefined, managedPolicies)
    .identity;
}

interface PolicyHolder {
  readonly inlinePolicies: Readonly<Record<string, string>>;
  readonly attachedPolicies: readonly string[];
}

function ofHolders(
  account: Account,
  holders: readonly { readonly attachedTo: string; readonly holder: PolicyHolder }[],
  boundary: string | undefined,
  catalogue: ManagedPolicyCatalogue,
): PrincipalPolicies {
  const identity = holders.flatMap(({ attachedTo, holder }) => [
    ...Object.entries(holder.inlinePolicies).map(
      ([name, document]): AttachedPolicy => ({
        layer: 'identity',
        name,
        kind: 'inline',
        attachedTo,
        policy: readStoredPolicy(document, 'identity'),
      }),
    ),
    ...holder.attachedPolicies.flatMap((arn) => managed(account, arn, 'identity', attachedTo, catalogue) ?? []),
  ]);
  if (boundary === undefined) return { identity };
  const first = holders[0]?.attachedTo ?? '';
  // A boundary whose policy is gone still bounds: it allows nothing.
  const limit = managed(account, boundary, 'boundary', first, catalogue) ?? emptyBoundary(boundary, first);
  return { identity, boundary: limit };
}

function emptyBoundary(arn: string, attachedTo: string): AttachedPolicy {
  const policy: Policy = { version: '2012-10-17', statements: [] };
  return { layer: 'boundary', name: nameOfPolicy(arn), kind: 'managed', arn, attachedTo, policy };
}

function managed(
  account: Account,
  arn: string,
  layer: Layer,
  attachedTo: string,
  catalogue: ManagedPolicyCatalogue,
): AttachedPolicy | undefined {
  const document = managedDocument(account, arn, catalogue);
  if (document === undefined) return undefined;
  const policy = readStoredPolicy(document, 'identity');
  return { layer, name: nameOfPolicy(arn), kind: 'managed', arn, attachedTo, policy };
}

/** The default version's document of a customer managed or AWS managed policy. */
function managedDocument(account: Account, arn: string, catalogue: ManagedPolicyCatalogue): string | undefined {
  const policy = own(account.iam.policies, arn);
  if (policy) return policy.versions.find((version) => version.id === policy.defaultVersionId)?.document;
  return catalogue.get(arn)?.document;
}

function nameOfPolicy(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

/**
 * What a session is limited by; undefined where it is not. A federated user that was made without policies has none that allow
 * anything (STS API Reference, GetFederationToken).
 */
export function sessionPolicies(
  world: World,
  caller: AnyCaller,
  catalogue: ManagedPolicyCatalogue,
): readonly AttachedPolicy[] | undefined {
  if (!('session' in caller) || caller.session === undefined) return undefined;
  const account = own(world.accounts, caller.accountId);
  const key = caller.session.accessKeyId;
  const passed = account && key !== undefined ? own(account.sts.sessions, key)?.policies : undefined;
  if (account === undefined || passed === undefined) return caller.kind === 'federated-user' ? [] : undefined;
  const { name, attachedTo } = sessionNames(caller);
  return [
    ...passed.documents.map(
      (document): AttachedPolicy => ({
        layer: 'session',
        name,
        kind: 'session',
        attachedTo,
        policy: readStoredPolicy(document, 'session'),
      }),
    ),
    ...passed.arns.flatMap((arn) => managed(account, arn, 'session', attachedTo, catalogue) ?? []),
  ];
}

function sessionNames(caller: Extract<AnyCaller, { readonly accountId: string }>): {
  name: string;
  attachedTo: string;
} {
  switch (caller.kind) {
    case 'role-session':
      return { name: caller.sessionName, attachedTo: `role/${caller.roleName}` };
    case 'federated-user':
      return { name: caller.name, attachedTo: `federated-user/${caller.name}` };
    case 'user':
      return { name: caller.name, attachedTo: `user/${caller.name}` };
    case 'root':
      return { name: 'root', attachedTo: 'root' };
  }
}
