/** PutObject, and what every way to write an object shares. */
import type { PutObjectOutput, PutObjectRequest } from '@aws-sdk/client-s3';
import type { Blob, Call, Draft } from '../../call.ts';
import { hexOf } from '../../hex.ts';
import type { ChangeOperation } from '../../service.ts';
import { bucketOf, bucketOwner } from './buckets-by-name.ts';
import { type Checksum, checkContentMd5, checksumMembers, checksumOf } from './checksums.ts';
import { checkWriteConditions } from './conditions.ts';
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
import type { BucketState, GrantState, ObjectVersionState } from './state.ts';

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
      readonly acl?: readonly GrantState[] | undefined;
    },
  call: Call,
): ObjectVersionState {
  const { checksum, acl, parts, storageClass, ...rest } = object;
  const version: ObjectVersionState = {
    ...rest,
    versionId: nextVersionId(bucket, call),
    deleteMarker: false,
    lastModified: wholeSecond(call.now),
    ...(checksum !== undefined && { checksum }),
    ...(acl !== undefined && { acl }),
    ...(parts !== undefined && { parts }),
    ...(storageClass !== undefined && { storageClass }),
  };
  addVersion(bucket, key, version);
  return version;
}

export const putObject: ChangeOperation<WithBody<PutObjectRequest>, PutObjectOutput> = {
  kind: 'change',
  owner: bucketOwner,
  permissions: writePermissions,
  handle(account, input, call) {
    const bucket = bucketOf(account, input);
    const key = checkKey(input.Key);
    const properties = readProperties(input);
    const ownership = ownershipOf(bucket, account.id, input, call, 's3:PutObject');
    checkWriteConditions(input, versionsOf(bucket, key)[0]);
    const body = receiveBody(input, call);
    const checksum = checksumOf(body.bytes, input, call.hashes);
    const stored = storeObject(
      bucket,
      key,
      { ...properties, ...ownership, blobs: [body.blob], size: body.size, etag: body.etag, checksum },
      call,
    );
    return {
      ETag: stored.etag,
      ...checksumMembers(checksum),
      ServerSideEncryption: 'AES256',
      ...versionIdMember(bucket, stored.versionId),
    };
  },
};
