/** GetSecretValue, BatchGetSecretValue, ListSecretVersionIds. */
import type {
  BatchGetSecretValueRequest,
  BatchGetSecretValueResponse,
  GetSecretValueRequest,
  GetSecretValueResponse,
  ListSecretVersionIdsRequest,
  ListSecretVersionIdsResponse,
} from '@aws-sdk/client-secrets-manager';
import { fromBase64 } from '@smithy/core/serde';
import type { Call } from '../../call.ts';
import { AwsError } from '../../errors.ts';
import { own } from '../../own.ts';
import { changing, type Process } from '../../process.ts';
import type { ProcessOperation, ReadOperation } from '../../service.ts';
import type { Account } from '../../world.ts';
import { invalidParameter, invalidRequest, notFound } from './errors.ts';
import { matchesFilters } from './filters.ts';
import { pageOf } from './pages.ts';
import { readPermission } from './permissions.ts';
import { keyOf, opened } from './sealing.ts';
import { anySecretOf, secretArn, secretOf } from './secret-names.ts';
import { CURRENT } from './stages.ts';
import type { SecretState, SecretVersionState } from './state.ts';

const day = 86_400_000;

export const getSecretValue: ProcessOperation<GetSecretValueRequest, GetSecretValueResponse> = {
  kind: 'process',
  readOnly: true,
  *run(account, input, call) {
    const secret = secretOf(account, input.SecretId, call.request.region);
    const version = versionAsked(secret, input);
    const arn = secretArn(account.id, secret);
    yield* opened(version.seals, { accountId: account.id, secretArn: arn, versionId: version.id }, call);
    yield* noteAccess(account, secret, version, call);
    return {
      ARN: arn,
      Name: secret.name,
      VersionId: version.id,
      ...(version.value.kind === 'string'
        ? { SecretString: version.value.text }
        : { SecretBinary: fromBase64(version.value.text) }),
      VersionStages: [...version.stages],
      CreatedDate: new Date(version.createdAt),
    };
  },
};

/** @throws ResourceNotFoundException, InvalidRequestException */
function versionAsked(secret: SecretState, { VersionId, VersionStage }: GetSecretValueRequest): SecretVersionState {
  if (VersionId !== undefined) {
    const version = secret.versions.find(({ id }) => id === VersionId);
    if (version === undefined)
      throw notFound(`Secrets Manager can't find the specified secret value for VersionId: ${VersionId}`);
    if (VersionStage !== undefined && !version.stages.includes(VersionStage))
      throw invalidRequest('You provided a VersionStage that is not associated to the provided VersionId.');
    return version;
  }
  const stage = VersionStage ?? CURRENT;
  const version = secret.versions.find(({ stages }) => stages.includes(stage));
  if (version === undefined)
    throw notFound(`Secrets Manager can't find the specified secret value for staging label: ${stage}`);
  return version;
}

/** The day of the last access is all that is kept, so that reading often changes nothing. */
function* noteAccess(account: Account, secret: SecretState, version: SecretVersionState, call: Call): Process<void> {
  const today = Math.floor(call.now / day) * day;
  if (secret.accessedAt === today && version.accessedAt === today) return;
  yield* changing(account.id, (draft) => {
    const changed = secretOf(draft, secretArn(account.id, secret), secret.region);
    changed.accessedAt = today;
    for (const read of changed.versions) if (read.id === version.id) read.accessedAt = today;
  });
}

/** Each secret needs its own permission to be read; one that is refused is told among the errors. */
export const batchGetSecretValue: ProcessOperation<BatchGetSecretValueRequest, BatchGetSecretValueResponse> = {
  kind: 'process',
  readOnly: true,
  alsoNeeds: (input, facts) =>
    (input.Filters ?? []).length === 0
      ? []
      : [
          {
            action: 'secretsmanager:ListSecrets',
            resource: '*',
            resourceAccountId: facts.callerAccountId,
            context: {},
          },
        ],
  *run(account, input, call) {
    const { SecretIdList: ids, Filters: filters } = input;
    if ((ids === undefined) === (filters === undefined)) {
      throw invalidParameter("Either 'SecretIdList' or 'Filters' must be provided, but not both.");
    }
    if (input.MaxResults !== undefined && filters === undefined) {
      throw invalidParameter(
        "'Filters' not specified. 'Filters' must also be specified when 'MaxResults' is provided.",
      );
    }
    const { region } = call.request;
    const found = Object.values(account.secretsmanager.secrets)
      .filter((secret) => secret.region === region && secret.deletionAt === undefined)
      .filter((secret) => matchesFilters(secret, filters ?? []));
    const page =
      ids === undefined
        ? pageOf(found, { size: input.MaxResults ?? 20, token: input.NextToken }, ({ name }) => name)
        : { items: [] };
    const asked = ids ?? page.items.map(({ name }) => name);
    const SecretValues: GetSecretValueResponse[] = [];
    const Errors: NonNullable<BatchGetSecretValueResponse['Errors']> = [];
    for (const SecretId of asked) {
      try {
        SecretValues.push(yield* oneOfMany(SecretId, account, call));
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        Errors.push({ SecretId, ErrorCode: error.code, Message: error.message });
      }
    }
    return { SecretValues, Errors, ...('token' in page && page.token !== undefined && { NextToken: page.token }) };
  },
};

/** As GetSecretValue, with the permission for it. @throws AwsError where it is refused */
function* oneOfMany(SecretId: string, account: Account, call: Call): Process<GetSecretValueResponse> {
  const needed = readPermission(SecretId, account, call);
  const refused = call.refusal(needed);
  if (refused !== undefined) throw refused;
  const owner = own(call.world.accounts, needed.resourceAccountId) ?? account;
  return yield* getSecretValue.run(owner, { SecretId }, call);
}

export const listSecretVersionIds: ReadOperation<ListSecretVersionIdsRequest, ListSecretVersionIdsResponse> = {
  kind: 'read',
  handle(account, input, call) {
    const secret = anySecretOf(account, input.SecretId, call.request.region);
    const versions = secret.versions.filter(({ stages }) => stages.length > 0 || input.IncludeDeprecated === true);
    const page = pageOf(
      versions,
      { size: input.MaxResults ?? 100, token: input.NextToken },
      ({ createdAt, id }) => `${String(createdAt).padStart(15, '0')} ${id}`,
    );
    return {
      Versions: page.items.map(({ id, stages, createdAt, accessedAt, seals }) => ({
        VersionId: id,
        ...(stages.length > 0 && { VersionStages: [...stages] }),
        ...(accessedAt !== undefined && { LastAccessedDate: new Date(accessedAt) }),
        CreatedDate: new Date(createdAt),
        KmsKeyIds: seals.map(keyOf),
      })),
      ...(page.token !== undefined && { NextToken: page.token }),
      ARN: secretArn(account.id, secret),
      Name: secret.name,
    };
  },
};
