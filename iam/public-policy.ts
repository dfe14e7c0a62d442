/**
 * Whether a bucket policy is public in the sense of Block Public Access (Amazon S3 User Guide, "The meaning of public"):
 * it is, unless each statement that allows something names fixed principals or has a condition that fixes where a request
 * comes from. The test looks at the text alone; a wildcard or a policy variable is never a fixed value.
 */
import type { ConditionClause, Policy, PrincipalElement, Statement } from './policy.ts';

/** Keys of which a fixed value limits a statement, in lower case. */
const limitingKeys = new Set([
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:principalarn',
  'aws:principalaccount',
  'aws:sourcearn',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:sourceowner',
  'aws:sourceaccount',
  'aws:userid',
  's3:dataaccesspointarn',
  's3:dataaccesspointaccount',
]);

/** Operators that ask for one of their values; the negated ones, and `Null`, fix nothing. */
const fixingOperators = new Set(['stringequals', 'stringequalsignorecase', 'stringlike', 'arnequals', 'arnlike']);

/** Whether a statement allows something to whoever asks, as Block Public Access and GetBucketPolicyStatus count it. */
export function isPublicPolicy(policy: Policy): boolean {
  return publicStatements(policy).length > 0;
}

/** The statements that allow something to whoever asks, by their places in the policy, from 0. */
export function publicStatements(policy: Policy): readonly number[] {
  return policy.statements.flatMap((statement, index) => (isPublicStatement(statement) ? [index] : []));
}

function isPublicStatement(statement: Statement): boolean {
  return (
    statement.effect === 'Allow' && !hasFixedPrincipals(statement.principal) && !statement.conditions.some(isLimiting)
  );
}

function hasFixedPrincipals(principal: PrincipalElement | undefined): boolean {
  if (principal === undefined || principal.not || principal.everyone) return false;
  return [...principal.aws, ...principal.federated, ...principal.canonicalUser].every(isFixed);
}

function isFixed(value: string): boolean {
  return !/[*?]|\$\{/.test(value);
}

function isLimiting(clause: ConditionClause): boolean {
  // Both let a request through that has no such key at all.
  if (clause.ifExists || clause.set === 'ForAllValues' || clause.values.length === 0) return false;
  const key = clause.key.toLowerCase();
  const operator = clause.operator.toLowerCase();
  if (key === 'aws:sourceip') return operator === 'ipaddress' && clause.values.every(isNarrow);
  if (!limitingKeys.has(key) || !fixingOperators.has(operator)) return false;
  return clause.values.every(key === 's3:dataaccesspointarn' ? isFixedAccessPoint : isFixed);
}

/** The name of an access point may be a wildcard; its account may not. */
function isFixedAccessPoint(arn: string): boolean {
  return isFixed(arn.replace(/:accesspoint\/[^/$]*$/, ''));
}

/** A range not wider than /8 in IPv4 and /32 in IPv6. */
function isNarrow(range: string): boolean {
  const [address = '', length] = range.split('/');
  if (!isFixed(range)) return false;
  if (length === undefined) return true;
  return Number(length) >= (address.includes(':') ? 32 : 8);
}
