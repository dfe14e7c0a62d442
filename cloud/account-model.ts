/** The sandbox as the policy engine sees it: which policies can speak about a request. */
import type { AccessRequest, AccountModel, ApplicablePolicies, AttachedPolicy, Caller, Layer } from '../iam/model.ts';
import type { Policy } from '../iam/policy.ts';
import type { ManagedPolicyCatalogue } from './managed-policies.ts';
import { own } from './own.ts';
import { holderOf } from './services/s3/buckets-by-name.ts';
import { policyInForce } from './services/s3/policy-in-force.ts';
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

/** Reads the policies of a sandbox's principals, buckets, roles and sessions. */
export function accountModel(world: World, managedPolicies: ManagedPolicyCatalogue): AccountModel {
  return {
    policiesFor(request: AccessRequest): ApplicablePolicies {
      const { caller } = request;
      const principal = policiesOfCaller(world, caller, managedPolicies);
      const session = sessionPolicies(world, caller, managedPolicies);
      const resource = resourcePolicy(world, request);
      return {
        identity: principal.identity,
        ...(principal.boundary && { boundary: principal.boundary }),
        ...(session && { session }),
        ...(resource && { resource }),
      };
    },
  };
}

function policiesOfCaller(world: World, caller: Caller, catalogue: ManagedPolicyCatalogue): PrincipalPolicies {
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
const bucketArn = /^arn:aws:s3:::([^/]+)/;

/** The policy on the resource itself: a role's trust policy, a bucket's policy. */
function resourcePolicy(world: World, request: AccessRequest): AttachedPolicy | undefined {
  const account = own(world.accounts, request.resourceAccountId);
  const roleName = trustActions.test(request.action) ? roleArn.exec(request.resource)?.[1] : undefined;
  const role = account && roleName !== undefined ? own(account.iam.roles, roleName) : undefined;
  if (account && role && request.resource === `arn:aws:iam::${account.id}:role${role.path}${role.name}`) {
    return {
      layer: 'trust',
      name: role.name,
      kind: 'trust',
      attachedTo: request.resource,
      policy: readStoredPolicy(role.trustPolicy, 'trust'),
    };
  }
  const bucketName = bucketArn.exec(request.resource)?.[1];
  // An object may belong to another account than its bucket, whose policy speaks all the same.
  const holder = bucketName === undefined ? undefined : own(world.accounts, holderOf(world, bucketName) ?? '');
  const bucket = bucketName === undefined || holder === undefined ? undefined : own(holder.s3.buckets, bucketName);
  const policy = bucket && holder && policyInForce(bucket, holder.id, request);
  if (bucket === undefined || policy === undefined) return undefined;
  return {
    layer: 'resource',
    name: bucket.name,
    kind: 'resource',
    attachedTo: `arn:aws:s3:::${bucket.name}`,
    policy,
  };
}
