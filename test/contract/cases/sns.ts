import { expect } from 'vitest';
import type { Answers, ContractCase } from '../case.ts';

const onTopic =
  (more: object = {}) =>
  ({ topic }: Answers) => ({ TopicArn: topic.TopicArn, ...more });

export const cases: readonly ContractCase[] = [
  {
    service: 'sns',
    name: 'a topic, and a queue behind it',
    users: { publisher: [{ Effect: 'Allow', Action: 'sns:Publish', Resource: '*' }] },
    steps: [
      {
        call: 'sns:CreateTopic',
        with: { Name: 'orders', Attributes: { DisplayName: 'Orders' }, Tags: [{ Key: 'team', Value: 'pay' }] },
        name: 'topic',
      },
      { call: 'sqs:CreateQueue', with: { QueueName: 'orders' }, name: 'queue' },
      {
        call: 'sqs:SetQueueAttributes',
        with: ({ queue, topic, account }) => ({
          QueueUrl: queue.QueueUrl,
          Attributes: {
            Policy: JSON.stringify({
              Version: '2012-10-17',
              Statement: [
                {
                  Effect: 'Allow',
                  Principal: { Service: 'sns.amazonaws.com' },
                  Action: 'sqs:SendMessage',
                  Resource: `arn:aws:sqs:us-east-1:${account}:orders`,
                  Condition: { ArnEquals: { 'aws:SourceArn': topic.TopicArn } },
                },
              ],
            }),
          },
        }),
      },
      {
        call: 'sns:Subscribe',
        with: ({ topic, account }) => ({
          TopicArn: topic.TopicArn,
          Protocol: 'sqs',
          Endpoint: `arn:aws:sqs:us-east-1:${account}:orders`,
        }),
        name: 'subscription',
      },
      { call: 'sns:Publish', with: onTopic({ Message: 'hello' }), as: 'publisher' },
      {
        call: 'sqs:ReceiveMessage',
        with: ({ queue }) => ({ QueueUrl: queue.QueueUrl }),
        shows: ({ Messages }) => expect(JSON.parse(Messages[0].Body).Message).toBe('hello'),
      },
      { call: 'sns:GetTopicAttributes', with: onTopic(), as: 'publisher', ends: 'AuthorizationError' },
      {
        call: 'sns:GetTopicAttributes',
        with: onTopic(),
        shows: ({ Attributes }) =>
          expect(Attributes).toMatchObject({ DisplayName: 'Orders', SubscriptionsConfirmed: '1' }),
      },
      { call: 'sns:SetTopicAttributes', with: onTopic({ AttributeName: 'DisplayName', AttributeValue: 'Other' }) },
      {
        call: 'sns:ListTopics',
        shows: ({ Topics }, { topic }) => expect(Topics).toEqual([{ TopicArn: topic.TopicArn }]),
      },
      {
        call: 'sns:TagResource',
        with: ({ topic }) => ({ ResourceArn: topic.TopicArn, Tags: [{ Key: 'stage', Value: 'live' }] }),
      },
      { call: 'sns:UntagResource', with: ({ topic }) => ({ ResourceArn: topic.TopicArn, TagKeys: ['team'] }) },
      {
        call: 'sns:ListTagsForResource',
        with: ({ topic }) => ({ ResourceArn: topic.TopicArn }),
        shows: ({ Tags }) => expect(Tags).toEqual([{ Key: 'stage', Value: 'live' }]),
      },
      { call: 'sns:CreateTopic', with: { Name: 'gone' }, name: 'gone' },
      { call: 'sns:DeleteTopic', with: ({ gone }) => ({ TopicArn: gone.TopicArn }) },
    ],
  },
];
