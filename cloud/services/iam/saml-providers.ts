/** Identity providers of SAML 2.0, as records: nobody in a sandbox signs assertions (cloud/services/sts/saml.ts). */
import type {
  CreateSAMLProviderRequest,
  CreateSAMLProviderResponse,
  DeleteSAMLProviderRequest,
  GetSAMLProviderRequest,
  GetSAMLProviderResponse,
  ListSAMLProvidersResponse,
  UpdateSAMLProviderRequest,
  UpdateSAMLProviderResponse,
} from '@aws-sdk/client-iam';
import type { Random } from '../../call.ts';
import { own } from '../../own.ts';
import type { ChangeOperation, Permission, PermissionFacts, ReadOperation } from '../../service.ts';
import { samlProviderArn } from './arns.ts';
import { alreadyExists, invalidInput, noSuchEntity, quotaExceeded } from './errors.ts';
import { type Context, iamOf, iamPermission, onList, requestTags, resourceTags } from './permissions.ts';
import { quotas } from './quotas.ts';
import type { SamlProviderState } from './state.ts';
import { sortedTags, tagsOf } from './tags.ts';
import { shownTime } from './times.ts';

/** What a document without `validUntil` is good for: a hundred years. */
const aCentury = 100 * 365 * 86_400_000;

/** A sandbox keeps small documents: those of real providers have some 10 KiB. */
const longestMetadata = 65_536;

/** A provider by its ARN. @throws NoSuchEntity */
export function samlProviderWithArn<Provider extends SamlProviderState>(
  iam: { readonly samlProviders: Readonly<Record<string, Provider>> },
  arn: string,
): Provider {
  const provider = own(iam.samlProviders, arn);
  if (provider === undefined) throw noSuchEntity(`Manifest not found for arn ${arn}`);
  return provider;
}

/** The permission on a provider, by its ARN. */
export function onSamlProvider(action: string, arn: string, facts: PermissionFacts, context: Context = {}): Permission {
  const tags = own(iamOf(facts).samlProviders, arn)?.tags;
  return iamPermission(action, arn, facts, { context: { ...resourceTags(tags, ['aws']), ...context } });
}

/** @throws InvalidInput for what is no metadata of an identity provider, LimitExceeded */
function validUntil(document: string, now: number): number {
  if (document.length > longestMetadata) throw quotaExceeded('SAMLMetadataDocumentSize', longestMetadata);
  const descriptor = /<(?:\w+:)?EntityDescriptor\b[^>]*>/.exec(document)?.[0];
  if (descriptor === undefined || !/<(?:\w+:)?IDPSSODescriptor\b/.test(document)) {
    throw invalidInput('Could not parse metadata');
  }
  const until = Date.parse(/\bvalidUntil\s*=\s*["']([^"']+)["']/.exec(descriptor)?.[1] ?? '');
  return Number.isNaN(until) ? now + aCentury : until;
}

function makeUuid(random: Random): string {
  return `ASAML${Array.from(random.bytes(16), (byte) => (byte % 36).toString(36))
    .join('')
    .toUpperCase()}`;
}

const createSamlProvider: ChangeOperation<CreateSAMLProviderRequest, CreateSAMLProviderResponse> = {
  kind: 'change',
  permissions: ({ Name = '', Tags }, facts) => {
    const arn = samlProviderArn(facts.callerAccountId, Name);
    const context = requestTags(Tags);
    return [
      iamPermission('CreateSAMLProvider', arn, facts, { context }),
      ...(Tags?.length ? [iamPermission('TagSAMLProvider', arn, facts, { context })] : []),
    ];
  },
  handle(account, { Name = '', SAMLMetadataDocument: metadata = '', Tags, AssertionEncryptionMode }, call) {
    refuseEncryption(AssertionEncryptionMode);
    const { samlProviders } = account.iam;
    const arn = samlProviderArn(account.id, Name);
    if (own(samlProviders, arn) !== undefined) throw alreadyExists(`Provider with name ${Name} already exists.`);
    if (Object.keys(samlProviders).length >= quotas.samlProviders) {
      throw quotaExceeded('SAMLProvidersPerAccount', quotas.samlProviders);
    }
    const until = validUntil(metadata, call.now);
    const tags = tagsOf(Tags, 'exact-case');
    const uuid = makeUuid(call.random);
    samlProviders[arn] = { arn, name: Name, metadata, uuid, createdAt: call.now, validUntil: until, tags };
    return { SAMLProviderArn: arn, ...(tags.length > 0 && { Tags: tags }) };
  },
};

