/** The policies that can speak about a request, found in an estate. */
import { parseArn } from '../arn.ts';
import { needsTrust } from '../fixed-rules.ts';
import type { AnyCaller, AnyRequest, ApplicablePolicies, AttachedPolicy, Tags } from '../model.ts';
import type { AccountPrincipal, AccountRole, AccountUser, Estate, ResourcePolicy } from './account.ts';
import { governs } from './governs.ts';

interface Found {
  readonly users: ReadonlyMap<string, AccountUser>;
  readonly roles: ReadonlyMap<string, AccountRole>;
  readonly attached: WeakMap<ResourcePolicy, AttachedPolicy>;
}

const foundIn = new WeakMap<Estate, Found>();

function find(estate: Estate): Found {
  const known = foundIn.get(estate);
  if (known !== undefined) return known;
  const found: Found = {
    users: new Map(estate.accounts.flatMap(({ users }) => users.map((user) => [user.arn, user]))),
    roles: new Map(estate.accounts.flatMap(({ roles }) => roles.map((role) => [role.arn, role]))),
    attached: new WeakMap(),
  };
  foundIn.set(estate, found);
  return found;
}

/** The user or role of that ARN, with its path. */
export function principalIn(estate: Estate, arn: string): AccountPrincipal | undefined {
  const { users, roles } = find(estate);
  return users.get(arn) ?? roles.get(arn);
}

/** The user or role whose policies limit and empower a caller; undefined for callers that have none in the estate. */
export function principalOf(estate: Estate, caller: AnyCaller): AccountPrincipal | undefined {
  if (caller.kind === 'user') return find(estate).users.get(caller.arn);
  if (caller.kind === 'role-session') return find(estate).roles.get(caller.roleArn);
  return caller.kind === 'federated-user' ? find(estate).users.get(caller.parent.arn) : undefined;
}

/**
 * What `decide` takes beside the request. Of sessions it knows no session policies, of requests no VPC endpoint: who knows them adds
 * them. A caller whom the estate does not know has no identity policies; a resource that it does not know has no policy.
 */
export function policiesIn(estate: Estate, request: AnyRequest): ApplicablePolicies {
  const { caller } = request;
  const principal = principalOf(estate, caller);
  const resource = resourcePolicyIn(estate, request);
  const serviceControl = 'accountId' in caller ? own(estate.serviceControl, caller.accountId) : undefined;
  const resourceControl = own(estate.resourceControl ?? {}, request.resourceAccountId);
  return {
    identity: principal?.identity ?? [],
    ...(principal?.boundary === undefined ? {} : { boundary: principal.boundary }),
    ...(resource === undefined ? {} : { resource }),
    ...(serviceControl === undefined ? {} : { serviceControl }),
    ...(resourceControl === undefined ? {} : { resourceControl }),
  };
}

/** The tags of a resource that is a user or a role of the estate; undefined where nothing is known of its tags. */
export function resourceTagsIn(estate: Estate, resource: string): Tags | undefined {
  return principalIn(estate, resource)?.tags;
}

/**
 * The policy of the resource that a request names: for actions of trust the role's trust policy, of a role of no account here one that
 * is given beside; else the nearest that governs the ARN.
 */
function resourcePolicyIn(estate: Estate, { action, resource }: AnyRequest): AttachedPolicy | undefined {
  const { roles, attached } = find(estate);
  const layer = needsTrust(action.toLowerCase(), resource) ? 'trust' : 'resource';
  const known = layer === 'trust' ? roles.get(resource)?.trust : undefined;
  const found = governingPolicy(estate, resource);
  // A trust policy has no say in calls that look at the role.
  if (known !== undefined || found === undefined || isRole(found.resource) !== (layer === 'trust')) return known;
  const policy = attached.get(found) ?? attachedTo(found, layer);
  attached.set(found, policy);
  return policy;
}

function isRole(arn: string): boolean {
  return parseArn(arn)?.service === 'iam';
}

function attachedTo({ resource, policy }: ResourcePolicy, kind: 'trust' | 'resource'): AttachedPolicy {
  return { layer: kind, name: resource, kind, attachedTo: resource, policy };
}

/** Of the policies that govern a resource the one of the longest ARN; undefined where the estate knows none. */
export function governingPolicy(estate: Estate, resource: string): ResourcePolicy | undefined {
  let nearest: ResourcePolicy | undefined;
  for (const policy of estate.resourcePolicies) {
    if (!governs(policy.resource, resource)) continue;
    if (nearest === undefined || policy.resource.length > nearest.resource.length) nearest = policy;
  }
  return nearest;
}

function own<Value>(record: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
