import type {
  CreateUserRequest,
  CreateUserResponse,
  DeleteUserRequest,
  GetUserRequest,
  GetUserResponse,
  ListUsersRequest,
  ListUsersResponse,
  UpdateUserRequest,
  User,
} from '@aws-sdk/client-iam';
import type { AccountDraft } from '../../call.ts';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import { rootArn, userArn } from './arns.ts';
import { requireBoundary } from './boundaries.ts';
import { subjectOf } from './caller.ts';
import { alreadyExists, deleteConflict, quotaExceeded } from './errors.ts';
import { findByName, requireKeepableName, userNamed } from './names.ts';
import { nameKey, pageOf } from './pages.ts';
import { boundaryKey, iamOf, iamPermission, onList, onSubject, onUser, requestTags } from './permissions.ts';
import { quotas } from './quotas.ts';
import { shownBoundary, shownUser, shownUserInFull } from './shapes.ts';
import { tagsOf } from './tags.ts';
import { makeUniqueId } from './unique-id.ts';

const createUser: ChangeOperation<CreateUserRequest, CreateUserResponse> = {
  kind: 'change',
  permissions: ({ UserName: name = '', Path: path = '/', Tags, PermissionsBoundary }, facts) => {
    const arn = userArn(facts.callerAccountId, { path, name });
    const context = { ...requestTags(Tags), ...boundaryKey(PermissionsBoundary) };
    return [
      iamPermission('CreateUser', arn, facts, { context }),
      ...(Tags?.length ? [iamPermission('TagUser', arn, facts, { context })] : []),
    ];
  },
  handle(account, { UserName: name = '', Path: path = '/', Tags, PermissionsBoundary: boundary }, call) {
    const { users } = account.iam;
    requireKeepableName('userName', name);
    if (findByName(users, name) !== undefined) throw alreadyExists(`User with name ${name} already exists.`);
    if (Object.keys(users).length >= quotas.users) throw quotaExceeded('UsersPerAccount', quotas.users);
    const tags = tagsOf(Tags, 'any-case');
    if (boundary !== undefined) requireBoundary(account.iam, boundary, call);
    const user = {
      name,
      path,
      id: makeUniqueId('AIDA', call.random),
      createdAt: call.now,
      tags,
      inlinePolicies: {},
      attachedPolicies: [],
      ...(boundary !== undefined && { boundary }),
      groups: [],
      mfaDevices: [],
    };
    users[name] = user;
    return {
      User: {
        ...shownUser(account.id, user),
        ...shownBoundary(boundary),
        ...(tags.length > 0 && { Tags: tags }),
      },
    };
  },
};

const getUser: ReadOperation<GetUserRequest, GetUserResponse> = {
  kind: 'read',
  permissions: ({ UserName }, facts) => [onSubject('GetUser', UserName, facts)],
  handle(account, { UserName }, call) {
    const subject = subjectOf(UserName, call.caller);
    if (subject.kind === 'user') return { User: shownUserInFull(account.id, userNamed(account.iam, subject.name)) };
    // The root user has neither name nor path, and the account's id is its own. Nobody noted when the account was opened.
    const root: Partial<User> = { UserId: account.id, Arn: rootArn(account.id) };
    return { User: root as User };
  },
};

const listUsers: ReadOperation<ListUsersRequest, ListUsersResponse> = {
  kind: 'read',
  permissions: ({ PathPrefix }, facts) => [onList('ListUsers', 'user', PathPrefix, facts)],
  handle(account, request) {
    const { PathPrefix = '/' } = request;
    const users = Object.values(account.iam.users).filter((user) => user.path.startsWith(PathPrefix));
    const { items, position } = pageOf(users, request, nameKey);
    return { Users: items.map((user) => shownUser(account.id, user)), ...position };
  },
};

const updateUser: ChangeOperation<UpdateUserRequest, object> = {
  kind: 'change',
  permissions: ({ UserName = '', NewUserName, NewPath }, facts) => {
    const current = onUser('UpdateUser', UserName, facts);
    if (NewUserName === undefined && NewPath === undefined) return [current];
    // Both the source and the target must be allowed (IAM User Guide, "Rename an IAM user").
    const path = NewPath ?? findByName(iamOf(facts).users, UserName)?.path ?? '/';
    const after = userArn(facts.callerAccountId, { path, name: NewUserName ?? UserName });
    return [current, iamPermission('UpdateUser', after, facts)];
  },
  handle(account, { UserName = '', NewUserName, NewPath }) {
    const user = userNamed(account.iam, UserName);
    const name = NewUserName ?? user.name;
    requireKeepableName('newUserName', name);
    const holder = findByName(account.iam.users, name);
    if (holder !== undefined && holder.id !== user.id) throw alreadyExists(`User with name ${name} already exists.`);
    if (NewPath !== undefined) user.path = NewPath;
    if (name !== user.name) rename(account, user.name, name);
    return {};
  },
};

/** Keys, sessions and MFA devices know their user by name. */
function rename(account: AccountDraft, from: string, to: string): void {
  const user = userNamed(account.iam, from);
  delete account.iam.users[from];
  user.name = to;
  account.iam.users[to] = user;
  for (const key of Object.values(account.iam.accessKeys)) if (key.user === from) key.user = to;
  for (const device of Object.values(account.iam.virtualMfaDevices)) if (device.user === from) device.user = to;
  for (const session of Object.values(account.sts.sessions)) {
    if (session.principalId === user.id) session.principalName = to;
  }
}

const deleteUser: ChangeOperation<DeleteUserRequest, object> = {
  kind: 'change',
  permissions: ({ UserName = '' }, facts) => [onUser('DeleteUser', UserName, facts)],
  handle(account, { UserName = '' }) {
    const user = userNamed(account.iam, UserName);
    const keys = Object.values(account.iam.accessKeys).some((key) => key.user === user.name);
    const obstacles: readonly (readonly [boolean, string])[] = [
      [user.attachedPolicies.length > 0, 'detach all policies'],
      [Object.keys(user.inlinePolicies).length > 0, 'delete policies'],
      [keys, 'delete access keys'],
      [user.loginProfile !== undefined, 'delete login profile'],
      [user.mfaDevices.length > 0, 'delete MFA device'],
      [(user.serviceCredentials ?? []).length > 0, 'delete service specific credentials'],
      [(user.sshPublicKeys ?? []).length > 0, 'delete SSH public keys'],
      [(user.signingCertificates ?? []).length > 0, 'delete signing certificates'],
      [user.groups.length > 0, 'remove users from group'],
    ];
    const obstacle = obstacles.find(([stands]) => stands);
    if (obstacle !== undefined) throw deleteConflict(`Cannot delete entity, must ${obstacle[1]} first.`);
    delete account.iam.users[user.name];
    return {};
  },
};

export const userOperations = {
  CreateUser: createUser,
  GetUser: getUser,
  ListUsers: listUsers,
  UpdateUser: updateUser,
  DeleteUser: deleteUser,
};
