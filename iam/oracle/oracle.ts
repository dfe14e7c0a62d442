/** The oracle's verdict: who must allow, and who may deny (IAM User Guide, Policy evaluation logic). See answer.ts. */
import type { AnyCaller, AnyRequest, ApplicablePolicies, AttachedPolicy, Decision, Layer } from '../model.ts';
import type { Statement } from '../policy.ts';
import { type Answer, all, answer, any, applies, not } from './answer.ts';
import { COMPARISONS } from './comparison.ts';
import { type Naming, namingsOf, spares } from './naming.ts';
import { covers } from './statement.ts';
import { limitOfCredentials, needsNoPermission, overridesBucketPolicy } from './without-policies.ts';

export type Verdict = Pick<Decision, 'verdict' | 'layer'>;

const allowed = (layer: Layer): Verdict => ({ verdict: 'allowed', layer });
const silent = (layer: Layer): Verdict => ({ verdict: 'implicitly-denied', layer });
const denied = (layer: Layer): Verdict => ({ verdict: 'explicitly-denied', layer });

/** Decides about a request as `decide` does, and names the same layer. */
export function oracleDecide(request: AnyRequest, policies: ApplicablePolicies): Verdict {
  if (needsNoPermission(request)) return allowed('identity');
  const trust = isAssumption(request.action);
  const owner: Layer = trust ? 'trust' : 'resource';
  const limit = limitOfCredentials(request);
  if (limit !== undefined) return silent(limit);
  const explicit = explicitDeny(request, policies);
  if (explicit !== undefined) return denied(explicit);
  if (!controlPolicies(request, policies).every((level) => allowsIn(level, request))) return silent('service-control');
  if (policies.vpcEndpoint !== undefined && grantsOf(policies.vpcEndpoint, request).length === 0) {
    return silent('vpc-endpoint');
  }

  const { caller } = request;
  const granted = grants(request, policies);
  if (caller.kind === 'anonymous' || caller.kind === 'service') {
    return granted.length > 0 ? allowed(owner) : silent(owner);
  }
  if (caller.kind === 'federated-identity') {
    // Whether "*" vouches for the token of any provider, AWS does not say.
    return granted.some(({ naming }) => naming === 'itself') ? allowed(owner) : silent(owner);
  }
  const own = caller.accountId === request.resourceAccountId;
  if (caller.kind === 'root') {
    if (own) return allowed('root');
    return granted.length > 0 ? allowed(owner) : silent(owner);
  }

  const first = firstSilent(request, policies);
  if (trust) {
    if (granted.length === 0) return silent('trust');
    // A trust policy that names the caller stands for its identity policy, within one account, and for nothing else.
    const named = own && granted.some((grant) => grant.naming !== 'account');
    const limiting = named ? firstLimit(request, policies) : first;
    return limiting === undefined ? allowed('trust') : silent(limiting);
  }
  if (!own) {
    if (first !== undefined) return silent(first);
    return granted.length === 0 ? silent('resource') : allowed('resource');
  }
  if (first === undefined) return allowed('identity');
  if (granted.some((grant) => isDirect(grant, caller))) return allowed('resource');
  const limiting = firstLimit(request, policies);
  if (granted.some(({ naming }) => naming !== 'account')) {
    return limiting === undefined ? allowed('resource') : silent(limiting);
  }
  return silent(first);
}

/** sts:AssumeRole and what is decided with it: the role's trust policy must allow. */
function isAssumption(action: string): boolean {
  const assumptions = ['sts:AssumeRole', 'sts:AssumeRoleWithWebIdentity', 'sts:AssumeRoleWithSAML'];
  return [...assumptions, 'sts:TagSession', 'sts:SetSourceIdentity'].includes(action);
}

/**
 * The service control policies that reach the caller, by level: they reach the principals of member accounts, root included, but no
 * service-linked role.
 */
function controlPolicies({ caller, organization }: AnyRequest, { serviceControl = [] }: ApplicablePolicies) {
  const isMember = 'accountId' in caller && caller.accountId !== organization?.managementAccountId;
  const isLinked = caller.kind === 'role-session' && caller.roleArn.includes(':role/aws-service-role/');
  return isMember && !isLinked ? serviceControl : [];
}

