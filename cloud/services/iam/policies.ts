import type {
  CreatePolicyRequest,
  CreatePolicyResponse,
  DeletePolicyRequest,
  GetPolicyRequest,
  GetPolicyResponse,
  ListEntitiesForPolicyRequest,
  ListEntitiesForPolicyResponse,
  ListPoliciesRequest,
  ListPoliciesResponse,
} from '@aws-sdk/client-iam';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import { policyArn } from './arns.ts';
import { checkManagedDocument } from './documents.ts';
import { alreadyExists, deleteConflict, noSuchEntity, quotaExceeded } from './errors.ts';
import {
  customerPolicyToChange,
  type ManagedPolicyView,
  policyWithArn,
  shownPolicy,
  viewOfAwsPolicy,
  viewOfCustomerPolicy,
} from './managed-policies.ts';
import { pageOf } from './pages.ts';
import { iamPermission, onPolicy, requestTags } from './permissions.ts';
import { countUsages, entitiesUsing } from './policy-usage.ts';
import { quotas } from './quotas.ts';
import type { PolicyState } from './state.ts';
import { sortedTags, tagsOf } from './tags.ts';
import { makeUniqueId } from './unique-id.ts';

const createPolicy: ChangeOperation<CreatePolicyRequest, CreatePolicyResponse> = {
  kind: 'change',
  permissions: ({ PolicyName: name = '', Path: path = '/', Tags }, facts) => {
    const arn = policyArn(facts.callerAccountId, { path, name });
    const options = { shownAs: `policy ${name}`, context: requestTags(Tags) };
    return [
      iamPermission('CreatePolicy', arn, facts, options),
      ...(Tags?.length ? [iamPermission('TagPolicy', arn, facts, options)] : []),
    ];
  },
  handle(account, request, call) {
    const { PolicyName: name = '', Path: path = '/', PolicyDocument: document = '', Description } = request;
    const { policies } = account.iam;
    checkManagedDocument(document);
    if (Object.values(policies).some((policy) => policy.name.toLowerCase() === name.toLowerCase())) {
      throw alreadyExists(`A policy called ${name} already exists. Duplicate names are not allowed.`);
    }
    if (Object.keys(policies).length >= quotas.policies) throw quotaExceeded('PoliciesPerAccount', quotas.policies);
    const tags = tagsOf(request.Tags, 'exact-case');
    const policy: PolicyState = {
      arn: policyArn(account.id, { path, name }),
      name,
      path,
      id: makeUniqueId('ANPA', call.random),
      ...(Description !== undefined && { description: Description }),
      createdAt: call.now,
      updatedAt: call.now,
      defaultVersionId: 'v1',
      nextVersion: 2,
      versions: [{ id: 'v1', document, createdAt: call.now }],
      tags,
    };
    policies[policy.arn] = policy as (typeof policies)[string];
    const unused = { attachments: new Map(), boundaries: new Map() };
    return {
      Policy: { ...shownPolicy(viewOfCustomerPolicy(policy), unused), ...(tags.length > 0 && { Tags: tags }) },
    };
  },
};

const getPolicy: ReadOperation<GetPolicyRequest, GetPolicyResponse> = {
  kind: 'read',
  permissions: ({ PolicyArn = '' }, facts) => [onPolicy('GetPolicy', PolicyArn, facts)],
  handle(account, { PolicyArn = '' }, call) {
    const policy = policyWithArn(account.iam, PolicyArn, call);
    return {
      Policy: {
        ...shownPolicy(policy, countUsages(account.iam)),
        ...(policy.description !== undefined && policy.description !== '' && { Description: policy.description }),
        Tags: sortedTags(policy.tags),
      },
    };
  },
};

