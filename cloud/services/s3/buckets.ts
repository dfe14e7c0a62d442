/** Making, finding and removing buckets. */
import {
  BucketLocationConstraint,
  type CreateBucketOutput,
  type CreateBucketRequest,
  type DeleteBucketRequest,
  type GetBucketLocationOutput,
  type GetBucketLocationRequest,
  type HeadBucketOutput,
  type HeadBucketRequest,
} from '@aws-sdk/client-s3';
import type { Call, Draft } from '../../call.ts';
import { AwsError } from '../../errors.ts';
import { own } from '../../own.ts';
import type { ChangeOperation, Permission, PermissionFacts, ReadOperation } from '../../service.ts';
import { isPublicAcl, requestedGrants } from './acl.ts';
import {
  bucketArn,
  bucketHolder,
  bucketOf,
  bucketOwner,
  holderOf,
  invalidBucketName,
  isBucketName,
} from './buckets-by-name.ts';
import { canonicalUserId } from './canonical-user.ts';
import { malformedXml, notImplemented } from './errors.ts';
import { s3Limits } from './limits.ts';
import { asksForAcl, headerContext, onBucket } from './permissions.ts';
import type { BucketState } from './state.ts';
import { checkTags } from './tags.ts';

/** The region whose endpoint takes no location constraint, and answers 200 for a bucket that the caller has already. */
const firstRegion = 'us-east-1';

export const createBucket: ChangeOperation<CreateBucketRequest, CreateBucketOutput> = {
  kind: 'change',
  permissions: createBucketPermissions,
  handle(account, input, call) {
    const name = input.Bucket ?? '';
    if (!isBucketName(name)) throw invalidBucketName(name);
    if (input.BucketNamespace === 'account-regional') throw notImplemented('x-amz-bucket-namespace');
    const region = regionFor(input, call);
    const answer = {
      Location: region === firstRegion ? `/${name}` : `http://${name}.s3.amazonaws.com/`,
      BucketArn: bucketArn(name),
    };
    const holder = holderOf(call.world, name);
    // A key of the state cannot be called so; at AWS somebody has had the name for long.
    if (name === 'constructor') throw nameTaken(name, 'another');
    if (holder === account.id && region === firstRegion && own(account.s3.buckets, name)?.region === region)
      return answer;
    if (holder !== undefined) throw nameTaken(name, holder === account.id ? 'caller' : 'another');
    if (Object.keys(account.s3.buckets).length >= s3Limits.bucketsPerAccount) throw tooManyBuckets();
    account.s3.buckets[name] = newBucket(name, region, account.id, input, call) as Draft<BucketState>;
    return answer;
  },
};

function createBucketPermissions(input: CreateBucketRequest, facts: PermissionFacts): readonly Permission[] {
  const name = input.Bucket ?? '';
  const constraint = input.CreateBucketConfiguration?.LocationConstraint;
  const tags = input.CreateBucketConfiguration?.Tags ?? [];
  const base = { resource: bucketArn(name), resourceAccountId: facts.callerAccountId };
  const context = {
    's3:ResourceAccount': facts.callerAccountId,
    ...headerContext(input),
    ...(constraint !== undefined && { 's3:locationconstraint': constraint }),
  };
  const tagContext = {
    ...Object.fromEntries(tags.map((tag) => [`aws:RequestTag/${tag.Key ?? ''}`, tag.Value ?? ''])),
    ...(tags.length > 0 && { 'aws:TagKeys': tags.map((tag) => tag.Key ?? '') }),
  };
  return [
    { ...base, action: 's3:CreateBucket', context: { ...context, ...tagContext } },
    ...(asksForAcl(input) || input.GrantWrite !== undefined ? [{ ...base, action: 's3:PutBucketAcl', context }] : []),
    ...(input.ObjectOwnership === undefined ? [] : [{ ...base, action: 's3:PutBucketOwnershipControls', context }]),
    ...(input.ObjectLockEnabledForBucket === true
      ? ['s3:PutBucketVersioning', 's3:PutBucketObjectLockConfiguration'].map((action) => ({
          ...base,
          action,
          context,
        }))
      : []),
    ...(tags.length === 0 ? [] : [{ ...base, action: 's3:TagResource', context: { ...context, ...tagContext } }]),
  ];
}

/** Throws `IllegalLocationConstraintException`, `InvalidLocationConstraint`. */
function regionFor(input: CreateBucketRequest, call: Call): string {
  const endpoint = call.request.region;
  const named = input.CreateBucketConfiguration?.LocationConstraint;
  const constraint: string | undefined = named === 'EU' ? 'eu-west-1' : named;
  if (constraint === undefined) {
    if (endpoint === firstRegion) return firstRegion;
    throw illegalLocation('unspecified');
  }
  // The first region is the one without a constraint: its name is none.
  if (!Object.hasOwn(BucketLocationConstraint, constraint.replaceAll('-', '_')) || constraint === firstRegion) {
    throw new AwsError('InvalidLocationConstraint', 'The specified location-constraint is not valid', {
      status: 400,
      details: { LocationConstraint: constraint },
    });
  }
  if (constraint !== endpoint) throw illegalLocation(constraint);
  return constraint;
}

