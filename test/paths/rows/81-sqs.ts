import { allow, policy, user, userPolicy } from '../documents.ts';
import type { PathRow } from '../row.ts';
import { accountId, partnerId } from '../sandbox.ts';

const arn = (name: string) => `arn:aws:sqs:us-east-1:${accountId}:${name}`;
const url = (name: string) => `https://sqs.us-east-1.amazonaws.com/${accountId}/${name}`;
const share = (name: string) => ({
  QueueUrl: url(name),
  Attributes: { Policy: policy({ ...allow('sqs:ReceiveMessage', arn(name)), Principal: { AWS: partnerId } }) },
});

/** The same by AddPermission is row 81-sqs-label. */
export const row: PathRow = {
  row: '81-sqs',
  title: 'A queue policy that lets an outside account read the queue',
  given: [
    ...user('Eve', allow('sqs:SetQueueAttributes')),
    { call: 'sqs:CreateQueue', with: { QueueName: 'payroll' } },
    { call: 'sqs:CreateQueue', with: { QueueName: 'team-jobs' } },
    { call: 'sqs:SendMessage', with: { QueueUrl: url('payroll'), MessageBody: 'flag' } },
  ],
  attacker: 'user/Eve',
  attack: [{ call: 'sqs:SetQueueAttributes', with: share('payroll') }],
  gain: {
    call: 'sqs:ReceiveMessage',
    as: 'partner',
    with: { QueueUrl: url('payroll'), VisibilityTimeout: 0 },
    shows: ({ Messages: [message] }) => {
      if (message.Body !== 'flag') throw new Error('The message is another');
    },
  },
  fixes: [
    {
      what: 'the queues that are the team’s own',
      steps: [userPolicy('Eve', allow('sqs:SetQueueAttributes', arn('team-*')))],
      stops: 'sqs:SetQueueAttributes',
    },
  ],
  work: [
    {
      call: 'sqs:SetQueueAttributes',
      as: 'user/Eve',
      with: { QueueUrl: url('team-jobs'), Attributes: { VisibilityTimeout: '60' } },
    },
  ],
};
