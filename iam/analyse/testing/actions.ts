/** A few actions as the Service Authorization Reference has them, for tests that need resource types. */
import type { KnownAction, KnownActions } from '../actions.ts';

const bucket = { arn: 'arn:${Partition}:s3:::${BucketName}' };
const object = { arn: 'arn:${Partition}:s3:::${BucketName}/${ObjectName}' };
const queue = { arn: 'arn:${Partition}:sqs:${Region}:${Account}:${QueueName}' };
const role = { arn: 'arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}' };

function service(...actions: readonly KnownAction[]) {
  return { actions: new Map(actions.map((action) => [action.name.toLowerCase(), action])) };
}

export const someActions: KnownActions = new Map([
  [
    's3',
    service(
      { name: 'GetObject', resourceTypes: [object], conditionKeys: [{ name: 's3:ExistingObjectTag/<key>' }] },
      { name: 'GetObjectVersion', resourceTypes: [object], conditionKeys: [{ name: 's3:VersionId' }] },
      { name: 'PutObject', resourceTypes: [object], conditionKeys: [{ name: 's3:x-amz-acl' }] },
      { name: 'DeleteObject', resourceTypes: [object], conditionKeys: [] },
      { name: 'ListBucket', resourceTypes: [bucket], conditionKeys: [{ name: 's3:prefix' }, { name: 's3:max-keys' }] },
      { name: 'ListAllMyBuckets', resourceTypes: [], conditionKeys: [] },
    ),
  ],
  [
    'sqs',
    service(
      { name: 'SendMessage', resourceTypes: [queue], conditionKeys: [] },
      { name: 'ListQueues', resourceTypes: [queue], conditionKeys: [] },
    ),
  ],
  [
    'iam',
    service(
      { name: 'PassRole', resourceTypes: [role], conditionKeys: [{ name: 'iam:PassedToService' }] },
      { name: 'ListUsers', resourceTypes: [], conditionKeys: [] },
    ),
  ],
  ['sts', service({ name: 'AssumeRole', resourceTypes: [role], conditionKeys: [{ name: 'sts:ExternalId' }] })],
]);
