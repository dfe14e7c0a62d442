/** When S3 calls a bucket policy public (Amazon S3 User Guide, Blocking public access: The meaning of "public"). */
import type { ConditionClause, Policy, PrincipalElement, Statement } from '../policy.ts';

/** Some statement of it lets in callers that it does not pin down. */
export function isPublic(policy: Policy): boolean {
  return policy.statements.some(
    ({ effect, principal, conditions }) => effect === 'Allow' && !isNamed(principal) && !conditions.some(pinsDown),
  );
}

/** Named one by one, services included. */
function isNamed(principal: Statement['principal']): boolean {
  if (principal === undefined || principal.not || principal.everyone) return false;
  const { aws, federated, canonicalUser }: PrincipalElement = principal;
  return [...aws, ...federated, ...canonicalUser].every(isFixed);
}

/** Neither a wildcard nor a policy variable. */
function isFixed(value: string): boolean {
  return !value.includes('*') && !value.includes('?') && !value.includes('${');
}

const PINNING_KEYS = [
  'aws:PrincipalArn',
  'aws:PrincipalAccount',
  'aws:PrincipalOrgID',
  'aws:PrincipalOrgPaths',
  'aws:SourceArn',
  'aws:SourceVpc',
  'aws:SourceVpce',
  'aws:SourceOwner',
  'aws:SourceAccount',
  'aws:userid',
  's3:DataAccessPointAccount',
];
const EQUALITIES = ['StringEquals', 'StringEqualsIgnoreCase', 'StringLike', 'ArnEquals', 'ArnLike'];

/** The key must be there, and have one of some fixed values. */
function pinsDown({ key, operator, set, ifExists, values }: ConditionClause): boolean {
  if (ifExists || set === 'ForAllValues' || values.length === 0) return false;
  const is = (name: string) => key.toLowerCase() === name.toLowerCase();
  if (is('aws:SourceIp')) return operator === 'IpAddress' && values.every(isNarrowRange);
  if (!EQUALITIES.includes(operator)) return false;
  if (is('s3:DataAccessPointArn')) return values.every((value) => isFixed(withoutName(value)));
  return PINNING_KEYS.some(is) && values.every(isFixed);
}

/** The name of an access point may be a pattern in a bucket policy. */
function withoutName(arn: string): string {
  const [start = '', name = '', ...more] = arn.split(':accesspoint/');
  return more.length > 0 || name.includes('/') || name.includes('$') ? arn : start;
}

/** Not broader than /8 of IPv4 or /32 of IPv6. */
function isNarrowRange(range: string): boolean {
  const [base = '', bits = '128'] = range.split('/');
  return isFixed(range) && Number(bits) >= (base.includes(':') ? 32 : 8);
}
