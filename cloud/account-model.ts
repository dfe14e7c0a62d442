/** The sandbox as the policy engine sees it: which policies can speak about a request. */
import type { AccessRequest, AccountModel, ApplicablePolicies, AttachedPolicy, Caller, Layer } from '../iam/model.ts';
import type { Policy } from '../iam/policy.ts';
import type { ManagedPolicyCatalogue } from './managed-policies.ts';
import { own } from './own.ts';
import { accessControl, publicAccessBlocks } from './services/s3/access-control.ts';
import { bucketArn, holderOf } from './services/s3/buckets-by-name.ts';
import { readStoredPolicy } from './stored-policy.ts';
import type { Account, World } from './world.ts';

interface PrincipalPolicies {
  readonly identity: readonly AttachedPolicy[];
  readonly boundary?: AttachedPolicy;
}

const noPolicies: PrincipalPolicies = { identity: [] };

/**
 * What a principal's policies are, by the account that they were read from. Accounts are immutable and shared between
 * sandboxes, so the answer holds as long as the IAM state does.
 */
const principalPolicies = new WeakMap<Account['iam'], Map<string, PrincipalPolicies>>();

/** What limits and allows a caller, whatever it asks for. */
export type CallerPolicies = Pick<ApplicablePolicies, 'identity' | 'boundary' | 'session'>;

/** What is said about a resource, whoever asks. */
export type ResourcePolicies = Pick<ApplicablePolicies, 'resource' | 'acl' | 'publicAccessBlocks'>;

/** A request without the one who makes it. */
export type AskedResource = Pick<AccessRequest, 'action' | 'resource' | 'resourceAccountId' | 'context'>;

/** Reads the policies of a sandbox's principals, buckets, roles and sessions. */
export function accountModel(world: World, managedPolicies: ManagedPolicyCatalogue): AccountModel {
  return {
    policiesFor: (request) => ({
      ...callerPolicies(world, request.caller, managedPolicies),
      ...resourcePolicies(world, request),
    }),
  };
}

/** The caller's side: its identity policies (its own and its groups'), boundary and session policies. */
export function callerPolicies(world: World, caller: Caller, managedPolicies: ManagedPolicyCatalogue): CallerPolicies {
  const principal = policiesOfPrincipal(world, caller, managedPolicies);
  const session = sessionPolicies(world, caller, managedPolicies);
  return session === undefined ? principal : { ...principal, session };
}

/** The resource's side: a role's trust policy; a bucket's policy, access control lists and Block Public Access. */
export function resourcePolicies(world: World, request: AskedResource): ResourcePolicies {
  const trust = trustPolicy(world, request);
  return trust === undefined ? bucketPolicies(world, request) : { resource: trust };
}

function policiesOfPrincipal(world: World, caller: Caller, catalogue: ManagedPolicyCatalogue): PrincipalPolicies {
  if (caller.kind !== 'user' && caller.kind !== 'role-session') return noPolicies;
  const account = own(world.accounts, caller.accountId);
  if (account === undefined) return noPolicies;
  const known = principalPolicies.get(account.iam) ?? new Map<string, PrincipalPolicies>();
  principalPolicies.set(account.iam, known);
  const id = caller.kind === 'user' ? caller.id : caller.roleId;
  let policies = known.get(id);
  if (policies === undefined) {
    policies =
      caller.kind === 'user' ? userPolicies(account, caller, catalogue) : rolePolicies(account, caller, catalogue);
    known.set(id, policies);
  }
  return policies;
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

function sessionPolicies(
  world: World,
  caller: Caller,
  catalogue: ManagedPolicyCatalogue,
): readonly AttachedPolicy[] | undefined {
  if (caller.kind !== 'role-session') return undefined;
  const account = own(world.accounts, caller.accountId);
  const key = caller.session.accessKeyId;
  const passed = account && key !== undefined ? own(account.sts.sessions, key)?.policies : undefined;
  if (account === undefined || passed === undefined) return undefined;
  const attachedTo = `role/${caller.roleName}`;
  return [
    ...passed.documents.map(
      (document): AttachedPolicy => ({
        layer: 'session',
        name: caller.sessionName,
        kind: 'session',
        attachedTo,
        policy: readStoredPolicy(document, 'session'),
      }),
    ),
    ...passed.arns.flatMap((arn) => managed(account, arn, 'session', attachedTo, catalogue) ?? []),
  ];
}

const trustActions = /^sts:(AssumeRole|AssumeRoleWithSAML|AssumeRoleWithWebIdentity|TagSession|SetSourceIdentity)$/i;
const roleArn = /^arn:aws:iam::\d{12}:role\/(?:.*\/)?([^/]+)$/;
const bucketArnPattern = /^arn:aws:s3:::([^/]+)/;

function trustPolicy(world: World, { action, resource, resourceAccountId }: AskedResource): AttachedPolicy | undefined {
  const account = own(world.accounts, resourceAccountId);
  const roleName = trustActions.test(action) ? roleArn.exec(resource)?.[1] : undefined;
  const role = account && roleName !== undefined ? own(account.iam.roles, roleName) : undefined;
  if (account === undefined || role === undefined) return undefined;
  if (resource !== `arn:aws:iam::${account.id}:role${role.path}${role.name}`) return undefined;
  const policy = readStoredPolicy(role.trustPolicy, 'trust');
  return { layer: 'trust', name: role.name, kind: 'trust', attachedTo: resource, policy };
}

function bucketPolicies(world: World, request: AskedResource): ResourcePolicies {
  const name = bucketArnPattern.exec(request.resource)?.[1];
  const holder = name === undefined ? undefined : holderOf(world, name);
  const bucket =
    name === undefined || holder === undefined ? undefined : own(world.accounts[holder]?.s3.buckets ?? {}, name);
  if (bucket === undefined) return {};
  const acl = accessControl(world, bucket, request);
  const blocks = publicAccessBlocks(bucket);
  return {
    ...(bucket.policy !== undefined && { resource: bucketPolicy(bucket.name, bucket.policy) }),
    ...(acl && { acl }),
    ...(blocks && { publicAccessBlocks: blocks }),
  };
}

function bucketPolicy(name: string, document: string): AttachedPolicy {
  const policy = readStoredPolicy(document, 'resource');
  return { layer: 'resource', name, kind: 'resource', attachedTo: bucketArn(name), policy };
}