/** The first layer with a Deny; one that is beyond doubt comes before one that is not. */
function explicitDeny(request: AnyRequest, policies: ApplicablePolicies): Layer | undefined {
  const { resource, identity, boundary, session = [] } = policies;
  const own = overridesBucketPolicy(request) || resource === undefined ? [] : [resource];
  const controls = controlPolicies(request, policies).flat();
  const endpoint = policies.vpcEndpoint ?? [];
  const layers = [
    ...controls,
    ...endpoint,
    ...own,
    ...identity,
    ...(boundary === undefined ? [] : [boundary]),
    ...session,
  ];
  const denials = layers.map((policy) => ({
    layer: policy.layer,
    denies: any(
      policy.policy.statements
        .filter((statement) => statement.effect === 'Deny')
        .map((statement) => {
          const asked = covers(request, statement, policy.policy);
          return policy === resource || policy.layer === 'vpc-endpoint'
            ? all([asked, deniesCaller(statement, request.caller, boundary)])
            : asked;
        }),
    ),
  }));
  const certain = denials.find(({ denies }) => denies === 'yes');
  return (certain ?? denials.find(({ denies }) => denies === 'doubtful'))?.layer;
}

function deniesCaller(statement: Statement, caller: AnyCaller, boundary: AttachedPolicy | undefined): Answer {
  const { principal } = statement;
  if (principal === undefined) return 'no';
  return principal.not ? not(spares(principal, caller, boundary)) : answer(namingsOf(principal, caller).size > 0);
}

interface Grant {
  readonly naming: Naming;
  readonly statement: Statement;
}

/** What the resource's policy allows, and how it names the caller. An Allow with NotPrincipal is not supported. */
function grants(request: AnyRequest, { resource }: ApplicablePolicies): readonly Grant[] {
  return resource === undefined ? [] : grantsOf([resource], request);
}

function grantsOf(policies: readonly AttachedPolicy[], request: AnyRequest): readonly Grant[] {
  return policies.flatMap(({ policy }) =>
    policy.statements
      .filter((statement) => statement.effect === 'Allow')
      .filter((statement) => applies('Allow', covers(request, statement, policy)))
      .flatMap((statement) => {
        const { principal } = statement;
        if (principal === undefined || principal.not) return [];
        return [...namingsOf(principal, request.caller)].map((naming) => ({ naming, statement }));
      }),
  );
}

/** Whether a grant of a resource's policy holds whatever the caller's boundary and session policies leave out. */
function isDirect({ naming, statement }: Grant, caller: AnyCaller): boolean {
  if (naming === 'itself') return caller.kind !== 'root';
  return naming === 'everyone' && statement.conditions.some(isOnPrincipalArn);
}

function isOnPrincipalArn({ key, operator, ifExists, set }: Statement['conditions'][number]): boolean {
  return (
    key.toLowerCase() === 'aws:principalarn' &&
    COMPARISONS[operator]?.negated === false &&
    !ifExists &&
    set === undefined
  );
}

/** The first layer of the caller's side that does not allow. */
function firstSilent(request: AnyRequest, policies: ApplicablePolicies): Layer | undefined {
  return allowsIn(policies.identity, request) ? firstLimit(request, policies) : 'identity';
}

/** The first of boundary and session that does not allow. A federated user without session policy may nothing. */
function firstLimit(request: AnyRequest, { boundary, session }: ApplicablePolicies): Layer | undefined {
  if (boundary !== undefined && !allowsIn([boundary], request)) return 'boundary';
  if (session === undefined) return request.caller.kind === 'federated-user' ? 'session' : undefined;
  return allowsIn(session, request) ? undefined : 'session';
}

function allowsIn(policies: readonly AttachedPolicy[], request: AnyRequest): boolean {
  return policies.some(({ policy }) =>
    policy.statements.some(
      (statement) => statement.effect === 'Allow' && applies('Allow', covers(request, statement, policy)),
    ),
  );
}
