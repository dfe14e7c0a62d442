/** The oracle's verdict: who must allow, and who may deny (IAM User Guide, Policy evaluation logic). See answer.ts. */
import type { AnyRequest, ApplicablePolicies, AttachedPolicy, Decision, Layer } from '../model.ts';
import { applies } from './answer.ts';
import { isShutOut, propertyOf } from './buckets.ts';
import { explicitDeny } from './deny.ts';
import { type Gift, gifts, giftsOf, holdsDespiteLimits } from './gifts.ts';
import { grantedNamings, isOnKey } from './key-grants.ts';
import { hasIdentity } from './naming.ts';
import { serviceControls } from './organization.ts';
import { covers } from './statement.ts';
import { limitOfCredentials, needsNoPermission } from './without-policies.ts';

export type Verdict = Pick<Decision, 'verdict' | 'layer'>;

const allowed = (layer: Layer): Verdict => ({ verdict: 'allowed', layer });
const silent = (layer: Layer): Verdict => ({ verdict: 'implicitly-denied', layer });
const denied = (layer: Layer): Verdict => ({ verdict: 'explicitly-denied', layer });

/** Decides about a request as `decide` does, and names the same layer. */
export function oracleDecide(request: AnyRequest, policies: ApplicablePolicies): Verdict {
  if (needsNoPermission(request)) return allowed('identity');
  const limit = limitOfCredentials(request);
  if (limit !== undefined) return silent(limit);
  const explicit = explicitDeny(request, policies);
  if (explicit !== undefined) return denied(explicit);
  if (!serviceControls(request, policies).every((level) => allowsIn(level, request))) return silent('service-control');
  const { vpcEndpoint } = policies;
  const passes = vpcEndpoint?.some((attached) => giftsOf(attached, request).length > 0) ?? true;
  if (!passes) return silent('vpc-endpoint');
  const verdict = byPolicies(request, policies);
  return verdict.verdict === 'allowed' ? verdict : (byKeyGrants(request, policies) ?? verdict);
}

/** What the caller's policies and the resource's give together. */
function byPolicies(request: AnyRequest, policies: ApplicablePolicies): Verdict {
  const { caller } = request;
  const given = gifts(request, policies);
  const side: Layer = isAssumption(request.action) ? 'trust' : 'resource';
  const byOwner = (of: readonly Gift[]) => allowed(of.every(({ by }) => by === 'acl') ? 'acl' : side);
  const nothing = silent(isTakenBack(request, policies) ? 'block-public-access' : side);

  if (caller.kind === 'federated-identity') {
    // Whether "*" vouches for the token of any provider, AWS does not say.
    return given.some(({ naming }) => naming === 'itself') ? allowed(side) : silent(side);
  }
  if (caller.kind === 'anonymous' || caller.kind === 'service') return given.length > 0 ? byOwner(given) : nothing;
  const own = caller.accountId === propertyOf(request, policies);
  const missing = firstSilent(request, policies);
  const byCaller = missing === undefined ? allowed(caller.kind === 'root' ? 'root' : 'identity') : silent(missing);
  // The member account whose root is assumed has no say.
  if (isAssumeRoot(request)) return byCaller;
  if (side === 'trust') return byTrust(given, own, request, policies);
  if (!own) {
    if (missing !== undefined) return silent(missing);
    return given.length > 0 ? byOwner(given) : nothing;
  }
  // A key's policy must have its say, for root too; the default one leaves it to the account.
  if (isOnKey(request) && policies.resource !== undefined && given.length === 0) return silent('resource');
  if (missing === undefined || caller.kind === 'root') return byCaller;
  const despite = given.filter((gift) => holdsDespiteLimits(gift, caller));
  if (despite.length > 0) return byOwner(despite);
  const limited = given.filter(({ naming }) => naming !== 'account');
  if (limited.length === 0) return byCaller;
  const limit = firstLimit(request, policies);
  return limit === undefined ? byOwner(limited) : silent(limit);
}

/** Whether Block Public Access keeps from the caller what the bucket's policy allows. */
function isTakenBack(request: AnyRequest, policies: ApplicablePolicies): boolean {
  const { resource } = policies;
  return resource !== undefined && isShutOut(request, policies) && giftsOf(resource, request).length > 0;
}

/**
 * The trust policy must allow. One that names the caller stands for its identity policy, within one account, and for nothing else.
 */
function byTrust(given: readonly Gift[], own: boolean, request: AnyRequest, policies: ApplicablePolicies): Verdict {
  if (given.length === 0) return silent('trust');
  const isNamed = own && given.some(({ naming }) => naming !== 'account');
  const missing = isNamed ? firstLimit(request, policies) : firstSilent(request, policies);
  return missing === undefined ? allowed('trust') : silent(missing);
}

/** A grant stands beside all policies; one for an account is for whom the account allows it. */
function byKeyGrants(request: AnyRequest, policies: ApplicablePolicies): Verdict | undefined {
  const namings = grantedNamings(request, policies.grants ?? []);
  if (namings.length === 0) return undefined;
  const isForCaller = namings.some((naming) => naming !== 'account');
  const missing = isForCaller ? firstLimit(request, policies) : firstSilent(request, policies);
  return missing === undefined ? allowed('grant') : silent(missing);
}

function isAssumeRoot({ action }: AnyRequest): boolean {
  return action.toLowerCase() === 'sts:assumeroot';
}

/** sts:AssumeRole and what is decided with it: the role's trust policy must allow. */
function isAssumption(action: string): boolean {
  const assumptions = [
    'AssumeRole',
    'AssumeRoleWithWebIdentity',
    'AssumeRoleWithSAML',
    'TagSession',
    'SetSourceIdentity',
  ];
  return assumptions.some((name) => `sts:${name}`.toLowerCase() === action.toLowerCase());
}

/** The first layer of the caller's side that does not allow. */
function firstSilent(request: AnyRequest, policies: ApplicablePolicies): Layer | undefined {
  if (hasIdentity(request.caller) && !allowsIn(policies.identity, request)) return 'identity';
  return firstLimit(request, policies);
}

/**
 * The first of boundary and session that does not allow. A federated user without session policy may nothing; of root users only
 * those are limited that AssumeRoot made, by the task policy.
 */
function firstLimit(request: AnyRequest, { boundary, session }: ApplicablePolicies): Layer | undefined {
  const { caller } = request;
  const isTask = caller.kind === 'root' && caller.session?.assumedRoot === true;
  if (!hasIdentity(caller) && !isTask) return undefined;
  if (!isTask && boundary !== undefined && !allowsIn([boundary], request)) return 'boundary';
  if (session === undefined) return caller.kind === 'federated-user' ? 'session' : undefined;
  return allowsIn(session, request) ? undefined : 'session';
}

function allowsIn(policies: readonly AttachedPolicy[], request: AnyRequest): boolean {
  return policies.some(({ policy }) =>
    policy.statements.some(
      (statement) => statement.effect === 'Allow' && applies('Allow', covers(request, statement, policy)),
    ),
  );
}
