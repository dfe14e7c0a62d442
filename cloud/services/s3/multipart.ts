/** Multipart uploads: beginning, parts, aborting (Amazon S3 User Guide, "Multipart upload overview"). */
import type {
  AbortMultipartUploadRequest,
  CreateMultipartUploadOutput,
  CreateMultipartUploadRequest,
  UploadPartCopyOutput,
  UploadPartCopyRequest,
  UploadPartOutput,
  UploadPartRequest,
} from '@aws-sdk/client-s3';
import { callerArn } from '../../../iam/caller-arn.ts';
import type { Blob, Call, Draft } from '../../call.ts';
import { hexOf } from '../../hex.ts';
import { own } from '../../own.ts';
import { changing, type Process } from '../../process.ts';
import type { ChangeOperation, Permission, PermissionFacts, ProcessOperation } from '../../service.ts';
import { bucketOf, bucketOwner, holderOf } from './buckets-by-name.ts';
import {
  type ChecksumAlgorithm,
  checksumMembers,
  checksumOf,
  defaultChecksum,
  readAlgorithm,
  sentChecksum,
} from './checksums.ts';
import { copyOwner, sourceObject, sourcePermission } from './copy-source.ts';
import { invalidArgument, invalidRequest, noSuchUpload, notImplemented } from './errors.ts';
import { encryptedFor, encryptionMembers, etagOf, openedFor } from './object-encryption.ts';
import { lockAsked } from './object-lock.ts';
import { readProperties } from './object-properties.ts';
import { checkKey, checkRoom, randomId, wholeSecond } from './object-versions.ts';
import { ownershipOf } from './ownership.ts';
import { creationContext, type ObjectInput, objectPermission, onObject, writePermissions } from './permissions.ts';
import { readRange } from './ranges.ts';
import type { BucketState, PartState, UploadState } from './state.ts';
import { receiveBody, type WithBody } from './writing.ts';

interface UploadInput extends ObjectInput {
  readonly UploadId?: string | undefined;
}

/** The upload that a request names. Throws `NoSuchUpload`. */
export function uploadOf<Upload extends UploadState | Draft<UploadState>>(
  bucket: { readonly uploads: Readonly<Record<string, Upload>> },
  input: UploadInput,
): Upload {
  const id = input.UploadId ?? '';
  const upload = own(bucket.uploads, id);
  if (upload === undefined || upload.key !== checkKey(input.Key)) throw noSuchUpload(id);
  return upload;
}

/** The rule of an operation that whoever began the upload may always do. */
export function unlessInitiator(action: string): (input: UploadInput, facts: PermissionFacts) => readonly Permission[] {
  const needed = onObject<UploadInput>(action);
  return (input, facts) => {
    const holder = holderOf(facts.world, input.Bucket ?? '') ?? '';
    const bucket: BucketState | undefined = own(
      own(facts.world.accounts, holder)?.s3.buckets ?? {},
      input.Bucket ?? '',
    );
    const upload = own(bucket?.uploads ?? {}, input.UploadId ?? '');
    const began = upload?.key === input.Key && upload?.initiator === callerArn(facts.caller);
    return began && facts.caller.kind !== 'anonymous' ? [] : needed(input, facts);
  };
}

