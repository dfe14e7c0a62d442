/**
 * Rules that no page of AWS's states, and that people have met at AWS. docs/assumptions.md names where.
 */
import type { AnyCaller, DecisiveStatement } from '../model.ts';

/**
 * Whether statements decide because of such a rule: the ARN of a role's session leaves the role's path out, so a Principal that
 * names a session of a role with a path must leave it out too.
 */
export function restsOnObservation(statements: readonly DecisiveStatement[], caller: AnyCaller): boolean {
  if (caller.kind !== 'role-session' || !hasPath(caller)) return false;
  return statements.some(({ policy, index }) => {
    const principal = policy.policy.statements[index]?.principal;
    return principal !== undefined && !principal.not && principal.aws.includes(caller.sessionArn);
  });
}

function hasPath({ roleArn, roleName }: AnyCaller & { readonly kind: 'role-session' }): boolean {
  return !roleArn.endsWith(roleName) || !roleArn.startsWith(':role/', roleArn.length - roleName.length - 6);
}
