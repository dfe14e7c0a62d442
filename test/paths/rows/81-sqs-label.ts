import { allow, deny, user, userPolicy } from '../documents.ts';
import type { PathRow } from '../row.ts';
import { accountId, partnerId } from '../sandbox.ts';

const QueueUrl = `https://sqs.us-east-1.amazonaws.com/${accountId}/payroll`;

export const row: PathRow = {
  row: '81-sqs-label',
  title: 'A statement of a queue policy, added by its label, that lets an outside account read the queue',
  given: [
    ...user('Eve', allow('sqs:*')),
    { call: 'sqs:CreateQueue', with: { QueueName: 'payroll' } },
    { call: 'sqs:SendMessage', with: { QueueUrl, MessageBody: 'flag' } },
  ],
  attacker: 'user/Eve',
  attack: [
    {
      call: 'sqs:AddPermission',
      with: { QueueUrl, Label: 'audit', AWSAccountIds: [partnerId], Actions: ['ReceiveMessage'] },
    },
  ],
  gain: { call: 'sqs:ReceiveMessage', as: 'partner', with: { QueueUrl, VisibilityTimeout: 0 } },
  fixes: [
    {
      what: 'no write of the policy for who works with messages',
      steps: [
        userPolicy(
          'Eve',
          allow('sqs:*'),
          deny(['sqs:AddPermission', 'sqs:RemovePermission', 'sqs:SetQueueAttributes', 'sqs:CreateQueue']),
        ),
      ],
      stops: 'sqs:AddPermission',
    },
  ],
  work: [{ call: 'sqs:SendMessage', as: 'user/Eve', with: { QueueUrl, MessageBody: 'work' } }],
};
