import { beforeEach, describe, expect, it } from 'vitest';
import { accountId, allow, type Output, policy, Sandbox, text } from '../../testing/sandbox.ts';

const Bucket = 'seeds-1';
const QueueName = 'arrivals';
const QueueArn = `arn:aws:sqs:us-east-1:${accountId}:${QueueName}`;
const QueueUrl = `https://sqs.us-east-1.amazonaws.com/${accountId}/${QueueName}`;
const TopicArn = `arn:aws:sns:us-east-1:${accountId}:news`;
const fromBucket = {
  ArnLike: { 'aws:SourceArn': `arn:aws:s3:::${Bucket}` },
  StringEquals: { 'aws:SourceAccount': accountId },
};
const s3May = (action: string, resource: string, Condition: object = fromBucket) =>
  policy(allow(action, resource, { Principal: { Service: 's3.amazonaws.com' }, Condition }));
let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
  sandbox.call('s3:CreateBucket', { Bucket });
  sandbox.call('sqs:CreateQueue', { QueueName, Attributes: { Policy: s3May('sqs:SendMessage', QueueArn) } });
});

const set = (NotificationConfiguration: object) => ({ Bucket, NotificationConfiguration });
const queue = (more: object = {}) => ({
  QueueConfigurations: [{ Id: 'q', QueueArn, Events: ['s3:ObjectCreated:*'], ...more }],
});
const refused = (configuration: object) => sandbox.fail('s3:PutBucketNotificationConfiguration', set(configuration));

