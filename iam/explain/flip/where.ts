/** Where a new statement belongs: in a policy that is there, or in a new one. */
import { compileStatement } from '../../compile.ts';
import { reachOf } from '../../findings.ts';
import { isAboutKey } from '../../kms-grants.ts';
import type { AnyCaller, AnyRequest, ApplicablePolicies, AttachedPolicy, Layer } from '../../model.ts';
import type { Policy, Statement } from '../../policy.ts';
import { type Addressing, askStatement, type Subject } from '../../statement.ts';
import { isPlainArn, SIGNS } from '../words.ts';
import type { AddPolicy, AddStatement } from './change.ts';
import { leastStatement } from './least-statement.ts';

/** Whether AWS wrote the policy: it can be attached and detached, not edited. */
export function isOfAws({ arn }: AttachedPolicy): boolean {
  return arn?.includes('::aws:policy/') === true;
}

/** How the statements of a layer say whom they speak of. */
export function addressingOf(layer: Layer): Addressing {
  if (layer === 'vpc-endpoint') return 'as-limit';
  return layer === 'resource' || layer === 'trust' || layer === 'resource-control' ? 'by-principal' : 'by-attachment';
}

/**
 * The least statement of that effect in a layer; `level` of service control policies. Undefined where none that IAM saves speaks of
 * the request.
 */
export function addition(
  effect: 'Allow' | 'Deny',
  layer: Layer,
  subject: Subject,
  policies: ApplicablePolicies,
  level?: number,
): AddStatement | AddPolicy | undefined {
  const policy = host(layerPolicies(layer, policies, level));
  const version = policy?.policy.version ?? '2012-10-17';
  const spoken = speaking(leastStatement(effect, layer, subject, version), layer, subject, version);
  if (spoken === undefined) return undefined;
  const { statement, reach } = spoken;
  if (policy !== undefined) return { kind: 'add-statement', policy, statement, reach };
  const added = newPolicy(layer, subject, statement);
  return level === undefined ? { kind: 'add-policy', policy: added } : { kind: 'add-policy', policy: added, level };
}

function layerPolicies(layer: Layer, policies: ApplicablePolicies, level = 0): readonly AttachedPolicy[] {
  switch (layer) {
    case 'identity':
      return policies.identity;
    case 'boundary':
      return policies.boundary === undefined ? [] : [policies.boundary];
    case 'session':
      return policies.session ?? [];
    case 'vpc-endpoint':
      return policies.vpcEndpoint ?? [];
    case 'service-control':
      return policies.serviceControl?.[level] ?? [];
    default:
      return policies.resource === undefined ? [] : [policies.resource];
  }
}

/** The caller's own inline policy before a managed one, which others may have too, and that before a group's. */
function host(candidates: readonly AttachedPolicy[]): AttachedPolicy | undefined {
  let best: AttachedPolicy | undefined;
  let rank = Number.POSITIVE_INFINITY;
  for (const policy of candidates) {
    const own = rankOf(policy);
    if (own >= rank) continue;
    best = policy;
    rank = own;
  }
  return best;
}

/** A policy of AWS's own is no host, save for a boundary: that is one policy, which gives way to a copy. */
function rankOf(policy: AttachedPolicy): number {
  if (isOfAws(policy) && policy.layer !== 'boundary') return Number.POSITIVE_INFINITY;
  if (policy.attachedTo.startsWith('group/')) return 2;
  return policy.kind === 'inline' ? 0 : 1;
}

type Spoken = Pick<AddStatement, 'statement' | 'reach'>;

/** The statement, if it speaks of the request; else the same for every resource, and without what tells the root user. */
function speaking(least: Statement, layer: Layer, subject: Subject, version: Policy['version']): Spoken | undefined {
  const isBare = least.principal === undefined && least.conditions.length === 0;
  if (isBare && isPlain(subject.request)) return { statement: least, reach: DIRECT };
  const forms = least.resource === undefined ? [least] : [least, { ...least, resource: EVERY }];
  for (const form of [...forms, ...forms.map((statement) => ({ ...statement, conditions: [] }))]) {
    const spoken = asked(form, layer, subject, version);
    if (spoken !== undefined) return spoken;
  }
  return undefined;
}

const DIRECT = { reach: 'direct', assumed: false } as const;
const EVERY = { not: false, values: ['*'] };

/** Whether a statement of this very action and resource speaks of them for sure: where both are texts without a sign of a pattern. */
function isPlain({ action, resource }: AnyRequest): boolean {
  return (resource === '*' || isPlainArn(resource)) && !SIGNS.test(action);
}

function asked(statement: Statement, layer: Layer, subject: Subject, version: Policy['version']): Spoken | undefined {
  const compiled = compileStatement(statement, 0, version);
  if (askStatement(compiled, subject, addressingOf(layer)) !== 'applies') return undefined;
  return { statement, reach: reachOf(compiled, subject) };
}

function newPolicy(layer: Layer, subject: Subject, statement: Statement): AttachedPolicy {
  const { caller, resource, resourceAccountId } = subject.request;
  const isKeyPolicy = layer === 'resource' && isAboutKey(subject.action, resource);
  const statements = isKeyPolicy ? [delegation(resourceAccountId), statement] : [statement];
  const isOwn = layer === 'identity' || layer === 'session';
  return {
    layer,
    name: 'new',
    kind: KINDS[layer] ?? 'inline',
    attachedTo: isOwn ? identityName(caller) : layer === 'service-control' ? 'the account' : resource,
    policy: { version: '2012-10-17', statements },
  };
}

const KINDS: Partial<Readonly<Record<Layer, AttachedPolicy['kind']>>> = {
  resource: 'resource',
  trust: 'trust',
  session: 'session',
  'service-control': 'managed',
  'vpc-endpoint': 'resource',
};

function identityName(caller: AnyCaller): string {
  if (caller.kind === 'user') return `user/${caller.name}`;
  return caller.kind === 'role-session' ? `role/${caller.roleName}` : 'the session';
}

/** What the default policy of a key says. AWS KMS Developer Guide, "Default key policy". */
function delegation(accountId: string): Statement {
  return {
    effect: 'Allow',
    principal: {
      not: false,
      everyone: false,
      aws: [`arn:aws:iam::${accountId}:root`],
      service: [],
      federated: [],
      canonicalUser: [],
    },
    action: { not: false, values: ['kms:*'] },
    resource: { not: false, values: ['*'] },
    conditions: [],
  };
}
