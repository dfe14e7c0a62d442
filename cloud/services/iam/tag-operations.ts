import type {
  ListInstanceProfileTagsRequest,
  ListInstanceProfileTagsResponse,
  ListMFADeviceTagsRequest,
  ListMFADeviceTagsResponse,
  ListOpenIDConnectProviderTagsRequest,
  ListOpenIDConnectProviderTagsResponse,
  ListPolicyTagsRequest,
  ListPolicyTagsResponse,
  ListRoleTagsRequest,
  ListRoleTagsResponse,
  ListSAMLProviderTagsRequest,
  ListSAMLProviderTagsResponse,
  ListUserTagsRequest,
  ListUserTagsResponse,
  TagInstanceProfileRequest,
  TagMFADeviceRequest,
  TagOpenIDConnectProviderRequest,
  TagPolicyRequest,
  TagRoleRequest,
  TagSAMLProviderRequest,
  TagUserRequest,
  UntagInstanceProfileRequest,
  UntagMFADeviceRequest,
  UntagOpenIDConnectProviderRequest,
  UntagPolicyRequest,
  UntagRoleRequest,
  UntagSAMLProviderRequest,
  UntagUserRequest,
} from '@aws-sdk/client-iam';
import type { AccountDraft, Call } from '../../call.ts';
import type { ChangeOperation, Permission, PermissionFacts, ReadOperation } from '../../service.ts';
import { noSuchEntity } from './errors.ts';
import { customerPolicyToChange, policyWithArn } from './managed-policies.ts';
import { mfaDeviceWithSerial, onMfaDevice } from './mfa-devices.ts';
import { instanceProfileNamed, roleNamed, userNamed } from './names.ts';
import { oidcProviderWithArn, onOidcProvider } from './oidc-providers.ts';
import { type PageRequest, pageInOrder } from './pages.ts';
import {
  type Context,
  onInstanceProfile,
  onPolicy,
  onRole,
  onUser,
  requestTagKeys,
  requestTags,
} from './permissions.ts';
import { refuseProtectedRole } from './protected-roles.ts';
import { onSamlProvider, samlProviderWithArn } from './saml-providers.ts';
import type { TagList } from './state.ts';
import { sortedTags, type TagKeys, withoutTags, withTags } from './tags.ts';

interface Tagged {
  tags: { Key: string; Value: string }[];
}

/** How the three operations on one resource type's tags find their permission and their resource. */
interface TaggedResource<Ref> {
  readonly on: (action: string, ref: Ref, facts: PermissionFacts, context?: Context) => Permission;
  readonly toChange: (account: AccountDraft, ref: Ref, action: string, call: Call) => Tagged;
  readonly keys: TagKeys;
}

interface TagRequest {
  readonly Tags?: readonly { Key: string | undefined; Value: string | undefined }[] | undefined;
}

interface UntagRequest {
  readonly TagKeys?: readonly string[] | undefined;
}

function tag<Ref, Request extends Ref & TagRequest>(
  action: string,
  { on, toChange, keys }: TaggedResource<Ref>,
): ChangeOperation<Request, object> {
  return {
    kind: 'change',
    permissions: (request, facts) => [
      byArn(on(action, request, facts, requestTags(request.Tags && [...request.Tags]))),
    ],
    handle(account, request, call) {
      const resource = toChange(account, request, action, call);
      resource.tags = withTags(resource.tags, request.Tags && [...request.Tags], keys);
      return {};
    },
  };
}

function untag<Ref, Request extends Ref & UntagRequest>(
  action: string,
  { on, toChange, keys }: TaggedResource<Ref>,
): ChangeOperation<Request, object> {
  return {
    kind: 'change',
    permissions: (request, facts) => [byArn(on(action, request, facts, requestTagKeys(request.TagKeys)))],
    handle(account, request, call) {
      const resource = toChange(account, request, action, call);
      resource.tags = withoutTags(resource.tags, request.TagKeys, keys);
      return {};
    },
  };
}

/** Denials of tagging name the ARN, also where those of other operations name the user or role. */
function byArn({ shownAs: _, ...permission }: Permission): Permission {
  return permission;
}

