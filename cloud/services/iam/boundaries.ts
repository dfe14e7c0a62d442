import type {
  DeleteRolePermissionsBoundaryRequest,
  DeleteUserPermissionsBoundaryRequest,
  PutRolePermissionsBoundaryRequest,
  PutUserPermissionsBoundaryRequest,
} from '@aws-sdk/client-iam';
import type { Call } from '../../call.ts';
import { own } from '../../own.ts';
import type { ChangeOperation, PermissionFacts } from '../../service.ts';
import { invalidInput, noSuchEntity } from './errors.ts';
import { findByName, roleNamed, userNamed } from './names.ts';
import { boundaryKey, type Context, iamOf, onRole, onUser } from './permissions.ts';
import { refuseProtectedRole } from './protected-roles.ts';
import type { IamState } from './state.ts';

const policyArnShape = /^arn:aws:iam::(?:aws|\d{12}):policy\/.+$/;

/**
 * A permissions boundary must be a managed policy that exists.
 * @throws InvalidInput for what is no policy's ARN, NoSuchEntity
 */
export function requireBoundary(iam: Pick<IamState, 'policies'>, arn: string, call: Call): void {
  if (!policyArnShape.test(arn)) throw invalidInput(`ARN ${arn} is not valid.`);
  if (own(iam.policies, arn) === undefined && call.managedPolicies.get(arn) === undefined) {
    throw noSuchEntity(`Scope ARN: ${arn} does not exist or is not attachable.`);
  }
}

/** `iam:PermissionsBoundary` of a user that has one. */
export function boundaryOfUser(name: string, facts: PermissionFacts): Context {
  return boundaryKey(findByName(iamOf(facts).users, name)?.boundary);
}

/** `iam:PermissionsBoundary` of a role that has one. */
export function boundaryOfRole(name: string, facts: PermissionFacts): Context {
  return boundaryKey(findByName(iamOf(facts).roles, name)?.boundary);
}

const putUserPermissionsBoundary: ChangeOperation<PutUserPermissionsBoundaryRequest, object> = {
  kind: 'change',
  permissions: ({ UserName = '', PermissionsBoundary }, facts) => [
    onUser('PutUserPermissionsBoundary', UserName, facts, boundaryKey(PermissionsBoundary)),
  ],
  handle(account, { UserName = '', PermissionsBoundary = '' }, call) {
    const user = userNamed(account.iam, UserName);
    requireBoundary(account.iam, PermissionsBoundary, call);
    user.boundary = PermissionsBoundary;
    return {};
  },
};

const deleteUserPermissionsBoundary: ChangeOperation<DeleteUserPermissionsBoundaryRequest, object> = {
  kind: 'change',
  permissions: ({ UserName = '' }, facts) => [
    onUser('DeleteUserPermissionsBoundary', UserName, facts, boundaryOfUser(UserName, facts)),
  ],
  handle(account, { UserName = '' }) {
    const user = userNamed(account.iam, UserName);
    delete user.boundary;
    return {};
  },
};

const putRolePermissionsBoundary: ChangeOperation<PutRolePermissionsBoundaryRequest, object> = {
  kind: 'change',
  permissions: ({ RoleName = '', PermissionsBoundary }, facts) => [
    onRole('PutRolePermissionsBoundary', RoleName, facts, boundaryKey(PermissionsBoundary)),
  ],
  handle(account, { RoleName = '', PermissionsBoundary = '' }, call) {
    const role = roleNamed(account.iam, RoleName);
    refuseProtectedRole(role);
    requireBoundary(account.iam, PermissionsBoundary, call);
    role.boundary = PermissionsBoundary;
    return {};
  },
};

const deleteRolePermissionsBoundary: ChangeOperation<DeleteRolePermissionsBoundaryRequest, object> = {
  kind: 'change',
  permissions: ({ RoleName = '' }, facts) => [
    onRole('DeleteRolePermissionsBoundary', RoleName, facts, boundaryOfRole(RoleName, facts)),
  ],
  handle(account, { RoleName = '' }) {
    const role = roleNamed(account.iam, RoleName);
    refuseProtectedRole(role);
    delete role.boundary;
    return {};
  },
};

export const boundaryOperations = {
  PutUserPermissionsBoundary: putUserPermissionsBoundary,
  DeleteUserPermissionsBoundary: deleteUserPermissionsBoundary,
  PutRolePermissionsBoundary: putRolePermissionsBoundary,
  DeleteRolePermissionsBoundary: deleteRolePermissionsBoundary,
};
