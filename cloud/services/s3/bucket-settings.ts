/** Small settings of a bucket: Block Public Access, ownership controls, tags, versioning. */
import type {
  DeleteBucketOwnershipControlsRequest,
  DeleteBucketTaggingRequest,
  DeletePublicAccessBlockRequest,
  GetBucketOwnershipControlsOutput,
  GetBucketOwnershipControlsRequest,
  GetBucketTaggingOutput,
  GetBucketTaggingRequest,
  GetBucketVersioningOutput,
  GetBucketVersioningRequest,
  GetPublicAccessBlockOutput,
  GetPublicAccessBlockRequest,
  PutBucketOwnershipControlsRequest,
  PutBucketTaggingRequest,
  PutBucketVersioningRequest,
  PutPublicAccessBlockRequest,
} from '@aws-sdk/client-s3';
import { AwsError } from '../../errors.ts';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import { readBlock } from './block-public-access.ts';
import { type Nothing, notSet, settingOf } from './bucket-documents.ts';
import { ownershipNamed } from './buckets.ts';
import { bucketOf, bucketOwner } from './buckets-by-name.ts';
import { canonicalUserId } from './canonical-user.ts';
import { malformedXml, notImplemented } from './errors.ts';
import { onBucket } from './permissions.ts';
import { checkTags } from './tags.ts';

export const putPublicAccessBlock: ChangeOperation<PutPublicAccessBlockRequest, Nothing> = {
  kind: 'change',
  owner: bucketOwner,
  permissions: onBucket('s3:PutBucketPublicAccessBlock'),
  handle(account, input) {
    const bucket = bucketOf(account, input);
    bucket.publicAccessBlock = readBlock(input.PublicAccessBlockConfiguration);
    return {};
  },
};

export const getPublicAccessBlock: ReadOperation<GetPublicAccessBlockRequest, GetPublicAccessBlockOutput> = {
  kind: 'read',
  owner: bucketOwner,
  permissions: onBucket('s3:GetBucketPublicAccessBlock'),
  handle(account, input) {
    const { name, publicAccessBlock } = bucketOf(account, input);
    if (publicAccessBlock !== undefined) return { PublicAccessBlockConfiguration: publicAccessBlock };
    throw notSet('NoSuchPublicAccessBlockConfiguration', 'The public access block configuration was not found', name);
  },
};

export const deletePublicAccessBlock: ChangeOperation<DeletePublicAccessBlockRequest, Nothing> = {
  kind: 'change',
  owner: bucketOwner,
  permissions: onBucket('s3:PutBucketPublicAccessBlock'),
  handle(account, input) {
    delete bucketOf(account, input).publicAccessBlock;
    return {};
  },
};

export const putBucketOwnershipControls: ChangeOperation<PutBucketOwnershipControlsRequest, Nothing> = {
  kind: 'change',
  owner: bucketOwner,
  permissions: onBucket('s3:PutBucketOwnershipControls'),
  handle(account, input) {
    const bucket = bucketOf(account, input);
    const rules = input.OwnershipControls?.Rules ?? [];
    const [rule] = rules;
    if (rules.length !== 1 || rule?.ObjectOwnership === undefined) throw malformedXml();
    const ownership = ownershipNamed(rule.ObjectOwnership);
    const owner = canonicalUserId(account.id);
    const opensUp = bucket.acl?.some(({ grantee }) => grantee.type === 'Group' || grantee.id !== owner);
    if (ownership === 'BucketOwnerEnforced' && opensUp) {
      throw new AwsError(
        'InvalidBucketAclWithObjectOwnership',
        "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
        { status: 400 },
      );
    }
    bucket.ownership = ownership;
    return {};
  },
};

export const getBucketOwnershipControls: ReadOperation<
  GetBucketOwnershipControlsRequest,
  GetBucketOwnershipControlsOutput
> = {
  kind: 'read',
  owner: bucketOwner,
  permissions: onBucket('s3:GetBucketOwnershipControls'),
  handle(account, input) {
    const { name, ownership } = bucketOf(account, input);
    if (ownership !== undefined) return { OwnershipControls: { Rules: [{ ObjectOwnership: ownership }] } };
    throw notSet('OwnershipControlsNotFoundError', 'The bucket ownership controls were not found', name);
  },
};

export const deleteBucketOwnershipControls: ChangeOperation<DeleteBucketOwnershipControlsRequest, Nothing> = {
  kind: 'change',
  owner: bucketOwner,
  permissions: onBucket('s3:PutBucketOwnershipControls'),
  handle(account, input) {
    delete bucketOf(account, input).ownership;
    return {};
  },
};

export const putBucketTagging: ChangeOperation<PutBucketTaggingRequest, Nothing> = {
  kind: 'change',
  owner: bucketOwner,
  permissions: onBucket('s3:PutBucketTagging'),
  handle(account, input) {
    const bucket = bucketOf(account, input);
    const tags = input.Tagging?.TagSet;
    if (tags === undefined) throw malformedXml();
    bucket.tags = [...checkTags(tags, 'bucket')];
    return {};
  },
};

export const getBucketTagging: ReadOperation<GetBucketTaggingRequest, GetBucketTaggingOutput> = {
  kind: 'read',
  owner: bucketOwner,
  permissions: onBucket('s3:GetBucketTagging'),
  handle(account, input) {
    const { name, tags } = bucketOf(account, input);
    if (tags !== undefined && tags.length > 0) return { TagSet: [...tags] };
    throw notSet('NoSuchTagSet', 'The TagSet does not exist', name);
  },
};

export const deleteBucketTagging: ChangeOperation<DeleteBucketTaggingRequest, Nothing> = {
  kind: 'change',
  owner: bucketOwner,
  permissions: onBucket('s3:PutBucketTagging'),
  handle(account, input) {
    delete bucketOf(account, input).tags;
    return {};
  },
};

export const putBucketVersioning: ChangeOperation<PutBucketVersioningRequest, Nothing> = {
  kind: 'change',
  owner: bucketOwner,
  permissions: onBucket('s3:PutBucketVersioning'),
  handle(account, input) {
    const bucket = bucketOf(account, input);
    const { Status: status, MFADelete: mfaDelete } = input.VersioningConfiguration ?? {};
    if (mfaDelete === 'Enabled') throw notImplemented('x-amz-mfa');
    if (status !== 'Enabled' && status !== 'Suspended') {
      throw new AwsError('IllegalVersioningConfigurationException', 'The Versioning element must be specified', {
        status: 400,
      });
    }
    const fixedBy =
      status === 'Suspended'
        ? (['objectLock', 'replication'] as const).find((name) => settingOf(bucket, name))
        : undefined;
    if (fixedBy !== undefined) {
      const what = fixedBy === 'objectLock' ? 'An Object Lock' : 'A replication';
      throw new AwsError(
        'InvalidBucketState',
        `${what} configuration is present on this bucket, so the versioning state cannot be changed.`,
        { status: 409 },
      );
    }
    bucket.versioning = status;
    return {};
  },
};

export const getBucketVersioning: ReadOperation<GetBucketVersioningRequest, GetBucketVersioningOutput> = {
  kind: 'read',
  owner: bucketOwner,
  permissions: onBucket('s3:GetBucketVersioning'),
  handle(account, input) {
    const { versioning } = bucketOf(account, input);
    return versioning === undefined ? {} : { Status: versioning };
  },
};
