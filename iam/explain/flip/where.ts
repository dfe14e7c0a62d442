/** Where a new statement belongs: in a policy that is there, or in a new one. */
import { compileStatement } from '../../compile.ts';
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
  const statement = speaking(effect, layer, subject, policy?.policy.version ?? '2012-10-17');
  if (statement === undefined) return undefined;
  if (policy !== undefined) return { kind: 'add-statement', policy, statement };
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
  const [first] = candidates;
  // A boundary is one policy: one of AWS's must give way to a copy.
  if (first?.layer === 'boundary') return first;
  const editable = candidates.filter((policy) => !isOfAws(policy));
  const own = editable.filter(({ attachedTo }) => !attachedTo.startsWith('group/'));
  return own.find(({ kind }) => kind === 'inline') ?? own[0] ?? editable[0];
}

/** The request's own resource first; every resource where nothing else speaks of it. */
function speaking(
  effect: 'Allow' | 'Deny',
  layer: Layer,
  subject: Subject,
  version: Policy['version'],
): Statement | undefined {
  const least = leastStatement(effect, layer, subject, version);
  const every = { ...least, resource: { not: false, values: ['*'] } };
  const forms = least.resource === undefined ? [least] : [least, every];
  return forms.find((statement) => {
    const outcome = askStatement(compileStatement(statement, 0, version), subject, addressingOf(layer));
    return outcome === 'applies';
  });
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
