/** IAM's records as its answers show them. Members that AWS leaves out are left out. */
import type { AttachedPermissionsBoundary, Group, Role, User } from '@aws-sdk/client-iam';
import { groupArn, roleArn, userArn } from './arns.ts';
import { encodeDocument } from './documents.ts';
import type { GroupState, RoleState, UserState } from './state.ts';
import { sortedTags } from './tags.ts';
import { shownTime } from './times.ts';
import type { PrincipalNames } from './trust.ts';

/** A user as lists show it. */
export function shownUser(accountId: string, user: UserState): User {
  return {
    Path: user.path,
    UserName: user.name,
    UserId: user.id,
    Arn: userArn(accountId, user),
    CreateDate: shownTime(user.createdAt),
    ...(user.passwordLastUsed !== undefined && { PasswordLastUsed: shownTime(user.passwordLastUsed) }),
  };
}

/** A user as GetUser shows it: with boundary and tags. */
export function shownUserInFull(accountId: string, user: UserState): User {
  return {
    ...shownUser(accountId, user),
    ...shownBoundary(user.boundary),
    ...(user.tags.length > 0 && { Tags: sortedTags(user.tags) }),
  };
}

/** A group as all answers show it. */
export function shownGroup(accountId: string, group: GroupState): Group {
  return {
    Path: group.path,
    GroupName: group.name,
    GroupId: group.id,
    Arn: groupArn(accountId, group),
    CreateDate: shownTime(group.createdAt),
  };
}

/** A role as it stands in an instance profile: identity and trust policy. */
export function shownRole(accountId: string, role: RoleState, names: PrincipalNames): Role {
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.id,
    Arn: roleArn(accountId, role),
    CreateDate: shownTime(role.createdAt),
    AssumeRolePolicyDocument: encodeDocument(names.show(role.trustPolicy)),
  };
}

/** A role as ListRoles shows it. */
export function shownRoleInList(accountId: string, role: RoleState, names: PrincipalNames): Role {
  return {
    ...shownRole(accountId, role, names),
    ...(role.description !== undefined && { Description: role.description }),
    MaxSessionDuration: role.maxSessionDuration,
  };
}

/** A role as GetRole shows it: with boundary, tags and last use. */
export function shownRoleInFull(accountId: string, role: RoleState, names: PrincipalNames): Role {
  return {
    ...shownRoleInList(accountId, role, names),
    ...shownBoundary(role.boundary),
    ...(role.tags.length > 0 && { Tags: sortedTags(role.tags) }),
    RoleLastUsed: shownLastUse(role),
  };
}

/** `RoleLastUsed`, empty for a role that was never used. */
export function shownLastUse(role: RoleState): NonNullable<Role['RoleLastUsed']> {
  return role.lastUsed === undefined ? {} : { LastUsedDate: shownTime(role.lastUsed.at), Region: role.lastUsed.region };
}

/** `PermissionsBoundary`, where there is one. AWS's wire says `Policy`, which the SDK's type does not know. */
export function shownBoundary(arn: string | undefined): { PermissionsBoundary?: AttachedPermissionsBoundary } {
  if (arn === undefined) return {};
  const type = 'Policy' as NonNullable<AttachedPermissionsBoundary['PermissionsBoundaryType']>;
  return { PermissionsBoundary: { PermissionsBoundaryType: type, PermissionsBoundaryArn: arn } };
}