export const createMultipartUpload: ProcessOperation<CreateMultipartUploadRequest, CreateMultipartUploadOutput> = {
  kind: 'process',
  owner: bucketOwner,
  permissions: writePermissions('part'),
  *run(account, input, call): Process<CreateMultipartUploadOutput> {
    const bucket = bucketOf(account, input);
    const key = checkKey(input.Key);
    const properties = readProperties(input);
    const { ownerId, acl } = ownershipOf(bucket, account.id, input, call, 's3:PutObject');
    checkRoom(call.world, 0);
    const algorithm = readAlgorithm(input.ChecksumAlgorithm);
    const type = algorithm && checksumType(algorithm, input.ChecksumType);
    const lock = lockAsked(input, bucket, call);
    const encryption = yield* encryptedFor(input, { bucket, key }, call);
    const uploadId = randomId(call);
    const upload: UploadState = {
      uploadId,
      key,
      initiatedAt: wholeSecond(call.now),
      initiator: callerArn(call.caller),
      ownerId,
      properties: { ...properties, ...(acl !== undefined && { acl }) },
      ...(encryption !== undefined && { encryption }),
      ...(lock !== undefined && { lock }),
      ...(algorithm !== undefined && type !== undefined && { checksum: { algorithm, type } }),
      parts: {},
    };
    yield* changing(account.id, (draft) => {
      bucketOf(draft, input).uploads[uploadId] = upload as Draft<UploadState>;
    });
    return {
      Bucket: bucket.name,
      Key: key,
      UploadId: uploadId,
      ...encryptionMembers(encryption),
      ...(algorithm !== undefined && { ChecksumAlgorithm: algorithm, ChecksumType: type }),
    };
  },
};

/** Digests can only be composed, CRC-64/NVME only combined; the 32-bit CRCs know both. */
function checksumType(algorithm: ChecksumAlgorithm, asked: string | undefined): 'FULL_OBJECT' | 'COMPOSITE' {
  const digest = algorithm === 'SHA1' || algorithm === 'SHA256';
  const type = asked ?? (algorithm === 'CRC64NVME' ? 'FULL_OBJECT' : 'COMPOSITE');
  if (type !== 'FULL_OBJECT' && type !== 'COMPOSITE') {
    throw invalidRequest('Value for x-amz-checksum-type header is invalid.');
  }
  if ((digest && type === 'FULL_OBJECT') || (algorithm === 'CRC64NVME' && type === 'COMPOSITE')) {
    throw invalidRequest(
      `The ${type} checksum type cannot be used with the ${algorithm.toLowerCase()} checksum algorithm.`,
    );
  }
  return type;
}

function partPermission({ Bucket = '', Key = '' }: ObjectInput, facts: PermissionFacts): Permission {
  return objectPermission('s3:PutObject', { bucket: Bucket, key: Key }, facts, creationContext('part'));
}

function partNumber(input: { readonly PartNumber?: number | undefined }): number {
  const number = input.PartNumber ?? 0;
  if (Number.isInteger(number) && number >= 1 && number <= 10_000) return number;
  throw invalidArgument('Part number must be an integer between 1 and 10000, inclusive', 'partNumber', String(number));
}

export const uploadPart: ProcessOperation<WithBody<UploadPartRequest>, UploadPartOutput> = {
  kind: 'process',
  owner: bucketOwner,
  permissions: (input, facts) => [partPermission(input, facts)],
  *run(account, input, call): Process<UploadPartOutput> {
    const bucket = bucketOf(account, input);
    const upload: UploadState = uploadOf(bucket, input);
    const number = partNumber(input);
    const body = receiveBody(input, call);
    const sent = sentChecksum(input);
    if (sent !== undefined && upload.checksum !== undefined && sent.algorithm !== upload.checksum.algorithm) {
      throw invalidRequest(
        `Checksum Type mismatch occurred, expected checksum Type: ${upload.checksum.algorithm.toLowerCase()}, actual checksum Type: ${sent.algorithm.toLowerCase()}`,
      );
    }
    const answered = checksumOf(body.bytes, input, call.hashes);
    // What is kept is by the upload's own algorithm: the whole object's checksum is made of it.
    const keptBy = readAlgorithm(upload.checksum?.algorithm) ?? defaultChecksum;
    const kept = keptBy === answered.algorithm ? answered : checksumOf(body.bytes, {}, call.hashes, keptBy);
    yield* openedFor(upload.encryption, { bucket, key: upload.key }, call);
    const etag = etagOf(body.etag, upload.encryption, call);
    const part = { number, blobs: [body.blob], size: body.size, etag, checksum: kept.value };
    yield* putPart(account.id, input, part, call);
    const { ChecksumType: _type, ...members } = checksumMembers(upload.checksum === undefined ? answered : kept);
    return { ETag: etag, ...encryptionMembers(upload.encryption), ...members };
  },
};

