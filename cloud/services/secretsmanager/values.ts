/** Values of secrets on their way in: held to their limits, and encrypted under the customer's key where the secret has one. */
import { toBase64 } from '@smithy/core/serde';
import type { Call, Draft } from '../../call.ts';
import { AwsError } from '../../errors.ts';
import type { Step } from '../../process.ts';
import type { Account } from '../../world.ts';
import { customerKey, decryptedWith, newDataKey, type Sealed } from '../kms/for-services.ts';
import { invalidParameter, invalidRequest, keyFailure, secretsError } from './errors.ts';
import { secretsManagerLimits } from './limits.ts';
import { moveStages, stagesWanted } from './stages.ts';
import type { SecretState, SecretVersionState } from './state.ts';

type Value = SecretVersionState['value'];

const by = 'secretsmanager.amazonaws.com';

interface ValueInput {
  readonly SecretString?: string | undefined;
  readonly SecretBinary?: Uint8Array | undefined;
  readonly ClientRequestToken?: string | undefined;
}

/** The value that a request brings; undefined where it brings none. @throws InvalidParameterException */
export function valueGiven({ SecretString, SecretBinary }: ValueInput): Value | undefined {
  if (SecretString !== undefined && SecretBinary !== undefined) {
    throw invalidParameter(
      "You can't specify both a binary secret value and a string secret value in the same secret.",
    );
  }
  const size = SecretBinary?.length ?? new TextEncoder().encode(SecretString ?? '').length;
  if (size > secretsManagerLimits.valueBytes) {
    throw invalidParameter(`The secret value is larger than ${secretsManagerLimits.valueBytes} bytes.`);
  }
  if (SecretString !== undefined) return { kind: 'string', text: SecretString };
  return SecretBinary === undefined ? undefined : { kind: 'binary', text: toBase64(SecretBinary) };
}

/** The id of the version that a request makes. SDKs fill the token in. @throws InvalidRequestException */
export function versionIdOf({ ClientRequestToken }: ValueInput): string {
  if (ClientRequestToken === undefined) {
    throw invalidRequest('You must provide a ClientRequestToken value. We recommend a UUID-type value.');
  }
  return ClientRequestToken;
}

const measured = new WeakMap<SecretState, number>();

/** @throws LimitExceededException where an account's values would be too much with one more */
export function checkRoom(account: Account | undefined, { text }: Value): void {
  let total = text.length;
  for (const secret of Object.values(account?.secretsmanager.secrets ?? {})) {
    const known = measured.get(secret) ?? secret.versions.reduce((sum, { value }) => sum + value.text.length, 0);
    measured.set(secret, known);
    total += known;
  }
  if (total > secretsManagerLimits.valueCharactersPerAccount) {
    throw secretsError('LimitExceededException', 'The secret values of this account take too much room.');
  }
}

/** Whether a key is a customer's, as its name says to the account that calls. */
function customersKey(keyId: string | undefined, call: Call, accountId: string): string | undefined {
  const { hashes } = call;
  return customerKey(keyId, 'secretsmanager', { accountId, region: call.request.region, hashes });
}

/**
 * Makes sure that the caller can use a key that a secret is to have, by making a data key and decrypting it. AWS Secrets Manager
 * User Guide, "Secret encryption and decryption". Answers the key to keep; undefined for the AWS managed key.
 * @throws EncryptionFailure, AccessDeniedException
 */
export function* checkKey(
  keyId: string | undefined,
  accountId: string,
  call: Call,
): Generator<Step, string | undefined, unknown> {
  const customers = customersKey(keyId, call, accountId);
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

/** The data key of a version; none under the AWS managed key. @throws EncryptionFailure, AccessDeniedException */
export function* sealedUnder(
  keyId: string | undefined,
  version: { readonly secretArn: string; readonly versionId: string },
  call: Call,
): Generator<Step, Sealed | undefined, unknown> {
  if (keyId === undefined) return undefined;
  try {
    return yield* newDataKey(keyId, { by, encryptionContext: contextOf(version) });
  } catch (error) {
    throw error instanceof AwsError ? keyFailure(error, 'encrypt', call.requestId) : error;
  }
}

/** Opens the data key of a version, which is all that reading its value asks of KMS. @throws DecryptionFailure, AccessDeniedException */
export function* opened(
  sealed: Sealed | undefined,
  version: { readonly secretArn: string; readonly versionId: string },
  call: Call,
): Generator<Step, void, unknown> {
  if (sealed === undefined) return;
  try {
    yield* decryptedWith(sealed.ciphertext, { by, encryptionContext: contextOf(version) });
  } catch (error) {
    throw error instanceof AwsError ? keyFailure(error, 'decrypt', call.requestId) : error;
  }
}

function contextOf({ secretArn, versionId }: { readonly secretArn: string; readonly versionId: string }) {
  return { SecretARN: secretArn, SecretVersionId: versionId };
}

/** What a version is made of. */
export interface NewVersion {
  readonly id: string;
  readonly value: Value;
  readonly sealed: Sealed | undefined;
  readonly stages: readonly string[] | undefined;
}

/** Adds a version and moves its labels to it. The oldest deprecated ones go where there are too many. @throws LimitExceededException */
export function addVersion(secret: Draft<SecretState>, version: NewVersion, now: number): void {
  const stages = stagesWanted(secret.versions, version.stages);
  const kept = secret.versions as Draft<SecretVersionState>[];
  if (kept.length >= secretsManagerLimits.versionsPerSecret) {
    const place = kept.findIndex((old) => old.stages.length === 0);
    if (place < 0) throw secretsError('LimitExceededException', 'The secret has too many versions.');
    kept.splice(place, 1);
  }
  const { id, value, sealed } = version;
  kept.push({ id, createdAt: now, stages: [], value, ...(sealed && { sealed }) });
  moveStages(kept, id, stages);
  const labels = kept.reduce((sum, old) => sum + old.stages.length, 0);
  if (labels > secretsManagerLimits.stagesPerSecret) {
    throw secretsError(
      'LimitExceededException',
      `A secret cannot have more than ${secretsManagerLimits.stagesPerSecret} staging labels.`,
    );
  }
  secret.changedAt = now;
}

/** Whether the version of an id is there with this value: the request was sent twice. @throws ResourceExistsException for another value */
export function isRepeated(secret: SecretState, id: string, value: Value, secretArn: string): boolean {
  const existing = secret.versions.find((version) => version.id === id);
  if (existing === undefined) return false;
  if (existing.value.kind === value.kind && existing.value.text === value.text) return true;
  throw secretsError(
    'ResourceExistsException',
    `You can't use ClientRequestToken ${id} because that value is already in use for a version of secret ${secretArn}.`,
  );
}
