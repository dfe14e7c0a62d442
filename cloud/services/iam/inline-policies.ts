import type {
  DeleteGroupPolicyRequest,
  DeleteRolePolicyRequest,
  DeleteUserPolicyRequest,
  GetGroupPolicyRequest,
  GetGroupPolicyResponse,
  GetRolePolicyRequest,
  GetRolePolicyResponse,
  GetUserPolicyRequest,
  GetUserPolicyResponse,
  ListGroupPoliciesRequest,
  ListGroupPoliciesResponse,
  ListRolePoliciesRequest,
  ListRolePoliciesResponse,
  ListUserPoliciesRequest,
  ListUserPoliciesResponse,
  PutGroupPolicyRequest,
  PutRolePolicyRequest,
  PutUserPolicyRequest,
} from '@aws-sdk/client-iam';
import { AwsError } from '../../errors.ts';
import { own } from '../../own.ts';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import { boundaryOfRole, boundaryOfUser } from './boundaries.ts';
import { checkDocument, documentSize, encodeDocument } from './documents.ts';
import { noSuchEntity } from './errors.ts';
import { groupNamed, requireKeepableName, roleNamed, userNamed } from './names.ts';
import { type PageRequest, pageOf } from './pages.ts';
import { onGroup, onRole, onUser } from './permissions.ts';
import { refuseProtectedRole } from './protected-roles.ts';
import { quotas } from './quotas.ts';

type Noun = 'user' | 'group' | 'role';

interface Holder {
  readonly name: string;
  inlinePolicies: Record<string, string>;
}

const sizeQuotas: Readonly<Record<Noun, number>> = {
  user: quotas.userPolicySize,
  group: quotas.groupPolicySize,
  role: quotas.rolePolicySize,
};

/** The sizes of a holder's inline policies count together. */
function put(noun: Noun, holder: Holder, name: string, document: string): object {
  requireKeepableName('policyName', name);
  checkDocument(document, 'identity');
  const others = Object.entries(holder.inlinePolicies).filter(([other]) => other !== name);
  const size = others.reduce((sum, [, text]) => sum + documentSize(text), documentSize(document));
  if (size > sizeQuotas[noun]) {
    throw new AwsError(
      'LimitExceeded',
      `Maximum policy size of ${sizeQuotas[noun]} bytes exceeded for ${noun} ${holder.name}`,
    );
  }
  holder.inlinePolicies[name] = document;
  return {};
}

function remove(noun: Noun, holder: Holder, name: string): object {
  requirePolicy(noun, holder, name);
  delete holder.inlinePolicies[name];
  return {};
}

function requirePolicy(
  noun: Noun,
  holder: { readonly inlinePolicies: Readonly<Record<string, string>> },
  name: string,
) {
  const document = own(holder.inlinePolicies, name);
  if (document === undefined) throw noSuchEntity(`The ${noun} policy with name ${name} cannot be found.`);
  return document;
}

function listed(holder: { readonly inlinePolicies: Readonly<Record<string, string>> }, request: PageRequest) {
  const { items, position } = pageOf(Object.keys(holder.inlinePolicies), request, (name) => name);
  return { PolicyNames: items, ...position };
}

const putUserPolicy: ChangeOperation<PutUserPolicyRequest, object> = {
  kind: 'change',
  permissions: ({ UserName = '' }, facts) => [
    onUser('PutUserPolicy', UserName, facts, boundaryOfUser(UserName, facts)),
  ],
  handle: (account, { UserName = '', PolicyName = '', PolicyDocument = '' }) =>
    put('user', userNamed(account.iam, UserName), PolicyName, PolicyDocument),
};

const putGroupPolicy: ChangeOperation<PutGroupPolicyRequest, object> = {
  kind: 'change',
  permissions: ({ GroupName = '' }, facts) => [onGroup('PutGroupPolicy', GroupName, facts)],
  handle: (account, { GroupName = '', PolicyName = '', PolicyDocument = '' }) =>
    put('group', groupNamed(account.iam, GroupName), PolicyName, PolicyDocument),
};

const putRolePolicy: ChangeOperation<PutRolePolicyRequest, object> = {
  kind: 'change',
  permissions: ({ RoleName = '' }, facts) => [
    onRole('PutRolePolicy', RoleName, facts, boundaryOfRole(RoleName, facts)),
  ],
  handle(account, { RoleName = '', PolicyName = '', PolicyDocument = '' }) {
    const role = roleNamed(account.iam, RoleName);
    refuseProtectedRole(role);
    return put('role', role, PolicyName, PolicyDocument);
  },
};

