/** Server access logging of a bucket: a record, no log is written (Amazon S3 API Reference, `PutBucketLogging`). */
import type {
  GetBucketLoggingOutput,
  GetBucketLoggingRequest,
  LoggingEnabled,
  PutBucketLoggingRequest,
} from '@aws-sdk/client-s3';
import { AwsError } from '../../errors.ts';
import { own } from '../../own.ts';
import type { ChangeOperation } from '../../service.ts';
import { dropSetting, getSetting, keepSetting, type Nothing } from './bucket-documents.ts';
import { bucketOf, bucketOwner, holderOf } from './buckets-by-name.ts';
import { malformedXml } from './errors.ts';
import { onBucket } from './permissions.ts';

/** A status without `LoggingEnabled` turns it off. */
export const putBucketLogging: ChangeOperation<PutBucketLoggingRequest, Nothing> = {
  kind: 'change',
  owner: bucketOwner,
  permissions: onBucket('s3:PutBucketLogging'),
  handle(account, input, call) {
    const bucket = bucketOf(account, input);
    if (input.BucketLoggingStatus === undefined) throw malformedXml();
    const logging = input.BucketLoggingStatus.LoggingEnabled;
    if (logging === undefined) {
      dropSetting(bucket, 'logging');
      return {};
    }
    const { TargetBucket: name, TargetPrefix } = logging;
    if (name === undefined || TargetPrefix === undefined) throw malformedXml();
    const holder = holderOf(call.world, name);
    if (holder === undefined) throw invalidTarget('The target bucket for logging does not exist', name);
    if (holder !== account.id) {
      throw invalidTarget('The owner for the bucket to be logged and the target bucket must be the same.', name);
    }
    const target = own(account.s3.buckets, name);
    if (target !== undefined && target.region !== bucket.region) {
      throw new AwsError('CrossLocationLoggingProhibited', 'Cross S3 location logging not allowed. ', {
        status: 403,
        details: { TargetBucketLocation: target.region },
      });
    }
    keepSetting(bucket, 'logging', logging);
    return {};
  },
};

function invalidTarget(message: string, target: string): AwsError {
  return new AwsError('InvalidTargetBucketForLogging', message, { status: 400, details: { TargetBucket: target } });
}

export const getBucketLogging = getSetting<GetBucketLoggingRequest, LoggingEnabled, GetBucketLoggingOutput>(
  'logging',
  's3:GetBucketLogging',
  (logging) => (logging === undefined ? {} : { LoggingEnabled: logging }),
);
