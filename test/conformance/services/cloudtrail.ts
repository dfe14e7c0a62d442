import { expect } from 'vitest';
import type { Scenario } from './scenario.ts';

/** The bucket policy of the CloudTrail User Guide. */
const bucketPolicy = (bucket: string, account: string) => {
  const shared = { Effect: 'Allow', Principal: { Service: 'cloudtrail.amazonaws.com' } };
  const trail = { 'aws:SourceArn': `arn:aws:cloudtrail:us-east-1:${account}:trail/main` };
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        ...shared,
        Action: 's3:GetBucketAcl',
        Resource: `arn:aws:s3:::${bucket}`,
        Condition: { StringEquals: trail },
      },
      {
        ...shared,
        Action: 's3:PutObject',
        Resource: `arn:aws:s3:::${bucket}/AWSLogs/${account}/*`,
        Condition: { StringEquals: { ...trail, 's3:x-amz-acl': 'bucket-owner-full-control' } },
      },
    ],
  });
};
const bucketOf = (account: string) => `trail-${account}`;
const main = ['--name', 'main'];
const dataEvents = JSON.stringify([
  {
    ReadWriteType: 'All',
    IncludeManagementEvents: true,
    DataResources: [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3'] }],
  },
]);

/** A trail from its bucket on, and the event history of what was called for it. */
export const scenario: Scenario = {
  service: 'cloudtrail',
  steps: [
    { run: ['sts', 'get-caller-identity'], name: 'me' },
    { run: ({ me }) => ['s3api', 'create-bucket', '--bucket', bucketOf(me.Account)] },
    {
      run: ({ me }) => ['cloudtrail', 'create-trail', ...main, '--s3-bucket-name', bucketOf(me.Account)],
      ends: 'InsufficientS3BucketPolicyException',
    },
    {
      run: ({ me }) => {
        const bucket = bucketOf(me.Account);
        return ['s3api', 'put-bucket-policy', '--bucket', bucket, '--policy', bucketPolicy(bucket, me.Account)];
      },
    },
    {
      run: ({ me }) => ['cloudtrail', 'create-trail', ...main, '--s3-bucket-name', bucketOf(me.Account)],
      name: 'trail',
    },
    { run: ['cloudtrail', 'start-logging', ...main] },
    {
      run: ['cloudtrail', 'get-trail-status', ...main],
      shows: ({ IsLogging }) => expect(IsLogging).toBe(true),
    },
    { run: ['cloudtrail', 'put-event-selectors', '--trail-name', 'main', '--event-selectors', dataEvents] },
    {
      run: ['cloudtrail', 'get-event-selectors', '--trail-name', 'main'],
      shows: ({ EventSelectors }) => expect(EventSelectors).toEqual(JSON.parse(dataEvents).map(withNoneExcluded)),
    },
    { run: ['cloudtrail', 'update-trail', ...main, '--is-multi-region-trail'] },
    { run: ['cloudtrail', 'get-trail', ...main], shows: ({ Trail }) => expect(Trail.IsMultiRegionTrail).toBe(true) },
    { run: ['cloudtrail', 'describe-trails'], shows: ({ trailList }) => expect(trailList).toHaveLength(1) },
    { run: ['cloudtrail', 'list-trails'], shows: ({ Trails }) => expect(Trails).toHaveLength(1) },
    {
      run: ({ trail }) => [
        'cloudtrail',
        'add-tags',
        '--resource-id',
        trail.TrailARN,
        '--tags-list',
        'Key=team,Value=audit',
      ],
    },
    {
      run: ({ trail }) => ['cloudtrail', 'list-tags', '--resource-id-list', trail.TrailARN],
      shows: ({ ResourceTagList }) => expect(ResourceTagList[0].TagsList).toEqual([{ Key: 'team', Value: 'audit' }]),
    },
    {
      run: ({ trail }) => ['cloudtrail', 'remove-tags', '--resource-id', trail.TrailARN, '--tags-list', 'Key=team'],
    },
    {
      run: ['cloudtrail', 'get-insight-selectors', '--trail-name', 'main'],
      ends: 'InsightNotEnabledException',
    },
    {
      run: [
        'cloudtrail',
        'lookup-events',
        '--lookup-attributes',
        'AttributeKey=EventName,AttributeValue=CreateTrail',
        '--max-results',
        '5',
      ],
      shows: ({ Events }) => {
        const records = Events.map((event: { CloudTrailEvent: string }) => JSON.parse(event.CloudTrailEvent));
        expect(records.map((record: { errorCode?: string }) => record.errorCode)).toEqual([
          undefined,
          'InsufficientS3BucketPolicyException',
        ]);
        expect(records[0].userIdentity.type).toMatch(/IAMUser|AssumedRole/);
        expect(records[0].responseElements.name).toBe('main');
      },
    },
    { run: ['cloudtrail', 'stop-logging', ...main] },
    { run: ['cloudtrail', 'delete-trail', ...main] },
    { run: ['cloudtrail', 'get-trail', ...main], ends: 'TrailNotFoundException' },
  ],
};

function withNoneExcluded(selector: object): object {
  return { ...selector, ExcludeManagementEventSources: [] };
}