/** The messages in the queue, which are gone then. */
function received(): readonly Output[] {
  const { Messages = [] } = sandbox.call('sqs:ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10 });
  for (const { ReceiptHandle } of Messages) sandbox.call('sqs:DeleteMessage', { QueueUrl, ReceiptHandle });
  return Messages.map(({ Body }: Output) => JSON.parse(Body));
}

const prefixed = (Value: string) => ({ Filter: { Key: { FilterRules: [{ Name: 'prefix', Value }] } } });

describe('a configuration', () => {
  it('is tried on its destinations with a test message, kept, read and ended', () => {
    const configuration = queue({ Filter: { Key: { FilterRules: [{ Name: 'Prefix', Value: 'in/' }] } } });
    expect(sandbox.call('s3:GetBucketNotificationConfiguration', { Bucket })).toEqual({});
    sandbox.call('s3:PutBucketNotificationConfiguration', set(configuration));
    expect(received()).toMatchObject([{ Service: 'Amazon S3', Event: 's3:TestEvent', Bucket }]);
    expect(sandbox.call('s3:GetBucketNotificationConfiguration', { Bucket })).toEqual(configuration);
    expect(sandbox.asked('s3:PutBucketNotificationConfiguration', set({}))).toEqual([
      `s3:PutBucketNotification arn:aws:s3:::${Bucket}`,
    ]);
    expect(sandbox.call('s3:GetBucketNotificationConfiguration', { Bucket })).toEqual({});
  });

  it('is refused where S3 may not send, or there is nothing to send to', () => {
    const other = { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::other' } };
    sandbox.call('sqs:SetQueueAttributes', {
      QueueUrl,
      Attributes: { Policy: s3May('sqs:SendMessage', QueueArn, other) },
    });
    expect(refused(queue())).toMatchObject({
      code: 'InvalidArgument',
      message: 'Unable to validate the following destination configurations',
      details: {
        ArgumentName: QueueArn,
        ArgumentValue: 'Permissions on the destination queue do not allow S3 to publish notifications from this bucket',
      },
    });
    const missing = `${QueueArn}-none`;
    expect(refused(queue({ QueueArn: missing })).details).toEqual({
      ArgumentName: missing,
      ArgumentValue: 'Permissions on the destination queue do not allow S3 to publish notifications from this bucket',
    });
    expect(sandbox.call('s3:GetBucketNotificationConfiguration', { Bucket })).toEqual({});
    sandbox.call('s3:PutBucketNotificationConfiguration', { ...set(queue()), SkipDestinationValidation: true });
    sandbox.call('s3:PutObject', { Bucket, Key: 'a' });
    expect(received()).toEqual([]);
  });

  it.each<[string, object]>([
    ['The event is not supported for notifications', queue({ Events: ['s3:Everything'] })],
    ['The ARN could not be parsed', queue({ QueueArn: TopicArn })],
    ['did not validate against our published schema', queue({ Events: [] })],
    [
      'Configuration is ambiguously defined',
      {
        QueueConfigurations: [
          { Id: '1', QueueArn, Events: ['s3:ObjectCreated:Put'], ...prefixed('in/') },
          { Id: '2', QueueArn, Events: ['s3:ObjectCreated:*'], ...prefixed('in/a/') },
        ],
      },
    ],
    ['filter rule name', queue({ Filter: { Key: { FilterRules: [{ Name: 'middle', Value: 'a' }] } } })],
  ])('is refused: %s', (message, configuration) => {
    expect(refused(configuration).message).toContain(message);
  });
});

describe('events', () => {
  const begin = (configuration: object) => {
    sandbox.call('s3:PutBucketNotificationConfiguration', set(configuration));
    received();
  };
  const names = () => received().flatMap(({ Records }) => Records.map(({ eventName }: Output) => eventName));

  it('tell a queue of what is written, by whom and where', () => {
    begin(queue(prefixed('in/')));
    const bea = sandbox.user('bea', allow('s3:*'));
    sandbox.call('s3:PutObject', { Bucket, Key: 'in/a b+c', Body: text('tomato') }, bea);
    sandbox.call('s3:PutObject', { Bucket, Key: 'out/a' });
    const [{ Records }, ...more] = received();
    expect(more).toEqual([]);
    expect(Records).toMatchObject([
      {
        eventVersion: '2.1',
        eventSource: 'aws:s3',
        awsRegion: 'us-east-1',
        eventTime: '2026-01-05T12:00:00.000Z',
        eventName: 'ObjectCreated:Put',
        userIdentity: { principalId: expect.stringMatching(/^AWS:AIDA/) },
        requestParameters: { sourceIPAddress: '203.0.113.7' },
        s3: {
          configurationId: 'q',
          bucket: { name: Bucket, arn: `arn:aws:s3:::${Bucket}` },
          object: { key: 'in/a+b%2Bc', size: 6, eTag: '006f87892f47ef9aa60fa5ed01a440fb' },
        },
      },
    ]);
  });

  it('have a name for every way to write and to delete', () => {
    begin(queue({ Events: ['s3:ObjectCreated:*', 's3:ObjectRemoved:*'] }));
    sandbox.call('s3:PutObject', { Bucket, Key: 'a' });
    sandbox.call('s3:CopyObject', { Bucket, Key: 'b', CopySource: `${Bucket}/a` });
    const { UploadId } = sandbox.call('s3:CreateMultipartUpload', { Bucket, Key: 'c' });
    const { ETag } = sandbox.call('s3:UploadPart', { Bucket, Key: 'c', UploadId, PartNumber: 1, Body: text('x') });
    const MultipartUpload = { Parts: [{ ETag, PartNumber: 1 }] };
    sandbox.call('s3:CompleteMultipartUpload', { Bucket, Key: 'c', UploadId, MultipartUpload });
    sandbox.call('s3:DeleteObject', { Bucket, Key: 'a' });
    sandbox.call('s3:PutBucketVersioning', { Bucket, VersioningConfiguration: { Status: 'Enabled' } });
    sandbox.call('s3:DeleteObjects', { Bucket, Delete: { Objects: [{ Key: 'b' }, { Key: 'c', VersionId: 'null' }] } });
    expect(names()).toEqual([
      'ObjectCreated:Put',
      'ObjectCreated:Copy',
      'ObjectCreated:CompleteMultipartUpload',
      'ObjectRemoved:Delete',
      'ObjectRemoved:DeleteMarkerCreated',
      'ObjectRemoved:Delete',
    ]);
  });

  it('go to topics, whose policy must let S3 publish', () => {
    sandbox.call('sns:CreateTopic', { Name: 'news' });
    const configuration = { TopicConfigurations: [{ Id: 't', TopicArn, Events: ['s3:ObjectCreated:Put'] }] };
    expect(refused(configuration).details).toMatchObject({
      ArgumentValue: 'Permissions on the destination topic do not allow S3 to publish notifications from this bucket',
    });
    const AttributeValue = s3May('sns:Publish', TopicArn);
    sandbox.call('sns:SetTopicAttributes', { TopicArn, AttributeName: 'Policy', AttributeValue });
    const both = policy(
      ...['s3', 'sns'].map((service) =>
        allow('sqs:SendMessage', QueueArn, { Principal: { Service: `${service}.amazonaws.com` } }),
      ),
    );
    sandbox.call('sqs:SetQueueAttributes', { QueueUrl, Attributes: { Policy: both } });
    sandbox.call('sns:Subscribe', { TopicArn, Protocol: 'sqs', Endpoint: QueueArn });
    begin(configuration);
    sandbox.call('s3:PutObject', { Bucket, Key: 'a' });
    const [message] = received();
    expect(JSON.parse(message.Message).Records[0].s3.object.key).toBe('a');
    expect(message.Subject).toBe('Amazon S3 Notification');
  });

  it('are S3’s own calls, which the log of calls shows', () => {
    begin(queue());
    const { inner } = sandbox.perform('s3:PutObject', { Bucket, Key: 'a' });
    expect(inner.map(({ request }) => [request.operation, request.caller, request.by?.source])).toEqual([
      ['SendMessage', { kind: 'service', service: 's3.amazonaws.com' }, { arn: `arn:aws:s3:::${Bucket}`, accountId }],
    ]);
  });
});
