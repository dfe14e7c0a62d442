/**
 * The keys of secrets. KMS makes and opens the data key of each version on behalf of who calls; what the data key would protect stands
 * in the state. AWS Secrets Manager User Guide, "Secret encryption and decryption" and "Change the encryption key".
 */
import type { Call } from '../../call.ts';
import { AwsError } from '../../errors.ts';
import type { Step } from '../../process.ts';
import { customerKey, decryptedWith, encryptedWith, type KeyUse, newDataKey } from '../kms/for-services.ts';
import { keyFailure, noAccessToKey } from './errors.ts';
import { CURRENT, PENDING, PREVIOUS } from './stages.ts';
import type { SealState, SecretVersionState } from './state.ts';

type Steps<Value> = Generator<Step, Value, unknown>;

/** The version that a key is used for. */
export interface SealedVersion {
  readonly accountId: string;
  readonly secretArn: string;
  readonly versionId: string;
}

const by = 'secretsmanager.amazonaws.com';

function useFor({ secretArn, versionId }: SealedVersion): KeyUse {
  return { by, encryptionContext: { SecretARN: secretArn, SecretVersionId: versionId } };
}

/**
 * Makes sure that the caller can use a key that a secret is to have, by making a data key and decrypting it. Answers the key to keep;
 * undefined for the AWS managed key. @throws EncryptionFailure, AccessDeniedException
 */
export function* checkKey(keyId: string | undefined, accountId: string, call: Call): Steps<string | undefined> {
  const place = { accountId, region: call.request.region, hashes: call.hashes };
  const customers = customerKey(keyId, 'secretsmanager', place);
  if (customers === undefined) return undefined;
  const check = 'RequestToValidateKeyAccess';
  const use = { by, encryptionContext: { SecretARN: check, SecretVersionId: check } };
  try {
    const { ciphertext } = yield* newDataKey(customers, use);
    yield* decryptedWith(ciphertext, use);
  } catch (error) {
    throw error instanceof AwsError ? keyFailure(error, 'encrypt', call.requestId) : error;
  }
  return customers;
}

/** What a new version is encrypted under. @throws EncryptionFailure, AccessDeniedException */
export function* sealedUnder(keyId: string | undefined, version: SealedVersion, call: Call): Steps<SealState> {
  if (keyId === undefined) return managed(version, call);
  try {
    return { kind: 'customer', ...(yield* newDataKey(keyId, useFor(version))) };
  } catch (error) {
    throw error instanceof AwsError ? keyFailure(error, 'encrypt', call.requestId) : error;
  }
}

/** The managed key is for its own account alone. @throws AccessDeniedException */
function managed({ accountId }: SealedVersion, { caller }: Call): SealState {
  if ('accountId' in caller && caller.accountId === accountId) return { kind: 'managed' };
  throw noAccessToKey();
}

/** Opens a version by the first of its keys that the caller can use. @throws DecryptionFailure, AccessDeniedException */
export function* opened(seals: readonly SealState[], version: SealedVersion, call: Call): Steps<void> {
  let refused: AwsError | undefined;
  for (const seal of seals) {
    try {
      if (seal.kind === 'managed') managed(version, call);
      else yield* decryptedWith(seal.ciphertext, useFor(version));
      return;
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      refused ??= error;
    }
  }
  throw refused === undefined ? noAccessToKey() : keyFailure(refused, 'decrypt', call.requestId);
}

const RESEALED = [CURRENT, PENDING, PREVIOUS];

/**
 * Encrypts a version under the new key of its secret too. Only the versions with AWS's own labels are; one that the caller cannot
 * decrypt, or not encrypt anew, stays as it is. Undefined where nothing changes.
 */
export function* resealed(
  { stages, seals }: SecretVersionState,
  keyId: string | undefined,
  version: SealedVersion,
  call: Call,
): Steps<readonly SealState[] | undefined> {
  if (!stages.some((stage) => RESEALED.includes(stage))) return undefined;
  try {
    yield* opened(seals, version, call);
    const seal: SealState =
      keyId === undefined
        ? managed(version, call)
        : { kind: 'customer', ...(yield* encryptedWith(keyId, version.versionId, useFor(version))) };
    return [seal, ...seals.filter((old) => keyOf(old) !== keyOf(seal))];
  } catch (error) {
    if (error instanceof AwsError) return undefined;
    throw error;
  }
}

/** The key of a seal, as lists of versions name it. */
export function keyOf(seal: SealState): string {
  return seal.kind === 'managed' ? 'DefaultEncryptionKey' : seal.keyArn;
}
