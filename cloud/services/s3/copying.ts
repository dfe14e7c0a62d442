/** CopyObject: the bytes stay where they are, the new version names the same bodies. */
import type { CopyObjectOutput, CopyObjectRequest } from '@aws-sdk/client-s3';
import { toBase64 } from '@smithy/core/serde';
import { bytesOfHex } from '../../hex.ts';
import { own } from '../../own.ts';
import { changing, type Process } from '../../process.ts';
import type { Permission, PermissionFacts, ProcessOperation } from '../../service.ts';
import { stateKey } from '../../state-key.ts';
import { bucketOf, holderOf } from './buckets-by-name.ts';
import { type Checksum, checksumMembers, readAlgorithm } from './checksums.ts';
import { checkWriteConditions } from './conditions.ts';
import { copyOwner, readCopySource, sourceObject, sourcePermission } from './copy-source.ts';
import { invalidArgument, invalidRequest, notImplemented } from './errors.ts';
import { notify } from './notifying.ts';
import { encryptedFor, encryptionMembers, etagOf, openedFor } from './object-encryption.ts';
import { lockAsked } from './object-lock.ts';
import { type ObjectProperties, readProperties } from './object-properties.ts';
import { checkKey, checkRoom, versionIdMember, versionsOf } from './object-versions.ts';
import { ownershipOf } from './ownership.ts';
import { objectPermission, requestTagContext, writePermissions } from './permissions.ts';
import type { ObjectVersionState } from './state.ts';
import { storeObject } from './writing.ts';

export const copyObject: ProcessOperation<CopyObjectRequest, CopyObjectOutput> = {
  kind: 'process',
  owner: copyOwner,
  permissions: copyPermissions,
  *run(account, input, call): Process<CopyObjectOutput> {
    const bucket = bucketOf(account, input);
    const key = checkKey(input.Key);
    const { source, from, object, versioned } = sourceObject(input, call);
    const properties = copiedProperties(input, object);
    const onItself = source.bucket === bucket.name && source.key === key && source.versionId === undefined;
    if (onItself && changesNothing(input)) {
      throw invalidRequest(
        "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
      );
    }
    const ownership = ownershipOf(bucket, account.id, input, call, 's3:PutObject');
    const lock = lockAsked(input, bucket, call);
    checkWriteConditions(input, versionsOf(bucket, key)[0]);
    checkRoom(call.world, object.size);
    const checksum = copiedChecksum(input.ChecksumAlgorithm, object);
    // A copy of a multipart object keeps its entity tag, which promises nothing but to differ where the bytes do.
    const { blobs, size } = object;
    yield* openedFor(object.encryption, { bucket: from, key: source.key }, call);
    const encryption = yield* encryptedFor(input, { bucket, key }, call);
    const etag = etagOf(object.etag, encryption, call);
    const copy = { ...properties, ...ownership, blobs, size, etag, checksum, encryption, lock };
    const stored = yield* changing(account.id, (draft) => storeObject(bucketOf(draft, input), key, copy, call));
    yield* notify(account, bucket, { name: 'ObjectCreated:Copy', key, version: stored }, call);
    return {
      CopyObjectResult: {
        ETag: stored.etag,
        LastModified: new Date(stored.lastModified),
        ...checksumMembers(checksum),
      },
      ...(versioned && { CopySourceVersionId: object.versionId }),
      ...versionIdMember(bucket, stored.versionId),
      ...encryptionMembers(encryption),
    };
  },
};

/** The source's tags go along unless the request replaces them, and need permissions of their own. */
function copyPermissions(input: CopyObjectRequest, facts: PermissionFacts): readonly Permission[] {
  const source = readCopySource(input.CopySource);
  const tags = input.TaggingDirective === 'REPLACE' ? [] : tagsOfSource(input, facts);
  const destination = { bucket: input.Bucket ?? '', key: input.Key ?? '' };
  const Tagging = input.TaggingDirective === 'REPLACE' ? input.Tagging : undefined;
  return [
    sourcePermission(input, facts),
    ...(tags.length > 0 ? [objectPermission('s3:GetObjectTagging', source, facts)] : []),
    ...writePermissions('object')({ ...input, Tagging }, facts),
    ...(tags.length > 0 ? [objectPermission('s3:PutObjectTagging', destination, facts, requestTagContext(tags))] : []),
  ];
}

function tagsOfSource(input: CopyObjectRequest, facts: PermissionFacts): ObjectVersionState['tags'] {
  const source = readCopySource(input.CopySource);
  const holder = holderOf(facts.world, source.bucket);
  const buckets = holder === undefined ? undefined : facts.world.accounts[holder]?.s3.buckets;
  const versions = own(own(buckets ?? {}, source.bucket)?.objects ?? {}, stateKey(source.key)) ?? [];
  const version =
    source.versionId === undefined ? versions[0] : versions.find(({ versionId }) => versionId === source.versionId);
  return version?.tags ?? [];
}

function changesNothing(input: CopyObjectRequest): boolean {
  return (
    input.MetadataDirective !== 'REPLACE' &&
    input.StorageClass === undefined &&
    input.WebsiteRedirectLocation === undefined &&
    input.ServerSideEncryption === undefined
  );
}

function copiedProperties(input: CopyObjectRequest, object: ObjectVersionState): ObjectProperties {
  checkDirective(input.MetadataDirective, 'x-amz-metadata-directive', 'metadata');
  checkDirective(input.TaggingDirective, 'x-amz-tagging-directive', 'tagging');
  const asked = readProperties(input);
  const { contentType, headers, metadata } = input.MetadataDirective === 'REPLACE' ? asked : object;
  // Neither the storage class nor a redirect is copied.
  const redirect = 'x-amz-website-redirect-location';
  const { [redirect]: _redirect, ...copiedHeaders } = headers;
  const newRedirect = asked.headers[redirect];
  return {
    ...(contentType !== undefined && { contentType }),
    ...(asked.storageClass !== undefined && { storageClass: asked.storageClass }),
    headers: { ...copiedHeaders, ...(newRedirect !== undefined && { [redirect]: newRedirect }) },
    metadata,
    tags: input.TaggingDirective === 'REPLACE' ? asked.tags : object.tags,
  };
}

function checkDirective(directive: string | undefined, header: string, what: string): void {
  if (directive === undefined || directive === 'COPY' || directive === 'REPLACE') return;
  throw invalidArgument(`Unknown ${what} directive.`, header, directive);
}

/**
 * The checksum of the copy: the source's, or the SHA-256 under which a whole body is kept. Any other algorithm would need
 * the bytes, which a copy never reads.
 */
function copiedChecksum(algorithm: string | undefined, object: ObjectVersionState): Checksum | undefined {
  const wanted = readAlgorithm(algorithm);
  if (wanted === undefined || wanted === object.checksum?.algorithm) return object.checksum;
  const [body, ...rest] = object.blobs;
  if (wanted !== 'SHA256' || body === undefined || rest.length > 0 || body.offset !== undefined) {
    throw notImplemented('x-amz-checksum-algorithm');
  }
  return { algorithm: wanted, value: toBase64(bytesOfHex(body.digest)), type: 'FULL_OBJECT' };
}
