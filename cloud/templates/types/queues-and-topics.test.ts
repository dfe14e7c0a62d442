/** Queues, topics, subscriptions and their policies out of templates. */
import { beforeEach, expect, it } from 'vitest';
import { accountId, allow, partnerId, Sandbox } from '../../testing/sandbox.ts';
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
const att = (...path: readonly string[]) => ({ 'Fn::GetAtt': path });

it('makes queues with their dead-letter queues, tags and policies', async () => {
  const { refs, attributes } = await deploy({
    Dead: { Type: 'AWS::SQS::Queue', Properties: { RedriveAllowPolicy: { redrivePermission: 'allowAll' } } },
    Jobs: {
      Type: 'AWS::SQS::Queue',
      Properties: {
        QueueName: 'jobs',
        VisibilityTimeout: 60,
        RedrivePolicy: { deadLetterTargetArn: att('Dead', 'Arn'), maxReceiveCount: 3 },
        Tags: [{ Key: 'team', Value: 'web' }],
      },
    },
    Order: { Type: 'AWS::SQS::Queue', Properties: { FifoQueue: true, ContentBasedDeduplication: true } },
    Shared: {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: {
        Queues: [ref('Jobs')],
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ ...allow('sqs:SendMessage'), Resource: att('Jobs', 'Arn'), Principal: { AWS: partnerId } }],
        },
      },
    },
  });
  expect(attributes['Jobs']).toEqual({
    Arn: `arn:aws:sqs:us-east-1:${accountId}:jobs`,
    QueueName: 'jobs',
    QueueUrl: refs['Jobs'],
  });
  const shown = (name: string) =>
    sandbox.call('sqs:GetQueueAttributes', { QueueUrl: refs[name], AttributeNames: ['All'] }).Attributes;
  expect(shown('Jobs')).toMatchObject({
    VisibilityTimeout: '60',
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: attributes['Dead']?.['Arn'], maxReceiveCount: 3 }),
    Policy: expect.stringContaining(`arn:aws:iam::${partnerId}:root`),
  });
  expect(sandbox.call('sqs:ListQueueTags', { QueueUrl: refs['Jobs'] }).Tags).toEqual({ team: 'web' });
  expect(attributes['Order']?.['QueueName']).toMatch(/\.fifo$/);
  expect(shown('Order')).toMatchObject({ FifoQueue: 'true', ContentBasedDeduplication: 'true' });
});

it('makes topics with their policies, and subscriptions that get what is published', async () => {
  const service = (Service: string, more: object) => ({ ...more, Principal: { Service } });
  const { refs, attributes } = await deploy({
    News: {
      Type: 'AWS::SNS::Topic',
      Properties: {
        TopicName: 'news',
        DisplayName: 'News',
        Tags: [{ Key: 'team', Value: 'web' }],
        Subscription: [{ Protocol: 'email', Endpoint: 'a@example.com' }],
      },
    },
    Order: { Type: 'AWS::SNS::Topic', Properties: { FifoTopic: true, ContentBasedDeduplication: true } },
    Inbox: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'inbox' } },
    Open: {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: {
        Queues: [ref('Inbox')],
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            service('sns.amazonaws.com', {
              ...allow('sqs:SendMessage'),
              Condition: { ArnEquals: { 'aws:SourceArn': ref('News') } },
            }),
          ],
        },
      },
    },
    Wish: {
      Type: 'AWS::SNS::Subscription',
      Properties: {
        TopicArn: ref('News'),
        Protocol: 'sqs',
        Endpoint: att('Inbox', 'Arn'),
        RawMessageDelivery: true,
        FilterPolicy: { kind: ['sport'] },
      },
    },
    Shared: {
      Type: 'AWS::SNS::TopicPolicy',
      Properties: {
        Topics: [ref('News')],
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ ...allow('sns:Publish'), Resource: ref('News'), Principal: { AWS: partnerId } }],
        },
      },
    },
  });
  expect(attributes['News']).toEqual({ TopicArn: refs['News'], TopicName: 'news' });
  expect(attributes['Order']?.['TopicName']).toMatch(/\.fifo$/);
  expect(sandbox.call('sns:GetTopicAttributes', { TopicArn: refs['News'] }).Attributes).toMatchObject({
    DisplayName: 'News',
    SubscriptionsPending: '1',
    SubscriptionsConfirmed: '1',
    Policy: expect.stringContaining(`arn:aws:iam::${partnerId}:root`),
  });
  const kind = (StringValue: string) => ({ kind: { DataType: 'String', StringValue } });
  for (const value of ['sport', 'art']) {
    sandbox.call('sns:Publish', { TopicArn: refs['News'], Message: value, MessageAttributes: kind(value) });
  }
  const { Messages } = sandbox.call('sqs:ReceiveMessage', { QueueUrl: refs['Inbox'], MaxNumberOfMessages: 10 });
  expect(Messages.map(({ Body }: { Body: string }) => Body)).toEqual(['sport']);
});
