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
