/**
 * What S3 has beside a bucket's policy, as the policy engine asks it: access control lists, the owner of an object, and Block Public
 * Access (Amazon S3 User Guide, "Access control list overview", "Controlling ownership of objects", "Blocking public access").
 */
import type { AccessControl, AclGrant, ApplicablePolicies, PublicAccessBlock } from '../../../iam/model.ts';
import type { World } from '../../world.ts';
import { allUsers, authenticatedUsers } from './acl.ts';
import { blocksOn } from './block-public-access.ts';
import { bucketArn } from './buckets-by-name.ts';
import { canonicalUserId } from './canonical-user.ts';
import { isAboutExisting, versionOf } from './permissions.ts';
import type { BucketState, GrantState, ObjectVersionState } from './state.ts';

/** A request on a bucket or an object, whoever makes it. */
interface AskedObject {
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

/** The lists of a bucket, and of the object that the request is about; undefined where Object Ownership turns lists off. */
export function accessControl(world: World, bucket: BucketState, request: AskedObject): AccessControl | undefined {
  const { ownership = 'ObjectWriter' } = bucket;
  if (ownership === 'BucketOwnerEnforced') return undefined;
  const object = isAboutExisting(request.action) ? objectOf(bucket, request) : undefined;
  return {
    ownership,
    bucket: grantsOf(bucket.acl ?? [], world),
    ...(object && {
      // Without a list the owner has full control.
      object: grantsOf(object.acl ?? [], world),
      ...(object.ownerId !== '' && { objectOwnerAccountId: accountOf(object.ownerId, world) ?? nobody }),
    }),
  };
}

/** The settings of Block Public Access on the account and the bucket that bear on requests; undefined where none was made. */
export function publicAccessBlocks(
  world: World,
  accountId: string,
  bucket: BucketState,
): readonly PublicAccessBlock[] | undefined {
  const blocks = blocksOn(world, accountId, bucket);
  if (blocks.length === 0) return undefined;
  return blocks.map(({ IgnorePublicAcls, RestrictPublicBuckets }) => ({
    ignorePublicAcls: IgnorePublicAcls,
    restrictPublicBuckets: RestrictPublicBuckets,
  }));
}

/** The same policies for an object that is only being made. */
export function withoutObject<Policies extends Pick<ApplicablePolicies, 'acl'>>(policies: Policies): Policies {
  if (policies.acl === undefined) return policies;
  const { ownership, bucket } = policies.acl;
  return { ...policies, acl: { ownership, bucket } };
}

/** The account of what a caller without credentials has uploaded. */
const nobody = '';

function objectOf(bucket: BucketState, { resource, context }: AskedObject): ObjectVersionState | undefined {
  const key = resource.slice(`${bucketArn(bucket.name)}/`.length);
  const versionId = context['s3:versionid'];
  return versionOf(bucket, { key, versionId: typeof versionId === 'string' ? versionId : undefined });
}

function grantsOf(grants: readonly GrantState[], world: World): readonly AclGrant[] {
  return grants.flatMap(({ grantee, permission }): readonly AclGrant[] => {
    if (grantee.type === 'CanonicalUser') {
      const accountId = accountOf(grantee.id, world);
      return accountId === undefined ? [] : [{ grantee: { kind: 'account', accountId }, permission }];
    }
    if (grantee.uri === allUsers) return [{ grantee: { kind: 'all-users' }, permission }];
    if (grantee.uri === authenticatedUsers) return [{ grantee: { kind: 'authenticated-users' }, permission }];
    return [];
  });
}

function accountOf(canonicalId: string, world: World): string | undefined {
  return Object.keys(world.accounts).find((accountId) => canonicalUserId(accountId) === canonicalId);
}
