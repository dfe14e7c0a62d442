import type {
  AddUserToGroupRequest,
  CreateGroupRequest,
  CreateGroupResponse,
  DeleteGroupRequest,
  GetGroupRequest,
  GetGroupResponse,
  ListGroupsForUserRequest,
  ListGroupsForUserResponse,
  ListGroupsRequest,
  ListGroupsResponse,
  RemoveUserFromGroupRequest,
  UpdateGroupRequest,
} from '@aws-sdk/client-iam';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import { groupArn } from './arns.ts';
import { alreadyExists, deleteConflict, quotaExceeded } from './errors.ts';
import { findByName, groupNamed, requireKeepableName, userNamed } from './names.ts';
import { nameKey, pageOf } from './pages.ts';
import { iamOf, iamPermission, onGroup, onList, onUser } from './permissions.ts';
import { quotas } from './quotas.ts';
import { shownGroup, shownUser } from './shapes.ts';
import { makeUniqueId } from './unique-id.ts';

const createGroup: ChangeOperation<CreateGroupRequest, CreateGroupResponse> = {
  kind: 'change',
  permissions: ({ GroupName: name = '', Path: path = '/' }, facts) => [
    iamPermission('CreateGroup', groupArn(facts.callerAccountId, { path, name }), facts),
  ],
  handle(account, { GroupName: name = '', Path: path = '/' }, call) {
    const { groups } = account.iam;
    requireKeepableName('groupName', name);
    if (findByName(groups, name) !== undefined) throw alreadyExists(`Group with name ${name} already exists.`);
    if (Object.keys(groups).length >= quotas.groups) throw quotaExceeded('GroupsPerAccount', quotas.groups);
    const id = makeUniqueId('AGPA', call.random);
    const group = { name, path, id, createdAt: call.now, inlinePolicies: {}, attachedPolicies: [] };
    groups[name] = group;
    return { Group: shownGroup(account.id, group) };
  },
};

const getGroup: ReadOperation<GetGroupRequest, GetGroupResponse> = {
  kind: 'read',
  permissions: ({ GroupName = '' }, facts) => [onGroup('GetGroup', GroupName, facts)],
  handle(account, request) {
    const group = groupNamed(account.iam, request.GroupName ?? '');
    const members = Object.values(account.iam.users).filter((user) => user.groups.includes(group.name));
    const { items, position } = pageOf(members, request, nameKey);
    return {
      Group: shownGroup(account.id, group),
      Users: items.map((user) => shownUser(account.id, user)),
      ...position,
    };
  },
};

const listGroups: ReadOperation<ListGroupsRequest, ListGroupsResponse> = {
  kind: 'read',
  permissions: ({ PathPrefix }, facts) => [onList('ListGroups', 'group', PathPrefix, facts)],
  handle(account, request) {
    const { PathPrefix = '/' } = request;
    const groups = Object.values(account.iam.groups).filter((group) => group.path.startsWith(PathPrefix));
    const { items, position } = pageOf(groups, request, nameKey);
    return { Groups: items.map((group) => shownGroup(account.id, group)), ...position };
  },
};

const listGroupsForUser: ReadOperation<ListGroupsForUserRequest, ListGroupsForUserResponse> = {
  kind: 'read',
  permissions: ({ UserName = '' }, facts) => [onUser('ListGroupsForUser', UserName, facts)],
  handle(account, request) {
    const user = userNamed(account.iam, request.UserName ?? '');
    const groups = user.groups.map((name) => groupNamed(account.iam, name));
    const { items, position } = pageOf(groups, request, nameKey);
    return { Groups: items.map((group) => shownGroup(account.id, group)), ...position };
  },
};

const addUserToGroup: ChangeOperation<AddUserToGroupRequest, object> = {
  kind: 'change',
  permissions: ({ GroupName = '' }, facts) => [onGroup('AddUserToGroup', GroupName, facts)],
  handle(account, { GroupName = '', UserName = '' }) {
    const user = userNamed(account.iam, UserName);
    const group = groupNamed(account.iam, GroupName);
    if (user.groups.includes(group.name)) return {};
    if (user.groups.length >= quotas.groupsPerUser) throw quotaExceeded('GroupsPerUser', quotas.groupsPerUser);
    user.groups.push(group.name);
    return {};
  },
};

const removeUserFromGroup: ChangeOperation<RemoveUserFromGroupRequest, object> = {
  kind: 'change',
  permissions: ({ GroupName = '' }, facts) => [onGroup('RemoveUserFromGroup', GroupName, facts)],
  handle(account, { GroupName = '', UserName = '' }) {
    const user = userNamed(account.iam, UserName);
    const group = groupNamed(account.iam, GroupName);
    // Taking out someone who is no member succeeds, as it does at AWS.
    user.groups = user.groups.filter((name) => name !== group.name);
    return {};
  },
};

const updateGroup: ChangeOperation<UpdateGroupRequest, object> = {
  kind: 'change',
  permissions: ({ GroupName = '', NewGroupName, NewPath }, facts) => {
    const current = onGroup('UpdateGroup', GroupName, facts);
    if (NewGroupName === undefined && NewPath === undefined) return [current];
    const path = NewPath ?? findByName(iamOf(facts).groups, GroupName)?.path ?? '/';
    const after = groupArn(facts.callerAccountId, { path, name: NewGroupName ?? GroupName });
    return [current, iamPermission('UpdateGroup', after, facts)];
  },
  handle(account, { GroupName = '', NewGroupName, NewPath }) {
    const { groups, users } = account.iam;
    const group = groupNamed(account.iam, GroupName);
    const before = group.name;
    const name = NewGroupName ?? before;
    requireKeepableName('newGroupName', name);
    const holder = findByName(groups, name);
    if (holder !== undefined && holder.id !== group.id) throw alreadyExists(`Group with name ${name} already exists.`);
    if (NewPath !== undefined) group.path = NewPath;
    if (name === before) return {};
    delete groups[before];
    group.name = name;
    groups[name] = group;
    for (const user of Object.values(users)) {
      const at = user.groups.indexOf(before);
      if (at !== -1) user.groups[at] = name;
    }
    return {};
  },
};

const deleteGroup: ChangeOperation<DeleteGroupRequest, object> = {
  kind: 'change',
  permissions: ({ GroupName = '' }, facts) => [onGroup('DeleteGroup', GroupName, facts)],
  handle(account, { GroupName = '' }) {
    const group = groupNamed(account.iam, GroupName);
    if (Object.values(account.iam.users).some((user) => user.groups.includes(group.name))) {
      throw deleteConflict('Cannot delete entity, must remove users from group first.');
    }
    if (group.attachedPolicies.length > 0) {
      throw deleteConflict('Cannot delete entity, must detach all policies first.');
    }
    if (Object.keys(group.inlinePolicies).length > 0) {
      throw deleteConflict('Cannot delete entity, must delete policies first.');
    }
    delete account.iam.groups[group.name];
    return {};
  },
};

export const groupOperations = {
  CreateGroup: createGroup,
  GetGroup: getGroup,
  ListGroups: listGroups,
  ListGroupsForUser: listGroupsForUser,
  AddUserToGroup: addUserToGroup,
  RemoveUserFromGroup: removeUserFromGroup,
  UpdateGroup: updateGroup,
  DeleteGroup: deleteGroup,
};
