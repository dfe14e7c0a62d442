/** What every layer of policies says about a request, and what of it decides whoever asks: an explicit Deny, and the guardrails. */
import { implicitDenial, type Judgement } from './explain/decision.ts';
import { askLayer, type LayerFindings } from './findings.ts';
import { rootKeepsBucketPolicy } from './fixed-rules.ts';
import type { AnyCaller, ApplicablePolicies, AttachedPolicy, Layer } from './model.ts';
import { isResourceControl, isUnderResourceControl, isUnderServiceControl } from './organization.ts';
import { aclPolicy, isCutOff, ownerOf } from './s3-access.ts';
import type { Subject } from './statement.ts';

/** The layers that a request was asked of. `boundary` and `session` are absent where there are none. */
export interface Asked {
  readonly resource: LayerFindings;
  readonly identity: LayerFindings;
  readonly boundary: LayerFindings | undefined;
  readonly session: LayerFindings | undefined;
  readonly guardrails: Guardrails | undefined;
  /** Whether Block Public Access took away what the resource's policy allows. */
  readonly isCutOff: boolean;
}

/** What limits every caller, or every caller of an account, and grants nothing. */
interface Guardrails {
  readonly resourceControl: LayerFindings | undefined;
  /** By level, from the root of the organization to the account. */
  readonly serviceControl: readonly LayerFindings[];
  readonly vpcEndpoint: LayerFindings | undefined;
}

/** Asks all layers. Written out: this is called for every request, and most have only identity policies. */
export function askAll(subject: Subject, policies: ApplicablePolicies): Asked {
  const { boundary, resource } = policies;
  // Without session policies a federated user has nothing of its parent's permissions.
  const session = policies.session ?? (subject.request.caller.kind === 'federated-user' ? [] : undefined);
  const ofPolicy = askLayer(resource === undefined ? [] : [resource], subject, 'by-principal');
  const isBlocked =
    policies.publicAccessBlocks !== undefined && ofPolicy.allows.length > 0 && isCutOff(subject.request, policies);
  return {
    resource: isBlocked || policies.acl !== undefined ? askLists(ofPolicy, isBlocked, subject, policies) : ofPolicy,
    identity: askLayer(policies.identity, subject, 'by-attachment'),
    boundary: boundary === undefined ? undefined : askLayer([boundary], subject, 'by-attachment'),
    session: session === undefined ? undefined : askLayer(session, subject, 'by-attachment'),
    guardrails: askGuardrails(subject, policies),
    isCutOff: isBlocked,
  };
}

/** The bucket's policy with the access control lists, and without what Block Public Access or the object's owner keeps back. */
function askLists(
  ofPolicy: LayerFindings,
  isBlocked: boolean,
  subject: Subject,
  policies: ApplicablePolicies,
): LayerFindings {
  const isForeign = ownerOf(subject.request, policies) !== subject.request.resourceAccountId;
  const kept = isBlocked || isForeign ? [] : ofPolicy.allows;
  const lists = aclPolicy(policies);
  if (lists === undefined) return { ...ofPolicy, allows: kept };
  const listed = askLayer([lists], subject, 'by-principal');
  return { ...ofPolicy, policies: [...ofPolicy.policies, lists], allows: [...kept, ...listed.allows] };
}

function askGuardrails(subject: Subject, policies: ApplicablePolicies): Guardrails | undefined {
  const { serviceControl, resourceControl, vpcEndpoint } = policies;
  if (serviceControl === undefined && resourceControl === undefined && vpcEndpoint === undefined) return undefined;
  const levels = serviceControl !== undefined && isUnderServiceControl(subject.request) ? serviceControl : [];
  const protects = resourceControl !== undefined && isUnderResourceControl(subject);
  return {
    resourceControl: protects ? askResourceControl(resourceControl.flat(), subject) : undefined,
    serviceControl: levels.map((policiesOfLevel) => askLayer(policiesOfLevel, subject, 'by-attachment')),
    vpcEndpoint: vpcEndpoint === undefined ? undefined : askLayer(vpcEndpoint, subject, 'as-limit'),
  };
}

function askResourceControl(policies: readonly AttachedPolicy[], subject: Subject): LayerFindings {
  const findings = askLayer(policies, subject, 'by-principal');
  const denies = findings.denies.filter(({ policy, index }) => {
    const statement = policy.policy.statements[index];
    return statement !== undefined && isResourceControl(statement);
  });
  return { ...findings, denies };
}

/** A Deny anywhere decides. Of several layers the first in AWS's order is named, those beyond doubt before others. */
export function explicitDenial(asked: Asked, subject: Subject, policies: ApplicablePolicies): Judgement | undefined {
  if (!denies(asked)) return undefined;
  const { resource, identity, boundary, session, guardrails } = asked;
  const { caller } = subject.request;
  const hasOwn = hasPolicies(caller);
  const layers: (readonly [Layer, LayerFindings | undefined])[] = [
    ['resource-control', guardrails?.resourceControl],
    ...(guardrails?.serviceControl ?? []).map((level) => ['service-control', level] as const),
    ['vpc-endpoint', guardrails?.vpcEndpoint],
    [
      policies.resource?.layer ?? 'resource',
      rootKeepsBucketPolicy(subject.request, subject.action) ? undefined : resource,
    ],
    ['identity', hasOwn ? identity : undefined],
    ['boundary', hasOwn ? boundary : undefined],
    ['session', hasSessionPolicies(caller) ? session : undefined],
  ];
  let doubtful: Judgement | undefined;
  for (const [layer, findings] of layers) {
    if (findings === undefined || findings.denies.length === 0) continue;
    const denial: Judgement = { kind: 'denied', layer, statements: findings.denies, assumed: findings.doubtfulDeny };
    if (!findings.doubtfulDeny) return denial;
    doubtful ??= denial;
  }
  return doubtful;
}

/** Whether any layer has a Deny, of the caller's or not. */
function denies({ resource, identity, boundary, session, guardrails }: Asked): boolean {
  if (resource.denies.length > 0 || identity.denies.length > 0) return true;
  if (boundary !== undefined && boundary.denies.length > 0) return true;
  if (session !== undefined && session.denies.length > 0) return true;
  if (guardrails === undefined) return false;
  const { resourceControl, serviceControl, vpcEndpoint } = guardrails;
  if (resourceControl !== undefined && resourceControl.denies.length > 0) return true;
  if (vpcEndpoint !== undefined && vpcEndpoint.denies.length > 0) return true;
  return serviceControl.some((level) => level.denies.length > 0);
}

/** Whether a caller has identity policies: root users, services, and who has no credentials of AWS have none. */
function hasPolicies({ kind }: AnyCaller): boolean {
  return kind === 'user' || kind === 'role-session' || kind === 'federated-user';
}

/** Whether session policies limit a caller: of root users only those in a session of AssumeRoot. */
export function hasSessionPolicies(caller: AnyCaller): boolean {
  return caller.kind === 'root' ? caller.session?.assumedRoot === true : hasPolicies(caller);
}

/** The guardrail that does not allow, if one of them does not: a level of service control policies, or the VPC endpoint. */
export function guardrailDenial({ guardrails }: Asked): Judgement | undefined {
  if (guardrails === undefined) return undefined;
  const silent = guardrails.serviceControl.find((level) => level.allows.length === 0);
  if (silent !== undefined) return implicitDenial('service-control', [silent]);
  const { vpcEndpoint } = guardrails;
  if (vpcEndpoint !== undefined && vpcEndpoint.allows.length === 0)
    return implicitDenial('vpc-endpoint', [vpcEndpoint]);
  return undefined;
}
