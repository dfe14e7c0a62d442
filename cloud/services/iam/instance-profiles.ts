import type {
  AddRoleToInstanceProfileRequest,
  CreateInstanceProfileRequest,
  CreateInstanceProfileResponse,
  DeleteInstanceProfileRequest,
  GetInstanceProfileRequest,
  GetInstanceProfileResponse,
  InstanceProfile,
  ListInstanceProfilesForRoleRequest,
  ListInstanceProfilesForRoleResponse,
  ListInstanceProfilesRequest,
  ListInstanceProfilesResponse,
  RemoveRoleFromInstanceProfileRequest,
} from '@aws-sdk/client-iam';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import type { Account } from '../../world.ts';
import { instanceProfileArn } from './arns.ts';
import { alreadyExists, deleteConflict, noSuchEntity, quotaExceeded } from './errors.ts';
import { findByName, instanceProfileNamed, requireKeepableName, roleNamed } from './names.ts';
import { nameKey, pageOf } from './pages.ts';
import { iamPermission, onInstanceProfile, onList, onRole, requestTags } from './permissions.ts';
import { refuseProtectedRole } from './protected-roles.ts';
import { quotas } from './quotas.ts';
import { shownRole } from './shapes.ts';
import type { InstanceProfileState } from './state.ts';
import { sortedTags, tagsOf } from './tags.ts';
import { shownTime } from './times.ts';
import { type PrincipalNames, principalNames } from './trust.ts';
import { makeUniqueId } from './unique-id.ts';

/** An instance profile as lists show it, with the role in it. */
export function shownInstanceProfile(
  account: Pick<Account, 'id' | 'iam'>,
  profile: InstanceProfileState,
  names: PrincipalNames,
): InstanceProfile {
  const role = profile.role === undefined ? undefined : findByName(account.iam.roles, profile.role);
  return {
    Path: profile.path,
    InstanceProfileName: profile.name,
    InstanceProfileId: profile.id,
    Arn: instanceProfileArn(account.id, profile),
    CreateDate: shownTime(profile.createdAt),
    Roles: role === undefined ? [] : [shownRole(account.id, role, names)],
  };
}

const createInstanceProfile: ChangeOperation<CreateInstanceProfileRequest, CreateInstanceProfileResponse> = {
  kind: 'change',
  permissions: ({ InstanceProfileName: name = '', Path: path = '/', Tags }, facts) => {
    const arn = instanceProfileArn(facts.callerAccountId, { path, name });
    const context = requestTags(Tags);
    return [
      iamPermission('CreateInstanceProfile', arn, facts, { context }),
      ...(Tags?.length ? [iamPermission('TagInstanceProfile', arn, facts, { context })] : []),
    ];
  },
  handle(account, { InstanceProfileName: name = '', Path: path = '/', Tags }, call) {
    const { instanceProfiles } = account.iam;
    requireKeepableName('instanceProfileName', name);
    if (findByName(instanceProfiles, name) !== undefined) {
      throw alreadyExists(`Instance Profile ${name} already exists.`);
    }
    if (Object.keys(instanceProfiles).length >= quotas.instanceProfiles) {
      throw quotaExceeded('InstanceProfilesPerAccount', quotas.instanceProfiles);
    }
    const tags = tagsOf(Tags, 'exact-case');
    const profile = { name, path, id: makeUniqueId('AIPA', call.random), createdAt: call.now, tags };
    instanceProfiles[name] = profile;
    const shown = shownInstanceProfile(account, profile, principalNames(call.world));
    return { InstanceProfile: { ...shown, ...(tags.length > 0 && { Tags: tags }) } };
  },
};

const getInstanceProfile: ReadOperation<GetInstanceProfileRequest, GetInstanceProfileResponse> = {
  kind: 'read',
  permissions: ({ InstanceProfileName = '' }, facts) => [
    onInstanceProfile('GetInstanceProfile', InstanceProfileName, facts),
  ],
  handle(account, { InstanceProfileName = '' }, call) {
    const profile = instanceProfileNamed(account.iam, InstanceProfileName);
    const shown = shownInstanceProfile(account, profile, principalNames(call.world));
    return { InstanceProfile: { ...shown, Tags: sortedTags(profile.tags) } };
  },
};

