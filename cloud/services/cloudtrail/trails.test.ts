import { describe, expect, test } from 'vitest';
import { accountId, allow, partnerRoot, policy, Sandbox } from '../../testing/sandbox.ts';

const bucket = 'logs-111122223333';
const arn = `arn:aws:cloudtrail:us-east-1:${accountId}:trail/main`;
const trail = { Name: 'main', S3BucketName: bucket };

/** The bucket policy of the User Guide. */
function bucketPolicy(sourceArn: string): string {
  const shared = { Effect: 'Allow', Principal: { Service: 'cloudtrail.amazonaws.com' } };
  return policy(
    {
      ...shared,
      Action: 's3:GetBucketAcl',
      Resource: `arn:aws:s3:::${bucket}`,
      Condition: { StringEquals: { 'aws:SourceArn': sourceArn } },
    },
    {
      ...shared,
      Action: 's3:PutObject',
      Resource: `arn:aws:s3:::${bucket}/AWSLogs/${accountId}/*`,
      Condition: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control', 'aws:SourceArn': sourceArn } },
    },
  );
}

function withBucket(): Sandbox {
  const sandbox = new Sandbox();
  sandbox.call('s3:CreateBucket', { Bucket: bucket });
  sandbox.call('s3:PutBucketPolicy', { Bucket: bucket, Policy: bucketPolicy(arn) });
  return sandbox;
}

function withTrail(): Sandbox {
  const sandbox = withBucket();
  sandbox.call('cloudtrail:CreateTrail', trail);
  return sandbox;
}

describe('CreateTrail', () => {
  test('makes a trail that does not record yet', () => {
    const sandbox = withBucket();
    const settings = {
      Name: 'main',
      S3BucketName: bucket,
      IncludeGlobalServiceEvents: true,
      IsMultiRegionTrail: false,
      TrailARN: arn,
      LogFileValidationEnabled: false,
      IsOrganizationTrail: false,
    };
    expect(sandbox.call('cloudtrail:CreateTrail', trail)).toEqual(settings);
    const shown = {
      ...settings,
      HomeRegion: 'us-east-1',
      HasCustomEventSelectors: false,
      HasInsightSelectors: false,
    };
    expect(sandbox.call('cloudtrail:GetTrail', { Name: arn })).toEqual({ Trail: shown });
    expect(sandbox.call('cloudtrail:DescribeTrails')).toEqual({ trailList: [shown] });
    expect(sandbox.call('cloudtrail:ListTrails')).toEqual({
      Trails: [{ TrailARN: arn, Name: 'main', HomeRegion: 'us-east-1' }],
    });
    expect(sandbox.call('cloudtrail:GetTrailStatus', { Name: 'main' })).toMatchObject({ IsLogging: false });
    expect(sandbox.fail('cloudtrail:GetInsightSelectors', { TrailName: 'main' }).code).toBe(
      'InsightNotEnabledException',
    );
  });

  test('asks the bucket in the name of CloudTrail, for the trail', () => {
    const sandbox = withBucket();
    const inner = sandbox.perform('cloudtrail:CreateTrail', trail).inner;
    expect(inner.map(({ request }) => request.operation)).toEqual(['GetBucketAcl', 'PutObject']);
    expect(inner[0]?.request.caller).toEqual({ kind: 'service', service: 'cloudtrail.amazonaws.com' });
    expect(sandbox.fail('cloudtrail:CreateTrail', { ...trail, Name: 'other' })).toMatchObject({
      code: 'InsufficientS3BucketPolicyException',
      message: `Incorrect S3 bucket policy is detected for bucket: ${bucket}`,
    });
    expect(sandbox.fail('cloudtrail:CreateTrail', { Name: 'other', S3BucketName: 'none-111122223333' })).toMatchObject({
      code: 'S3BucketDoesNotExistException',
      message: 'S3 bucket none-111122223333 does not exist!',
    });
    expect(sandbox.call('cloudtrail:ListTrails').Trails).toHaveLength(1);
  });

  test('writes into a bucket of another account that lets it', () => {
    const sandbox = new Sandbox();
    sandbox.call('s3:CreateBucket', { Bucket: bucket }, partnerRoot);
    expect(sandbox.fail('cloudtrail:CreateTrail', trail).code).toBe('InsufficientS3BucketPolicyException');
    sandbox.call('s3:PutBucketPolicy', { Bucket: bucket, Policy: bucketPolicy(arn) }, partnerRoot);
    expect(sandbox.call('cloudtrail:CreateTrail', trail).TrailARN).toBe(arn);
  });

  test.each([
    [{ Name: 'ab' }, 'InvalidTrailNameException'],
    [{ Name: '-abc' }, 'InvalidTrailNameException'],
    [{ Name: 'a b c' }, 'InvalidTrailNameException'],
    [{ Name: '10.0.0.1' }, 'InvalidTrailNameException'],
    [{ KmsKeyId: 'alias/x' }, 'UnsupportedOperationException'],
    [{ S3KeyPrefix: '/x' }, 'InvalidS3PrefixException'],
    [{ IsMultiRegionTrail: true, IncludeGlobalServiceEvents: false }, 'InvalidParameterCombinationException'],
    [{ TagsList: [{ Key: 'aws:x', Value: '1' }] }, 'InvalidTagParameterException'],
  ])('refuses %j with %s', (more, code) => {
    const sandbox = withBucket();
    expect(sandbox.fail('cloudtrail:CreateTrail', { ...trail, ...more }).code).toBe(code);
  });

  test('refuses a second of the name, and a sixth', () => {
    const sandbox = new Sandbox();
    sandbox.call('s3:CreateBucket', { Bucket: bucket });
    const any = `arn:aws:cloudtrail:us-east-1:${accountId}:trail/*`;
    sandbox.call('s3:PutBucketPolicy', {
      Bucket: bucket,
      Policy: bucketPolicy(any).replaceAll('StringEquals', 'StringLike'),
    });
    for (const n of [1, 2, 3, 4, 5]) sandbox.call('cloudtrail:CreateTrail', { ...trail, Name: `main-${n}` });
    expect(sandbox.fail('cloudtrail:CreateTrail', { ...trail, Name: 'main-1' }).code).toBe(
      'TrailAlreadyExistsException',
    );
    expect(sandbox.fail('cloudtrail:CreateTrail', { ...trail, Name: 'main-6' })).toMatchObject({
      code: 'MaximumNumberOfTrailsExceededException',
      message: `User: ${accountId} already has 5 trails in us-east-1.`,
    });
  });
});

