import { expect } from 'vitest';
import type { Answers, Scenario } from './scenario.ts';

const s3 = (command: string, ...more: readonly string[]) => ['s3api', command, '--bucket', 'conformance-s3', ...more];
const made = (words: (answers: Answers) => readonly string[]) => words;
const json = (value: unknown) => JSON.stringify(value);
const accountOf = ({ me }: Answers): string => me.Account;
const control = (command: string, ...more: readonly string[]) =>
  made((answers) => ['s3control', command, '--account-id', accountOf(answers), ...more]);
const version = (status: string) => s3('put-bucket-versioning', '--versioning-configuration', `Status=${status}`);
const sealed = ['--server-side-encryption', 'aws:kms'];
const closed = { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true };
const byKey = (key: string) => ({
  Rules: [
    {
      ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: key },
      BucketKeyEnabled: true,
    },
  ],
});
const queueArn = (answers: Answers) => `arn:aws:sqs:us-east-1:${accountOf(answers)}:arrivals`;
const sendingPolicy = (answers: Answers) =>
  json({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 's3.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: queueArn(answers),
        Condition: { StringEquals: { 'aws:SourceAccount': accountOf(answers) } },
      },
    ],
  });
const arrivals = (answers: Answers) =>
  json({ QueueConfigurations: [{ Id: 'q', QueueArn: queueArn(answers), Events: ['s3:ObjectCreated:*'] }] });

