/** Trails, log groups, streams and their policies out of templates. */
import { beforeEach, expect, it } from 'vitest';
import { accountId, allow, Sandbox } from '../../testing/sandbox.ts';
import { deployTemplate } from '../deploy.ts';
import { readTemplate } from '../template.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});

async function deploy(resources: Readonly<Record<string, object>>) {
  const read = readTemplate(JSON.stringify({ Resources: resources }));
  if (read.kind === 'invalid') throw new Error(JSON.stringify(read.problems, null, 1));
  const send = async (service: string, operation: string, input: object) =>
    sandbox.call(`${service}:${operation}`, input);
  return deployTemplate(read.template, {}, send, { accountId, region: 'us-east-1' });
}

const ref = (Ref: string) => ({ Ref });

it('makes log groups with their streams and policies', async () => {
  const { refs, attributes } = await deploy({
    App: {
      Type: 'AWS::Logs::LogGroup',
      Properties: { LogGroupName: '/app/web', RetentionInDays: 7, Tags: [{ Key: 'team', Value: 'web' }] },
    },
    Unnamed: { Type: 'AWS::Logs::LogGroup' },
    Stream: { Type: 'AWS::Logs::LogStream', Properties: { LogGroupName: ref('App'), LogStreamName: 'one' } },
    Events: {
      Type: 'AWS::Logs::ResourcePolicy',
      Properties: {
        PolicyName: 'events',
        PolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ ...allow('logs:PutLogEvents'), Principal: { Service: 'events.amazonaws.com' } }],
        }),
      },
    },
  });
  expect(refs).toMatchObject({ App: '/app/web', Stream: 'one', Events: 'events' });
  expect(attributes['App']).toEqual({ Arn: `arn:aws:logs:us-east-1:${accountId}:log-group:/app/web:*` });
  const { logGroups } = sandbox.call('logs:DescribeLogGroups', { logGroupNamePrefix: '/app' });
  expect(logGroups).toMatchObject([{ retentionInDays: 7, arn: attributes['App']?.['Arn'] }]);
  expect(sandbox.call('logs:ListTagsLogGroup', { logGroupName: '/app/web' }).tags).toEqual({ team: 'web' });
  expect(sandbox.call('logs:DescribeLogStreams', { logGroupName: '/app/web' }).logStreams).toHaveLength(1);
  expect(sandbox.call('logs:DescribeResourcePolicies').resourcePolicies).toHaveLength(1);
});

it('makes a trail that records what it is told to', async () => {
  const bucket = `trail-${accountId}`;
  const service = { Effect: 'Allow', Principal: { Service: 'cloudtrail.amazonaws.com' } };
  const selector = {
    FieldSelectors: [
      { Field: 'eventCategory', Equals: ['Management'] },
      { Field: 'readOnly', Equals: ['false'] },
    ],
  };
  const { attributes } = await deploy({
    Logs: { Type: 'AWS::S3::Bucket', Properties: { BucketName: bucket } },
    Open: {
      Type: 'AWS::S3::BucketPolicy',
      Properties: {
        Bucket: ref('Logs'),
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            { ...service, Action: 's3:GetBucketAcl', Resource: `arn:aws:s3:::${bucket}` },
            { ...service, Action: 's3:PutObject', Resource: `arn:aws:s3:::${bucket}/*` },
          ],
        },
      },
    },
    Main: {
      Type: 'AWS::CloudTrail::Trail',
      DependsOn: 'Open',
      Properties: {
        TrailName: 'main',
        S3BucketName: ref('Logs'),
        IsLogging: true,
        IsMultiRegionTrail: true,
        AdvancedEventSelectors: [selector],
        Tags: [{ Key: 'team', Value: 'audit' }],
      },
    },
  });
  const Arn = `arn:aws:cloudtrail:us-east-1:${accountId}:trail/main`;
  expect(attributes['Main']).toEqual({ Arn });
  expect(sandbox.call('cloudtrail:GetTrailStatus', { Name: 'main' }).IsLogging).toBe(true);
  expect(sandbox.call('cloudtrail:GetTrail', { Name: 'main' }).Trail.IsMultiRegionTrail).toBe(true);
  const { AdvancedEventSelectors } = sandbox.call('cloudtrail:GetEventSelectors', { TrailName: 'main' });
  expect(AdvancedEventSelectors).toEqual([selector]);
  expect(sandbox.call('cloudtrail:ListTags', { ResourceIdList: [Arn] }).ResourceTagList[0].TagsList).toEqual([
    { Key: 'team', Value: 'audit' },
  ]);
});
