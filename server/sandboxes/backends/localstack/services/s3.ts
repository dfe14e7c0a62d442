import { own } from '../../../../../cloud/own.ts';
import type { BucketState, ObjectVersionState } from '../../../../../cloud/services/s3/state.ts';
import { nameOfKey, shownByName } from '../../../../../cloud/state-key.ts';
import {
  type CarriedOperation,
  type CarriedService,
  itemsOf,
  type Output,
  ours,
  plainly,
  type There,
  without,
} from '../carried-service.ts';

const acls = 'ACLs are asked by the policy engine, and name owners by ids that LocalStack makes otherwise.';
const locks = 'Locks hold by the clock of the sandbox.';

/** What grants rights beside policies, encrypts or locks: all of that is the embedded cloud's. */
const bare = without(
  'ACL',
  'GrantFullControl',
  'GrantRead',
  'GrantReadACP',
  'GrantWrite',
  'GrantWriteACP',
  'ServerSideEncryption',
  'SSEKMSKeyId',
  'SSEKMSEncryptionContext',
  'BucketKeyEnabled',
  'SSECustomerAlgorithm',
  'SSECustomerKey',
  'SSECustomerKeyMD5',
  'CopySourceSSECustomerAlgorithm',
  'CopySourceSSECustomerKey',
  'CopySourceSSECustomerKeyMD5',
  'ObjectLockMode',
  'ObjectLockRetainUntilDate',
  'ObjectLockLegalHoldStatus',
  'BypassGovernanceRetention',
);
const protection = ours(
  'ServerSideEncryption',
  'SSEKMSKeyId',
  'SSEKMSEncryptionContext',
  'BucketKeyEnabled',
  'SSECustomerAlgorithm',
  'SSECustomerKeyMD5',
  'ObjectLockMode',
  'ObjectLockRetainUntilDate',
  'ObjectLockLegalHoldStatus',
  'Expiration',
);
/** Digests of a document that is written anew for the emulator. */
const document: CarriedOperation = { sent: without('ContentMD5', 'ChecksumAlgorithm') };
/** An operation on a body. Under a key of KMS its tag is no digest, and made up. */
const onBody = (...ids: readonly string[]): CarriedOperation => ({
  ids: ids.map((at) => ({ at })),
  sent: bare,
  answer: protection,
});

/** A list's items with their owners as the embedded cloud names them. */
function ownersIn(...members: readonly string[]): NonNullable<CarriedOperation['answer']> {
  return (theirs, own) => {
    const lists = members.flatMap((member): [string, Output[]][] => {
      const known = itemsOf(own, member);
      const items = itemsOf(theirs, member);
      return items.length === 0 ? [] : [[member, items.map((item) => withOwner(item, known))]];
    });
    return { ...theirs, ...Object.fromEntries(lists) };
  };
}

function withOwner(item: Output, known: readonly Output[]): Output {
  const same = known.find((other) =>
    ['Key', 'VersionId', 'UploadId'].every((member) => other[member] === item[member]),
  );
  const named = ['Owner', 'Initiator'].filter((member) => item[member] !== undefined && same?.[member] !== undefined);
  return { ...item, ...Object.fromEntries(named.map((member) => [member, same?.[member]])) };
}

