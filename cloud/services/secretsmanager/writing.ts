/** CreateSecret, PutSecretValue, UpdateSecret, UpdateSecretVersionStage. */
import type {
  CreateSecretRequest,
  CreateSecretResponse,
  PutSecretValueRequest,
  PutSecretValueResponse,
  UpdateSecretRequest,
  UpdateSecretResponse,
  UpdateSecretVersionStageRequest,
  UpdateSecretVersionStageResponse,
} from '@aws-sdk/client-secrets-manager';
import type { Call, Draft } from '../../call.ts';
import { own } from '../../own.ts';
import { changing } from '../../process.ts';
import type { ChangeOperation, ProcessOperation } from '../../service.ts';
import type { Account } from '../../world.ts';
import { invalidParameter, invalidRequest, noAccessToKey, secretsError } from './errors.ts';
import { secretsManagerLimits } from './limits.ts';
import { createPermissions } from './permissions.ts';
import { checkName, secretArn, secretKey, secretOf } from './secret-names.ts';
import { CURRENT, moveStages } from './stages.ts';
import type { SecretState } from './state.ts';
import { newSuffix } from './suffix.ts';
import { checkTags } from './tags.ts';
import { addVersion, checkKey, checkRoom, isRepeated, sealedUnder, valueGiven, versionIdOf } from './values.ts';

export const createSecret: ProcessOperation<CreateSecretRequest, CreateSecretResponse> = {
  kind: 'process',
  permissions: createPermissions,
  *run(account, input, call) {
    const name = checkName(input.Name ?? '');
    const value = valueGiven(input);
    const versionId = versionIdOf(input);
    checkOffered(input);
    const { region } = call.request;
    const existing = own(account.secretsmanager.secrets, secretKey(region, name));
    if (existing !== undefined) return repeatedCreation(account, existing, versionId, value);
    if (Object.keys(account.secretsmanager.secrets).length >= secretsManagerLimits.secretsPerAccount) {
      throw secretsError('LimitExceededException', 'The account has too many secrets.');
    }
    if (value !== undefined) checkRoom(account, value);
    const keyId = yield* checkKey(input.KmsKeyId, account.id, call);
    const suffix = newSuffix(call.random);
    const arn = secretArn(account.id, { region, name, suffix });
    const sealed = value && (yield* sealedUnder(keyId, { secretArn: arn, versionId }, call));
    const { now } = call;
    const secret: SecretState = {
      name,
      region,
      suffix,
      ...(input.Description !== undefined && { description: input.Description }),
      ...(keyId !== undefined && { keyId }),
      createdAt: now,
      changedAt: now,
      tags: checkTags(input.Tags ?? [], []),
      versions: [],
    };
    yield* changing(account.id, (draft) => {
      const made = secret as Draft<SecretState>;
      if (value !== undefined) addVersion(made, { id: versionId, value, sealed, stages: undefined }, now);
      draft.secretsmanager.secrets[secretKey(region, name)] = made;
    });
    return { ARN: arn, Name: name, ...(value && { VersionId: versionId }) };
  },
};

/** @throws InvalidParameterException */
function checkOffered({ AddReplicaRegions = [], Type }: CreateSecretRequest): void {
  if (AddReplicaRegions.length > 0) throw invalidParameter('Replication is not offered here.');
  if (Type !== undefined) throw invalidParameter('Managed external secrets are not offered here.');
}

/** A secret of the same version and value was made by the same request. @throws InvalidRequestException, ResourceExistsException */
function repeatedCreation(
  account: Account,
  secret: SecretState,
  versionId: string,
  value: SecretState['versions'][number]['value'] | undefined,
): CreateSecretResponse {
  if (secret.deletionAt !== undefined) {
    throw invalidRequest(
      "You can't create this secret because a secret with this name is already scheduled for deletion.",
    );
  }
  const arn = secretArn(account.id, secret);
  if (value !== undefined && isRepeated(secret, versionId, value, arn))
    return { ARN: arn, Name: secret.name, VersionId: versionId };
  throw secretsError(
    'ResourceExistsException',
    `The operation failed because the secret ${secret.name} already exists.`,
  );
}

/** A secret under the account's managed key is not written to from outside of the account. @throws AccessDeniedException */
export function checkManagedKey({ keyId }: Pick<SecretState, 'keyId'>, account: Pick<Account, 'id'>, call: Call): void {
  const { caller } = call;
  if (keyId === undefined && 'accountId' in caller && caller.accountId !== account.id) throw noAccessToKey();
}

