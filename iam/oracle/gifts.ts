/** What the owner of a resource gives to a caller: by the resource's policy, and by S3's access control lists. */
import type { AnyCaller, AnyRequest, ApplicablePolicies, AttachedPolicy } from '../model.ts';
import type { Statement } from '../policy.ts';
import { applies } from './answer.ts';
import { isShutOut, listed, propertyOf } from './buckets.ts';
import { COMPARISONS } from './comparison.ts';
import { type Naming, namingsOf } from './naming.ts';
import { covers } from './statement.ts';

/** One way in which the caller is allowed. */
export interface Gift {
  readonly naming: Naming;
  readonly by: 'policy' | 'acl';
  readonly conditions: Statement['conditions'];
}

/** What the resource's policy and the access control lists give. */
export function gifts(request: AnyRequest, policies: ApplicablePolicies): readonly Gift[] {
  const { resource } = policies;
  // Neither Block Public Access nor the owner of somebody else's object lets the bucket's policy give.
  const isTheirs = propertyOf(request, policies) !== request.resourceAccountId;
  const isSilenced = isShutOut(request, policies) || isTheirs;
  return [
    ...(resource === undefined || isSilenced ? [] : giftsOf(resource, request)),
    ...listed(request, policies).map((naming): Gift => ({ naming, by: 'acl', conditions: [] })),
  ];
}

/** What one policy gives. An Allow with NotPrincipal is not supported. */
export function giftsOf({ policy }: AttachedPolicy, request: AnyRequest): readonly Gift[] {
  return policy.statements.flatMap((statement) => {
    const { effect, principal, conditions } = statement;
    if (effect !== 'Allow' || principal === undefined || principal.not) return [];
    if (!applies('Allow', covers(request, statement, policy))) return [];
    return [...namingsOf(principal, request.caller)].map((naming): Gift => ({ naming, by: 'policy', conditions }));
  });
}

/** Whether it holds whatever the caller's identity policies, boundary and session policies leave out. */
export function holdsDespiteLimits({ naming, conditions }: Gift, caller: AnyCaller): boolean {
  if (naming === 'itself') return caller.kind !== 'root';
  return naming === 'everyone' && conditions.some(isOnPrincipalArn);
}

function isOnPrincipalArn({ key, operator, ifExists, set }: Statement['conditions'][number]): boolean {
  return (
    key.toLowerCase() === 'aws:principalarn' &&
    COMPARISONS[operator]?.negated === false &&
    !ifExists &&
    set === undefined
  );
}