/** Amazon S3: buckets, objects and their versions, multipart uploads, tags, versioning, policies. */
export const s3: CarriedService = {
  operations: {
    CreateBucket: { sent: bare },
    ListBuckets: { answer: ours('Owner') },
    GetBucketPolicy: { answer: ours('Policy') },
    ...plainly('DeleteBucket', 'HeadBucket', 'GetBucketLocation', 'DeleteBucketPolicy'),
    ...plainly('GetBucketTagging', 'DeleteBucketTagging', 'GetBucketVersioning'),
    ...plainly('GetPublicAccessBlock', 'DeletePublicAccessBlock'),
    ...plainly('GetBucketOwnershipControls', 'DeleteBucketOwnershipControls'),
    PutBucketPolicy: document,
    PutBucketTagging: document,
    PutBucketVersioning: document,
    PutPublicAccessBlock: document,
    PutBucketOwnershipControls: document,
    PutObject: onBody('VersionId', 'ETag'),
    CopyObject: onBody('VersionId', 'CopyObjectResult.ETag'),
    GetObject: onBody(),
    HeadObject: onBody(),
    DeleteObject: { ids: [{ at: 'VersionId' }], sent: bare },
    DeleteObjects: {
      ids: [{ at: 'Deleted.*.DeleteMarkerVersionId' }],
      sent: without('ContentMD5', 'ChecksumAlgorithm', 'BypassGovernanceRetention'),
    },
    ListObjects: { answer: ownersIn('Contents') },
    ListObjectsV2: { answer: ownersIn('Contents') },
    ListObjectVersions: { answer: ownersIn('Versions', 'DeleteMarkers') },
    PutObjectTagging: document,
    ...plainly('GetObjectTagging', 'DeleteObjectTagging'),
    CreateMultipartUpload: onBody('UploadId'),
    UploadPart: onBody('ETag'),
    UploadPartCopy: onBody('CopyPartResult.ETag'),
    AbortMultipartUpload: {},
    CompleteMultipartUpload: onBody('VersionId', 'ETag'),
    ListParts: { answer: ours('Owner', 'Initiator') },
    ListMultipartUploads: { answer: ownersIn('Uploads') },
  },
  kept: {
    GetBucketAcl: acls,
    GetObjectAcl: acls,
    PutBucketAcl: acls,
    PutObjectAcl: acls,
    GetBucketPolicyStatus: 'Whether a policy is public the policy engine says.',
    GetObjectAttributes: 'It tells of parts and checksums as they were sent.',
    GetObjectLegalHold: locks,
    GetObjectLockConfiguration: locks,
    GetObjectRetention: locks,
    PutObjectLegalHold: locks,
    PutObjectLockConfiguration: locks,
    PutObjectRetention: locks,
    '*': 'A document of the bucket. The embedded cloud acts by it, as far as policies allow, or only keeps it.',
  },
  async bringUp(account, there) {
    for (const bucket of Object.values(account.s3.buckets)) await bringUpBucket(bucket, there);
  },
  async empty(account, there) {
    for (const { name: Bucket, region, objects, uploads } of Object.values(account.s3.buckets)) {
      for (const { uploadId: UploadId, key: Key } of Object.values(uploads)) {
        await there.tried('AbortMultipartUpload', { Bucket, Key, UploadId }, region);
      }
      for (const [key, versions] of Object.entries(objects)) {
        for (const { versionId: VersionId } of versions) {
          await there.tried('DeleteObject', { Bucket, Key: nameOfKey(key), VersionId }, region);
        }
      }
      await there.tried('DeleteBucket', { Bucket }, region);
    }
  },
  async timePassed(before, after, there) {
    for (const bucket of Object.values(before.s3.buckets)) {
      const left = own(after.s3.buckets, bucket.name);
      if (left !== undefined && left !== bucket) await expire(bucket, left, there);
    }
  },
};

/** What lifecycle rules have taken away, and the delete markers that they have set. */
async function expire(before: BucketState, after: BucketState, there: There): Promise<void> {
  const { name: Bucket, region } = before;
  for (const { uploadId: UploadId, key: Key } of Object.values(before.uploads)) {
    if (own(after.uploads, UploadId) === undefined) {
      await there.tried('AbortMultipartUpload', { Bucket, Key, UploadId }, region);
    }
  }
  for (const [key, versions] of Object.entries(before.objects)) {
    const left = own(after.objects, key) ?? [];
    if (left === versions) continue;
    const Key = nameOfKey(key);
    const isIn = (list: readonly ObjectVersionState[], { versionId }: ObjectVersionState) =>
      list.some((other) => other.versionId === versionId);
    for (const version of versions.filter((one) => !isIn(left, one))) {
      await there.tried('DeleteObject', { Bucket, Key, VersionId: version.versionId }, region);
    }
    for (const { versionId } of left.filter((one) => one.deleteMarker && !isIn(versions, one))) {
      const made = await there.call('DeleteObject', { Bucket, Key }, region);
      there.adopt(versionId, made['VersionId']);
    }
  }
}

