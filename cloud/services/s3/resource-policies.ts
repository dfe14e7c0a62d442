import type { AttachedPolicy } from '../../../iam/model.ts';
import { own } from '../../own.ts';
import type { ResourcePolicyReader } from '../../resource-policies.ts';
import { readStoredPolicy } from '../../stored-policy.ts';
import { accessControl, publicAccessBlocks } from './access-control.ts';
import { bucketArn, holderOf } from './buckets-by-name.ts';

const bucketArnPattern = /^arn:aws:s3:::([^/]+)/;

/** A bucket's policy, access control lists and Block Public Access. */
export const s3ResourcePolicies: ResourcePolicyReader = (world, request) => {
  const name = bucketArnPattern.exec(request.resource)?.[1];
  const holder = name === undefined ? undefined : holderOf(world, name);
  const bucket =
    name === undefined || holder === undefined ? undefined : own(world.accounts[holder]?.s3.buckets ?? {}, name);
  if (bucket === undefined) return {};
  const acl = accessControl(world, bucket, request);
  const blocks = publicAccessBlocks(bucket);
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
