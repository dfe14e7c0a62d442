import type {
  AttachedPolicy,
  AttachGroupPolicyRequest,
  AttachRolePolicyRequest,
  AttachUserPolicyRequest,
  DetachGroupPolicyRequest,
  DetachRolePolicyRequest,
  DetachUserPolicyRequest,
  ListAttachedGroupPoliciesRequest,
  ListAttachedGroupPoliciesResponse,
  ListAttachedRolePoliciesRequest,
  ListAttachedRolePoliciesResponse,
  ListAttachedUserPoliciesRequest,
  ListAttachedUserPoliciesResponse,
} from '@aws-sdk/client-iam';
import type { AccountDraft, Call } from '../../call.ts';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import { boundaryOfRole, boundaryOfUser } from './boundaries.ts';
import { noSuchEntity, quotaExceeded } from './errors.ts';
import { findPolicy, nameOfPolicy, requirePolicyArn } from './managed-policies.ts';
import { groupNamed, roleNamed, userNamed } from './names.ts';
import { type Page, type PageRequest, pageOf } from './pages.ts';
import { onGroup, onRole, onUser } from './permissions.ts';
import { refuseProtectedRole } from './protected-roles.ts';
import { quotas } from './quotas.ts';

interface Holder {
  attachedPolicies: string[];
}

function attach(account: AccountDraft, holder: Holder, arn: string, quota: string, limit: number, call: Call): object {
  requirePolicyArn(arn);
  if (findPolicy(account.iam, arn, call) === undefined) {
    throw noSuchEntity(`Policy ${arn} does not exist or is not attachable.`);
  }
  if (holder.attachedPolicies.includes(arn)) return {};
  if (holder.attachedPolicies.length >= limit) throw quotaExceeded(quota, limit);
  holder.attachedPolicies.push(arn);
  return {};
}

function detach(holder: Holder, arn: string): object {
  requirePolicyArn(arn);
  if (!holder.attachedPolicies.includes(arn)) throw noSuchEntity(`Policy ${arn} was not found.`);
  holder.attachedPolicies = holder.attachedPolicies.filter((attached) => attached !== arn);
  return {};
}

interface ListRequest extends PageRequest {
  readonly PathPrefix?: string | undefined;
}

/** Attached policies by name; two of one name, an own and one of AWS's, by their owner. */
function listed(holder: { readonly attachedPolicies: readonly string[] }, request: ListRequest) {
  const prefix = request.PathPrefix ?? '/';
  const attached = holder.attachedPolicies.filter((arn) => pathOf(arn).startsWith(prefix));
  const { items, position }: Page<string> = pageOf(
    attached,
    request,
    (arn) => nameOfPolicy(arn).toLowerCase() + ownerOf(arn),
  );
  const AttachedPolicies = items.map((arn): AttachedPolicy => ({ PolicyName: nameOfPolicy(arn), PolicyArn: arn }));
  return { AttachedPolicies, ...position };
}

/** `/service-role/` of `arn:aws:iam::aws:policy/service-role/AWSLambdaRole`. */
function pathOf(arn: string): string {
  return arn.slice(arn.indexOf(':policy/') + ':policy'.length, arn.lastIndexOf('/') + 1);
}

function ownerOf(arn: string): string {
  return arn.split(':')[4] ?? '';
}

const policyKey = (arn: string | undefined) => ({ 'iam:PolicyARN': arn ?? '' });

const attachUserPolicy: ChangeOperation<AttachUserPolicyRequest, object> = {
  kind: 'change',
  permissions: ({ UserName = '', PolicyArn }, facts) => [
    onUser('AttachUserPolicy', UserName, facts, { ...boundaryOfUser(UserName, facts), ...policyKey(PolicyArn) }),
  ],
  handle: (account, { UserName = '', PolicyArn = '' }, call) =>
    attach(
      account,
      userNamed(account.iam, UserName),
      PolicyArn,
      'PoliciesPerUser',
      quotas.attachedPoliciesPerUser,
      call,
    ),
};