const listInstanceProfiles: ReadOperation<ListInstanceProfilesRequest, ListInstanceProfilesResponse> = {
  kind: 'read',
  permissions: ({ PathPrefix }, facts) => [onList('ListInstanceProfiles', 'instance-profile', PathPrefix, facts)],
  handle(account, request, call) {
    const { PathPrefix = '/' } = request;
    const profiles = Object.values(account.iam.instanceProfiles).filter(({ path }) => path.startsWith(PathPrefix));
    const { items, position } = pageOf(profiles, request, nameKey);
    const names = principalNames(call.world);
    return { InstanceProfiles: items.map((profile) => shownInstanceProfile(account, profile, names)), ...position };
  },
};

const listInstanceProfilesForRole: ReadOperation<
  ListInstanceProfilesForRoleRequest,
  ListInstanceProfilesForRoleResponse
> = {
  kind: 'read',
  permissions: ({ RoleName = '' }, facts) => [onRole('ListInstanceProfilesForRole', RoleName, facts)],
  handle(account, request, call) {
    const role = roleNamed(account.iam, request.RoleName ?? '');
    const profiles = Object.values(account.iam.instanceProfiles).filter((profile) => profile.role === role.name);
    const { items, position } = pageOf(profiles, request, nameKey);
    const names = principalNames(call.world);
    return { InstanceProfiles: items.map((profile) => shownInstanceProfile(account, profile, names)), ...position };
  },
};

const addRoleToInstanceProfile: ChangeOperation<AddRoleToInstanceProfileRequest, object> = {
  kind: 'change',
  permissions: ({ InstanceProfileName = '', RoleName = '' }, facts) => {
    const { shownAs: _, ...role } = onRole('PassRole', RoleName, facts, {
      'iam:PassedToService': 'ec2.amazonaws.com',
    });
    // The role is passed to the instances that will use the profile; the denial names it by its ARN.
    return [onInstanceProfile('AddRoleToInstanceProfile', InstanceProfileName, facts), role];
  },
  handle(account, { InstanceProfileName = '', RoleName = '' }) {
    const profile = instanceProfileNamed(account.iam, InstanceProfileName);
    const role = roleNamed(account.iam, RoleName);
    refuseProtectedRole(role);
    if (profile.role !== undefined) throw quotaExceeded('InstanceSessionsPerInstanceProfile', 1);
    profile.role = role.name;
    return {};
  },
};

const removeRoleFromInstanceProfile: ChangeOperation<RemoveRoleFromInstanceProfileRequest, object> = {
  kind: 'change',
  permissions: ({ InstanceProfileName = '' }, facts) => [
    onInstanceProfile('RemoveRoleFromInstanceProfile', InstanceProfileName, facts),
  ],
  handle(account, { InstanceProfileName = '', RoleName = '' }) {
    const profile = instanceProfileNamed(account.iam, InstanceProfileName);
    const role = roleNamed(account.iam, RoleName);
    if (profile.role !== role.name) {
      throw noSuchEntity(`Role ${role.name} in Instance Profile ${profile.name} cannot be found.`);
    }
    delete profile.role;
    return {};
  },
};

const deleteInstanceProfile: ChangeOperation<DeleteInstanceProfileRequest, object> = {
  kind: 'change',
  permissions: ({ InstanceProfileName = '' }, facts) => [
    onInstanceProfile('DeleteInstanceProfile', InstanceProfileName, facts),
  ],
  handle(account, { InstanceProfileName = '' }) {
    const profile = instanceProfileNamed(account.iam, InstanceProfileName);
    if (profile.role !== undefined) {
      throw deleteConflict('Cannot delete entity, must remove roles from instance profile first.');
    }
    delete account.iam.instanceProfiles[profile.name];
    return {};
  },
};

export const instanceProfileOperations = {
  CreateInstanceProfile: createInstanceProfile,
  GetInstanceProfile: getInstanceProfile,
  ListInstanceProfiles: listInstanceProfiles,
  ListInstanceProfilesForRole: listInstanceProfilesForRole,
  AddRoleToInstanceProfile: addRoleToInstanceProfile,
  RemoveRoleFromInstanceProfile: removeRoleFromInstanceProfile,
  DeleteInstanceProfile: deleteInstanceProfile,
};
