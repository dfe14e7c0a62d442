/**
 * Objects under keys of KMS (SSE-KMS). KMS makes and opens the data key of each object on behalf of who writes and reads it; what the data
 * key would protect is kept as it is (Amazon S3 User Guide, "Using server-side encryption with AWS KMS keys" and "Reducing the cost of
 * SSE-KMS with Amazon S3 Bucket Keys").
 */
import { fromBase64, fromUtf8, toUtf8 } from '@smithy/core/serde';
import type { Call } from '../../call.ts';
import { AwsError } from '../../errors.ts';
import { hexOf } from '../../hex.ts';
import { changing, type Step } from '../../process.ts';
import { customerKey, decryptedWith, type KeyUse, newDataKey } from '../kms/for-services.ts';
import { keyArn } from '../kms/key-names.ts';
import { ensureManagedKey, managedKeyId } from '../kms/managed-keys.ts';
import { bucketArn, objectArn } from './buckets-by-name.ts';
import { encryptionRule } from './default-encryption.ts';
import { accessDenied, invalidArgument } from './errors.ts';
import type { BucketState, EncryptionState } from './state.ts';

type Steps<Value> = Generator<Step, Value, unknown>;

/** How a request asks for encryption. */
export interface EncryptionInput {
  readonly ServerSideEncryption?: string | undefined;
  readonly SSEKMSKeyId?: string | undefined;
  readonly SSEKMSEncryptionContext?: string | undefined;
  readonly BucketKeyEnabled?: boolean | undefined;
}

/** The object, or the upload, that is encrypted. */
interface Sealing {
  readonly bucket: BucketState;
  readonly key: string;
}

const by = 's3.amazonaws.com';
const algorithms = ['AES256', 'aws:kms', 'aws:kms:dsse'] as const;
const managedAlias = 'alias/aws/s3';

/** The encryption that a request asks for, else the bucket's; undefined for S3's own keys. @throws InvalidArgument */
export function encryptionAsked(
  input: EncryptionInput,
  bucket: BucketState,
): (Omit<EncryptionState, 'keyArn' | 'seal'> & { readonly keyId?: string }) | undefined {
  const asked = input.ServerSideEncryption;
  if (asked !== undefined && !algorithms.some((known) => known === asked)) {
    throw invalidArgument('The encryption method specified is not supported', 'x-amz-server-side-encryption', asked);
  }
  if (input.SSEKMSKeyId !== undefined && !asked?.startsWith('aws:kms')) {
    throw invalidArgument(
      'Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms',
      'x-amz-server-side-encryption',
      asked ?? 'null',
    );
  }
  const context = readContext(input.SSEKMSEncryptionContext);
  const { ApplyServerSideEncryptionByDefault: usual, BucketKeyEnabled } = encryptionRule(bucket);
  const algorithm = asked ?? usual?.SSEAlgorithm;
  if (algorithm !== 'aws:kms' && algorithm !== 'aws:kms:dsse') return undefined;
  const keyId = input.SSEKMSKeyId ?? usual?.KMSMasterKeyID;
  return {
    algorithm,
    // The dual-layer algorithm has no bucket keys.
    usesBucketKey: algorithm === 'aws:kms' && (input.BucketKeyEnabled ?? BucketKeyEnabled ?? false),
    ...(keyId !== undefined && { keyId }),
    ...(context !== undefined && { context }),
  };
}

/** @throws InvalidArgument */
function readContext(header: string | undefined): Readonly<Record<string, string>> | undefined {
  if (header === undefined) return undefined;
  const wrong = invalidArgument(
    'The header x-amz-server-side-encryption-context shall be Base64-encoded UTF-8 string holding JSON which represents a string-string map',
    'x-amz-server-side-encryption-context',
    header,
  );
  let value: unknown;
  try {
    value = JSON.parse(toUtf8(fromBase64(header)));
  } catch {
    throw wrong;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong;
  if (Object.values(value).some((text) => typeof text !== 'string')) throw wrong;
  return value as Readonly<Record<string, string>>;
}

/**
 * Has a data key made for what is written; undefined where S3's own keys protect it.
 * @throws InvalidArgument, AccessDenied where the caller may not use the key, `KMS.…` of a key that cannot be used
 */
export function* encryptedFor(
  input: EncryptionInput,
  sealing: Sealing,
  call: Call,
): Steps<EncryptionState | undefined> {
  const asked = encryptionAsked(input, sealing.bucket);
  if (asked === undefined) return undefined;
  const { keyId, ...encryption } = asked;
  const { caller } = call;
  // The managed key is that of the caller's account, as the name of a key is looked up there.
  const accountId = 'accountId' in caller ? caller.accountId : undefined;
  const { region } = sealing.bucket;
  const customers = customerKey(keyId, 's3', { accountId: accountId ?? '', region, hashes: call.hashes });
  if (customers !== undefined) {
    const use = useFor(encryption, sealing);
    const sealed = yield* viaKms(newDataKey(customers, use));
    return { ...encryption, keyArn: sealed.keyArn, seal: { kind: 'customer', ciphertext: sealed.ciphertext } };
  }
  if (accountId === undefined) throw accessDenied();
  yield* changing(accountId, (account) => ensureManagedKey(account, region, managedAlias, call));
  const managed = { accountId, region, keyId: managedKeyId(accountId, region, managedAlias, call.hashes) };
  return { ...encryption, keyArn: keyArn(managed), seal: { kind: 'managed', accountId } };
}

/** Opens what is read. @throws AccessDenied where the caller may not use the key, `KMS.…` of a key that cannot be used */
export function* openedFor(encryption: EncryptionState | undefined, sealing: Sealing, { caller }: Call): Steps<void> {
  if (encryption === undefined) return;
  const { seal } = encryption;
  if (seal.kind === 'customer') {
    yield* viaKms(decryptedWith(seal.ciphertext, useFor(encryption, sealing)));
    return;
  }
  if (!('accountId' in caller) || caller.accountId !== seal.accountId) throw accessDenied();
}

/** With a bucket key KMS is told of the bucket, else of the object. */
function useFor(
  { usesBucketKey, context }: Pick<EncryptionState, 'usesBucketKey' | 'context'>,
  { bucket, key }: Sealing,
): KeyUse {
  const arn = usesBucketKey ? bucketArn(bucket.name) : objectArn(bucket.name, key);
  return { by, encryptionContext: { ...context, 'aws:s3:arn': arn }, region: bucket.region };
}

/** S3 gives a denial of KMS under its own code, and everything else under KMS's with a prefix. */
function* viaKms<Value>(steps: Steps<Value>): Steps<Value> {
  try {
    return yield* steps;
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    if (error.code === 'AccessDeniedException') throw accessDenied(error.message);
    throw new AwsError(`KMS.${error.code}`, error.message, { status: 400 });
  }
}

/** The entity tag of what is under a key of KMS is no digest of its bytes. */
export function etagOf(plainEtag: string, encryption: EncryptionState | undefined, call: Call): string {
  if (encryption === undefined) return plainEtag;
  return `"${hexOf(call.hashes.md5(fromUtf8(`${plainEtag} ${hexOf(call.random.bytes(16))}`)))}"`;
}

/** The members of answers that tell the encryption. */
export function encryptionMembers(encryption: EncryptionState | undefined) {
  if (encryption === undefined) return { ServerSideEncryption: 'AES256' as const };
  return {
    ServerSideEncryption: encryption.algorithm,
    SSEKMSKeyId: encryption.keyArn,
    ...(encryption.usesBucketKey && { BucketKeyEnabled: true }),
  };
}
