/** Which statements of a principal in hand speak of an action. */
import type { AccountPrincipal, Estate } from '../account/account.ts';
import { parseArn } from '../arn.ts';
import { compileGlob, matchGlob } from '../glob.ts';
import type { ApplicablePolicies, AttachedPolicy } from '../model.ts';
import type { Policy, Statement } from '../policy.ts';
import type { Foothold, Setting } from './foothold.ts';

const asked = new WeakMap<Statement, Map<string, boolean>>();

/** Whether an Action or NotAction element takes in an action. */
export function speaksOf(statement: Statement, action: string): boolean {
  const answers = asked.get(statement) ?? new Map<string, boolean>();
  asked.set(statement, answers);
  let answer = answers.get(action);
  if (answer === undefined) {
    const lower = action.toLowerCase();
    const listed = statement.action.values.some((value) =>
      matchGlob(compileGlob([{ pattern: value.toLowerCase() }], 'text'), lower),
    );
    answer = statement.action.values.length > 0 && listed !== statement.action.not;
    answers.set(action, answer);
  }
  return answer;
}

/**
 * Whether a principal could be allowed the action at all: most are not, and need no decision. What its own policies do not allow could
 * be allowed by a policy of a resource of that service alone, or by the trust policy of a role.
 */
export function mayAllow({ estate }: Setting, { principal, session }: Foothold, action: string): boolean {
  if (session !== undefined && !session.some(({ policy }) => allows(policy, action))) return false;
  const service = action.slice(0, action.indexOf(':'));
  if (service === 'sts' || servicesWithPolicies(estate).has(service)) return true;
  if (principal.boundary !== undefined && !allows(principal.boundary.policy, action)) return false;
  return allowsByItself(principal, action);
}

/** Whether an identity policy of the principal allows the action on something, under some conditions. */
export function allowsByItself({ identity }: AccountPrincipal, action: string): boolean {
  return identity.some(({ policy }) => allows(policy, action));
}

const services = new WeakMap<Estate, ReadonlySet<string>>();

/** The services of resources whose policies the estate knows. */
function servicesWithPolicies(estate: Estate): ReadonlySet<string> {
  let found = services.get(estate);
  if (found === undefined) {
    found = new Set(estate.resourcePolicies.map(({ resource }) => parseArn(resource)?.service ?? ''));
    services.set(estate, found);
  }
  return found;
}

function allows(policy: Policy, action: string): boolean {
  return policy.statements.some((statement) => statement.effect === 'Allow' && speaksOf(statement, action));
}

/** Whether a policy denies anything. */
export function hasDeny({ policy }: AttachedPolicy): boolean {
  return policy.statements.some(({ effect }) => effect === 'Deny');
}

/** The policies that say what a principal may do whatever it asks for, each once. */
export function ownPolicies({ principal, session = [] }: Foothold): readonly AttachedPolicy[] {
  const { identity, boundary } = principal;
  return [...identity, ...(boundary === undefined ? [] : [boundary]), ...session];
}

/** All policies that speak about a request. */
export function allPolicies(policies: ApplicablePolicies): readonly AttachedPolicy[] {
  const { identity, boundary, session = [], resource, serviceControl = [], resourceControl = [] } = policies;
  return [
    ...identity,
    ...(boundary === undefined ? [] : [boundary]),
    ...session,
    ...(resource === undefined ? [] : [resource]),
    ...serviceControl.flat(),
    ...resourceControl.flat(),
  ];
}

/** Roles that services keep for themselves: IAM lets nobody change or pass them. IAM User Guide, "Using service-linked roles". */
export function isProtected({ kind, path }: AccountPrincipal): boolean {
  return kind === 'role' && (path.startsWith('/aws-service-role/') || path.startsWith('/aws-reserved/'));
}
