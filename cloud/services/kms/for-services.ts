/**
 * KMS as other services use it for their customers' keys, on behalf of who calls them: a forward access session, so that the caller
 * needs the permission on the key, under `kms:ViaService` and `aws:CalledVia`. AWS managed keys need none (their policy lets everyone in
 * the account use them through the service), and are not called for.
 */
import type { DecryptResponse, EncryptResponse, GenerateDataKeyResponse } from '@aws-sdk/client-kms';
import { fromBase64, toBase64 } from '@smithy/core/serde';
import type { Hashes } from '../../call.ts';
import { callingOrThrow, type Step } from '../../process.ts';
import { managedKeyId } from './managed-keys.ts';

/** A use of a key. */
export interface KeyUse {
  /** Who uses it: `secretsmanager.amazonaws.com`. */
  readonly by: string;
  readonly encryptionContext: Readonly<Record<string, string>>;
  /** Where the key is; the region of the request where absent. */
  readonly region?: string;
}

/** What is encrypted, in base64, and the ARN of the key that it is encrypted under. */
export interface Sealed {
  readonly keyArn: string;
  readonly ciphertext: string;
}

type Steps<Value> = Generator<Step, Value, unknown>;

/** Has a data key made. It is kept encrypted only: what it would protect stands in the state. @throws AwsError of KMS */
export function* newDataKey(keyId: string, use: KeyUse): Steps<Sealed> {
  const input = { KeyId: keyId, KeySpec: 'AES_256', EncryptionContext: use.encryptionContext };
  const call = { ...place(use), service: 'kms', operation: 'GenerateDataKey', input } as const;
  return sealed((yield* callingOrThrow(call)) as GenerateDataKeyResponse);
}

/** Has a value of up to 4096 bytes encrypted. @throws AwsError of KMS */
export function* encryptedWith(keyId: string, plaintext: string, use: KeyUse): Steps<Sealed> {
  const input = {
    KeyId: keyId,
    Plaintext: new TextEncoder().encode(plaintext),
    EncryptionContext: use.encryptionContext,
  };
  const call = { ...place(use), service: 'kms', operation: 'Encrypt', input } as const;
  return sealed((yield* callingOrThrow(call)) as EncryptResponse);
}

/** Has a ciphertext decrypted. @throws AwsError of KMS */
export function* decryptedWith(ciphertext: string, use: KeyUse): Steps<Uint8Array> {
  const input = { CiphertextBlob: fromBase64(ciphertext), EncryptionContext: use.encryptionContext };
  const call = { ...place(use), service: 'kms', operation: 'Decrypt', input } as const;
  const { Plaintext = new Uint8Array() } = (yield* callingOrThrow(call)) as DecryptResponse;
  return Plaintext;
}

/** Who calls KMS, for whom, and where. */
function place({ by, region }: KeyUse) {
  return { by, as: { kind: 'caller' }, ...(region !== undefined && { region }) } as const;
}

function sealed({ KeyId = '', CiphertextBlob = new Uint8Array() }: EncryptResponse): Sealed {
  return { keyArn: KeyId, ciphertext: toBase64(CiphertextBlob) };
}

/**
 * The customer's key that a request names; undefined where it names none, or the service's own managed key in the account.
 * @param service as in the alias of its key: `secretsmanager`
 */
export function customerKey(
  keyId: string | undefined,
  service: string,
  place: { readonly accountId: string; readonly region: string; readonly hashes: Hashes },
): string | undefined {
  const { accountId, region, hashes } = place;
  const alias = `alias/aws/${service}`;
  const id = managedKeyId(accountId, region, alias, hashes);
  const arn = `arn:aws:kms:${region}:${accountId}`;
  const isManaged = [undefined, '', alias, `${arn}:${alias}`, id, `${arn}:key/${id}`].includes(keyId);
  return isManaged ? undefined : keyId;
}

/**
 * Has a data key made and opened at once, as services do that prove a new data key before they use it (Amazon SQS Developer Guide, "Key
 * management"). @throws AwsError of KMS
 */
export function* provenDataKey(keyId: string, use: KeyUse): Steps<Sealed> {
  const sealedKey = yield* newDataKey(keyId, use);
  yield* decryptedWith(sealedKey.ciphertext, use);
  return sealedKey;
}

/** The name of a key as everyone understands it: an id or an alias is of the account that has named it. */
export function keyOfAccount(
  keyId: string,
  { accountId, region }: { readonly accountId: string; readonly region: string },
): string {
  if (keyId.startsWith('arn:')) return keyId;
  return `arn:aws:kms:${region}:${accountId}:${keyId.startsWith('alias/') ? keyId : `key/${keyId}`}`;
}
