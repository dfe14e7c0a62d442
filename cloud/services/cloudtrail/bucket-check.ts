/**
 * A trail's bucket must let CloudTrail in: `s3:GetBucketAcl`, and `s3:PutObject` beneath `AWSLogs/<account>/`, both asked in
 * CloudTrail's own name with the trail as `aws:SourceArn`. AWS CloudTrail User Guide, "Amazon S3 bucket policy for CloudTrail".
 */
import { AwsError } from '../../errors.ts';
import { calling, type InnerOutcome, type Step } from '../../process.ts';
import type { TrailState } from './state.ts';

export const CLOUDTRAIL = 'cloudtrail.amazonaws.com';

/** Where a trail's files begin: `prefix/AWSLogs/111122223333/`. */
export function filesOf(accountId: string, { keyPrefix }: Pick<TrailState, 'keyPrefix'>): string {
  return `${keyPrefix === undefined ? '' : `${keyPrefix}/`}AWSLogs/${accountId}/`;
}

/** A call of CloudTrail's own on S3, for a trail. */
export function* onBucket(
  operation: string,
  input: Readonly<Record<string, unknown>>,
  source: { readonly arn: string; readonly accountId: string },
): Generator<Step, InnerOutcome, unknown> {
  return yield* calling({ by: CLOUDTRAIL, as: { kind: 'service', source }, service: 's3', operation, input });
}

/** @throws AwsError S3BucketDoesNotExistException, InsufficientS3BucketPolicyException */
export function* checkBucket(
  trail: Pick<TrailState, 'bucket' | 'keyPrefix'>,
  source: { readonly arn: string; readonly accountId: string },
): Generator<Step, void, unknown> {
  const { bucket: Bucket } = trail;
  const asked = yield* onBucket('GetBucketAcl', { Bucket }, source);
  if (asked.kind === 'error') throw refusal(Bucket, asked.error);
  // It leaves an empty object there, as the folder of the files to come.
  const Key = `${filesOf(source.accountId, trail)}CloudTrail/`;
  const put = yield* onBucket('PutObject', { Bucket, Key, ACL: 'bucket-owner-full-control' }, source);
  if (put.kind === 'error') throw refusal(Bucket, put.error);
}

function refusal(bucket: string, { code }: AwsError): AwsError {
  return code === 'NoSuchBucket'
    ? new AwsError('S3BucketDoesNotExistException', `S3 bucket ${bucket} does not exist!`, { status: 400 })
    : new AwsError(
        'InsufficientS3BucketPolicyException',
        `Incorrect S3 bucket policy is detected for bucket: ${bucket}`,
        { status: 400 },
      );
}
