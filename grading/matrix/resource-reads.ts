/** What a learner has to read to know what is said about a resource. */
import type { AskedResource, ResourcePolicies } from '../../cloud/account-model.ts';
import { own } from '../../cloud/own.ts';
import { holderOf } from '../../cloud/services/s3/buckets-by-name.ts';
import type { World } from '../../cloud/world.ts';
import { parseArn } from '../../iam/arn.ts';
import { onIam, type Read, readsOfControls } from './readable.ts';

/** The calls that read what is said about a resource: a role's trust, a bucket's policy, lists and settings, a key's grants, control policies. */
export function readsOfResource(
  world: World,
  { resource }: Pick<AskedResource, 'resource'>,
  policies: ResourcePolicies,
): readonly Read[] {
  return [...readsOfOwn(world, resource, policies), ...readsOfControls(policies.resourceControl)];
}

function readsOfOwn(world: World, resource: string, policies: ResourcePolicies): readonly Read[] {
  if (policies.resource?.layer === 'trust') return [onIam('GetRole', { RoleName: policies.resource.name })];
  if (/^arn:aws:s3:::/.test(resource)) return readsOfBucket(world, resource, policies);
  const { service = '', region = '', accountId = '' } = parseArn(resource) ?? {};
  const name = parseArn(resource)?.resource ?? '';
  return [
    ...(policies.resource === undefined
      ? []
      : (own(readOfPolicy, service)?.({ resource, region, accountId, name }) ?? [])),
    ...(policies.grants === undefined ? [] : [on('kms', 'ListGrants', { KeyId: resource })]),
  ];
}

function readsOfBucket(world: World, resource: string, { acl, publicAccessBlocks }: ResourcePolicies): readonly Read[] {
  const [, Bucket = '', Key] = /^arn:aws:s3:::([^/]+)(?:\/(.+))?$/.exec(resource) ?? [];
  if (holderOf(world, Bucket) === undefined) return [];
  return [
    on('s3', 'GetBucketPolicy', { Bucket }),
    ...(publicAccessBlocks === undefined ? [] : [on('s3', 'GetPublicAccessBlock', { Bucket })]),
    ...(acl === undefined ? [] : [on('s3', 'GetBucketAcl', { Bucket })]),
    ...(acl?.object === undefined || Key === undefined ? [] : [on('s3', 'GetObjectAcl', { Bucket, Key })]),
  ];
}

interface Place {
  readonly resource: string;
  readonly region: string;
  readonly accountId: string;
  /** What the ARN says behind the account. */
  readonly name: string;
}

/** By the service in the ARN: how the policy is read that is on the resource. */
const readOfPolicy: Readonly<Record<string, (place: Place) => readonly Read[]>> = {
  dynamodb: ({ resource }) => [
    on('dynamodb', 'GetResourcePolicy', { ResourceArn: resource.replace(/\/index\/.*$/, '') }),
  ],
  kms: ({ resource }) => [on('kms', 'GetKeyPolicy', { KeyId: resource })],
  lambda: ({ resource, name }) =>
    name.startsWith('layer:')
      ? [on('lambda', 'GetLayerVersionPolicy', layerVersion(resource))]
      : [on('lambda', 'GetPolicy', { FunctionName: resource })],
  logs: () => [on('logs', 'DescribeResourcePolicies', {})],
  organizations: () => [on('organizations', 'DescribeResourcePolicy', {})],
  secretsmanager: ({ resource }) => [on('secretsmanager', 'GetResourcePolicy', { SecretId: resource })],
  sns: ({ region, accountId, name }) => [
    on('sns', 'GetTopicAttributes', { TopicArn: `arn:aws:sns:${region}:${accountId}:${name.split(':')[0]}` }),
  ],
  sqs: ({ region, accountId, name }) => [
    on('sqs', 'GetQueueAttributes', { QueueUrl: `https://sqs.${region}.amazonaws.com/${accountId}/${name}` }),
  ],
};

function layerVersion(arn: string): Read['input'] {
  const end = arn.lastIndexOf(':');
  return { LayerName: arn.slice(0, end), VersionNumber: Number(arn.slice(end + 1)) };
}

function on(service: string, operation: string, input: Read['input']): Read {
  return { service, operation, input };
}
