/** Who owns an object, and which ACL it may have (Amazon S3 User Guide, "Controlling ownership of objects"). */
import type { Call } from '../../call.ts';
import { AwsError } from '../../errors.ts';
import { type AclInput, isPublicAcl, requestedGrants } from './acl.ts';
import { checkPublicAcl } from './block-public-access.ts';
import { objectArn } from './buckets-by-name.ts';
import { canonicalUserId, canonicalUserOf } from './canonical-user.ts';
import type { BucketState, GrantState } from './state.ts';

/** The error of any ACL but the owner's own where the bucket's owner owns everything. */
export function aclsNotSupported(): AwsError {
  return new AwsError('AccessControlListNotSupported', 'The bucket does not allow ACLs', { status: 400 });
}

/**
 * The owner and ACL of an object that a caller writes. Throws `AccessControlListNotSupported` where the bucket's owner
 * owns everything and the request asks for another ACL, `AccessDenied` for a public ACL that is blocked.
 */
export function ownershipOf(
  bucket: BucketState,
  bucketAccountId: string,
  input: AclInput & { readonly Key?: string | undefined },
  call: Call,
  action: string,
): { readonly ownerId: string; readonly acl?: readonly GrantState[] } {
  const bucketOwner = canonicalUserId(bucketAccountId);
  if (bucket.ownership === 'BucketOwnerEnforced') {
    const grants = requestedGrants(input, { owner: bucketOwner, bucketOwner }, call.world);
    if (grants !== undefined && input.ACL !== 'bucket-owner-full-control') throw aclsNotSupported();
    return { ownerId: bucketOwner };
  }
  const preferred = bucket.ownership === 'BucketOwnerPreferred' && input.ACL === 'bucket-owner-full-control';
  const ownerId = preferred ? bucketOwner : canonicalUserOf(call.caller);
  const acl = requestedGrants(input, { owner: ownerId, bucketOwner }, call.world);
  if (acl !== undefined && isPublicAcl(acl)) {
    checkPublicAcl(bucket, bucketAccountId, call, { action, resource: objectArn(bucket.name, input.Key ?? '') });
  }
  return { ownerId, ...(acl !== undefined && { acl }) };
}
