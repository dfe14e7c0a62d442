/** Which statements of a principal in hand speak of an action. */
import { compileGlob, matchGlob } from '../glob.ts';
import type { ApplicablePolicies, AttachedPolicy } from '../model.ts';
import type { Policy, Statement } from '../policy.ts';
import type { Foothold } from './foothold.ts';

/** Services whose resources have policies of their own that can let a principal in without its identity policies. */
const WITH_RESOURCE_POLICIES: ReadonlySet<string> = new Set([
  'kms',
  'lambda',
  's3',
  'secretsmanager',
  'sns',
  'sqs',
  'sts',
]);

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

/** Whether a principal could be allowed the action at all: most are not, and need no decision. */
export function mayAllow({ principal, session }: Foothold, action: string): boolean {
  const bySession = session === undefined || session.some(({ policy }) => allows(policy, action));
  if (!bySession) return false;
  if (WITH_RESOURCE_POLICIES.has(action.slice(0, action.indexOf(':')))) return true;
  if (principal.boundary !== undefined && !allows(principal.boundary.policy, action)) return false;
  return principal.identity.some(({ policy }) => allows(policy, action));
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
