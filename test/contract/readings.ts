/** All that can be read of what a sandbox has of the carried services: by these the shadow and the emulator are compared. */
import { nameOfKey } from '../../cloud/state-key.ts';
import type { Account } from '../../cloud/world.ts';
import type { CarriedName } from '../../server/sandboxes/backends/localstack/carried.ts';
import type { Input } from './case.ts';

export interface Reading {
  readonly service: CarriedName;
  readonly operation: string;
  readonly input: Input;
  readonly region: string;
}

type One = readonly [operation: string, input: Input, region?: string];

const readers: Readonly<Record<CarriedName, (account: Account) => readonly One[]>> = {
  kms: ({ kms }) =>
    Object.values(kms.keys)
      .flatMap(({ id: KeyId, region, managedAlias }): One[] =>
        managedAlias === undefined
          ? [
              ['DescribeKey', { KeyId }, region],
              ['GetKeyPolicy', { KeyId, PolicyName: 'default' }, region],
              ['ListKeyPolicies', { KeyId }, region],
              ['ListResourceTags', { KeyId }, region],
            ]
          : [],
      )
      .concat(
        Object.values(kms.aliases)
          .filter(({ name }) => !name.startsWith('alias/aws/'))
          .map(({ name, region }): One => ['DescribeKey', { KeyId: name }, region]),
      ),
  s3: ({ s3 }) => [
    ['ListBuckets', {}],
    ...Object.values(s3.buckets).flatMap(({ name: Bucket, region, objects }): One[] => [
      ...[
        'GetBucketLocation',
        'GetBucketVersioning',
        'GetBucketTagging',
        'GetPublicAccessBlock',
        'GetBucketOwnershipControls',
        'GetBucketPolicy',
        'ListObjectsV2',
        'ListObjectVersions',
        'ListMultipartUploads',
      ].map((operation): One => [operation, { Bucket }, region]),
      ...Object.entries(objects).flatMap(([key, versions]) =>
        versions
          .filter(({ deleteMarker }) => !deleteMarker)
          .flatMap(({ versionId: VersionId }) =>
            ['HeadObject', 'GetObject', 'GetObjectTagging'].map(
              (operation): One => [operation, { Bucket, Key: nameOfKey(key), VersionId }, region],
            ),
          ),
      ),
    ]),
  ],
  secretsmanager: ({ secretsmanager }) => [
    ['ListSecrets', { IncludePlannedDeletion: true }],
    ...Object.values(secretsmanager.secrets).flatMap(({ name: SecretId, region, deletionAt }): One[] => [
      ['DescribeSecret', { SecretId }, region],
      ['ListSecretVersionIds', { SecretId }, region],
      ...(deletionAt === undefined ? [['GetSecretValue', { SecretId }, region] as const] : []),
      ...(deletionAt === undefined ? [['GetResourcePolicy', { SecretId }, region] as const] : []),
    ]),
  ],
  ssm: ({ ssm }) =>
    Object.values(ssm.parameters).flatMap(({ name: Name, region }): One[] => [
      ['GetParameter', { Name, WithDecryption: true }, region],
      ['ListTagsForResource', { ResourceType: 'Parameter', ResourceId: Name }, region],
    ]),
  sqs: ({ id, sqs }) => [
    ['ListQueues', {}],
    ...Object.values(sqs.queues).flatMap(({ name, region }): One[] => {
      const QueueUrl = `http://localhost/${id}/${name}`;
      return [
        ['GetQueueAttributes', { QueueUrl, AttributeNames: ['All'] }, region],
        ['ListQueueTags', { QueueUrl }, region],
      ];
    }),
  ],
  sns: ({ id, sns }) => [
    ['ListTopics', {}],
    ...Object.values(sns.topics).flatMap(({ name, region }): One[] => {
      const arn = `arn:aws:sns:${region}:${id}:${name}`;
      return [
        ['GetTopicAttributes', { TopicArn: arn }, region],
        ['ListTagsForResource', { ResourceArn: arn }, region],
      ];
    }),
  ],
  logs: ({ logs }) => [
    ['DescribeLogGroups', {}],
    ...Object.values(logs.groups).flatMap(({ name: logGroupName, region, streams }): One[] => [
      ['DescribeLogStreams', { logGroupName }, region],
      ['ListTagsLogGroup', { logGroupName }, region],
      ...Object.keys(streams).map(
        (key): One => ['GetLogEvents', { logGroupName, logStreamName: nameOfKey(key), startFromHead: true }, region],
      ),
    ]),
  ],
};

/** The readings of one service in one account. */
export function readingsOf(account: Account, service: CarriedName): readonly Reading[] {
  return readers[service](account).map(([operation, input, region = 'us-east-1']) => ({
    service,
    operation,
    input,
    region,
  }));
}
