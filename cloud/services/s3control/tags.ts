/** Tags of buckets by their ARNs (Amazon S3 API Reference, S3 Control, `TagResource`). Access points and other resources there are none. */
import type {
  ListTagsForResourceRequest,
  ListTagsForResourceResult,
  TagResourceRequest,
  UntagResourceRequest,
} from '@aws-sdk/client-s3-control';
import { requestTagContext } from '../../permissions/input-tags.ts';
import type { ChangeOperation, Permission, PermissionFacts, ReadOperation } from '../../service.ts';
import { type BucketInput, bucketOf, bucketOwner } from '../s3/buckets-by-name.ts';
import { invalidRequest } from '../s3/errors.ts';
import { bucketPermission } from '../s3/permissions.ts';
import { checkTags } from '../s3/tags.ts';

type Nothing = Record<string, never>;

interface TaggedInput {
  readonly ResourceArn?: string | undefined;
  readonly Tags?: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] | undefined;
  readonly TagKeys?: readonly string[] | undefined;
}

/** @throws InvalidRequest for an ARN that is no bucket's */
function bucketNamed({ ResourceArn = '' }: TaggedInput): BucketInput {
  const [, name] = /^arn:aws:s3:::([^/]+)$/.exec(ResourceArn) ?? [];
  if (name === undefined) throw invalidRequest('The specified resource ARN is not valid.');
  return { Bucket: name };
}

const ownerOfBucket = (input: TaggedInput, facts: PermissionFacts) => bucketOwner(bucketNamed(input), facts);

function onBucketNamed(action: string): (input: TaggedInput, facts: PermissionFacts) => readonly Permission[] {
  return (input, facts) => {
    const tags = (input.Tags ?? []).map(({ Key = '', Value = '' }) => ({ Key, Value }));
    const given = requestTagContext({
      ...(input.Tags && { Tags: tags }),
      ...(input.TagKeys && { TagKeys: input.TagKeys }),
    });
    return [bucketPermission(action, bucketNamed(input).Bucket ?? '', facts, given)];
  };
}

export const listTagsForResource: ReadOperation<ListTagsForResourceRequest, ListTagsForResourceResult> = {
  kind: 'read',
  owner: ownerOfBucket,
  permissions: onBucketNamed('s3:ListTagsForResource'),
  handle(account, input) {
    const { tags = [] } = bucketOf(account, bucketNamed(input));
    return { Tags: [...tags] };
  },
};

export const tagResource: ChangeOperation<TagResourceRequest, Nothing> = {
  kind: 'change',
  owner: ownerOfBucket,
  permissions: onBucketNamed('s3:TagResource'),
  handle(account, input) {
    const bucket = bucketOf(account, bucketNamed(input));
    const added = checkTags(input.Tags ?? [], 'bucket');
    const names = new Set(added.map(({ Key }) => Key));
    bucket.tags = [...checkTags([...(bucket.tags ?? []).filter(({ Key }) => !names.has(Key)), ...added], 'bucket')];
    return {};
  },
};

export const untagResource: ChangeOperation<UntagResourceRequest, Nothing> = {
  kind: 'change',
  owner: ownerOfBucket,
  permissions: onBucketNamed('s3:UntagResource'),
  handle(account, input) {
    const bucket = bucketOf(account, bucketNamed(input));
    const gone = new Set(input.TagKeys ?? []);
    bucket.tags = (bucket.tags ?? []).filter(({ Key }) => !gone.has(Key));
    return {};
  },
};
