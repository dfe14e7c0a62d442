import type {
  AddClientIDToOpenIDConnectProviderRequest,
  CreateOpenIDConnectProviderRequest,
  CreateOpenIDConnectProviderResponse,
  DeleteOpenIDConnectProviderRequest,
  GetOpenIDConnectProviderRequest,
  GetOpenIDConnectProviderResponse,
  ListOpenIDConnectProvidersRequest,
  ListOpenIDConnectProvidersResponse,
  RemoveClientIDFromOpenIDConnectProviderRequest,
  UpdateOpenIDConnectProviderThumbprintRequest,
} from '@aws-sdk/client-iam';
import { own } from '../../own.ts';
import type { ChangeOperation, Permission, PermissionFacts, ReadOperation } from '../../service.ts';
import { oidcProviderArn } from './arns.ts';
import { alreadyExists, invalidInput, noSuchEntity, quotaExceeded, validationError } from './errors.ts';
import { type Context, iamOf, iamPermission, onList, requestTags, resourceTags } from './permissions.ts';
import { quotas } from './quotas.ts';
import type { OidcProviderState } from './state.ts';
import { sortedTags, tagsOf } from './tags.ts';
import { shownTime } from './times.ts';

/** A provider by its ARN. @throws NoSuchEntity */
export function oidcProviderWithArn<T extends OidcProviderState>(
  iam: { readonly oidcProviders: Readonly<Record<string, T>> },
  arn: string,
): T {
  const provider = own(iam.oidcProviders, arn);
  if (provider === undefined) throw noSuchEntity(`OpenIDConnect Provider not found for arn ${arn}`);
  return provider;
}

/** The permission on a provider, by its ARN. */
export function onOidcProvider(action: string, arn: string, facts: PermissionFacts, context: Context = {}): Permission {
  const tags = own(iamOf(facts).oidcProviders, arn)?.tags;
  return iamPermission(action, arn, facts, { context: { ...resourceTags(tags, ['aws']), ...context } });
}