const attachGroupPolicy: ChangeOperation<AttachGroupPolicyRequest, object> = {
  kind: 'change',
  permissions: ({ GroupName = '', PolicyArn }, facts) => [
    onGroup('AttachGroupPolicy', GroupName, facts, policyKey(PolicyArn)),
  ],
  handle: (account, { GroupName = '', PolicyArn = '' }, call) =>
    attach(
      account,
      groupNamed(account.iam, GroupName),
      PolicyArn,
      'PoliciesPerGroup',
      quotas.attachedPoliciesPerGroup,
      call,
    ),
};

const attachRolePolicy: ChangeOperation<AttachRolePolicyRequest, object> = {
  kind: 'change',
  permissions: ({ RoleName = '', PolicyArn }, facts) => [
    onRole('AttachRolePolicy', RoleName, facts, { ...boundaryOfRole(RoleName, facts), ...policyKey(PolicyArn) }),
  ],
  handle(account, { RoleName = '', PolicyArn = '' }, call) {
    const role = roleNamed(account.iam, RoleName);
    refuseProtectedRole(role);
    return attach(account, role, PolicyArn, 'PoliciesPerRole', quotas.attachedPoliciesPerRole, call);
  },
};

const detachUserPolicy: ChangeOperation<DetachUserPolicyRequest, object> = {
  kind: 'change',
  permissions: ({ UserName = '', PolicyArn }, facts) => [
    onUser('DetachUserPolicy', UserName, facts, { ...boundaryOfUser(UserName, facts), ...policyKey(PolicyArn) }),
  ],
  handle: (account, { UserName = '', PolicyArn = '' }) => detach(userNamed(account.iam, UserName), PolicyArn),
};

const detachGroupPolicy: ChangeOperation<DetachGroupPolicyRequest, object> = {
  kind: 'change',
  permissions: ({ GroupName = '', PolicyArn }, facts) => [
    onGroup('DetachGroupPolicy', GroupName, facts, policyKey(PolicyArn)),
  ],
  handle: (account, { GroupName = '', PolicyArn = '' }) => detach(groupNamed(account.iam, GroupName), PolicyArn),
};

const detachRolePolicy: ChangeOperation<DetachRolePolicyRequest, object> = {
  kind: 'change',
  permissions: ({ RoleName = '', PolicyArn }, facts) => [
    onRole('DetachRolePolicy', RoleName, facts, { ...boundaryOfRole(RoleName, facts), ...policyKey(PolicyArn) }),
  ],
  handle(account, { RoleName = '', PolicyArn = '' }) {
    const role = roleNamed(account.iam, RoleName);
    refuseProtectedRole(role);
    return detach(role, PolicyArn);
  },
};

const listAttachedUserPolicies: ReadOperation<ListAttachedUserPoliciesRequest, ListAttachedUserPoliciesResponse> = {
  kind: 'read',
  permissions: ({ UserName = '' }, facts) => [onUser('ListAttachedUserPolicies', UserName, facts)],
  handle: (account, request) => listed(userNamed(account.iam, request.UserName ?? ''), request),
};

const listAttachedGroupPolicies: ReadOperation<ListAttachedGroupPoliciesRequest, ListAttachedGroupPoliciesResponse> = {
  kind: 'read',
  permissions: ({ GroupName = '' }, facts) => [onGroup('ListAttachedGroupPolicies', GroupName, facts)],
  handle: (account, request) => listed(groupNamed(account.iam, request.GroupName ?? ''), request),
};

const listAttachedRolePolicies: ReadOperation<ListAttachedRolePoliciesRequest, ListAttachedRolePoliciesResponse> = {
  kind: 'read',
  permissions: ({ RoleName = '' }, facts) => [onRole('ListAttachedRolePolicies', RoleName, facts)],
  handle: (account, request) => listed(roleNamed(account.iam, request.RoleName ?? ''), request),
};

export const attachmentOperations = {
  AttachUserPolicy: attachUserPolicy,
  AttachGroupPolicy: attachGroupPolicy,
  AttachRolePolicy: attachRolePolicy,
  DetachUserPolicy: detachUserPolicy,
  DetachGroupPolicy: detachGroupPolicy,
  DetachRolePolicy: detachRolePolicy,
  ListAttachedUserPolicies: listAttachedUserPolicies,
  ListAttachedGroupPolicies: listAttachedGroupPolicies,
  ListAttachedRolePolicies: listAttachedRolePolicies,
};
