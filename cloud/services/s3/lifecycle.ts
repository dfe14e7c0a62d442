/** Lifecycle rules: kept and given back as they were set (Amazon S3 API Reference, LifecycleRule). What they delete: lifecycle-expiry.ts. */
import type {
  DeleteBucketLifecycleRequest,
  GetBucketLifecycleConfigurationOutput,
  GetBucketLifecycleConfigurationRequest,
  LifecycleRule,
  PutBucketLifecycleConfigurationOutput,
  PutBucketLifecycleConfigurationRequest,
  TransitionDefaultMinimumObjectSize,
} from '@aws-sdk/client-s3';
import { toBase64 } from '@smithy/core/serde';
import type { Call } from '../../call.ts';
import { AwsError } from '../../errors.ts';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import { bucketOf, bucketOwner } from './buckets-by-name.ts';
import { invalidArgument, invalidRequest, malformedXml } from './errors.ts';
import { s3Limits } from './limits.ts';
import { onBucket } from './permissions.ts';

const rulesPerBucket = 1000;
const defaultMinimumSize: TransitionDefaultMinimumObjectSize = 'all_storage_classes_128K';

export const putBucketLifecycle: ChangeOperation<
  PutBucketLifecycleConfigurationRequest,
  PutBucketLifecycleConfigurationOutput
> = {
  kind: 'change',
  owner: bucketOwner,
  permissions: onBucket('s3:PutLifecycleConfiguration'),
  handle(account, input, call) {
    const bucket = bucketOf(account, input);
    const rules = input.LifecycleConfiguration?.Rules ?? [];
    if (rules.length === 0 || rules.length > rulesPerBucket) throw malformedXml();
    const kept = rules.map((rule) => checkRule(rule, call));
    if (new Set(kept.map((rule) => rule.ID)).size < kept.length) {
      throw invalidArgument('Rule ID must be unique. Found same ID for more than one rule', 'ID', '');
    }
    const plainRules = kept.map((rule) => plain(rule));
    if (JSON.stringify(plainRules).length > s3Limits.lifecycleBytes) {
      throw new AwsError('MaxMessageLengthExceeded', 'Your request was too large.', { status: 400 });
    }
    bucket.lifecycle = plainRules;
    bucket.lifecycleMinimumSize = input.TransitionDefaultMinimumObjectSize ?? defaultMinimumSize;
    return { TransitionDefaultMinimumObjectSize: bucket.lifecycleMinimumSize as TransitionDefaultMinimumObjectSize };
  },
};

const actions = [
  'Expiration',
  'Transitions',
  'NoncurrentVersionTransitions',
  'NoncurrentVersionExpiration',
  'AbortIncompleteMultipartUpload',
] as const;

function checkRule(rule: LifecycleRule, call: Call): LifecycleRule {
  if (rule.Status !== 'Enabled' && rule.Status !== 'Disabled') throw malformedXml();
  if (rule.Filter === undefined && rule.Prefix === undefined) throw malformedXml();
  if (rule.Filter !== undefined && rule.Prefix !== undefined) throw malformedXml();
  if (rule.ID !== undefined && rule.ID.length > 255) {
    throw invalidArgument('ID length should not exceed allowed limit of 255', 'ID', rule.ID);
  }
  if (!actions.some((action) => rule[action] !== undefined)) {
    throw invalidRequest('At least one action needs to be specified in a rule.');
  }
  const { Expiration: expiration } = rule;
  checkPositive(expiration?.Days, 'Days', 'Expiration');
  const { NoncurrentVersionExpiration: old, AbortIncompleteMultipartUpload: abort } = rule;
  checkPositive(old?.NoncurrentDays, 'NoncurrentDays', 'NoncurrentVersionExpiration');
  checkPositive(abort?.DaysAfterInitiation, 'DaysAfterInitiation', 'AbortIncompleteMultipartUpload');
  const date = expiration?.Date;
  if (date !== undefined && date.getTime() % 86_400_000 !== 0) {
    throw invalidArgument("'Date' must be at midnight GMT", 'Date', date.toISOString());
  }
  return { ...rule, ID: rule.ID ?? toBase64(call.random.bytes(36)).replace(/[+/]/g, 'A') };
}

function checkPositive(days: number | undefined, member: string, action: string): void {
  if (days === undefined || days >= 1) return;
  throw invalidArgument(`'${member}' for ${action} action must be a positive integer`, member, String(days));
}

/** State is plain data: a date stands in it as text. */
function plain(rule: LifecycleRule): Record<string, unknown> {
  return JSON.parse(JSON.stringify(rule)) as Record<string, unknown>;
}

export const getBucketLifecycle: ReadOperation<
  GetBucketLifecycleConfigurationRequest,
  GetBucketLifecycleConfigurationOutput
> = {
  kind: 'read',
  owner: bucketOwner,
  permissions: onBucket('s3:GetLifecycleConfiguration'),
  handle(account, input) {
    const { name, lifecycle, lifecycleMinimumSize } = bucketOf(account, input);
    if (lifecycle === undefined) {
      throw new AwsError('NoSuchLifecycleConfiguration', 'The lifecycle configuration does not exist', {
        status: 404,
        details: { BucketName: name },
      });
    }
    return {
      Rules: lifecycle.map((rule) => withDates(rule) as unknown as LifecycleRule),
      TransitionDefaultMinimumObjectSize: (lifecycleMinimumSize ??
        defaultMinimumSize) as TransitionDefaultMinimumObjectSize,
    };
  },
};

/** The rule as the API gives it: every member called `Date` is one. */
function withDates(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withDates);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      name === 'Date' && typeof member === 'string' ? new Date(member) : withDates(member),
    ]),
  );
}

export const deleteBucketLifecycle: ChangeOperation<DeleteBucketLifecycleRequest, Record<string, never>> = {
  kind: 'change',
  owner: bucketOwner,
  permissions: onBucket('s3:PutLifecycleConfiguration'),
  handle(account, input) {
    const bucket = bucketOf(account, input);
    delete bucket.lifecycle;
    delete bucket.lifecycleMinimumSize;
    return {};
  },
};