function listedTags(tags: TagList, request: PageRequest) {
  const { items, position } = pageInOrder(sortedTags(tags), request);
  return { Tags: items, ...position };
}

const users: TaggedResource<{ readonly UserName: string | undefined }> = {
  on: (action, { UserName = '' }, facts, context) => onUser(action, UserName, facts, context),
  toChange: (account, { UserName = '' }) => userNamed(account.iam, UserName),
  keys: 'any-case',
};

const roles: TaggedResource<{ readonly RoleName: string | undefined }> = {
  on: (action, { RoleName = '' }, facts, context) => onRole(action, RoleName, facts, context),
  toChange(account, { RoleName = '' }) {
    const role = roleNamed(account.iam, RoleName);
    refuseProtectedRole(role);
    return role;
  },
  keys: 'any-case',
};

const policies: TaggedResource<{ readonly PolicyArn: string | undefined }> = {
  on: (action, { PolicyArn = '' }, facts, context) => onPolicy(action, PolicyArn, facts, context),
  toChange(account, { PolicyArn = '' }, action, call) {
    const policy = customerPolicyToChange(account.iam, PolicyArn, action, call);
    if (policy === undefined) throw noSuchEntity(`Policy ${PolicyArn} was not found.`);
    return policy;
  },
  keys: 'exact-case',
};

const instanceProfiles: TaggedResource<{ readonly InstanceProfileName: string | undefined }> = {
  on: (action, { InstanceProfileName = '' }, facts, context) =>
    onInstanceProfile(action, InstanceProfileName, facts, context),
  toChange: (account, { InstanceProfileName = '' }) => instanceProfileNamed(account.iam, InstanceProfileName),
  keys: 'exact-case',
};

const oidcProviders: TaggedResource<{ readonly OpenIDConnectProviderArn: string | undefined }> = {
  on: (action, { OpenIDConnectProviderArn = '' }, facts, context) =>
    onOidcProvider(action, OpenIDConnectProviderArn, facts, context),
  toChange: (account, { OpenIDConnectProviderArn = '' }) => oidcProviderWithArn(account.iam, OpenIDConnectProviderArn),
  keys: 'exact-case',
};

const samlProviders: TaggedResource<{ readonly SAMLProviderArn: string | undefined }> = {
  on: (action, { SAMLProviderArn = '' }, facts, context) => onSamlProvider(action, SAMLProviderArn, facts, context),
  toChange: (account, { SAMLProviderArn = '' }) => samlProviderWithArn(account.iam, SAMLProviderArn),
  keys: 'exact-case',
};

const mfaDevices: TaggedResource<{ readonly SerialNumber: string | undefined }> = {
  on: (action, { SerialNumber = '' }, facts, context) => onMfaDevice(action, SerialNumber, facts, context),
  toChange: (account, { SerialNumber = '' }) => mfaDeviceWithSerial(account.iam, SerialNumber),
  keys: 'exact-case',
};

const listUserTags: ReadOperation<ListUserTagsRequest, ListUserTagsResponse> = {
  kind: 'read',
  permissions: (request, facts) => [users.on('ListUserTags', request, facts)],
  handle: (account, request) => listedTags(userNamed(account.iam, request.UserName ?? '').tags, request),
};

const listRoleTags: ReadOperation<ListRoleTagsRequest, ListRoleTagsResponse> = {
  kind: 'read',
  permissions: (request, facts) => [roles.on('ListRoleTags', request, facts)],
  handle: (account, request) => listedTags(roleNamed(account.iam, request.RoleName ?? '').tags, request),
};

const listPolicyTags: ReadOperation<ListPolicyTagsRequest, ListPolicyTagsResponse> = {
  kind: 'read',
  permissions: (request, facts) => [policies.on('ListPolicyTags', request, facts)],
  handle: (account, request, call) =>
    listedTags(policyWithArn(account.iam, request.PolicyArn ?? '', call).tags, request),
};