const listPolicies: ReadOperation<ListPoliciesRequest, ListPoliciesResponse> = {
  kind: 'read',
  permissions: ({ PathPrefix = '/' }, facts) => [
    iamPermission('ListPolicies', `arn:aws:iam::${facts.callerAccountId}:policy${PathPrefix}`, facts, {
      shownAs: `policy path ${PathPrefix}`,
    }),
  ],
  handle(account, request, call) {
    const { Scope = 'All', OnlyAttached = false, PathPrefix = '/', PolicyUsageFilter } = request;
    const usages = countUsages(account.iam);
    const inUse = (arn: string) => {
      const attached = usages.attachments.has(arn);
      const bounds = usages.boundaries.has(arn);
      if (PolicyUsageFilter === 'PermissionsPolicy') return attached;
      if (PolicyUsageFilter === 'PermissionsBoundary') return bounds;
      return !OnlyAttached || attached || bounds;
    };
    const all: ManagedPolicyView[] = [
      ...(Scope === 'AWS' ? [] : Object.values(account.iam.policies).map(viewOfCustomerPolicy)),
      ...(Scope === 'Local' ? [] : call.managedPolicies.list().map(viewOfAwsPolicy)),
    ];
    const asked = all.filter((policy) => policy.path.startsWith(PathPrefix) && inUse(policy.arn));
    const { items, position } = pageOf(asked, request, policyKey);
    return { Policies: items.map((policy) => shownPolicy(policy, usages)), ...position };
  },
};

/** The account's own policies first, each kind by name: an own policy may have the name of one of AWS's. */
export function policyKey(policy: Pick<ManagedPolicyView, 'owner' | 'name'>): string {
  return `${policy.owner === 'account' ? '0' : '1'}${policy.name.toLowerCase()}`;
}

const listEntitiesForPolicy: ReadOperation<ListEntitiesForPolicyRequest, ListEntitiesForPolicyResponse> = {
  kind: 'read',
  permissions: ({ PolicyArn = '' }, facts) => [onPolicy('ListEntitiesForPolicy', PolicyArn, facts)],
  handle(account, request, call) {
    const { PolicyArn = '', EntityFilter, PathPrefix = '/', PolicyUsageFilter } = request;
    const { arn } = policyWithArn(account.iam, PolicyArn, call);
    const { users, groups, roles } = entitiesUsing(account.iam, arn, PolicyUsageFilter);
    const entities = [
      ...groups.map((entity) => ({ kind: 'Group' as const, entity })),
      ...users.map((entity) => ({ kind: 'User' as const, entity })),
      ...roles.map((entity) => ({ kind: 'Role' as const, entity })),
    ].filter(
      ({ kind, entity }) => (EntityFilter === undefined || EntityFilter === kind) && entity.path.startsWith(PathPrefix),
    );
    const { items, position } = pageOf(entities, request, ({ kind, entity }) => kind + entity.name.toLowerCase());
    const ofKind = (wanted: string) => items.filter(({ kind }) => kind === wanted).map(({ entity }) => entity);
    return {
      PolicyGroups: ofKind('Group').map(({ name, id }) => ({ GroupName: name, GroupId: id })),
      PolicyUsers: ofKind('User').map(({ name, id }) => ({ UserName: name, UserId: id })),
      PolicyRoles: ofKind('Role').map(({ name, id }) => ({ RoleName: name, RoleId: id })),
      ...position,
    };
  },
};

const deletePolicy: ChangeOperation<DeletePolicyRequest, object> = {
  kind: 'change',
  permissions: ({ PolicyArn = '' }, facts) => [onPolicy('DeletePolicy', PolicyArn, facts)],
  handle(account, { PolicyArn: arn = '' }, call) {
    const policy = customerPolicyToChange(account.iam, arn, 'DeletePolicy', call);
    if (policy === undefined) throw noSuchEntity(`Policy ${arn} was not found.`);
    const { users, groups, roles } = entitiesUsing(account.iam, arn);
    if (users.length + groups.length + roles.length > 0) {
      throw deleteConflict('Cannot delete a policy attached to entities.');
    }
    if (policy.versions.length > 1) {
      throw deleteConflict(
        "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
      );
    }
    delete account.iam.policies[arn];
    return {};
  },
};

export const policyOperations = {
  CreatePolicy: createPolicy,
  GetPolicy: getPolicy,
  ListPolicies: listPolicies,
  ListEntitiesForPolicy: listEntitiesForPolicy,
  DeletePolicy: deletePolicy,
};
