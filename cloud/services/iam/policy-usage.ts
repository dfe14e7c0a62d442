/** Who uses a managed policy, as permissions or as a boundary. */
import type { GroupState, IamState, RoleState, UserState } from './state.ts';

type Entities = Pick<IamState, 'users' | 'groups' | 'roles'>;

/** How a policy is used: `PermissionsPolicy` attached, `PermissionsBoundary` as a limit. */
export type PolicyUsage = 'PermissionsPolicy' | 'PermissionsBoundary';

/** The users, groups and roles that use a policy in the given way, or in either. */
export function entitiesUsing(
  iam: Entities,
  arn: string,
  usage?: PolicyUsage,
): { readonly users: UserState[]; readonly groups: GroupState[]; readonly roles: RoleState[] } {
  const attached = (holder: { readonly attachedPolicies: readonly string[] }) =>
    usage !== 'PermissionsBoundary' && holder.attachedPolicies.includes(arn);
  const bounds = (holder: { readonly boundary?: string }) => usage !== 'PermissionsPolicy' && holder.boundary === arn;
  return {
    users: Object.values(iam.users).filter((user) => attached(user) || bounds(user)),
    groups: Object.values(iam.groups).filter(attached),
    roles: Object.values(iam.roles).filter((role) => attached(role) || bounds(role)),
  };
}

/** The number of entities that use each policy, by ARN, in one pass over the account. */
export interface UsageCounts {
  readonly attachments: ReadonlyMap<string, number>;
  readonly boundaries: ReadonlyMap<string, number>;
}

/** Counts the uses of all policies. */
export function countUsages(iam: Entities): UsageCounts {
  const attachments = new Map<string, number>();
  const boundaries = new Map<string, number>();
  const add = (counts: Map<string, number>, arn: string) => counts.set(arn, (counts.get(arn) ?? 0) + 1);
  const users = Object.values(iam.users);
  const roles = Object.values(iam.roles);
  for (const holder of [...users, ...Object.values(iam.groups), ...roles]) {
    for (const arn of holder.attachedPolicies) add(attachments, arn);
  }
  for (const { boundary } of [...users, ...roles]) if (boundary !== undefined) add(boundaries, boundary);
  return { attachments, boundaries };
}
