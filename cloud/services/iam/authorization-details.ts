import type {
  AttachedPolicy,
  EntityType,
  GetAccountAuthorizationDetailsRequest,
  GetAccountAuthorizationDetailsResponse,
  GroupDetail,
  ManagedPolicyDetail,
  PolicyDetail,
  RoleDetail,
  UserDetail,
} from '@aws-sdk/client-iam';
import type { ReadOperation } from '../../service.ts';
import type { Account } from '../../world.ts';
import { encodeDocument } from './documents.ts';
import { shownInstanceProfile } from './instance-profiles.ts';
import {
  type ManagedPolicyView,
  nameOfPolicy,
  shownPolicy,
  viewOfAwsPolicy,
  viewOfCustomerPolicy,
} from './managed-policies.ts';
import { pageOf } from './pages.ts';
import { onAll } from './permissions.ts';
import { policyKey } from './policies.ts';
import { countUsages, type UsageCounts } from './policy-usage.ts';
import { shownBoundary, shownGroup, shownLastUse, shownRole, shownUser } from './shapes.ts';
import type { GroupState, RoleState, UserState } from './state.ts';
import { sortedTags } from './tags.ts';
import { shownTime } from './times.ts';
import { type PrincipalNames, principalNames } from './trust.ts';

type Entity =
  | { readonly kind: 'User'; readonly user: UserState }
  | { readonly kind: 'Group'; readonly group: GroupState }
  | { readonly kind: 'Role'; readonly role: RoleState }
  | { readonly kind: 'LocalManagedPolicy' | 'AWSManagedPolicy'; readonly policy: ManagedPolicyView };

/**
 * Everything about the account's access at once: users, groups, roles and managed policies, page by page. Of AWS's policies
 * those that are in use.
 */
const getAccountAuthorizationDetails: ReadOperation<
  GetAccountAuthorizationDetailsRequest,
  GetAccountAuthorizationDetailsResponse
> = {
  kind: 'read',
  permissions: (_request, facts) => [onAll('GetAccountAuthorizationDetails', facts)],
  handle(account, request, call) {
    const { iam } = account;
    const usages = countUsages(iam);
    const names = principalNames(call.world);
    const used = call.managedPolicies
      .list()
      .filter(({ arn }) => usages.attachments.has(arn) || usages.boundaries.has(arn));
    const all: Entity[] = [
      ...Object.values(iam.users).map((user) => ({ kind: 'User', user }) as const),
      ...Object.values(iam.groups).map((group) => ({ kind: 'Group', group }) as const),
      ...Object.values(iam.roles).map((role) => ({ kind: 'Role', role }) as const),
      ...Object.values(iam.policies).map(
        (policy) => ({ kind: 'LocalManagedPolicy', policy: viewOfCustomerPolicy(policy) }) as const,
      ),
      ...used.map((policy) => ({ kind: 'AWSManagedPolicy', policy: viewOfAwsPolicy(policy) }) as const),
    ];
    const filter: readonly EntityType[] = request.Filter ?? [];
    const asked = filter.length === 0 ? all : all.filter(({ kind }) => filter.includes(kind));
    const { items, position } = pageOf(asked, request, keyOf);
    return {
      UserDetailList: items.flatMap((entity) => (entity.kind === 'User' ? userDetail(account, entity.user) : [])),
      GroupDetailList: items.flatMap((entity) => (entity.kind === 'Group' ? groupDetail(account, entity.group) : [])),
      RoleDetailList: items.flatMap((entity) =>
        entity.kind === 'Role' ? roleDetail(account, entity.role, names) : [],
      ),
      Policies: items.flatMap((entity) => ('policy' in entity ? policyDetail(entity.policy, usages) : [])),
      ...position,
    };
  },
};

function keyOf(entity: Entity): string {
  switch (entity.kind) {
    case 'User':
      return `1${entity.user.name.toLowerCase()}`;
    case 'Group':
      return `2${entity.group.name.toLowerCase()}`;
    case 'Role':
      return `3${entity.role.name.toLowerCase()}`;
    default:
      return `4${policyKey(entity.policy)}`;
  }
}

function userDetail(account: Account, user: UserState): UserDetail {
  const { PasswordLastUsed: _, ...shown } = shownUser(account.id, user);
  return {
    ...shown,
    ...(Object.keys(user.inlinePolicies).length > 0 && { UserPolicyList: inlineDetails(user) }),
    GroupList: [...user.groups],
    AttachedManagedPolicies: attachedDetails(user),
    ...shownBoundary(user.boundary),
    Tags: sortedTags(user.tags),
  };
}

function groupDetail(account: Account, group: GroupState): GroupDetail {
  return {
    ...shownGroup(account.id, group),
    GroupPolicyList: inlineDetails(group),
    AttachedManagedPolicies: attachedDetails(group),
  };
}

function roleDetail(account: Account, role: RoleState, names: PrincipalNames): RoleDetail {
  const profiles = Object.values(account.iam.instanceProfiles).filter((profile) => profile.role === role.name);
  return {
    ...shownRole(account.id, role, names),
    InstanceProfileList: profiles.map((profile) => shownInstanceProfile(account, profile, names)),
    RolePolicyList: inlineDetails(role),
    AttachedManagedPolicies: attachedDetails(role),
    ...shownBoundary(role.boundary),
    Tags: sortedTags(role.tags),
    RoleLastUsed: shownLastUse(role),
  };
}

function policyDetail(policy: ManagedPolicyView, usages: UsageCounts): ManagedPolicyDetail {
  return {
    ...shownPolicy(policy, usages),
    PolicyVersionList: policy.versions
      .map(({ id, document, createdAt }) => ({
        Document: encodeDocument(document),
        VersionId: id,
        IsDefaultVersion: id === policy.defaultVersionId,
        CreateDate: shownTime(createdAt),
      }))
      .reverse(),
  };
}

function inlineDetails(holder: { readonly inlinePolicies: Readonly<Record<string, string>> }): PolicyDetail[] {
  return Object.entries(holder.inlinePolicies)
    .map(([PolicyName, document]) => ({ PolicyName, PolicyDocument: encodeDocument(document) }))
    .sort((a, b) => (a.PolicyName < b.PolicyName ? -1 : 1));
}

function attachedDetails(holder: { readonly attachedPolicies: readonly string[] }): AttachedPolicy[] {
  return holder.attachedPolicies.map((arn) => ({ PolicyName: nameOfPolicy(arn), PolicyArn: arn }));
}

export const authorizationDetailsOperations = { GetAccountAuthorizationDetails: getAccountAuthorizationDetails };