async function bringUpBucket(bucket: BucketState, there: There): Promise<void> {
  const { name: Bucket, region, versioning, tags, policy, publicAccessBlock, ownership } = bucket;
  await there.call(
    'CreateBucket',
    {
      Bucket,
      ...(ownership === undefined ? {} : { ObjectOwnership: ownership }),
      ...(region === 'us-east-1' ? {} : { CreateBucketConfiguration: { LocationConstraint: region } }),
    },
    region,
  );
  await bringUpObjects(bucket, there);
  if (versioning !== undefined) {
    await there.call('PutBucketVersioning', { Bucket, VersioningConfiguration: { Status: versioning } }, region);
  }
  if (tags !== undefined) await there.call('PutBucketTagging', { Bucket, Tagging: { TagSet: tags } }, region);
  if (ownership === undefined) await there.call('DeleteBucketOwnershipControls', { Bucket }, region);
  if (publicAccessBlock === undefined) await there.call('DeletePublicAccessBlock', { Bucket }, region);
  else {
    const PublicAccessBlockConfiguration = publicAccessBlock;
    await there.call('PutPublicAccessBlock', { Bucket, PublicAccessBlockConfiguration }, region);
  }
  if (policy !== undefined) await there.call('PutBucketPolicy', { Bucket, Policy: there.policy(policy) }, region);
}

/** The versions of each object, the oldest first; a null version is made while versioning is off. */
async function bringUpObjects({ name: Bucket, region, objects }: BucketState, there: There): Promise<void> {
  let status: 'Enabled' | 'Suspended' = 'Suspended';
  for (const [key, versions] of Object.entries(objects)) {
    for (const version of versions.toReversed()) {
      const needed = version.versionId === 'null' ? 'Suspended' : 'Enabled';
      if (needed !== status) {
        await there.call('PutBucketVersioning', { Bucket, VersioningConfiguration: { Status: needed } }, region);
        status = needed;
      }
      const Key = nameOfKey(key);
      const made = version.deleteMarker
        ? await there.call('DeleteObject', { Bucket, Key }, region)
        : await there.call('PutObject', { Bucket, Key, ...(await writtenAs(version, there)) }, region);
      if (version.versionId !== 'null') there.adopt(version.versionId, made['VersionId']);
      if (!version.deleteMarker) there.adopt(version.etag, made['ETag']);
    }
  }
}

const HEADERS: Readonly<Record<string, string>> = {
  'cache-control': 'CacheControl',
  'content-disposition': 'ContentDisposition',
  'content-encoding': 'ContentEncoding',
  'content-language': 'ContentLanguage',
};

async function writtenAs(version: ObjectVersionState, there: There): Promise<Output> {
  const { contentType, storageClass, headers, metadata, tags } = version;
  const Tagging = new URLSearchParams(tags.map(({ Key, Value }): [string, string] => [Key, Value])).toString();
  const told = Object.entries(headers).flatMap(([name, value]) => {
    const member = HEADERS[name];
    return member === undefined ? [] : [[member, value]];
  });
  return {
    Body: await there.readBody(version.blobs),
    Metadata: shownByName(metadata),
    ...Object.fromEntries(told),
    ...(contentType === undefined ? {} : { ContentType: contentType }),
    ...(storageClass === undefined ? {} : { StorageClass: storageClass }),
    ...(Tagging === '' ? {} : { Tagging }),
  };
}