/** Private keys would have to be kept, for assertions that nobody sends. */
function refuseEncryption(mode: string | undefined): void {
  if (mode === 'Required') {
    throw invalidInput('Unable to set assertion encryption mode to Required because no private key is provided.');
  }
}

const getSamlProvider: ReadOperation<GetSAMLProviderRequest, GetSAMLProviderResponse> = {
  kind: 'read',
  permissions: ({ SAMLProviderArn = '' }, facts) => [onSamlProvider('GetSAMLProvider', SAMLProviderArn, facts)],
  handle(account, { SAMLProviderArn = '' }) {
    const provider = samlProviderWithArn(account.iam, SAMLProviderArn);
    return {
      SAMLProviderUUID: provider.uuid,
      SAMLMetadataDocument: provider.metadata,
      CreateDate: shownTime(provider.createdAt),
      ValidUntil: shownTime(provider.validUntil),
      Tags: sortedTags(provider.tags),
    };
  },
};

const listSamlProviders: ReadOperation<object, ListSAMLProvidersResponse> = {
  kind: 'read',
  permissions: (_request, facts) => [onList('ListSAMLProviders', 'saml-provider', undefined, facts)],
  handle: (account) => ({
    SAMLProviderList: Object.values(account.iam.samlProviders)
      .sort((a, b) => (a.arn < b.arn ? -1 : 1))
      .map(({ arn, validUntil: until, createdAt }) => ({
        Arn: arn,
        ValidUntil: shownTime(until),
        CreateDate: shownTime(createdAt),
      })),
  }),
};

const updateSamlProvider: ChangeOperation<UpdateSAMLProviderRequest, UpdateSAMLProviderResponse> = {
  kind: 'change',
  permissions: ({ SAMLProviderArn = '' }, facts) => [onSamlProvider('UpdateSAMLProvider', SAMLProviderArn, facts)],
  handle(account, { SAMLProviderArn = '', SAMLMetadataDocument: metadata, AssertionEncryptionMode }, call) {
    const provider = samlProviderWithArn(account.iam, SAMLProviderArn);
    refuseEncryption(AssertionEncryptionMode);
    if (metadata === undefined) {
      throw invalidInput(
        'Unable to update identity provider. No updates are defined for metadata or encryption assertion.',
      );
    }
    provider.validUntil = validUntil(metadata, call.now);
    provider.metadata = metadata;
    return { SAMLProviderArn };
  },
};

const deleteSamlProvider: ChangeOperation<DeleteSAMLProviderRequest, object> = {
  kind: 'change',
  permissions: ({ SAMLProviderArn = '' }, facts) => [onSamlProvider('DeleteSAMLProvider', SAMLProviderArn, facts)],
  handle(account, { SAMLProviderArn = '' }) {
    delete account.iam.samlProviders[samlProviderWithArn(account.iam, SAMLProviderArn).arn];
    return {};
  },
};

export const samlProviderOperations = {
  CreateSAMLProvider: createSamlProvider,
  GetSAMLProvider: getSamlProvider,
  ListSAMLProviders: listSamlProviders,
  UpdateSAMLProvider: updateSamlProvider,
  DeleteSAMLProvider: deleteSamlProvider,
};