const listInstanceProfileTags: ReadOperation<ListInstanceProfileTagsRequest, ListInstanceProfileTagsResponse> = {
  kind: 'read',
  permissions: (request, facts) => [instanceProfiles.on('ListInstanceProfileTags', request, facts)],
  handle: (account, request) =>
    listedTags(instanceProfileNamed(account.iam, request.InstanceProfileName ?? '').tags, request),
};

const listOidcProviderTags: ReadOperation<ListOpenIDConnectProviderTagsRequest, ListOpenIDConnectProviderTagsResponse> =
  {
    kind: 'read',
    permissions: (request, facts) => [oidcProviders.on('ListOpenIDConnectProviderTags', request, facts)],
    handle: (account, request) =>
      listedTags(oidcProviderWithArn(account.iam, request.OpenIDConnectProviderArn ?? '').tags, request),
  };

const listSamlProviderTags: ReadOperation<ListSAMLProviderTagsRequest, ListSAMLProviderTagsResponse> = {
  kind: 'read',
  permissions: (request, facts) => [samlProviders.on('ListSAMLProviderTags', request, facts)],
  handle: (account, request) =>
    listedTags(samlProviderWithArn(account.iam, request.SAMLProviderArn ?? '').tags, request),
};

const listMfaDeviceTags: ReadOperation<ListMFADeviceTagsRequest, ListMFADeviceTagsResponse> = {
  kind: 'read',
  permissions: (request, facts) => [mfaDevices.on('ListMFADeviceTags', request, facts)],
  handle: (account, request) => listedTags(mfaDeviceWithSerial(account.iam, request.SerialNumber ?? '').tags, request),
};

export const tagOperations = {
  TagUser: tag<{ UserName: string | undefined }, TagUserRequest>('TagUser', users),
  UntagUser: untag<{ UserName: string | undefined }, UntagUserRequest>('UntagUser', users),
  ListUserTags: listUserTags,
  TagRole: tag<{ RoleName: string | undefined }, TagRoleRequest>('TagRole', roles),
  UntagRole: untag<{ RoleName: string | undefined }, UntagRoleRequest>('UntagRole', roles),
  ListRoleTags: listRoleTags,
  TagPolicy: tag<{ PolicyArn: string | undefined }, TagPolicyRequest>('TagPolicy', policies),
  UntagPolicy: untag<{ PolicyArn: string | undefined }, UntagPolicyRequest>('UntagPolicy', policies),
  ListPolicyTags: listPolicyTags,
  TagInstanceProfile: tag<{ InstanceProfileName: string | undefined }, TagInstanceProfileRequest>(
    'TagInstanceProfile',
    instanceProfiles,
  ),
  UntagInstanceProfile: untag<{ InstanceProfileName: string | undefined }, UntagInstanceProfileRequest>(
    'UntagInstanceProfile',
    instanceProfiles,
  ),
  ListInstanceProfileTags: listInstanceProfileTags,
  TagOpenIDConnectProvider: tag<{ OpenIDConnectProviderArn: string | undefined }, TagOpenIDConnectProviderRequest>(
    'TagOpenIDConnectProvider',
    oidcProviders,
  ),
  UntagOpenIDConnectProvider: untag<
    { OpenIDConnectProviderArn: string | undefined },
    UntagOpenIDConnectProviderRequest
  >('UntagOpenIDConnectProvider', oidcProviders),
  ListOpenIDConnectProviderTags: listOidcProviderTags,
  TagSAMLProvider: tag<{ SAMLProviderArn: string | undefined }, TagSAMLProviderRequest>(
    'TagSAMLProvider',
    samlProviders,
  ),
  UntagSAMLProvider: untag<{ SAMLProviderArn: string | undefined }, UntagSAMLProviderRequest>(
    'UntagSAMLProvider',
    samlProviders,
  ),
  ListSAMLProviderTags: listSamlProviderTags,
  TagMFADevice: tag<{ SerialNumber: string | undefined }, TagMFADeviceRequest>('TagMFADevice', mfaDevices),
  UntagMFADevice: untag<{ SerialNumber: string | undefined }, UntagMFADeviceRequest>('UntagMFADevice', mfaDevices),
  ListMFADeviceTags: listMfaDeviceTags,
};