export const putSecretValue: ProcessOperation<PutSecretValueRequest, PutSecretValueResponse> = {
  kind: 'process',
  *run(account, input, call) {
    const { region } = call.request;
    const value = valueGiven(input);
    const id = versionIdOf(input);
    if (value === undefined) throw invalidRequest('You must provide either SecretString or SecretBinary.');
    const secret = secretOf(account, input.SecretId, region);
    const arn = secretArn(account.id, secret);
    const answer = (stages: readonly string[]) => ({
      ARN: arn,
      Name: secret.name,
      VersionId: id,
      VersionStages: [...stages],
    });
    if (isRepeated(secret, id, value, arn))
      return answer(secret.versions.find((version) => version.id === id)?.stages ?? []);
    checkManagedKey(secret, account, call);
    checkRoom(account, value);
    const sealed = yield* sealedUnder(secret.keyId, { secretArn: arn, versionId: id }, call);
    return yield* changing(account.id, (draft) => {
      const changed = secretOf(draft, input.SecretId, region);
      addVersion(changed, { id, value, sealed, stages: input.VersionStages }, call.now);
      return answer(changed.versions.find((version) => version.id === id)?.stages ?? []);
    });
  },
};

export const updateSecret: ProcessOperation<UpdateSecretRequest, UpdateSecretResponse> = {
  kind: 'process',
  *run(account, input, call) {
    const { region } = call.request;
    const value = valueGiven(input);
    const id = versionIdOf(input);
    const secret = secretOf(account, input.SecretId, region);
    const arn = secretArn(account.id, secret);
    const keyId = input.KmsKeyId === undefined ? secret.keyId : yield* checkKey(input.KmsKeyId, account.id, call);
    const isNew = value !== undefined && !isRepeated(secret, id, value, arn);
    if (value !== undefined && isNew) {
      checkManagedKey({ ...(keyId !== undefined && { keyId }) }, account, call);
      checkRoom(account, value);
    }
    const sealed = isNew ? yield* sealedUnder(keyId, { secretArn: arn, versionId: id }, call) : undefined;
    yield* changing(account.id, (draft) => {
      const changed = secretOf(draft, input.SecretId, region);
      if (input.Description !== undefined) changed.description = input.Description;
      if (keyId === undefined) delete changed.keyId;
      else changed.keyId = keyId;
      changed.changedAt = call.now;
      if (value !== undefined && isNew) addVersion(changed, { id, value, sealed, stages: [CURRENT] }, call.now);
    });
    return { ARN: arn, Name: secret.name, ...(value && { VersionId: id }) };
  },
};

export const updateSecretVersionStage: ChangeOperation<
  UpdateSecretVersionStageRequest,
  UpdateSecretVersionStageResponse
> = {
  kind: 'change',
  handle(account, input, { request: { region }, now }) {
    const secret = secretOf(account, input.SecretId, region);
    const stage = input.VersionStage ?? '';
    const { RemoveFromVersionId: from, MoveToVersionId: to } = input;
    const holder = secret.versions.find(({ stages }) => stages.includes(stage));
    for (const id of [from, to]) {
      if (id !== undefined && !secret.versions.some((version) => version.id === id))
        throw invalidParameter(`Not a valid version: ${id}`);
    }
    if (from !== undefined && holder?.id !== from) {
      throw invalidParameter(`Version stage ${stage} not found in version ${from}`);
    }
    if (to !== undefined && from === undefined && holder !== undefined && holder.id !== to) {
      throw invalidParameter(
        `The parameter RemoveFromVersionId can't be empty. Staging label ${stage} is currently attached to version ${holder.id}, so you must explicitly reference that version in RemoveFromVersionId.`,
      );
    }
    if (to === undefined && from === undefined) {
      throw invalidParameter('You must provide RemoveFromVersionId or MoveToVersionId.');
    }
    if (to === undefined && stage === CURRENT) {
      throw invalidParameter(
        'You can only move staging label AWSCURRENT to a different secret version. It can’t be completely removed.',
      );
    }
    if (to !== undefined) moveStages(secret.versions, to, [stage]);
    else if (holder !== undefined) holder.stages = holder.stages.filter((label) => label !== stage);
    secret.changedAt = now;
    return { ARN: secretArn(account.id, secret), Name: secret.name };
  },
};
