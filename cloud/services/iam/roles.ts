import type {
  CreateRoleRequest,
  CreateRoleResponse,
  DeleteRoleRequest,
  GetRoleRequest,
  GetRoleResponse,
  ListRolesRequest,
  ListRolesResponse,
  UpdateAssumeRolePolicyRequest,
  UpdateRoleDescriptionRequest,
  UpdateRoleDescriptionResponse,
  UpdateRoleRequest,
} from '@aws-sdk/client-iam';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import { roleArn } from './arns.ts';
import { boundaryOfRole, requireBoundary } from './boundaries.ts';
import { encodeDocument } from './documents.ts';
import { alreadyExists, deleteConflict, quotaExceeded, validationError } from './errors.ts';
import { findByName, requireKeepableName, roleNamed } from './names.ts';
import { nameKey, pageOf } from './pages.ts';
import { boundaryKey, iamPermission, onList, onRole, requestTags } from './permissions.ts';
import { refuseProtectedRole } from './protected-roles.ts';
import { quotas } from './quotas.ts';
import { shownBoundary, shownRole, shownRoleInFull, shownRoleInList } from './shapes.ts';
import { tagsOf } from './tags.ts';
import { principalNames, storeTrustPolicy } from './trust.ts';
import { makeUniqueId } from './unique-id.ts';

const defaultMaxSessionDuration = 3600;

const createRole: ChangeOperation<CreateRoleRequest, CreateRoleResponse> = {
  kind: 'change',
  permissions: ({ RoleName: name = '', Path: path = '/', Tags, PermissionsBoundary }, facts) => {
    const arn = roleArn(facts.callerAccountId, { path, name });
    const context = { ...requestTags(Tags), ...boundaryKey(PermissionsBoundary) };
    return [
      iamPermission('CreateRole', arn, facts, { context }),
      ...(Tags?.length ? [iamPermission('TagRole', arn, facts, { context })] : []),
    ];
  },
  handle(account, request, call) {
    const { RoleName: name = '', Path: path = '/', AssumeRolePolicyDocument: document = '' } = request;
    const { Description: description, PermissionsBoundary: boundary, MaxSessionDuration } = request;
    const { roles } = account.iam;
    requireKeepableName('roleName', name);
    if (path.startsWith('/aws-service-role/')) {
      throw validationError('Path cannot be /aws-service-role/, which is reserved for service-linked roles.');
    }
    const trustPolicy = storeTrustPolicy(document, call.world);
    if (findByName(roles, name) !== undefined) throw alreadyExists(`Role with name ${name} already exists.`);
    if (Object.keys(roles).length >= quotas.roles) throw quotaExceeded('RolesPerAccount', quotas.roles);
    const tags = tagsOf(request.Tags, 'any-case');
    if (boundary !== undefined) requireBoundary(account.iam, boundary, call);
    const role = {
      name,
      path,
      id: makeUniqueId('AROA', call.random),
      createdAt: call.now,
      ...(description !== undefined && { description }),
      maxSessionDuration: MaxSessionDuration ?? defaultMaxSessionDuration,
      trustPolicy,
      tags,
      inlinePolicies: {},
      attachedPolicies: [],
      ...(boundary !== undefined && { boundary }),
    };
    roles[name] = role;
    return {
      Role: {
        ...shownRole(account.id, role, principalNames(call.world)),
        AssumeRolePolicyDocument: encodeDocument(document),
        ...shownBoundary(boundary),
        ...(tags.length > 0 && { Tags: tags }),
      },
    };
  },
};

const getRole: ReadOperation<GetRoleRequest, GetRoleResponse> = {
  kind: 'read',
  permissions: ({ RoleName = '' }, facts) => [onRole('GetRole', RoleName, facts, boundaryOfRole(RoleName, facts))],
  handle: (account, { RoleName = '' }, call) => ({
    Role: shownRoleInFull(account.id, roleNamed(account.iam, RoleName), principalNames(call.world)),
  }),
};

const listRoles: ReadOperation<ListRolesRequest, ListRolesResponse> = {
  kind: 'read',
  permissions: ({ PathPrefix }, facts) => [onList('ListRoles', 'role', PathPrefix, facts)],
  handle(account, request, call) {
    const { PathPrefix = '/' } = request;
    const roles = Object.values(account.iam.roles).filter((role) => role.path.startsWith(PathPrefix));
    const { items, position } = pageOf(roles, request, nameKey);
    const names = principalNames(call.world);
    return { Roles: items.map((role) => shownRoleInList(account.id, role, names)), ...position };
  },
};

const updateRole: ChangeOperation<UpdateRoleRequest, object> = {
  kind: 'change',
  permissions: ({ RoleName = '' }, facts) => [onRole('UpdateRole', RoleName, facts, boundaryOfRole(RoleName, facts))],
  handle(account, { RoleName = '', Description, MaxSessionDuration }) {
    const role = roleNamed(account.iam, RoleName);
    // The description of a service-linked role is its account's (IAM User Guide, "Create a service-linked role").
    if (MaxSessionDuration !== undefined) refuseProtectedRole(role);
    if (Description !== undefined) role.description = Description;
    if (MaxSessionDuration !== undefined) role.maxSessionDuration = MaxSessionDuration;
    return {};
  },
};

const updateRoleDescription: ChangeOperation<UpdateRoleDescriptionRequest, UpdateRoleDescriptionResponse> = {
  kind: 'change',
  permissions: ({ RoleName = '' }, facts) => [
    onRole('UpdateRoleDescription', RoleName, facts, boundaryOfRole(RoleName, facts)),
  ],
  handle(account, { RoleName = '', Description = '' }, call) {
    const role = roleNamed(account.iam, RoleName);
    role.description = Description;
    return { Role: { ...shownRole(account.id, role, principalNames(call.world)), Description } };
  },
};

const updateAssumeRolePolicy: ChangeOperation<UpdateAssumeRolePolicyRequest, object> = {
  kind: 'change',
  permissions: ({ RoleName = '' }, facts) => [
    onRole('UpdateAssumeRolePolicy', RoleName, facts, boundaryOfRole(RoleName, facts)),
  ],
  handle(account, { RoleName = '', PolicyDocument = '' }, call) {
    const role = roleNamed(account.iam, RoleName);
    refuseProtectedRole(role);
    role.trustPolicy = storeTrustPolicy(PolicyDocument, call.world);
    return {};
  },
};

const deleteRole: ChangeOperation<DeleteRoleRequest, object> = {
  kind: 'change',
  permissions: ({ RoleName = '' }, facts) => [onRole('DeleteRole', RoleName, facts, boundaryOfRole(RoleName, facts))],
  handle(account, { RoleName = '' }) {
    const role = roleNamed(account.iam, RoleName);
    refuseProtectedRole(role);
    if (Object.values(account.iam.instanceProfiles).some((profile) => profile.role === role.name)) {
      throw deleteConflict('Cannot delete entity, must remove roles from instance profile first.');
    }
    if (role.attachedPolicies.length > 0) {
      throw deleteConflict('Cannot delete entity, must detach all policies first.');
    }
    if (Object.keys(role.inlinePolicies).length > 0) {
      throw deleteConflict('Cannot delete entity, must delete policies first.');
    }
    delete account.iam.roles[role.name];
    return {};
  },
};

export const roleOperations = {
  CreateRole: createRole,
  GetRole: getRole,
  ListRoles: listRoles,
  UpdateRole: updateRole,
  UpdateRoleDescription: updateRoleDescription,
  UpdateAssumeRolePolicy: updateAssumeRolePolicy,
  DeleteRole: deleteRole,
};
