/** What every layer of policies says about a request, and what of it decides whoever asks: an explicit Deny, and the guardrails. */
import { resourceControlList, serviceControlLists } from './attached-statements.ts';
import { implicitDenial, type Judgement } from './explain/decision.ts';
import { askLayer, askList, askPolicy, type LayerFindings, NO_POLICY } from './findings.ts';
import { rootKeepsBucketPolicy } from './fixed-rules.ts';
import type { AnyCaller, ApplicablePolicies, Layer } from './model.ts';
import { isUnderResourceControl, isUnderServiceControl } from './organization.ts';
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
  const ofPolicy = resource === undefined ? NO_POLICY : askPolicy(resource, subject, 'by-principal');
  const isBlocked =
    policies.publicAccessBlocks !== undefined && ofPolicy.allows.length > 0 && isCutOff(subject.request, policies);
  return {
    resource: isBlocked || policies.acl !== undefined ? askLists(ofPolicy, isBlocked, subject, policies) : ofPolicy,
    identity: askLayer(policies.identity, subject, 'by-attachment'),
    boundary: boundary === undefined ? undefined : askPolicy(boundary, subject, 'by-attachment'),
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
  const listed = askPolicy(lists, subject, 'by-principal');
  return { ...ofPolicy, policies: [...ofPolicy.policies, lists], allows: [...kept, ...listed.allows] };
}

function askGuardrails(subject: Subject, policies: ApplicablePolicies): Guardrails | undefined {
  const { serviceControl, resourceControl, vpcEndpoint } = policies;
  if (serviceControl === undefined && resourceControl === undefined && vpcEndpoint === undefined) return undefined;
  const limits = serviceControl !== undefined && isUnderServiceControl(subject.request);
  const protects = resourceControl !== undefined && isUnderResourceControl(subject);
  return {
    resourceControl: protects ? askList(resourceControlList(resourceControl), subject, 'by-principal') : undefined,
    serviceControl: limits
      ? serviceControlLists(serviceControl).map((level) => askList(level, subject, 'by-attachment'))
      : [],
    vpcEndpoint: vpcEndpoint === undefined ? undefined : askLayer(vpcEndpoint, subject, 'as-limit'),
  };
}

/** A Deny anywhere decides. Of several layers the first in AWS's order is named, those beyond doubt before others. */
export function explicitDenial(asked: Asked, subject: Subject, policies: ApplicablePolicies): Judgement | undefined {
  const { guardrails } = asked;
  const { caller } = subject.request;
  let denial: Denied | undefined;
  if (guardrails !== undefined) {
    denial = graver(denial, 'resource-control', guardrails.resourceControl);
    denial = graver(denial, 'service-control', deniedByLevels(guardrails.serviceControl));
    denial = graver(denial, 'vpc-endpoint', guardrails.vpcEndpoint);
  }
  if (asked.resource.denies.length > 0 && !rootKeepsBucketPolicy(subject.request, subject.action)) {
    denial = graver(denial, policies.resource?.layer ?? 'resource', asked.resource);
  }
  if (hasPolicies(caller)) {
    denial = graver(denial, 'identity', asked.identity);
    denial = graver(denial, 'boundary', asked.boundary);
  }
  return hasSessionPolicies(caller) ? graver(denial, 'session', asked.session) : denial;
}

type Denials = Pick<LayerFindings, 'denies' | 'doubtfulDeny'>;

/** What all levels of service control policies deny, as one layer. */
function deniedByLevels(levels: readonly LayerFindings[]): Denials | undefined {
  let all: Denials | undefined;
  for (const level of levels) {
    if (level.denies.length === 0) continue;
    all =
      all === undefined
        ? level
        : { denies: [...all.denies, ...level.denies], doubtfulDeny: all.doubtfulDeny && level.doubtfulDeny };
  }
  return all;
}

type Denied = Judgement & { readonly kind: 'denied' };

/** The denial of the layer, where it has one and an earlier layer has none, or only a doubtful one while this is beyond doubt. */
function graver(earlier: Denied | undefined, layer: Layer, findings: Denials | undefined): Denied | undefined {
  if (findings === undefined || findings.denies.length === 0) return earlier;
  const { denies: statements, doubtfulDeny: assumed } = findings;
  if (earlier !== undefined && (!earlier.assumed || assumed)) return earlier;
  return { kind: 'denied', layer, statements, assumed };
}

/** Whether a caller has identity policies: root users, services, and who has no credentials of AWS have none. */
export function hasPolicies({ kind }: AnyCaller): boolean {
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
