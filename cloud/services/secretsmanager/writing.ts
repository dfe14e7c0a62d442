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
import type { Draft } from '../../call.ts';
import { own } from '../../own.ts';
import { changing } from '../../process.ts';
import type { ChangeOperation, ProcessOperation } from '../../service.ts';
import type { Account } from '../../world.ts';
import { invalidParameter, invalidRequest, secretsError } from './errors.ts';
import { secretsManagerLimits } from './limits.ts';
import { createPermissions } from './permissions.ts';
import { checkKey, resealed, sealedUnder } from './sealing.ts';
import { checkName, secretArn, secretKey, secretOf } from './secret-names.ts';
import { CURRENT, moveStages } from './stages.ts';
import type { SealState, SecretState } from './state.ts';
import { newSuffix } from './suffix.ts';
import { checkTags } from './tags.ts';
import { addVersion, checkNewVersion, checkRoom, isRepeated, valueGiven, versionIdOf } from './values.ts';

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
    const seal = value && (yield* sealedUnder(keyId, { accountId: account.id, secretArn: arn, versionId }, call));
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
      if (value && seal) addVersion(made, { id: versionId, value, seal, stages: undefined }, now);
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
    checkRoom(account, value);
    const seal = yield* sealedUnder(secret.keyId, { accountId: account.id, secretArn: arn, versionId: id }, call);
    return yield* changing(account.id, (draft) => {
      const changed = secretOf(draft, input.SecretId, region);
      addVersion(changed, { id, value, seal, stages: input.VersionStages }, call.now);
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
    if (value !== undefined) {
      checkNewVersion(secret, id, arn);
      checkRoom(account, value);
    }
    const keyId = input.KmsKeyId === undefined ? secret.keyId : yield* checkKey(input.KmsKeyId, account.id, call);
    const of = (versionId: string) => ({ accountId: account.id, secretArn: arn, versionId });
    const anew = new Map<string, readonly SealState[]>();
    if (keyId !== secret.keyId) {
      for (const version of secret.versions) {
        const seals = yield* resealed(version, keyId, of(version.id), call);
        if (seals !== undefined) anew.set(version.id, seals);
      }
    }
    const seal = value && (yield* sealedUnder(keyId, of(id), call));
    yield* changing(account.id, (draft) => {
      const changed = secretOf(draft, input.SecretId, region);
      if (input.Description !== undefined) changed.description = input.Description;
      if (keyId === undefined) delete changed.keyId;
      else changed.keyId = keyId;
      changed.changedAt = call.now;
      for (const version of changed.versions) version.seals = [...(anew.get(version.id) ?? version.seals)];
      if (value && seal) addVersion(changed, { id, value, seal, stages: [CURRENT] }, call.now);
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
