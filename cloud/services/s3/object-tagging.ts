/** Get-, Put- and DeleteObjectTagging. */
import type {
  DeleteObjectTaggingOutput,
  DeleteObjectTaggingRequest,
  GetObjectTaggingOutput,
  GetObjectTaggingRequest,
  PutObjectTaggingOutput,
  PutObjectTaggingRequest,
} from '@aws-sdk/client-s3';
import type { Call, Draft } from '../../call.ts';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import { bucketOf, bucketOwner } from './buckets-by-name.ts';
import { malformedXml } from './errors.ts';
import { draftVersion, requestedVersion, versionIdMember } from './object-versions.ts';
import { type ObjectInput, onObject, requestTagContext } from './permissions.ts';
import type { BucketState } from './state.ts';
import { checkTags, type TagSet } from './tags.ts';

export const getObjectTagging: ReadOperation<GetObjectTaggingRequest, GetObjectTaggingOutput> = {
  kind: 'read',
  owner: bucketOwner,
  permissions: onObject('s3:GetObjectTagging'),
  handle(account, input, call) {
    const bucket = bucketOf(account, input);
    const { tags, versionId } = requestedVersion(bucket, input, call);
    return { ...versionIdMember(bucket, versionId), TagSet: [...tags] };
  },
};

export const putObjectTagging: ChangeOperation<PutObjectTaggingRequest, PutObjectTaggingOutput> = {
  kind: 'change',
  owner: bucketOwner,
  permissions: onObject('s3:PutObjectTagging', (input) =>
    requestTagContext((input.Tagging?.TagSet ?? []).map(({ Key = '', Value = '' }) => ({ Key, Value }))),
  ),
  handle(account, input, call) {
    const tags = input.Tagging?.TagSet;
    if (tags === undefined) throw malformedXml();
    return setTags(bucketOf(account, input), input, checkTags(tags, 'object'), call);
  },
};

export const deleteObjectTagging: ChangeOperation<DeleteObjectTaggingRequest, DeleteObjectTaggingOutput> = {
  kind: 'change',
  owner: bucketOwner,
  permissions: onObject('s3:DeleteObjectTagging'),
  handle: (account, input, call) => setTags(bucketOf(account, input), input, [], call),
};

function setTags(bucket: Draft<BucketState>, input: ObjectInput, tags: TagSet, call: Call) {
  const { versionId } = requestedVersion(bucket, input, call);
  const version = draftVersion(bucket, input.Key, versionId);
  if (version !== undefined) version.tags = tags.map((tag) => ({ ...tag }));
  return versionIdMember(bucket, versionId);
}