function illegalLocation(constraint: string): AwsError {
  return new AwsError(
    'IllegalLocationConstraintException',
    `The ${constraint} location constraint is incompatible for the region specific endpoint this request was sent to.`,
    { status: 400 },
  );
}

function nameTaken(name: string, by: 'caller' | 'another'): AwsError {
  return by === 'caller'
    ? new AwsError(
        'BucketAlreadyOwnedByYou',
        'Your previous request to create the named bucket succeeded and you already own it.',
        { status: 409, details: { BucketName: name } },
      )
    : new AwsError(
        'BucketAlreadyExists',
        'The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.',
        { status: 409, details: { BucketName: name } },
      );
}

function tooManyBuckets(): AwsError {
  return new AwsError('TooManyBuckets', 'You have attempted to create more buckets than allowed', { status: 400 });
}

/** As since April 2023: public access blocked, ACLs off, unless the request says otherwise. */
function newBucket(
  name: string,
  region: string,
  accountId: string,
  input: CreateBucketRequest,
  call: Call,
): BucketState {
  const ownership = input.ObjectOwnership ?? 'BucketOwnerEnforced';
  const owner = canonicalUserId(accountId);
  const acl = requestedGrants(input, { owner, bucketOwner: owner }, call.world);
  const opensUp = acl?.some(({ grantee }) => grantee.type === 'Group' || grantee.id !== owner) ?? false;
  if (ownership === 'BucketOwnerEnforced' && opensUp) {
    throw new AwsError(
      'InvalidBucketAclWithObjectOwnership',
      "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
      { status: 400 },
    );
  }
  if (acl !== undefined && isPublicAcl(acl)) {
    throw new AwsError(
      'InvalidBucketAclWithBlockPublicAccessError',
      'Bucket cannot have public ACLs set with BlockPublicAccess enabled',
      { status: 400 },
    );
  }
  const tags = input.CreateBucketConfiguration?.Tags;
  return {
    name,
    region,
    createdAt: call.now,
    ...(tags !== undefined && tags.length > 0 && { tags: checkTags(tags, 'bucket') }),
    publicAccessBlock: {
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    },
    ownership: ownershipNamed(ownership),
    ...(opensUp && acl !== undefined && { acl }),
    ...(input.ObjectLockEnabledForBucket === true && {
      versioning: 'Enabled',
      settings: { objectLock: { ObjectLockEnabled: 'Enabled' } },
    }),
    objects: {},
    uploads: {},
  };
}

/** Throws `MalformedXML` for a setting that there is not. */
export function ownershipNamed(setting: string): NonNullable<BucketState['ownership']> {
  if (setting === 'BucketOwnerEnforced' || setting === 'BucketOwnerPreferred' || setting === 'ObjectWriter')
    return setting;
  throw malformedXml();
}

export const deleteBucket: ChangeOperation<DeleteBucketRequest, Record<string, never>> = {
  kind: 'change',
  owner: bucketOwner,
  permissions: onBucket('s3:DeleteBucket'),
  handle(account, input) {
    const bucket = bucketOf(account, input);
    const objects = Object.values(bucket.objects);
    if (objects.length > 0) {
      const onlyOldVersions = objects.every(([newest]) => newest?.deleteMarker);
      throw new AwsError(
        'BucketNotEmpty',
        onlyOldVersions || bucket.versioning !== undefined
          ? 'The bucket you tried to delete is not empty. You must delete all versions in the bucket.'
          : 'The bucket you tried to delete is not empty',
        { status: 409, details: { BucketName: bucket.name } },
      );
    }
    delete account.s3.buckets[bucket.name];
    return {};
  },
};

export const headBucket: ReadOperation<HeadBucketRequest, HeadBucketOutput> = {
  kind: 'read',
  owner: bucketOwner,
  permissions: onBucket('s3:ListBucket'),
  handle(account, input) {
    const { name, region } = bucketOf(account, input);
    return { BucketRegion: region, BucketArn: bucketArn(name), AccessPointAlias: false };
  },
};

export const getBucketLocation: ReadOperation<GetBucketLocationRequest, GetBucketLocationOutput> = {
  kind: 'read',
  // It tells where the bucket is, to those who do not know.
  owner: bucketHolder,
  permissions: onBucket('s3:GetBucketLocation'),
  handle(account, input) {
    const { region } = bucketOf(account, input);
    return region === firstRegion ? {} : { LocationConstraint: region as BucketLocationConstraint };
  },
};
