/** DescribeSecret and ListSecrets. */
import type {
  DescribeSecretRequest,
  DescribeSecretResponse,
  ListSecretsRequest,
  ListSecretsResponse,
  SecretListEntry,
} from '@aws-sdk/client-secrets-manager';
import { own } from '../../own.ts';
import type { ReadOperation } from '../../service.ts';
import { matchesFilters } from './filters.ts';
import { pageOf } from './pages.ts';
import { anySecretOf, secretArn } from './secret-names.ts';
import type { SecretState } from './state.ts';

/** What both answers have of a secret. */
function described(secret: SecretState, accountId: string) {
  const { name, description, keyId, createdAt, changedAt, accessedAt, deletionAt, tags } = secret;
  return {
    ARN: secretArn(accountId, secret),
    Name: name,
    ...(description !== undefined && { Description: description }),
    ...(keyId !== undefined && { KmsKeyId: keyId }),
    LastChangedDate: new Date(changedAt),
    ...(accessedAt !== undefined && { LastAccessedDate: new Date(accessedAt) }),
    ...(deletionAt !== undefined && { DeletedDate: new Date(deletionAt) }),
    ...(tags.length > 0 && { Tags: tags.map((tag) => ({ ...tag })) }),
    CreatedDate: new Date(createdAt),
  };
}

/** The labels of the versions that have some; undefined where there is no version. */
function stagesOf({ versions }: SecretState): Record<string, string[]> | undefined {
  const staged = versions.filter(({ stages }) => stages.length > 0);
  return staged.length === 0 ? undefined : Object.fromEntries(staged.map(({ id, stages }) => [id, [...stages]]));
}

export const describeSecret: ReadOperation<DescribeSecretRequest, DescribeSecretResponse> = {
  kind: 'read',
  handle(account, input, call) {
    const secret = anySecretOf(account, input.SecretId, call.request.region);
    const stages = stagesOf(secret);
    return { ...described(secret, account.id), ...(stages && { VersionIdsToStages: stages }) };
  },
};

const sortKeys: Readonly<Record<string, (secret: SecretState) => number>> = {
  'created-date': ({ createdAt }) => createdAt,
  'last-changed-date': ({ changedAt }) => changedAt,
  'last-accessed-date': ({ accessedAt = 0 }) => accessedAt,
};

export const listSecrets: ReadOperation<ListSecretsRequest, ListSecretsResponse> = {
  kind: 'read',
  handle(account, input, call) {
    const { region } = call.request;
    const found = Object.values(account.secretsmanager.secrets)
      .filter((secret) => secret.region === region)
      .filter(({ deletionAt }) => deletionAt === undefined || input.IncludePlannedDeletion === true)
      .filter((secret) => matchesFilters(secret, input.Filters ?? []));
    const time = own(sortKeys, input.SortBy ?? 'created-date');
    const keyOf = (secret: SecretState) => `${String(time?.(secret) ?? '').padStart(15, '0')} ${secret.name}`;
    const order = input.SortOrder ?? 'asc';
    const page = pageOf(found, { size: input.MaxResults ?? 100, token: input.NextToken, order }, keyOf);
    return {
      SecretList: page.items.map((secret): SecretListEntry => {
        const stages = stagesOf(secret);
        return { ...described(secret, account.id), ...(stages && { SecretVersionsToStages: stages }) };
      }),
      ...(page.token !== undefined && { NextToken: page.token }),
    };
  },
};
