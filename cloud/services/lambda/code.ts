/** The code of functions and layers: out of the request, or out of a bucket. */
import { toBase64 } from '@smithy/core/serde';
import { type Blob, BlobBody, type Call } from '../../call.ts';
import { AwsError } from '../../errors.ts';
import { bytesOfHex } from '../../hex.ts';
import { calling, type Process } from '../../process.ts';
import type { Account } from '../../world.ts';
import { codeStorageExceeded, invalidParameter } from './errors.ts';
import { lambdaLimits } from './limits.ts';
import type { LambdaState } from './state.ts';
import { checkZip } from './zip.ts';

/** Where code comes from. */
export interface CodeInput {
  readonly ZipFile?: Uint8Array | undefined;
  readonly S3Bucket?: string | undefined;
  readonly S3Key?: string | undefined;
  readonly S3ObjectVersion?: string | undefined;
  readonly ImageUri?: string | undefined;
}

export interface NewCode {
  readonly code: Blob;
  /** Base64. */
  readonly codeSha256: string;
}

/**
 * Keeps the code that an input gives or points to. An object is read on behalf of the caller.
 * @throws InvalidParameterValueException, AccessDeniedException where the bucket refuses
 */
export function* readCode(input: CodeInput, call: Call): Process<NewCode> {
  const { ZipFile, S3Bucket, S3Key, S3ObjectVersion, ImageUri } = input;
  if (ImageUri !== undefined)
    throw invalidParameter('Container images are not offered here: give the code as a zip file.');
  if (ZipFile !== undefined && S3Bucket !== undefined) {
    throw invalidParameter('Please do not provide other FunctionCode parameters when providing a ZipFile.');
  }
  if (ZipFile !== undefined) {
    checkZip(ZipFile);
    return kept(call.keepBlob(ZipFile));
  }
  if (S3Bucket === undefined || S3Key === undefined)
    throw invalidParameter('Please provide a source for function code.');
  return kept(yield* readObject({ Bucket: S3Bucket, Key: S3Key, VersionId: S3ObjectVersion }));
}

function kept(code: Blob): NewCode {
  return { code, codeSha256: toBase64(bytesOfHex(code.digest)) };
}

function* readObject(input: {
  readonly Bucket: string;
  readonly Key: string;
  readonly VersionId: string | undefined;
}): Process<Blob> {
  const { VersionId, ...rest } = input;
  const outcome = yield* calling({
    by: 'lambda.amazonaws.com',
    as: { kind: 'caller' },
    service: 's3',
    operation: 'GetObject',
    input: { ...rest, ...(VersionId !== undefined && { VersionId }) },
  });
  if (outcome.kind === 'error') throw unreadableObject(outcome.error);
  const { Body: body } = outcome.output as { readonly Body?: unknown };
  const [blob, ...others] = body instanceof BlobBody ? body.blobs : [];
  if (blob === undefined || others.length > 0 || (blob.offset ?? 0) !== 0) {
    throw invalidParameter(
      'Code in an object that was uploaded in parts or copied by ranges is not read here: put it in one.',
    );
  }
  return { digest: blob.digest, size: blob.size };
}

function unreadableObject({ code, message }: AwsError): AwsError {
  const s3 = `S3 Error Code: ${code}. S3 Error Message: ${message}`;
  return code === 'AccessDenied'
    ? new AwsError(
        'AccessDeniedException',
        `Your access has been denied by S3, please make sure your request credentials have permission to GetObject for the bucket and key. ${s3}`,
        { status: 403 },
      )
    : invalidParameter(`Error occurred while GetObject. ${s3}`);
}

/** @throws CodeStorageExceededException where the account has no room for so many bytes more */
export function checkCodeStorage(lambda: LambdaState, added: Blob): void {
  if (storedBytes(lambda) + added.size > lambdaLimits.codeBytesPerAccount) throw codeStorageExceeded();
}

/** Bytes of all code of an account. */
export function storedBytes({ functions, layers }: Account['lambda']): number {
  let bytes = 0;
  for (const { latest, versions } of Object.values(functions)) {
    bytes += latest.code.size;
    for (const { code } of Object.values(versions)) bytes += code.size;
  }
  for (const { versions } of Object.values(layers)) for (const { code } of Object.values(versions)) bytes += code.size;
  return bytes;
}
