import type { AttachedPolicy } from '../../../iam/model.ts';
import { own } from '../../own.ts';
import type { PolicedResource, PolicedResourceList, ResourcePolicyReader } from '../../resource-policies.ts';
import { nameOfKey } from '../../state-key.ts';
import { readStoredPolicy } from '../../stored-policy.ts';
import { accessControl, publicAccessBlocks } from './access-control.ts';
import { bucketArn, holderOf, objectArn } from './buckets-by-name.ts';
import type { BucketState } from './state.ts';

const bucketArnPattern = /^arn:aws:s3:::([^/]+)/;

/** A bucket's policy, access control lists and Block Public Access. */
export const s3ResourcePolicies: ResourcePolicyReader = (world, request) => {
  const name = bucketArnPattern.exec(request.resource)?.[1];
  const holder = name === undefined ? undefined : holderOf(world, name);
  if (name === undefined || holder === undefined) return {};
  const bucket = own(world.accounts[holder]?.s3.buckets ?? {}, name);
  if (bucket === undefined) return {};
  const acl = accessControl(world, bucket, request);
  const blocks = publicAccessBlocks(world, holder, bucket);
  return {
    ...(bucket.policy !== undefined && { resource: bucketPolicy(bucket.name, bucket.policy) }),
    ...(acl && { acl }),
    ...(blocks && { publicAccessBlocks: blocks }),
  };
};

function bucketPolicy(name: string, document: string): AttachedPolicy {
  const policy = readStoredPolicy(document, 'resource');
  return { layer: 'resource', name, kind: 'resource', attachedTo: bucketArn(name), policy };
}

/** Every bucket with its objects, after those of its objects that have access control lists of their own. */
export const s3PolicedResources: PolicedResourceList = ({ s3 }) =>
  Object.values(s3.buckets).flatMap((bucket): readonly PolicedResource[] => [
    ...objectsWithLists(bucket).map((arn): PolicedResource => ({ arns: [arn], action: 's3:GetObject' })),
    { arns: [bucketArn(bucket.name), objectArn(bucket.name, '*')], action: 's3:ListBucket' },
  ]);

/** A key that holds a wildcard would stand for others as well: such an object is taken with its bucket. */
function objectsWithLists({ name, ownership, objects }: BucketState): readonly string[] {
  if (ownership === 'BucketOwnerEnforced') return [];
  return Object.entries(objects)
    .filter(([key, [latest]]) => latest?.acl !== undefined && !/[*?]|\$\{/.test(key))
    .map(([key]) => objectArn(name, nameOfKey(key)));
}
