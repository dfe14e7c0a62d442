/** The replication configuration of a bucket: a record, nothing is copied (Amazon S3 API Reference, `PutBucketReplication`). */
import type {
  DeleteBucketReplicationRequest,
  GetBucketReplicationOutput,
  GetBucketReplicationRequest,
  PutBucketReplicationRequest,
  ReplicationConfiguration,
  ReplicationRule,
} from '@aws-sdk/client-s3';
import { toBase64 } from '@smithy/core/serde';
import { own } from '../../own.ts';
import { passRole } from '../../permissions/pass-role.ts';
import type { ChangeOperation } from '../../service.ts';
import type { World } from '../../world.ts';
import { deleteSetting, getSetting, keepSetting, type Nothing, notSet } from './bucket-documents.ts';
import { bucketArn, bucketOf, bucketOwner, holderOf } from './buckets-by-name.ts';
import { invalidArgument, invalidRequest, malformedXml } from './errors.ts';
import { bucketPermission } from './permissions.ts';

const rulesPerBucket = 1000;

export const putBucketReplication: ChangeOperation<PutBucketReplicationRequest, Nothing> = {
  kind: 'change',
  owner: bucketOwner,
  permissions: (input, facts) => [
    bucketPermission('s3:PutReplicationConfiguration', input.Bucket ?? '', facts),
    ...roleOf(input).map((role) =>
      passRole(role, 's3.amazonaws.com', facts, { associatedResourceArn: bucketArn(input.Bucket ?? '') }),
    ),
  ],
  handle(account, input, call) {
    const bucket = bucketOf(account, input);
    const { Role, Rules = [] } = input.ReplicationConfiguration ?? {};
    if (Role === undefined || Rules.length === 0 || Rules.length > rulesPerBucket) throw malformedXml();
    if (bucket.versioning !== 'Enabled') {
      throw invalidRequest("Versioning must be 'Enabled' on the bucket to apply a replication configuration");
    }
    if (!/^arn:aws:iam::\d{12}:role\/.+/.test(Role)) {
      throw invalidArgument('Invalid Role specified in replication configuration', 'Role', Role);
    }
    const rules = Rules.map((rule) => {
      checkRule(rule, call.world);
      return { ...rule, ID: rule.ID ?? toBase64(call.random.bytes(36)).replace(/[+/]/g, 'A') };
    });
    if (new Set(rules.map(({ ID }) => ID)).size < rules.length) {
      throw invalidRequest('Rule Id must be unique. Found same Rule Id for multiple replication rules');
    }
    keepSetting(bucket, 'replication', { Role, Rules: rules });
    return {};
  },
};

/** A request without one is refused anyway. */
function roleOf({ ReplicationConfiguration: configuration }: PutBucketReplicationRequest): readonly string[] {
  return configuration?.Role === undefined ? [] : [configuration.Role];
}

function checkRule({ Status, Destination, Filter, Prefix, ID }: ReplicationRule, world: World): void {
  if ((Status !== 'Enabled' && Status !== 'Disabled') || Destination?.Bucket === undefined) throw malformedXml();
  if (Filter !== undefined && Prefix !== undefined) throw malformedXml();
  if (ID !== undefined && ID.length > 255) throw invalidArgument('Rule Id must be less than 255 characters', 'ID', ID);
  const [, name = ''] = /^arn:aws:s3:::(.+)$/.exec(Destination.Bucket) ?? [];
  if (name === '') throw invalidArgument('Invalid bucket ARN', 'Bucket', Destination.Bucket);
  const holder = holderOf(world, name);
  const destination = holder === undefined ? undefined : own(world.accounts[holder]?.s3.buckets ?? {}, name);
  if (destination === undefined) throw invalidRequest('Destination bucket must exist.');
  if (destination.versioning !== 'Enabled') {
    throw invalidRequest('Destination bucket must have versioning enabled.');
  }
}

export const getBucketReplication = getSetting<
  GetBucketReplicationRequest,
  ReplicationConfiguration,
  GetBucketReplicationOutput
>('replication', 's3:GetReplicationConfiguration', (replication, { name }) => {
  if (replication !== undefined) return { ReplicationConfiguration: replication };
  throw notSet('ReplicationConfigurationNotFoundError', 'The replication configuration was not found', name);
});

export const deleteBucketReplication = deleteSetting<DeleteBucketReplicationRequest>(
  'replication',
  's3:PutReplicationConfiguration',
);