function* putPart(
  accountId: string,
  input: UploadInput,
  part: Omit<PartState, 'lastModified'>,
  call: Call,
): Process<void> {
  yield* changing(accountId, (draft) => {
    const upload = uploadOf<Draft<UploadState>>(bucketOf(draft, input), input);
    upload.parts[String(part.number)] = { ...part, lastModified: wholeSecond(call.now) } as Draft<PartState>;
  });
}

export const uploadPartCopy: ProcessOperation<UploadPartCopyRequest, UploadPartCopyOutput> = {
  kind: 'process',
  owner: copyOwner,
  permissions: (input, facts) => [sourcePermission(input, facts), partPermission(input, facts)],
  *run(account, input, call): Process<UploadPartCopyOutput> {
    const bucket = bucketOf(account, input);
    const upload: UploadState = uploadOf(bucket, input);
    const number = partNumber(input);
    const { source, from, object, versioned } = sourceObject(input, call);
    // A copy never reads the bytes, so there is nothing to compute a checksum from.
    if (upload.checksum !== undefined) throw notImplemented('x-amz-checksum-algorithm');
    const range = copyRange(input.CopySourceRange, object.size);
    const size = range.to - range.from;
    checkRoom(call.world, size);
    const blobs = cut(object.blobs, range.from, range.to);
    yield* openedFor(object.encryption, { bucket: from, key: source.key }, call);
    yield* openedFor(upload.encryption, { bucket, key: upload.key }, call);
    const isWhole = size === object.size && object.parts === undefined;
    const etag = etagOf(isWhole ? object.etag : etagOfSlices(blobs, call), upload.encryption, call);
    yield* putPart(account.id, input, { number, blobs, size, etag }, call);
    return {
      ...(versioned && { CopySourceVersionId: object.versionId }),
      CopyPartResult: { ETag: etag, LastModified: new Date(wholeSecond(call.now)) },
      ...encryptionMembers(upload.encryption),
    };
  },
};

/** Unlike a read's, a copy's range must lie in the source as it stands. */
function copyRange(header: string | undefined, size: number): { readonly from: number; readonly to: number } {
  if (header === undefined) return { from: 0, to: size };
  const [, first = '', last = ''] = /^bytes=(\d+)-(\d+)$/.exec(header) ?? [];
  const range = first === '' || Number(last) >= size ? undefined : readRange(header, size);
  if (range === undefined) {
    throw invalidArgument(
      first === ''
        ? 'The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy'
        : `Range specified is not valid for source object of size: ${size}`,
      'x-amz-copy-source-range',
      header,
    );
  }
  return range;
}

/** The bodies between two places of their sequence. */
function cut(blobs: readonly Blob[], from: number, to: number): readonly Blob[] {
  const pieces: Blob[] = [];
  let start = 0;
  for (const { digest, size, offset = 0 } of blobs) {
    const first = Math.max(from - start, 0);
    const last = Math.min(to - start, size);
    if (first < last) {
      const place = offset + first;
      pieces.push({ digest, size: last - first, ...(place > 0 && { offset: place }) });
    }
    start += size;
  }
  return pieces;
}

/** Equal slices have equal tags; that the tag is the MD5 of the bytes is promised for no part that is a copy. */
function etagOfSlices(blobs: readonly Blob[], call: Call): string {
  const names = blobs.map(({ digest, size, offset = 0 }) => `${digest} ${offset} ${size}`).join('\n');
  return `"${hexOf(call.hashes.md5(new TextEncoder().encode(names)))}"`;
}

export const abortMultipartUpload: ChangeOperation<AbortMultipartUploadRequest, Record<string, never>> = {
  kind: 'change',
  owner: bucketOwner,
  permissions: unlessInitiator('s3:AbortMultipartUpload'),
  handle(account, input) {
    const bucket = bucketOf(account, input);
    delete bucket.uploads[uploadOf(bucket, input).uploadId];
    return {};
  },
};
