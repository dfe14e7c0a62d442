/**
 * The decision: may this caller do this to that resource?
 * Follows the IAM User Guide: "Policy evaluation logic", "Determining whether a request is allowed or denied within an account",
 * "Cross-account policy evaluation logic", "Evaluating effective permissions with boundaries".
 */
import { type Asked, askAll, explicitDenial, guardrailDenial, hasSessionPolicies } from './asked.ts';
import { implicitDenial, type Judgement, judgementToDecision, type Unallowed } from './explain/decision.ts';
import type { Grant } from './findings.ts';
import { ASSUME_ROOT, fixedRule, needsTrust } from './fixed-rules.ts';
import { isAboutKey, usableGrant } from './kms-grants.ts';
import { lowerCase } from './lower-case.ts';
import type { AnyRequest, ApplicablePolicies, Decision, Layer } from './model.ts';
import { requestContext } from './request-context.ts';
import { ownerOf } from './s3-access.ts';
import type { Subject } from './statement.ts';

/**
 * Decides one request. Pure and total: the same request and policies give the same decision, whatever they hold.
 * Documents that AWS would have refused when saved are answered all the same, cautiously, with the basis `assumed`.
 */
export function decide(request: AnyRequest, policies: ApplicablePolicies): Decision {
  const subject = subjectOf(request, policies);
  return judgementToDecision(judge(subject, policies), subject);
}

/** A request made ready to be asked about. */
export function subjectOf(request: AnyRequest, policies: ApplicablePolicies): Subject {
  return {
    request,
    action: lowerCase(request.action),
    context: requestContext(request),
    hasBoundary: policies.boundary !== undefined,
  };
}

function judge(subject: Subject, policies: ApplicablePolicies): Judgement {
  return judgeByRule(subject) ?? judgeAsked(askAll(subject, policies), subject, policies);
}

/** What is settled before any policy is read; undefined where policies decide. */
export function judgeByRule({ request, action }: Subject): Judgement | undefined {
  const rule = fixedRule(request, action);
  if (rule === undefined) return undefined;
  if (rule.kind === 'never-allowed') return { kind: 'impossible', layer: rule.layer, because: rule.because };
  return { kind: 'allowed', layer: 'identity', grants: [], because: 'it needs no permission' };
}

/** What follows from what the layers said. The explanation asks it too, with what they would say if a statement were another. */
export function judgeAsked(asked: Asked, subject: Subject, policies: ApplicablePolicies): Judgement {
  const stopped = explicitDenial(asked, subject, policies) ?? guardrailDenial(asked);
  if (stopped !== undefined) return stopped;
  const judgement = judgeByPolicies(asked, subject, policies);
  if (judgement.kind === 'allowed' || policies.grants === undefined) return judgement;
  return judgeByGrants(asked, subject, policies) ?? judgement;
}

/** What the policies give, where none of them denies. */
function judgeByPolicies(asked: Asked, { request, action }: Subject, policies: ApplicablePolicies): Judgement {
  const { caller } = request;
  const resourceLayer: Layer =
    policies.resource?.layer ?? (needsTrust(action, request.resource) ? 'trust' : 'resource');
  if (!('accountId' in caller)) {
    const { allows } = asked.resource;
    if (allows.length === 0) return resourceDenial(asked, resourceLayer);
    return { kind: 'allowed', layer: layerOf(allows, resourceLayer), grants: allows };
  }
  if (action === ASSUME_ROOT) return judgeCallerSide(asked, request);
  const owner = policies.acl === undefined ? request.resourceAccountId : ownerOf(request, policies);
  const sameAccount = caller.accountId === owner;
  if (resourceLayer === 'trust') return judgeTrust(asked, request, sameAccount);
  if (!sameAccount) return judgeCrossAccount(asked, request);
  // A key without its policy is taken to have the default one, which delegates to the account.
  const needsKeyPolicy = policies.resource !== undefined && isAboutKey(action, request.resource);
  if (needsKeyPolicy && asked.resource.allows.length === 0) return resourceDenial(asked, 'resource');
  return judgeSameAccount(asked, request);
}

function resourceDenial(asked: Asked, layer: Layer): Unallowed {
  return implicitDenial(asked.isCutOff ? 'block-public-access' : layer, [asked.resource]);
}

/** The layer that granted: an access control list where the resource's policy did not. */
function layerOf(grants: readonly Grant[], layer: Layer): Layer {
  return grants.every(({ decisive }) => decisive.policy.layer === 'acl') ? 'acl' : layer;
}

