import { expect } from 'vitest';
import type { Answers, ContractCase } from '../case.ts';

const onQueue =
  (more: object = {}) =>
  ({ queue }: Answers) => ({ QueueUrl: queue.QueueUrl, ...more });

export const cases: readonly ContractCase[] = [
  {
    service: 'sqs',
    name: 'queues, their policies, and messages',
    users: { sender: [{ Effect: 'Deny', Action: 'sqs:ReceiveMessage', Resource: '*' }] },
    steps: [
      { call: 'sqs:CreateQueue', with: { QueueName: 'dead' }, name: 'dead' },
      {
        call: 'sqs:CreateQueue',
        with: { QueueName: 'orders', Attributes: { VisibilityTimeout: '45' }, tags: { team: 'pay' } },
        name: 'queue',
        shows: ({ QueueUrl }, { account }) => expect(QueueUrl).toMatch(new RegExp(`/${account}/orders$`)),
      },
      {
        call: 'sqs:GetQueueUrl',
        with: { QueueName: 'orders' },
        shows: ({ QueueUrl }, { queue }) => expect(QueueUrl).toBe(queue.QueueUrl),
      },
      {
        call: 'sqs:ListQueues',
        shows: ({ QueueUrls }, { queue, dead }) =>
          expect([...QueueUrls].sort()).toEqual([dead.QueueUrl, queue.QueueUrl].sort()),
      },
      { call: 'sqs:SendMessage', with: onQueue({ MessageBody: 'hello' }), as: 'sender', ends: 'AccessDenied' },
      {
        call: 'sqs:SetQueueAttributes',
        with: ({ queue, account }) => ({
          QueueUrl: queue.QueueUrl,
          Attributes: {
            DelaySeconds: '0',
            RedrivePolicy: JSON.stringify({
              deadLetterTargetArn: `arn:aws:sqs:us-east-1:${account}:dead`,
              maxReceiveCount: '3',
            }),
            Policy: JSON.stringify({
              Version: '2012-10-17',
              Statement: [
                {
                  Effect: 'Allow',
                  Principal: { AWS: `arn:aws:iam::${account}:user/sender` },
                  Action: 'sqs:*',
                  Resource: `arn:aws:sqs:us-east-1:${account}:orders`,
                },
              ],
            }),
          },
        }),
      },
      { call: 'sqs:SendMessage', with: onQueue({ MessageBody: 'hello' }), as: 'sender' },
      { call: 'sqs:ReceiveMessage', with: onQueue(), as: 'sender', ends: 'AccessDenied' },
      {
        call: 'sqs:GetQueueAttributes',
        with: onQueue({ AttributeNames: ['All'] }),
        shows: ({ Attributes }) =>
          expect(Attributes).toMatchObject({
            VisibilityTimeout: '45',
            ApproximateNumberOfMessages: '1',
            Policy: expect.stringContaining('user/sender'),
          }),
      },
      {
        call: 'sqs:ReceiveMessage',
        with: onQueue(),
        name: 'received',
        shows: ({ Messages }) => expect(Messages).toMatchObject([{ Body: 'hello' }]),
      },
      {
        call: 'sqs:DeleteMessage',
        with: ({ queue, received }) => ({
          QueueUrl: queue.QueueUrl,
          ReceiptHandle: received.Messages[0].ReceiptHandle,
        }),
      },
      {
        call: 'sqs:ListDeadLetterSourceQueues',
        with: ({ dead }) => ({ QueueUrl: dead.QueueUrl }),
        shows: ({ queueUrls }, { queue }) => expect(queueUrls).toEqual([queue.QueueUrl]),
      },
      { call: 'sqs:SetQueueAttributes', with: onQueue({ Attributes: { RedrivePolicy: '' } }) },
      {
        call: 'sqs:GetQueueAttributes',
        with: onQueue({ AttributeNames: ['All'] }),
        shows: ({ Attributes }) => expect(Attributes).not.toHaveProperty('RedrivePolicy'),
      },
      {
        call: 'sqs:ListDeadLetterSourceQueues',
        with: ({ dead }) => ({ QueueUrl: dead.QueueUrl }),
        shows: ({ queueUrls = [] }) => expect(queueUrls).toEqual([]),
      },
      { call: 'sqs:TagQueue', with: onQueue({ Tags: { stage: 'live' } }) },
      { call: 'sqs:UntagQueue', with: onQueue({ TagKeys: ['team'] }) },
      { call: 'sqs:ListQueueTags', with: onQueue(), shows: ({ Tags }) => expect(Tags).toEqual({ stage: 'live' }) },
      { call: 'sqs:CreateQueue', with: { QueueName: 'orders.fifo', Attributes: { FifoQueue: 'true' } } },
      { call: 'sqs:GetQueueUrl', with: { QueueName: 'none' }, ends: 'AWS.SimpleQueueService.NonExistentQueue' },
      { call: 'sqs:DeleteQueue', with: onQueue(), as: 'sender' },
    ],
  },
];
