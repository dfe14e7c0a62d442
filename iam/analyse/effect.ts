/**
 * How the layers work together, for one kind of request: found by asking `decide` about policies that allow or deny everything in one
 * layer each. So the analysis cannot combine them otherwise than a decision does.
 */
import { decide } from '../decide.ts';
import { isAboutKey } from '../kms-grants.ts';
import type { AclGrant, AnyCaller, AnyRequest, ApplicablePolicies, AttachedPolicy, Layer } from '../model.ts';
import type { Policy, PrincipalElement, Statement } from '../policy.ts';

/**
 * What can allow. `service-control`: every level of these policies. Of a resource's policy and lists by their reach: `direct`, `limited`,
 * `delegated`. Of a grant by whom it names.
 */
export type Part =
  | 'identity'
  | 'boundary'
  | 'session'
  | 'service-control'
  | 'vpc-endpoint'
  | 'direct'
  | 'limited'
  | 'delegated'
  | 'grant-to-caller'
  | 'grant-to-account';

export interface Effect {
  /** Sets of parts, each of which allows together, none of them larger than it must be. */
  readonly ways: readonly ReadonlySet<Part>[];
  /** The layers of which a Deny denies. */
  readonly denying: ReadonlySet<Layer>;
}

const LAYERS: readonly Layer[] = [
  'identity',
  'boundary',
  'session',
  'service-control',
  'resource-control',
  'vpc-endpoint',
  'resource',
];

/** The effect of the layers that apply to a request, whatever their policies say. */
export function effectOf(request: AnyRequest, applicable: ApplicablePolicies): Effect {
  const parts = partsOf(request, applicable);
  const isAllowed = (allowing: ReadonlySet<Part>, denying?: Layer) =>
    decide(request, policiesWith(request, applicable, allowing, denying)).verdict === 'allowed';
  const all = new Set(parts);
  if (!isAllowed(all)) return { ways: [], denying: new Set() };
  const needed = parts.filter((part) => !isAllowed(new Set(parts.filter((other) => other !== part))));
  const ways: ReadonlySet<Part>[] = [];
  for (const subset of subsets(parts.filter((part) => !needed.includes(part)))) {
    const way = new Set([...needed, ...subset]);
    if (!ways.some((known) => isSubset(known, way)) && isAllowed(way)) ways.push(way);
  }
  return { ways, denying: new Set(LAYERS.filter((layer) => !isAllowed(all, layer))) };
}

function partsOf({ caller, action, resource }: AnyRequest, applicable: ApplicablePolicies): readonly Part[] {
  const { boundary, session, serviceControl, vpcEndpoint, grants } = applicable;
  const parts: Part[] = [];
  if ('accountId' in caller) parts.push('identity');
  if (boundary !== undefined) parts.push('boundary');
  if (session !== undefined) parts.push('session');
  if (serviceControl !== undefined) parts.push('service-control');
  if (vpcEndpoint !== undefined) parts.push('vpc-endpoint');
  if (applicable.resource !== undefined || applicable.acl !== undefined) {
    parts.push('direct');
    if ('tags' in caller) parts.push('limited', 'delegated');
  }
  if (grants !== undefined && isAboutKey(action.toLowerCase(), resource)) {
    parts.push('grant-to-caller');
    if ('accountId' in caller) parts.push('grant-to-account');
  }
  return parts;
}

/** Every subset, a smaller before a larger. */
function subsets(parts: readonly Part[]): readonly (readonly Part[])[] {
  const all: Part[][] = [[]];
  for (const part of parts) all.push(...all.map((subset) => [...subset, part]));
  return all.sort((a, b) => a.length - b.length);
}

function isSubset(a: ReadonlySet<Part>, b: ReadonlySet<Part>): boolean {
  return [...a].every((part) => b.has(part));
}