export const scenario: Scenario = {
  service: 's3',
  files: { 'body.txt': 'tomato' },
  steps: [
    { run: ['sts', 'get-caller-identity'], name: 'me' },
    { run: s3('create-bucket') },
    { run: s3('create-bucket'), shows: ({ Location }) => expect(Location).toBe('/conformance-s3') },
    { run: s3('get-bucket-location'), shows: ({ LocationConstraint }) => expect(LocationConstraint).toBeNull() },
    // Documents.
    { run: s3('get-bucket-cors'), ends: 'NoSuchCORSConfiguration' },
    {
      run: s3(
        'put-bucket-cors',
        '--cors-configuration',
        json({ CORSRules: [{ AllowedMethods: ['GET'], AllowedOrigins: ['*'] }] }),
      ),
    },
    { run: s3('get-bucket-cors'), shows: ({ CORSRules }) => expect(CORSRules).toHaveLength(1) },
    { run: s3('delete-bucket-cors') },
    {
      run: s3(
        'put-bucket-cors',
        '--cors-configuration',
        json({ CORSRules: [{ AllowedMethods: ['OPTIONS'], AllowedOrigins: ['*'] }] }),
      ),
      ends: 'InvalidRequest',
    },
    { run: s3('put-bucket-website', '--website-configuration', json({ IndexDocument: { Suffix: 'index.html' } })) },
    { run: s3('get-bucket-website'), shows: ({ IndexDocument }) => expect(IndexDocument.Suffix).toBe('index.html') },
    { run: s3('delete-bucket-website') },
    { run: s3('get-bucket-website'), ends: 'NoSuchWebsiteConfiguration' },
    {
      run: s3(
        'put-bucket-logging',
        '--bucket-logging-status',
        json({ LoggingEnabled: { TargetBucket: 'conformance-s3', TargetPrefix: 'l/' } }),
      ),
    },
    { run: s3('get-bucket-logging'), shows: ({ LoggingEnabled }) => expect(LoggingEnabled.TargetPrefix).toBe('l/') },
    { run: s3('put-bucket-accelerate-configuration', '--accelerate-configuration', 'Status=Enabled') },
    { run: s3('get-bucket-accelerate-configuration'), shows: ({ Status }) => expect(Status).toBe('Enabled') },
    { run: s3('get-bucket-request-payment'), shows: ({ Payer }) => expect(Payer).toBe('BucketOwner') },
    {
      run: s3('put-bucket-metrics-configuration', '--id', 'all', '--metrics-configuration', 'Id=all'),
    },
    {
      run: s3('list-bucket-metrics-configurations'),
      shows: ({ MetricsConfigurationList }) => expect(MetricsConfigurationList).toEqual([{ Id: 'all' }]),
    },
    { run: s3('delete-bucket-metrics-configuration', '--id', 'all') },
    { run: s3('get-bucket-metrics-configuration', '--id', 'all'), ends: 'NoSuchConfiguration' },
    { run: s3('get-bucket-replication'), ends: 'ReplicationConfigurationNotFoundError' },
    // Objects under keys.
    { run: ['kms', 'create-key'], name: 'key' },
    {
      run: ({ key }) =>
        s3('put-bucket-encryption', '--server-side-encryption-configuration', json(byKey(key.KeyMetadata.Arn))),
    },
    { run: s3('get-bucket-encryption') },
    {
      run: s3('put-object', '--key', 'sealed', '--body', 'body.txt'),
      shows: ({ SSEKMSKeyId, BucketKeyEnabled }, { key }) =>
        expect([SSEKMSKeyId, BucketKeyEnabled]).toEqual([key.KeyMetadata.Arn, true]),
    },
    {
      run: s3('head-object', '--key', 'sealed'),
      shows: ({ ServerSideEncryption }) => expect(ServerSideEncryption).toBe('aws:kms'),
    },
    { run: s3('get-object', '--key', 'sealed', 'out.txt') },
    {
      run: ({ key }) => ['kms', 'disable-key', '--key-id', key.KeyMetadata.KeyId],
    },
    { run: s3('get-object', '--key', 'sealed', 'out.txt'), ends: 'KMS.DisabledException' },
    { run: s3('delete-bucket-encryption') },
    { run: s3('put-object', '--key', 'managed', '--body', 'body.txt', ...sealed) },
    {
      run: s3('copy-object', '--key', 'copy', '--copy-source', 'conformance-s3/managed'),
      shows: ({ ServerSideEncryption }) => expect(ServerSideEncryption).toBe('AES256'),
    },
    {
      run: s3('get-object-attributes', '--key', 'copy', '--object-attributes', 'ETag', 'ObjectSize'),
      shows: ({ ObjectSize }) => expect(ObjectSize).toBe(6),
    },
    // Notifications.
    { run: ['sqs', 'create-queue', '--queue-name', 'arrivals'], name: 'queue' },
    {
      run: (answers) => s3('put-bucket-notification-configuration', '--notification-configuration', arrivals(answers)),
      ends: 'InvalidArgument',
    },
    {
      run: (answers) => [
        'sqs',
        'set-queue-attributes',
        '--queue-url',
        answers['queue'].QueueUrl,
        '--attributes',
        json({ Policy: sendingPolicy(answers) }),
      ],
    },
    {
      run: (answers) => s3('put-bucket-notification-configuration', '--notification-configuration', arrivals(answers)),
    },
    {
      run: s3('get-bucket-notification-configuration'),
      shows: ({ QueueConfigurations }) => expect(QueueConfigurations[0].Id).toBe('q'),
    },
    { run: s3('put-object', '--key', 'in/a', '--body', 'body.txt') },
    {
      run: ({ queue }) => ['sqs', 'receive-message', '--queue-url', queue.QueueUrl, '--max-number-of-messages', '10'],
      shows: ({ Messages }) => {
        const bodies = Messages.map(({ Body }: { Body: string }) => JSON.parse(Body));
        expect(bodies).toMatchObject([
          { Event: 's3:TestEvent' },
          { Records: [{ eventName: 'ObjectCreated:Put', s3: { object: { key: 'in/a' } } }] },
        ]);
      },
    },
    // Versions and locks.
    { run: version('Enabled') },
    {
      run: s3('put-object-lock-configuration', '--object-lock-configuration', 'ObjectLockEnabled=Enabled'),
    },
    { run: version('Suspended'), ends: 'InvalidBucketState' },
    { run: s3('put-object', '--key', 'kept', '--body', 'body.txt'), name: 'kept' },
    { run: s3('put-object-legal-hold', '--key', 'kept', '--legal-hold', 'Status=ON') },
    {
      run: s3('get-object-legal-hold', '--key', 'kept'),
      shows: ({ LegalHold }) => expect(LegalHold.Status).toBe('ON'),
    },
    { run: s3('get-object-retention', '--key', 'kept'), ends: 'NoSuchObjectLockConfiguration' },
    {
      run: ({ kept }) => s3('delete-object', '--key', 'kept', '--version-id', kept.VersionId),
      ends: 'AccessDenied',
    },
    // Regions: the client signs anew for the bucket's own, as the error tells it.
    {
      run: [
        's3api',
        'create-bucket',
        '--bucket',
        'conformance-eu',
        '--region',
        'eu-west-1',
        '--create-bucket-configuration',
        'LocationConstraint=eu-west-1',
      ],
    },
    {
      run: ['s3api', 'create-bucket', '--bucket', 'conformance-eu', '--region', 'eu-west-1'],
      ends: 'IllegalLocationConstraintException',
    },
    {
      run: ['s3api', 'get-bucket-location', '--bucket', 'conformance-eu'],
      shows: ({ LocationConstraint }) => expect(LocationConstraint).toBe('eu-west-1'),
    },
    { run: ['s3api', 'list-objects-v2', '--bucket', 'conformance-eu'] },
    // The account.
    { run: control('get-public-access-block'), ends: 'NoSuchPublicAccessBlockConfiguration' },
    { run: control('put-public-access-block', '--public-access-block-configuration', json(closed)) },
    {
      run: control('get-public-access-block'),
      shows: ({ PublicAccessBlockConfiguration }) => expect(PublicAccessBlockConfiguration).toEqual(closed),
    },
    { run: control('tag-resource', '--resource-arn', 'arn:aws:s3:::conformance-s3', '--tags', 'Key=team,Value=web') },
    {
      run: control('list-tags-for-resource', '--resource-arn', 'arn:aws:s3:::conformance-s3'),
      shows: ({ Tags }) => expect(Tags).toEqual([{ Key: 'team', Value: 'web' }]),
    },
    { run: control('untag-resource', '--resource-arn', 'arn:aws:s3:::conformance-s3', '--tag-keys', 'team') },
    { run: control('delete-public-access-block') },
  ],
};
