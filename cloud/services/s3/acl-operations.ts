/** Reading and setting the ACLs of buckets and objects. */
import type {
  GetBucketAclOutput,
  GetBucketAclRequest,
  GetObjectAclOutput,
  GetObjectAclRequest,
  PutBucketAclRequest,
  PutObjectAclRequest,
} from '@aws-sdk/client-s3';
import type { Call } from '../../call.ts';
import { AwsError } from '../../errors.ts';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import { type AclInput, describeAcl, isPublicAcl, requestedGrants } from './acl.ts';
import { checkPublicAcl } from './block-public-access.ts';
import { bucketArn, bucketOf, bucketOwner, objectArn } from './buckets-by-name.ts';
import { canonicalUserId } from './canonical-user.ts';
import { draftVersion, requestedVersion, versionIdMember } from './object-versions.ts';
import { aclsNotSupported } from './ownership.ts';
import { headerContext, onBucket, onObject } from './permissions.ts';
import type { BucketState, GrantState } from './state.ts';

export const getBucketAcl: ReadOperation<GetBucketAclRequest, GetBucketAclOutput> = {
  kind: 'read',
  owner: bucketOwner,
  permissions: onBucket('s3:GetBucketAcl'),
  handle(account, input) {
    return describeAcl(bucketOf(account, input).acl, canonicalUserId(account.id));
  },
};

export const putBucketAcl: ChangeOperation<PutBucketAclRequest, Record<string, never>> = {
  kind: 'change',
  owner: bucketOwner,
  permissions: onBucket<PutBucketAclRequest>('s3:PutBucketAcl', headerContext),
  handle(account, input, call) {
    const bucket = bucketOf(account, input);
    const owner = canonicalUserId(account.id);
    const asked = { action: 's3:PutBucketAcl', resource: bucketArn(bucket.name) };
    bucket.acl = [...newGrants(bucket, input, { owner, bucketOwner: owner }, account.id, call, asked)];
    return {};
  },
};

export const getObjectAcl: ReadOperation<GetObjectAclRequest, GetObjectAclOutput> = {
  kind: 'read',
  owner: bucketOwner,
  permissions: onObject('s3:GetObjectAcl'),
  handle(account, input, call) {
    const bucket = bucketOf(account, input);
    const { acl, ownerId } = requestedVersion(bucket, input, call);
    // Where the bucket's owner owns everything, what was granted before has no effect and is not shown.
    return bucket.ownership === 'BucketOwnerEnforced'
      ? describeAcl(undefined, canonicalUserId(account.id))
      : describeAcl(acl, ownerId);
  },
};

export const putObjectAcl: ChangeOperation<PutObjectAclRequest, { VersionId?: string }> = {
  kind: 'change',
  owner: bucketOwner,
  permissions: onObject<PutObjectAclRequest>('s3:PutObjectAcl', headerContext),
  handle(account, input, call) {
    const bucket = bucketOf(account, input);
    const { versionId, ownerId } = requestedVersion(bucket, input, call);
    const version = draftVersion(bucket, input.Key, versionId);
    const owners = { owner: ownerId, bucketOwner: canonicalUserId(account.id) };
    const asked = { action: 's3:PutObjectAcl', resource: objectArn(bucket.name, input.Key ?? '') };
    const grants = newGrants(bucket, input, owners, account.id, call, asked);
    if (version !== undefined) version.acl = [...grants];
    return versionIdMember(bucket, versionId);
  },
};

/** Throws `AccessControlListNotSupported`, `MissingSecurityHeader`, `AccessDenied` for a public ACL that is blocked. */
function newGrants(
  bucket: BucketState,
  input: AclInput,
  owners: { readonly owner: string; readonly bucketOwner: string },
  accountId: string,
  call: Call,
  asked: { readonly action: string; readonly resource: string },
): readonly GrantState[] {
  if (bucket.ownership === 'BucketOwnerEnforced') throw aclsNotSupported();
  const grants = requestedGrants(input, owners, call.world);
  if (grants === undefined) {
    throw new AwsError('MissingSecurityHeader', 'Your request was missing a required header', {
      status: 400,
      details: { MissingHeaderName: 'x-amz-acl' },
    });
  }
  if (isPublicAcl(grants)) checkPublicAcl(bucket, accountId, call, asked);
  return grants;
}