describe('a trail', () => {
  test('is changed in its home region alone', () => {
    const sandbox = withTrail();
    sandbox.call('cloudtrail:UpdateTrail', { Name: 'main', IsMultiRegionTrail: true });
    sandbox.region = 'eu-west-1';
    expect(sandbox.call('cloudtrail:DescribeTrails').trailList).toMatchObject([{ HomeRegion: 'us-east-1' }]);
    expect(sandbox.call('cloudtrail:DescribeTrails', { includeShadowTrails: false }).trailList).toEqual([]);
    expect(sandbox.fail('cloudtrail:StopLogging', { Name: 'main' }).code).toBe('InvalidHomeRegionException');
    expect(sandbox.fail('cloudtrail:GetTrail', { Name: 'other' })).toMatchObject({
      code: 'TrailNotFoundException',
      message: `Unknown trail: arn:aws:cloudtrail:eu-west-1:${accountId}:trail/other for the user: ${accountId}`,
    });
    sandbox.region = 'us-east-1';
    sandbox.call('cloudtrail:DeleteTrail', { Name: 'main' });
    expect(sandbox.call('cloudtrail:DescribeTrails').trailList).toEqual([]);
  });

  test('starts and stops', () => {
    const sandbox = withTrail();
    sandbox.call('cloudtrail:StartLogging', { Name: 'main' });
    expect(sandbox.call('cloudtrail:GetTrailStatus', { Name: 'main' })).toMatchObject({
      IsLogging: true,
      StartLoggingTime: new Date(sandbox.now),
      TimeLoggingStarted: '2026-01-05T12:00:00Z',
    });
    sandbox.call('cloudtrail:StopLogging', { Name: arn });
    expect(sandbox.call('cloudtrail:GetTrailStatus', { Name: 'main' })).toMatchObject({ IsLogging: false });
  });

  test('is tagged', () => {
    const sandbox = withTrail();
    const tags = [
      { Key: 'a', Value: '1' },
      { Key: 'b', Value: '2' },
    ];
    sandbox.call('cloudtrail:AddTags', { ResourceId: arn, TagsList: tags });
    sandbox.call('cloudtrail:RemoveTags', { ResourceId: arn, TagsList: [{ Key: 'a' }] });
    expect(sandbox.call('cloudtrail:ListTags', { ResourceIdList: [arn] })).toEqual({
      ResourceTagList: [{ ResourceId: arn, TagsList: [{ Key: 'b', Value: '2' }] }],
    });
    expect(sandbox.fail('cloudtrail:ListTags', { ResourceIdList: ['main'] }).code).toBe(
      'CloudTrailARNInvalidException',
    );
    expect(sandbox.fail('cloudtrail:ListTags', { ResourceIdList: [`${arn}x`] }).code).toBe('ResourceNotFoundException');
  });

  test('has selectors, basic or advanced', () => {
    const sandbox = withTrail();
    expect(sandbox.call('cloudtrail:GetEventSelectors', { TrailName: 'main' })).toEqual({
      TrailARN: arn,
      EventSelectors: [
        {
          ReadWriteType: 'All',
          IncludeManagementEvents: true,
          DataResources: [],
          ExcludeManagementEventSources: [],
        },
      ],
    });
    const AdvancedEventSelectors = [
      {
        Name: 'reads',
        FieldSelectors: [
          { Field: 'eventCategory', Equals: ['Data'] },
          { Field: 'resources.type', Equals: ['AWS::S3::Object'] },
        ],
      },
    ];
    sandbox.call('cloudtrail:PutEventSelectors', { TrailName: 'main', AdvancedEventSelectors });
    expect(sandbox.call('cloudtrail:GetEventSelectors', { TrailName: 'main' })).toEqual({
      TrailARN: arn,
      AdvancedEventSelectors,
    });
    expect(sandbox.call('cloudtrail:GetTrail', { Name: 'main' }).Trail.HasCustomEventSelectors).toBe(true);
  });

  test.each([
    [{}],
    [{ EventSelectors: [] }],
    [{ EventSelectors: [{ DataResources: [{ Type: 'AWS::SNS::Topic', Values: ['arn:aws:sns'] }] }] }],
    [{ EventSelectors: [{ ExcludeManagementEventSources: ['iam.amazonaws.com'] }] }],
    [{ AdvancedEventSelectors: [{ FieldSelectors: [{ Field: 'readOnly', Equals: ['true'] }] }] }],
    [{ AdvancedEventSelectors: [{ FieldSelectors: [{ Field: 'eventCategory', Equals: ['Data'] }] }] }],
    [{ AdvancedEventSelectors: [{ FieldSelectors: [{ Field: 'color', Equals: ['red'] }] }] }],
  ])('refuses the selectors %j', (input) => {
    const sandbox = withTrail();
    expect(sandbox.fail('cloudtrail:PutEventSelectors', { TrailName: 'main', ...input }).code).toBe(
      'InvalidEventSelectorsException',
    );
  });
});

describe('permissions', () => {
  test('name the trail, by name or ARN', () => {
    const sandbox = withTrail();
    expect(sandbox.asked('cloudtrail:StopLogging', { Name: 'main' })).toEqual([`cloudtrail:StopLogging ${arn}`]);
    expect(sandbox.asked('cloudtrail:PutEventSelectors', { TrailName: arn })).toEqual([
      `cloudtrail:PutEventSelectors ${arn}`,
    ]);
    expect(sandbox.asked('cloudtrail:LookupEvents')).toEqual(['cloudtrail:LookupEvents *']);
    expect(sandbox.asked('cloudtrail:ListTags', { ResourceIdList: [arn] })).toEqual([`cloudtrail:ListTags ${arn}`]);
  });

  test('keep a user from the trail of another name', () => {
    const sandbox = withTrail();
    const user = sandbox.user('Bea', allow('cloudtrail:StopLogging', `${arn}-2`));
    expect(sandbox.fail('cloudtrail:StopLogging', { Name: 'main' }, user).code).toBe('AccessDeniedException');
    const other = sandbox.user('Cy', allow('cloudtrail:StopLogging', arn));
    sandbox.call('cloudtrail:StopLogging', { Name: 'main' }, other);
  });
});
