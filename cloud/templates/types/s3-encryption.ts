/** BucketEncryption of AWS::S3::Bucket. CloudFormation has the rules under other names than the API. */
import { booleanOf, given, type Properties, recordOf, recordsOf, type Steps, send, textOf } from '../resource-type.ts';
import { boolean, list, oneOf, record, text } from '../shape.ts';

export const bucketEncryption = record(
  {
    ServerSideEncryptionConfiguration: list(
      record({
        BucketKeyEnabled: boolean,
        ServerSideEncryptionByDefault: record(
          { SSEAlgorithm: oneOf('AES256', 'aws:kms', 'aws:kms:dsse'), KMSMasterKeyID: text },
          ['SSEAlgorithm'],
        ),
      }),
    ),
  },
  ['ServerSideEncryptionConfiguration'],
);

/** Sets a bucket's default encryption; without one it goes back to S3's own keys. */
export function* encryptBucket(Bucket: string, properties: Properties): Steps<void> {
  const rules = recordsOf(recordOf(properties, 'BucketEncryption') ?? {}, 'ServerSideEncryptionConfiguration');
  if (rules.length === 0) {
    yield* send('s3', 'DeleteBucketEncryption', { Bucket });
    return;
  }
  const Rules = rules.map((rule) => {
    const usual = recordOf(rule, 'ServerSideEncryptionByDefault');
    return given({
      BucketKeyEnabled: booleanOf(rule, 'BucketKeyEnabled'),
      ApplyServerSideEncryptionByDefault:
        usual &&
        given({ SSEAlgorithm: textOf(usual, 'SSEAlgorithm'), KMSMasterKeyID: textOf(usual, 'KMSMasterKeyID') }),
    });
  });
  yield* send('s3', 'PutBucketEncryption', { Bucket, ServerSideEncryptionConfiguration: { Rules } });
}
