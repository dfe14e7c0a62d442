/** Where a new statement belongs: in a policy that is there, or in a new one. */
import { type CompiledStatement, compileStatement } from '../../compile.ts';
import { isAboutKey } from '../../kms-grants.ts';
import type { AnyCaller, ApplicablePolicies, AttachedPolicy, Layer } from '../../model.ts';
import type { Policy, Statement } from '../../policy.ts';
import { type Addressing, askStatement, type Subject } from '../../statement.ts';
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
  const { version, statements } = policy?.policy ?? NEW;
  const compiled = speaking(
    leastStatement(effect, layer, subject, version),
    layer,
    subject,
    version,
    statements.length,
  );
  if (compiled === undefined) return undefined;
  const { statement } = compiled;
  if (policy !== undefined) return { kind: 'add-statement', policy, statement, compiled };
  const added = newPolicy(layer, subject, statement);
  return level === undefined ? { kind: 'add-policy', policy: added } : { kind: 'add-policy', policy: added, level };
}

const NEW: Policy = { version: '2012-10-17', statements: [] };

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

/** The statement, if it speaks of the request; else the same for every resource. `index` is its place in the policy. */
function speaking(
  least: Statement,
  layer: Layer,
  subject: Subject,
  version: Policy['version'],
  index: number,
): CompiledStatement | undefined {
  const addressing = addressingOf(layer);
  const compiled = compileStatement(least, index, version);
  if (askStatement(compiled, subject, addressing) === 'applies') return compiled;
  if (least.resource === undefined) return undefined;
  const every = compileStatement({ ...least, resource: { not: false, values: ['*'] } }, index, version);
  return askStatement(every, subject, addressing) === 'applies' ? every : undefined;
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