/** What the caller's own side says: identity policies, or the rights of root, within boundary and session policies. */
function judgeCallerSide(asked: Asked, request: AnyRequest): Judgement {
  const { identity } = asked;
  if (request.caller.kind === 'root') {
    return limits(asked, request) ?? { kind: 'allowed', layer: 'root', grants: [], because: OF_ROOT };
  }
  if (identity.allows.length === 0) return implicitDenial('identity', [identity]);
  return limits(asked, request) ?? { kind: 'allowed', layer: 'identity', grants: identity.allows };
}

const OF_ROOT = 'it has every right in its own account';

/** The limit that does not allow, if one of them does not. Of root users only a task policy of AssumeRoot limits. */
function limits({ boundary, session }: Asked, { caller }: AnyRequest): Unallowed | undefined {
  const isRoot = caller.kind === 'root';
  if (!isRoot && boundary !== undefined && boundary.allows.length === 0) return implicitDenial('boundary', [boundary]);
  if (session === undefined || session.allows.length > 0 || !hasSessionPolicies(caller)) return undefined;
  const denial = implicitDenial('session', [session]);
  // AWS's pages contradict each other about what a federated user has without session policies.
  return caller.kind === 'federated-user' && session.policies.length === 0 ? { ...denial, assumed: true } : denial;
}

/** One account: the identity side or the resource's policy is enough. */
function judgeSameAccount(asked: Asked, request: AnyRequest): Judgement {
  const callerSide = judgeCallerSide(asked, request);
  if (callerSide.kind === 'allowed' || request.caller.kind === 'root') return callerSide;
  const { allows } = asked.resource;
  const direct = allows.filter((grant) => grant.reach === 'direct');
  if (direct.length > 0) return { kind: 'allowed', layer: layerOf(direct, 'resource'), grants: direct };
  const limited = allows.filter((grant) => grant.reach === 'limited');
  if (limited.length > 0) {
    const limit = limits(asked, request);
    if (limit === undefined) return { kind: 'allowed', layer: layerOf(limited, 'resource'), grants: limited };
    return { ...limit, assumed: allAssumed(limited) };
  }
  if (callerSide.kind !== 'unallowed' || callerSide.layer !== 'identity') return callerSide;
  return implicitDenial('identity', [asked.identity, asked.resource]);
}

function allAssumed(grants: readonly Grant[]): boolean {
  return grants.every((grant) => grant.assumed);
}

/** Two accounts: both sides must allow, each within its own limits. */
function judgeCrossAccount(asked: Asked, request: AnyRequest): Judgement {
  const callerSide = judgeCallerSide(asked, request);
  if (callerSide.kind !== 'allowed') return callerSide;
  const { allows } = asked.resource;
  if (allows.length === 0) return resourceDenial(asked, 'resource');
  return { kind: 'allowed', layer: layerOf(allows, 'resource'), grants: [...allows, ...callerSide.grants] };
}

/**
 * Assuming a role: its trust policy must always allow. Naming a principal of the role's own account grants by itself, within that
 * principal's boundary and session; naming the account only delegates to it.
 */
function judgeTrust(asked: Asked, request: AnyRequest, sameAccount: boolean): Judgement {
  const trust = asked.resource;
  if (trust.allows.length === 0) return implicitDenial('trust', [trust]);
  const callerSide = judgeCallerSide(asked, request);
  if (callerSide.kind === 'allowed') {
    return { kind: 'allowed', layer: 'trust', grants: [...trust.allows, ...callerSide.grants] };
  }
  const named = sameAccount ? trust.allows.filter((grant) => grant.reach !== 'delegated') : [];
  if (named.length === 0) return callerSide;
  return limits(asked, request) ?? { kind: 'allowed', layer: 'trust', grants: named };
}

/**
 * What a grant of a KMS key gives where policies do not; in another account's key too. One for an account needs the caller's
 * identity policies. Whether boundary and session policies limit a grant AWS does not say: they do here.
 */
function judgeByGrants(
  asked: Asked,
  { request, action }: Subject,
  { grants }: ApplicablePolicies,
): Judgement | undefined {
  if (grants === undefined || !isAboutKey(action, request.resource)) return undefined;
  const usable = usableGrant(grants, request, action);
  if (usable === undefined) return undefined;
  if (usable.names === 'account') {
    const callerSide = judgeCallerSide(asked, request);
    if (callerSide.kind !== 'allowed') return callerSide;
  } else {
    const limit = limits(asked, request);
    if (limit !== undefined) return { ...limit, assumed: true };
  }
  return { kind: 'allowed', layer: 'grant', grants: [], because: `grant ${usable.grant.id} of the key allows it` };
}
