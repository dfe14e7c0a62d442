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
/** What grants rights on an object or a bucket beside policies. */
const ungranted = without('ACL', 'GrantFullControl', 'GrantRead', 'GrantReadACP', 'GrantWrite', 'GrantWriteACP');
/** Digests of a document that is written anew for the emulator. */
const document: CarriedOperation = { sent: without('ContentMD5', 'ChecksumAlgorithm') };
const writing: CarriedOperation = { ids: [{ at: 'VersionId' }], sent: ungranted };

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
    CreateBucket: { sent: ungranted },
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
    PutObject: writing,
    CopyObject: writing,
    GetObject: {},
    HeadObject: {},
    DeleteObject: { ids: [{ at: 'VersionId' }] },
    DeleteObjects: { ...document, ids: [{ at: 'Deleted.*.DeleteMarkerVersionId' }] },
    ListObjects: { answer: ownersIn('Contents') },
    ListObjectsV2: { answer: ownersIn('Contents') },
    ListObjectVersions: { answer: ownersIn('Versions', 'DeleteMarkers') },
    PutObjectTagging: document,
    ...plainly('GetObjectTagging', 'DeleteObjectTagging'),
    CreateMultipartUpload: { ids: [{ at: 'UploadId' }], sent: ungranted },
    ...plainly('UploadPart', 'UploadPartCopy', 'AbortMultipartUpload'),
    CompleteMultipartUpload: { ids: [{ at: 'VersionId' }] },
    ListParts: { answer: ours('Owner', 'Initiator') },
    ListMultipartUploads: { answer: ownersIn('Uploads') },
  },
  kept: {
    GetBucketAcl: acls,
    GetObjectAcl: acls,
    PutBucketAcl: acls,
    PutObjectAcl: acls,
    GetBucketPolicyStatus: 'Whether a policy is public the policy engine says.',
    '*': 'LocalStack keeps it, and does nothing by it.',
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
};

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
