/** Values of secrets on their way in, held to their limits, and the versions that they become. */
import { toBase64 } from '@smithy/core/serde';
import type { Draft } from '../../call.ts';
import type { Account } from '../../world.ts';
import { invalidParameter, invalidRequest, secretsError } from './errors.ts';
import { secretsManagerLimits } from './limits.ts';
import { moveStages, stagesWanted } from './stages.ts';
import type { SealState, SecretState, SecretVersionState } from './state.ts';

type Value = SecretVersionState['value'];

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

const day = 86_400_000;

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

/** What a version is made of. */
export interface NewVersion {
  readonly id: string;
  readonly value: Value;
  readonly seal: SealState;
  readonly stages: readonly string[] | undefined;
}

/**
 * Adds a version and moves its labels to it. Where there are too many the oldest deprecated one goes, if it is a day old. AWS Secrets
 * Manager API Reference, PutSecretValue. @throws LimitExceededException
 */
export function addVersion(secret: Draft<SecretState>, version: NewVersion, now: number): void {
  const stages = stagesWanted(secret.versions, version.stages);
  const kept = secret.versions as Draft<SecretVersionState>[];
  if (kept.length >= secretsManagerLimits.versionsPerSecret) {
    const place = kept.findIndex((old) => old.stages.length === 0 && old.createdAt <= now - day);
    if (place < 0) throw secretsError('LimitExceededException', 'The secret has too many versions.');
    kept.splice(place, 1);
  }
  const { id, value, seal } = version;
  kept.push({ id, createdAt: now, stages: [], value, seals: [seal] });
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

/** A version is never written again. @throws ResourceExistsException */
export function checkNewVersion(secret: SecretState, id: string, secretArn: string): void {
  if (secret.versions.some((version) => version.id === id)) throw versionExists(id, secretArn);
}

function versionExists(id: string, secretArn: string) {
  return secretsError(
    'ResourceExistsException',
    `You can't use ClientRequestToken ${id} because that value is already in use for a version of secret ${secretArn}.`,
  );
}

/** Whether the version of an id is there with this value: the request was sent twice. @throws ResourceExistsException for another value */
export function isRepeated(secret: SecretState, id: string, value: Value, secretArn: string): boolean {
  const existing = secret.versions.find((version) => version.id === id);
  if (existing === undefined) return false;
  if (existing.value.kind === value.kind && existing.value.text === value.text) return true;
  throw versionExists(id, secretArn);
}
