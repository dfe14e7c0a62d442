/** Where LocalStack 4.14.0 tells otherwise than the embedded cloud, which follows AWS. None is in a decision: those are ours on both. */
import type { CarriedName } from '../../server/sandboxes/backends/localstack/carried.ts';
import type { Difference } from './comparing.ts';

export interface KnownDifference {
  readonly service: CarriedName;
  readonly operations: readonly string[];
  /** The member's path; items of lists are `*`. */
  readonly at: RegExp;
  readonly what: string;
  /** Whose answer a client gets. */
  readonly answered: 'embedded' | 'localstack';
}

export const knownDifferences: readonly KnownDifference[] = [
  {
    service: 'kms',
    operations: ['DescribeKey'],
    at: /^KeyMetadata\.CurrentKeyMaterialId$/,
    what: 'The id of the key material is another: the material is the embedded cloud’s.',
    answered: 'localstack',
  },
  {
    service: 'kms',
    operations: ['ListResourceTags'],
    at: /^Tags/,
    what: 'LocalStack has a tag more, by which it takes the key’s id.',
    answered: 'embedded',
  },
  {
    service: 'secretsmanager',
    operations: ['DescribeSecret', 'ListSecrets'],
    at: /(?:^|\.)Tags/,
    what: 'LocalStack has a tag more, by which it takes the ARN’s suffix.',
    answered: 'embedded',
  },
  {
    service: 'kms',
    operations: ['GetKeyPolicy'],
    at: /^PolicyName$/,
    what: 'LocalStack leaves out the name of the policy.',
    answered: 'embedded',
  },
  {
    service: 's3',
    operations: ['ListBuckets'],
    at: /^Buckets\.\*\.(?:BucketRegion|BucketArn)$/,
    what: 'LocalStack tells region and ARN of buckets that were not asked for.',
    answered: 'localstack',
  },
  {
    service: 's3',
    operations: ['ListBuckets', 'ListObjectVersions', 'ListMultipartUploads'],
    at: /(?:^|\.)(?:Owner|Initiator)\./,
    what: 'LocalStack has one canonical user for all accounts.',
    answered: 'embedded',
  },
  {
    service: 's3',
    operations: ['GetObject', 'HeadObject'],
    at: /^(?:ServerSideEncryption|SSEKMSKeyId)$/,
    what: 'LocalStack has every object without a key of KMS.',
    answered: 'embedded',
  },
  {
    service: 's3',
    operations: ['ListMultipartUploads'],
    at: /^Next(?:Key|UploadId)Marker$/,
    what: 'LocalStack gives empty markers behind the last page.',
    answered: 'localstack',
  },
  {
    service: 'secretsmanager',
    operations: ['ListSecretVersionIds'],
    at: /^Versions\.\*\.(?:KmsKeyIds|LastAccessedDate)$/,
    what: 'LocalStack leaves out under which key a version is encrypted, and tells a last access of versions that nobody read.',
    answered: 'localstack',
  },
  {
    service: 'secretsmanager',
    operations: ['DescribeSecret', 'ListSecrets'],
    at: /(?:^|\.)LastAccessedDate$/,
    what: 'After a reset LocalStack tells no last access of before.',
    answered: 'localstack',
  },
  {
    service: 'sqs',
    operations: ['ListQueues'],
    at: /^QueueUrls/,
    what: 'URLs of queues name LocalStack’s host.',
    answered: 'embedded',
  },
  {
    service: 'sqs',
    operations: ['GetQueueAttributes'],
    at: /^Attributes\.ApproximateNumberOfMessages/,
    what: 'LocalStack has no messages.',
    answered: 'embedded',
  },
  {
    service: 'sns',
    operations: ['GetTopicAttributes'],
    at: /^Attributes\.Subscriptions/,
    what: 'LocalStack has no subscriptions.',
    answered: 'embedded',
  },
  {
    service: 'logs',
    operations: ['DescribeLogGroups'],
    at: /^logGroups\.\*\.deletionProtectionEnabled$/,
    what: 'LocalStack knows no protection from deletion.',
    answered: 'localstack',
  },
  {
    service: 'logs',
    operations: ['DescribeLogGroups', 'DescribeLogStreams'],
    at: /\.storedBytes$/,
    what: 'LocalStack counts the bytes of messages alone.',
    answered: 'localstack',
  },
  {
    service: 'logs',
    operations: ['DescribeLogStreams'],
    at: /\.uploadSequenceToken$/,
    what: 'LocalStack still gives a sequence token.',
    answered: 'localstack',
  },
  {
    service: 'logs',
    operations: ['GetLogEvents'],
    at: /^next(?:Backward|Forward)Token$/,
    what: 'Tokens for further pages have another form.',
    answered: 'localstack',
  },
];

/** The known difference that one is; undefined for another. */
export function knownOf({ service, operation, at }: Difference): KnownDifference | undefined {
  return knownDifferences.find(
    (one) => one.service === service && one.operations.includes(operation) && one.at.test(at),
  );
}
