/**
 * The decision: may this caller do this to that resource?
 * Follows the IAM User Guide: "Policy evaluation logic", "Determining whether a request is allowed or denied within an account",
 * "Cross-account policy evaluation logic", "Evaluating effective permissions with boundaries".
 */
import { implicitDenial, type Judgement, judgementToDecision, type Unallowed } from './explain/decision.ts';
import { askLayer, type Grant, type LayerFindings } from './findings.ts';
import { fixedRule, needsTrust, rootKeepsBucketPolicy } from './fixed-rules.ts';
import type { AnyRequest, ApplicablePolicies, Decision, Layer } from './model.ts';
import { requestContext } from './request-context.ts';
import type { Subject } from './statement.ts';

/**
 * Decides one request. Pure and total: the same request and policies give the same decision, whatever they hold.
 * Documents that AWS would have refused when saved are answered all the same, cautiously, with the basis `assumed`.
 */
export function decide(request: AnyRequest, policies: ApplicablePolicies): Decision {
  const action = request.action.toLowerCase();
  const subject: Subject = {
    request,
    action,
    context: requestContext(request),
    hasBoundary: policies.boundary !== undefined,
  };
  return judgementToDecision(judge(subject, policies), subject);
}

/** The layers that a request was asked of. `session` is absent where there are no session policies. */
export interface Asked {
  readonly resource: LayerFindings;
  readonly identity: LayerFindings;
  readonly boundary: LayerFindings | undefined;
  readonly session: LayerFindings | undefined;
}

function judge(subject: Subject, policies: ApplicablePolicies): Judgement {
  const { request, action } = subject;
  const rule = fixedRule(request);
  if (rule?.kind === 'needs-no-permission')
    return { kind: 'allowed', layer: 'identity', grants: [], note: 'no-permission' };
  if (rule?.kind === 'never-allowed') {
    return {
      kind: 'impossible',
      layer: needsTrust(action, request.resource) ? 'trust' : 'session',
      because: rule.because,
    };
  }
  const asked = askAll(subject, policies);
  const denied = explicitDenial(asked, subject, policies);
  if (denied !== undefined) return denied;
  const resourceLayer: Layer =
    policies.resource?.layer ?? (needsTrust(action, request.resource) ? 'trust' : 'resource');
  switch (request.caller.kind) {
    case 'anonymous':
    case 'service':
      return asked.resource.allows.length > 0
        ? { kind: 'allowed', layer: resourceLayer, grants: asked.resource.allows }
        : implicitDenial(resourceLayer, [asked.resource]);
    default:
      break;
  }
  const sameAccount = request.caller.accountId === request.resourceAccountId;
  if (resourceLayer === 'trust') return judgeTrust(asked, sameAccount);
  return sameAccount ? judgeSameAccount(asked, request) : judgeCrossAccount(asked, request);
}

function askAll(subject: Subject, { identity, boundary, session, resource }: ApplicablePolicies): Asked {
  // Without session policies a federated user has nothing of its parent's permissions.
  const sessionPolicies = session ?? (subject.request.caller.kind === 'federated-user' ? [] : undefined);
  return {
    resource: askLayer(resource === undefined ? [] : [resource], subject, 'by-principal'),
    identity: askLayer(identity, subject, 'by-attachment'),
    boundary: boundary === undefined ? undefined : askLayer([boundary], subject, 'by-attachment'),
    session: sessionPolicies === undefined ? undefined : askLayer(sessionPolicies, subject, 'by-attachment'),
  };
}

/** A Deny anywhere decides. Of several layers the first in AWS's order is named. */
function explicitDenial(asked: Asked, subject: Subject, policies: ApplicablePolicies): Judgement | undefined {
  const isRoot = subject.request.caller.kind === 'root';
  const layers: [Layer, LayerFindings | undefined][] = [
    [
      policies.resource?.layer ?? 'resource',
      rootKeepsBucketPolicy(subject.request, subject.action) ? undefined : asked.resource,
    ],
    ['identity', isRoot ? undefined : asked.identity],
    ['boundary', isRoot ? undefined : asked.boundary],
    ['session', isRoot ? undefined : asked.session],
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

/** What the caller's own side says: identity policies within boundary and session policies. Root has no such side. */
function judgeCallerSide({ identity, boundary, session }: Asked): Judgement {
  if (identity.allows.length === 0) return implicitDenial('identity', [identity]);
  return limits(boundary, session) ?? { kind: 'allowed', layer: 'identity', grants: identity.allows };
}

/** The limit that does not allow, if one of them does not. */
function limits(boundary: LayerFindings | undefined, session: LayerFindings | undefined): Unallowed | undefined {
  if (boundary !== undefined && boundary.allows.length === 0) return implicitDenial('boundary', [boundary]);
  if (session !== undefined && session.allows.length === 0) return implicitDenial('session', [session]);
  return undefined;
}

/** One account: the identity side or the resource's policy is enough. */
function judgeSameAccount(asked: Asked, request: AnyRequest): Judgement {
  if (request.caller.kind === 'root') return { kind: 'allowed', layer: 'identity', grants: [], note: 'root' };
  const callerSide = judgeCallerSide(asked);
  if (callerSide.kind === 'allowed') return callerSide;
  const { allows } = asked.resource;
  const direct = allows.filter((grant) => grant.reach === 'direct');
  if (direct.length > 0) return { kind: 'allowed', layer: 'resource', grants: direct };
  const limited = allows.filter((grant) => grant.reach === 'limited');
  if (limited.length > 0) {
    const limit = limits(asked.boundary, asked.session);
    if (limit === undefined) return { kind: 'allowed', layer: 'resource', grants: limited };
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
  const callerSide: Judgement =
    request.caller.kind === 'root' ? { kind: 'allowed', layer: 'identity', grants: [] } : judgeCallerSide(asked);
  if (callerSide.kind !== 'allowed') return callerSide;
  if (asked.resource.allows.length === 0) return implicitDenial('resource', [asked.resource]);
  return { kind: 'allowed', layer: 'resource', grants: [...asked.resource.allows, ...callerSide.grants] };
}

/**
 * Assuming a role: its trust policy must always allow. Naming a principal of the role's own account grants by itself, within that
 * principal's boundary and session; naming the account only delegates to it.
 */
function judgeTrust(asked: Asked, sameAccount: boolean): Judgement {
  const trust = asked.resource;
  if (trust.allows.length === 0) return implicitDenial('trust', [trust]);
  const callerSide = judgeCallerSide(asked);
  if (callerSide.kind === 'allowed') {
    return { kind: 'allowed', layer: 'trust', grants: [...trust.allows, ...callerSide.grants] };
  }
  const named = sameAccount ? trust.allows.filter((grant) => grant.reach !== 'delegated') : [];
  if (named.length === 0) return callerSide;
  return limits(asked.boundary, asked.session) ?? { kind: 'allowed', layer: 'trust', grants: named };
}
