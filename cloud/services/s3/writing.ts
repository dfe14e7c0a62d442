/** PutObject, and what every way to write an object shares. */
import type { PutObjectOutput, PutObjectRequest } from '@aws-sdk/client-s3';
import type { Blob, Call, Draft } from '../../call.ts';
import { hexOf } from '../../hex.ts';
import { changing, type Process } from '../../process.ts';
import type { ProcessOperation } from '../../service.ts';
import { bucketOf, bucketOwner } from './buckets-by-name.ts';
import { type Checksum, checkContentMd5, checksumMembers, checksumOf } from './checksums.ts';
import { checkWriteConditions } from './conditions.ts';
import { notify } from './notifying.ts';
import { encryptedFor, encryptionMembers, etagOf } from './object-encryption.ts';
import { lockAsked } from './object-lock.ts';
import { type ObjectProperties, readProperties } from './object-properties.ts';
import {
  addVersion,
  checkKey,
  checkRoom,
  nextVersionId,
  versionIdMember,
  versionsOf,
  wholeSecond,
} from './object-versions.ts';
import { ownershipOf } from './ownership.ts';
import { writePermissions } from './permissions.ts';
import type { BucketState, EncryptionState, GrantState, LockState, ObjectVersionState } from './state.ts';

/** A request with the bytes that came with it. */
export type WithBody<Request> = Omit<Request, 'Body'> & { readonly Body?: Uint8Array | undefined };

const noBytes = new Uint8Array(0);

/** A body as received: checked against its digests, kept, and named. */
export interface ReceivedBody {
  readonly blob: Blob;
  readonly etag: string;
  readonly size: number;
}

/** Checks a body's size and Content-MD5 and keeps it. Throws `EntityTooLarge`, `InvalidDigest`, `BadDigest`. */
export function receiveBody(
  input: { readonly Body?: Uint8Array | undefined; readonly ContentMD5?: string | undefined },
  call: Call,
): ReceivedBody & { readonly bytes: Uint8Array } {
  const bytes = input.Body ?? noBytes;
  checkRoom(call.world, bytes.length);
  const md5 = call.hashes.md5(bytes);
  checkContentMd5(input.ContentMD5, md5);
  return { bytes, blob: call.keepBlob(bytes), etag: `"${hexOf(md5)}"`, size: bytes.length };
}

/** Makes a new version of a key. */
export function storeObject(
  bucket: Draft<BucketState>,
  key: string,
  object: ObjectProperties &
    Pick<ObjectVersionState, 'blobs' | 'size' | 'etag' | 'parts' | 'ownerId'> & {
      readonly checksum?: Checksum | undefined;
      readonly encryption?: EncryptionState | undefined;
      readonly lock?: LockState | undefined;
      readonly acl?: readonly GrantState[] | undefined;
    },
  call: Call,
): ObjectVersionState {
  const { checksum, encryption, lock, acl, parts, storageClass, ...rest } = object;
  const version: ObjectVersionState = {
    ...rest,
    versionId: nextVersionId(bucket, call),
    deleteMarker: false,
    lastModified: wholeSecond(call.now),
    ...(checksum !== undefined && { checksum }),
    ...(encryption !== undefined && { encryption }),
    ...(lock !== undefined && { lock }),
    ...(acl !== undefined && { acl }),
    ...(parts !== undefined && { parts }),
    ...(storageClass !== undefined && { storageClass }),
  };
  addVersion(bucket, key, version);
  return version;
}

export const putObject: ProcessOperation<WithBody<PutObjectRequest>, PutObjectOutput> = {
  kind: 'process',
  owner: bucketOwner,
  permissions: writePermissions('object'),
  *run(account, input, call): Process<PutObjectOutput> {
    const bucket = bucketOf(account, input);
    const key = checkKey(input.Key);
    const properties = readProperties(input);
    const ownership = ownershipOf(bucket, account.id, input, call, 's3:PutObject');
    const lock = lockAsked(input, bucket, call);
    checkWriteConditions(input, versionsOf(bucket, key)[0]);
    const body = receiveBody(input, call);
    const checksum = checksumOf(body.bytes, input, call.hashes);
    const encryption = yield* encryptedFor(input, { bucket, key }, call);
    const etag = etagOf(body.etag, encryption, call);
    const object = {
      ...properties,
      ...ownership,
      blobs: [body.blob],
      size: body.size,
      etag,
      checksum,
      encryption,
      lock,
    };
    const stored = yield* changing(account.id, (draft) => storeObject(bucketOf(draft, input), key, object, call));
    yield* notify(account, bucket, { name: 'ObjectCreated:Put', key, version: stored }, call);
    return {
      ETag: stored.etag,
      ...checksumMembers(checksum),
      ...encryptionMembers(encryption),
      ...versionIdMember(bucket, stored.versionId),
    };
  },
};