const getUserPolicy: ReadOperation<GetUserPolicyRequest, GetUserPolicyResponse> = {
  kind: 'read',
  permissions: ({ UserName = '' }, facts) => [onUser('GetUserPolicy', UserName, facts)],
  handle(account, { UserName = '', PolicyName = '' }) {
    const user = userNamed(account.iam, UserName);
    const document = requirePolicy('user', user, PolicyName);
    return { UserName: user.name, PolicyName, PolicyDocument: encodeDocument(document) };
  },
};

const getGroupPolicy: ReadOperation<GetGroupPolicyRequest, GetGroupPolicyResponse> = {
  kind: 'read',
  permissions: ({ GroupName = '' }, facts) => [onGroup('GetGroupPolicy', GroupName, facts)],
  handle(account, { GroupName = '', PolicyName = '' }) {
    const group = groupNamed(account.iam, GroupName);
    const document = requirePolicy('group', group, PolicyName);
    return { GroupName: group.name, PolicyName, PolicyDocument: encodeDocument(document) };
  },
};

const getRolePolicy: ReadOperation<GetRolePolicyRequest, GetRolePolicyResponse> = {
  kind: 'read',
  permissions: ({ RoleName = '' }, facts) => [onRole('GetRolePolicy', RoleName, facts)],
  handle(account, { RoleName = '', PolicyName = '' }) {
    const role = roleNamed(account.iam, RoleName);
    const document = requirePolicy('role', role, PolicyName);
    return { RoleName: role.name, PolicyName, PolicyDocument: encodeDocument(document) };
  },
};

const listUserPolicies: ReadOperation<ListUserPoliciesRequest, ListUserPoliciesResponse> = {
  kind: 'read',
  permissions: ({ UserName = '' }, facts) => [onUser('ListUserPolicies', UserName, facts)],
  handle: (account, request) => listed(userNamed(account.iam, request.UserName ?? ''), request),
};

const listGroupPolicies: ReadOperation<ListGroupPoliciesRequest, ListGroupPoliciesResponse> = {
  kind: 'read',
  permissions: ({ GroupName = '' }, facts) => [onGroup('ListGroupPolicies', GroupName, facts)],
  handle: (account, request) => listed(groupNamed(account.iam, request.GroupName ?? ''), request),
};

const listRolePolicies: ReadOperation<ListRolePoliciesRequest, ListRolePoliciesResponse> = {
  kind: 'read',
  permissions: ({ RoleName = '' }, facts) => [onRole('ListRolePolicies', RoleName, facts)],
  handle: (account, request) => listed(roleNamed(account.iam, request.RoleName ?? ''), request),
};

const deleteUserPolicy: ChangeOperation<DeleteUserPolicyRequest, object> = {
  kind: 'change',
  permissions: ({ UserName = '' }, facts) => [
    onUser('DeleteUserPolicy', UserName, facts, boundaryOfUser(UserName, facts)),
  ],
  handle: (account, { UserName = '', PolicyName = '' }) => remove('user', userNamed(account.iam, UserName), PolicyName),
};

const deleteGroupPolicy: ChangeOperation<DeleteGroupPolicyRequest, object> = {
  kind: 'change',
  permissions: ({ GroupName = '' }, facts) => [onGroup('DeleteGroupPolicy', GroupName, facts)],
  handle: (account, { GroupName = '', PolicyName = '' }) =>
    remove('group', groupNamed(account.iam, GroupName), PolicyName),
};

const deleteRolePolicy: ChangeOperation<DeleteRolePolicyRequest, object> = {
  kind: 'change',
  permissions: ({ RoleName = '' }, facts) => [
    onRole('DeleteRolePolicy', RoleName, facts, boundaryOfRole(RoleName, facts)),
  ],
  handle(account, { RoleName = '', PolicyName = '' }) {
    const role = roleNamed(account.iam, RoleName);
    refuseProtectedRole(role);
    return remove('role', role, PolicyName);
  },
};

export const inlinePolicyOperations = {
  PutUserPolicy: putUserPolicy,
  PutGroupPolicy: putGroupPolicy,
  PutRolePolicy: putRolePolicy,
  GetUserPolicy: getUserPolicy,
  GetGroupPolicy: getGroupPolicy,
  GetRolePolicy: getRolePolicy,
  ListUserPolicies: listUserPolicies,
  ListGroupPolicies: listGroupPolicies,
  ListRolePolicies: listRolePolicies,
  DeleteUserPolicy: deleteUserPolicy,
  DeleteGroupPolicy: deleteGroupPolicy,
  DeleteRolePolicy: deleteRolePolicy,
};