/** An issuer as IAM keeps it: without scheme, and without the slash at its end. */
function issuerOf(url: string): string {
  return url.replace(/^https:\/\//, '').replace(/\/$/, '');
}

function requireThumbprints(thumbprints: readonly string[]): readonly string[] {
  if (thumbprints.length > quotas.thumbprintsPerOidcProvider) {
    throw invalidInput(`Thumbprint list must contain fewer than ${quotas.thumbprintsPerOidcProvider} entries.`);
  }
  return thumbprints.map((thumbprint) => thumbprint.toLowerCase());
}

const createOidcProvider: ChangeOperation<CreateOpenIDConnectProviderRequest, CreateOpenIDConnectProviderResponse> = {
  kind: 'change',
  permissions: ({ Url = '', Tags }, facts) => {
    const arn = oidcProviderArn(facts.callerAccountId, issuerOf(Url));
    const context = requestTags(Tags);
    return [
      iamPermission('CreateOpenIDConnectProvider', arn, facts, { context }),
      ...(Tags?.length ? [iamPermission('TagOpenIDConnectProvider', arn, facts, { context })] : []),
    ];
  },
  handle(account, { Url = '', ClientIDList = [], ThumbprintList = [], Tags }, call) {
    if (!/^https:\/\/[^/?#\s]+(?:\/[^?#\s]*)?$/.test(Url)) {
      throw validationError('Invalid Open ID Connect Provider URL');
    }
    const thumbprints = requireThumbprints(ThumbprintList);
    if (ClientIDList.length > quotas.clientIdsPerOidcProvider) {
      throw quotaExceeded('ClientIdsPerOpenIdConnectProvider', quotas.clientIdsPerOidcProvider);
    }
    const { oidcProviders } = account.iam;
    const url = issuerOf(Url);
    const arn = oidcProviderArn(account.id, url);
    if (own(oidcProviders, arn) !== undefined) throw alreadyExists(`Provider with url ${Url} already exists.`);
    if (Object.keys(oidcProviders).length >= quotas.oidcProviders) {
      throw quotaExceeded('OpenIdConnectProvidersPerAccount', quotas.oidcProviders);
    }
    const tags = tagsOf(Tags, 'exact-case');
    const clientIds = [...new Set(ClientIDList)];
    oidcProviders[arn] = { arn, url, clientIds, thumbprints: [...thumbprints], createdAt: call.now, tags };
    return { OpenIDConnectProviderArn: arn, ...(tags.length > 0 && { Tags: tags }) };
  },
};

const getOidcProvider: ReadOperation<GetOpenIDConnectProviderRequest, GetOpenIDConnectProviderResponse> = {
  kind: 'read',
  permissions: ({ OpenIDConnectProviderArn = '' }, facts) => [
    onOidcProvider('GetOpenIDConnectProvider', OpenIDConnectProviderArn, facts),
  ],
  handle(account, { OpenIDConnectProviderArn = '' }) {
    const provider = oidcProviderWithArn(account.iam, OpenIDConnectProviderArn);
    return {
      Url: provider.url,
      ClientIDList: [...provider.clientIds],
      ThumbprintList: [...provider.thumbprints],
      CreateDate: shownTime(provider.createdAt),
      Tags: sortedTags(provider.tags),
    };
  },
};

const listOidcProviders: ReadOperation<ListOpenIDConnectProvidersRequest, ListOpenIDConnectProvidersResponse> = {
  kind: 'read',
  permissions: (_request, facts) => [onList('ListOpenIDConnectProviders', 'oidc-provider', undefined, facts)],
  handle: (account) => ({
    OpenIDConnectProviderList: Object.keys(account.iam.oidcProviders)
      .sort()
      .map((Arn) => ({ Arn })),
  }),
};

const addClientId: ChangeOperation<AddClientIDToOpenIDConnectProviderRequest, object> = {
  kind: 'change',
  permissions: ({ OpenIDConnectProviderArn = '' }, facts) => [
    onOidcProvider('AddClientIDToOpenIDConnectProvider', OpenIDConnectProviderArn, facts),
  ],
  handle(account, { OpenIDConnectProviderArn = '', ClientID = '' }) {
    const provider = oidcProviderWithArn(account.iam, OpenIDConnectProviderArn);
    if (provider.clientIds.includes(ClientID)) return {};
    if (provider.clientIds.length >= quotas.clientIdsPerOidcProvider) {
      throw quotaExceeded('ClientIdsPerOpenIdConnectProvider', quotas.clientIdsPerOidcProvider);
    }
    provider.clientIds.push(ClientID);
    return {};
  },
};

const removeClientId: ChangeOperation<RemoveClientIDFromOpenIDConnectProviderRequest, object> = {
  kind: 'change',
  permissions: ({ OpenIDConnectProviderArn = '' }, facts) => [
    onOidcProvider('RemoveClientIDFromOpenIDConnectProvider', OpenIDConnectProviderArn, facts),
  ],
  handle(account, { OpenIDConnectProviderArn = '', ClientID = '' }) {
    const provider = oidcProviderWithArn(account.iam, OpenIDConnectProviderArn);
    // Taking out an id that is not there succeeds (IAM API Reference: "This operation is idempotent").
    provider.clientIds = provider.clientIds.filter((clientId) => clientId !== ClientID);
    return {};
  },
};

const updateThumbprint: ChangeOperation<UpdateOpenIDConnectProviderThumbprintRequest, object> = {
  kind: 'change',
  permissions: ({ OpenIDConnectProviderArn = '' }, facts) => [
    onOidcProvider('UpdateOpenIDConnectProviderThumbprint', OpenIDConnectProviderArn, facts),
  ],
  handle(account, { OpenIDConnectProviderArn = '', ThumbprintList = [] }) {
    const provider = oidcProviderWithArn(account.iam, OpenIDConnectProviderArn);
    provider.thumbprints = [...requireThumbprints(ThumbprintList)];
    return {};
  },
};

const deleteOidcProvider: ChangeOperation<DeleteOpenIDConnectProviderRequest, object> = {
  kind: 'change',
  permissions: ({ OpenIDConnectProviderArn = '' }, facts) => [
    onOidcProvider('DeleteOpenIDConnectProvider', OpenIDConnectProviderArn, facts),
  ],
  handle(account, { OpenIDConnectProviderArn: arn = '' }) {
    if (own(account.iam.oidcProviders, arn) === undefined) {
      throw noSuchEntity(`OpenId connect Provider ${arn} cannot be found.`);
    }
    delete account.iam.oidcProviders[arn];
    return {};
  },
};

export const oidcProviderOperations = {
  CreateOpenIDConnectProvider: createOidcProvider,
  GetOpenIDConnectProvider: getOidcProvider,
  ListOpenIDConnectProviders: listOidcProviders,
  AddClientIDToOpenIDConnectProvider: addClientId,
  RemoveClientIDFromOpenIDConnectProvider: removeClientId,
  UpdateOpenIDConnectProviderThumbprint: updateThumbprint,
  DeleteOpenIDConnectProvider: deleteOidcProvider,
};
