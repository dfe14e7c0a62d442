/** A user or role with other policies. Each answers a new one. */
import type { AccountGroup, AccountPrincipal } from '../account/account.ts';
import type { AttachedPolicy, Tags } from '../model.ts';
import type { Policy } from '../policy.ts';
import { EVERYTHING } from './foothold.ts';

/** How the policies of a principal say what they are attached to. */
export function holderName({ kind, name }: AccountPrincipal): string {
  return `${kind}/${name}`;
}

export function groupName({ name }: Pick<AccountGroup, 'name'>): string {
  return `group/${name}`;
}

/** With an inline policy that allows everything in the place of those that the holder has. */
export function withInline(principal: AccountPrincipal, attachedTo: string): AccountPrincipal {
  const kept = principal.identity.filter((policy) => !isInlineOf(policy, attachedTo));
  const written: AttachedPolicy = {
    layer: 'identity',
    name: 'written',
    kind: 'inline',
    attachedTo,
    policy: EVERYTHING,
  };
  return { ...principal, identity: [...kept, written] };
}

export function isInlineOf(policy: AttachedPolicy, attachedTo: string): boolean {
  return policy.kind === 'inline' && policy.attachedTo === attachedTo;
}

/** With further policies. */
export function withPolicies(principal: AccountPrincipal, policies: readonly AttachedPolicy[]): AccountPrincipal {
  return { ...principal, identity: [...principal.identity, ...policies] };
}

/** Without the policies for which that holds. */
export function withoutPolicies(
  principal: AccountPrincipal,
  isGone: (policy: AttachedPolicy) => boolean,
): AccountPrincipal {
  return { ...principal, identity: principal.identity.filter((policy) => !isGone(policy)) };
}

/** With another document in force under a managed policy's ARN, wherever the principal has it. */
export function withVersion(principal: AccountPrincipal, arn: string, policy: Policy): AccountPrincipal {
  const replace = (attached: AttachedPolicy) => (attached.arn === arn ? { ...attached, policy } : attached);
  const { boundary } = principal;
  return {
    ...principal,
    identity: principal.identity.map(replace),
    ...(boundary === undefined ? {} : { boundary: replace(boundary) }),
  };
}

export function withBoundary(principal: AccountPrincipal, arn: string, policy: Policy): AccountPrincipal {
  const attachedTo = holderName(principal);
  return { ...principal, boundary: { layer: 'boundary', name: nameOf(arn), kind: 'managed', arn, attachedTo, policy } };
}

export function withoutBoundary({ boundary: _, ...principal }: AccountPrincipal): AccountPrincipal {
  return principal;
}

export function withTags(principal: AccountPrincipal, tags: Tags): AccountPrincipal {
  const replaced = new Set(Object.keys(tags).map((key) => key.toLowerCase()));
  const kept = Object.entries(principal.tags).filter(([key]) => !replaced.has(key.toLowerCase()));
  return { ...principal, tags: { ...Object.fromEntries(kept), ...tags } };
}

/** A managed policy where it is attached. */
export function attachedManaged(arn: string, policy: Policy, attachedTo: string): AttachedPolicy {
  return { layer: 'identity', name: nameOf(arn), kind: 'managed', arn, attachedTo, policy };
}

function nameOf(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

/** Whether a policy allows everything to whoever has it, without a condition. */
export function allowsEverything({ statements }: Policy): boolean {
  return statements.some(
    ({ effect, action, resource, conditions }) =>
      effect === 'Allow' &&
      conditions.length === 0 &&
      !action.not &&
      action.values.includes('*') &&
      resource?.not === false &&
      resource.values.includes('*'),
  );
}