/** Policies in which these parts allow everything, and one layer besides denies everything. */
function policiesWith(
  request: AnyRequest,
  applicable: ApplicablePolicies,
  allowing: ReadonlySet<Part>,
  denying: Layer | undefined,
): ApplicablePolicies {
  const { action, caller } = request;
  const speak = (layer: Layer, part: Part, principal?: PrincipalElement) =>
    attach(layer, [
      ...(allowing.has(part) ? [allow(action, principal)] : []),
      ...(denying === layer ? [deny(action, principal)] : []),
    ]);
  const reached = (['direct', 'limited', 'delegated'] as const).filter((reach) => allowing.has(reach));
  const owners = [
    ...reached.map((reach) => allow(action, principalOf(caller, reach))),
    ...(denying === 'resource' ? [deny(action, EVERYONE)] : []),
  ];
  const { serviceControl, resourceControl, vpcEndpoint, resource, acl, grants } = applicable;
  const ofOrganization = attach('resource-control', denying === 'resource-control' ? [deny(action, EVERYONE)] : []);
  return {
    identity: [speak('identity', 'identity')],
    ...(applicable.boundary === undefined ? {} : { boundary: speak('boundary', 'boundary') }),
    ...(applicable.session === undefined ? {} : { session: [speak('session', 'session')] }),
    ...(serviceControl === undefined ? {} : { serviceControl: [[speak('service-control', 'service-control')]] }),
    ...(vpcEndpoint === undefined ? {} : { vpcEndpoint: [speak('vpc-endpoint', 'vpc-endpoint', EVERYONE)] }),
    ...(resourceControl === undefined ? {} : { resourceControl: [[ofOrganization]] }),
    ...(resource === undefined && acl === undefined ? {} : { resource: attach(resource?.layer ?? 'resource', owners) }),
    ...(acl === undefined ? {} : { acl: { ...acl, bucket: lists(caller, reached), object: lists(caller, reached) } }),
    ...(grants === undefined ? {} : { grants: grantsOf(request, allowing) }),
  };
}

/** Access control lists that reach the caller so: they name accounts and groups, never a user or a role. */
function lists(caller: AnyCaller, reached: readonly Part[]): readonly AclGrant[] {
  const isIdentity = 'tags' in caller;
  const grantees: AclGrant['grantee'][] = [];
  if (reached.includes(isIdentity ? 'limited' : 'direct')) grantees.push({ kind: 'all-users' });
  if (reached.includes('delegated') && 'accountId' in caller) {
    grantees.push({ kind: 'account', accountId: caller.accountId });
  }
  return grantees.map((grantee) => ({ grantee, permission: 'FULL_CONTROL' }));
}

function attach(layer: Layer, statements: readonly Statement[]): AttachedPolicy {
  const policy: Policy = { version: '2012-10-17', statements };
  return { layer, name: layer, kind: layer === 'trust' ? 'trust' : 'managed', attachedTo: 'analysis', policy };
}

function allow(action: string, principal?: PrincipalElement): Statement {
  const all = { not: false, values: ['*'] };
  return {
    effect: 'Allow',
    action: { not: false, values: [action] },
    resource: all,
    conditions: [],
    ...(principal === undefined ? {} : { principal }),
  };
}

function deny(action: string, principal?: PrincipalElement): Statement {
  return { ...allow(action, principal), effect: 'Deny' };
}

const NOBODY: PrincipalElement = {
  not: false,
  everyone: false,
  aws: [],
  service: [],
  federated: [],
  canonicalUser: [],
};
const EVERYONE: PrincipalElement = { ...NOBODY, everyone: true };

/** A Principal element that reaches the caller so. */
function principalOf(caller: AnyCaller, reach: 'direct' | 'limited' | 'delegated'): PrincipalElement {
  switch (caller.kind) {
    case 'anonymous':
      return EVERYONE;
    case 'service':
      return { ...NOBODY, service: [caller.service] };
    case 'federated-identity':
      return { ...NOBODY, federated: [caller.provider] };
    case 'root':
      return { ...NOBODY, aws: [caller.accountId] };
    default: {
      if (reach === 'delegated') return { ...NOBODY, aws: [caller.accountId] };
      if (caller.kind === 'role-session') {
        return { ...NOBODY, aws: [reach === 'direct' ? caller.sessionArn : caller.roleArn] };
      }
      return reach === 'direct' ? { ...NOBODY, aws: [caller.arn] } : EVERYONE;
    }
  }
}

function grantsOf({ caller, action, resource }: AnyRequest, allowing: ReadonlySet<Part>) {
  const operations = [action.slice(action.indexOf(':') + 1)];
  const named = {
    'grant-to-caller': nameOf(caller),
    'grant-to-account': 'accountId' in caller ? caller.accountId : '',
  };
  return (['grant-to-caller', 'grant-to-account'] as const)
    .filter((part) => allowing.has(part))
    .map((part) => ({ id: part, keyId: resource, granteePrincipal: named[part], operations }));
}

function nameOf(caller: AnyCaller): string {
  if (caller.kind === 'service') return caller.service;
  if (caller.kind === 'root') return caller.accountId;
  if (caller.kind === 'role-session') return caller.roleArn;
  return 'arn' in caller ? caller.arn : '';
}
