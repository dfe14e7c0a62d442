import { allow, user, userPolicy } from '../documents.ts';
import type { PathRow } from '../row.ts';
import { accountId, partnerId } from '../sandbox.ts';

const topic = (name: string) => `arn:aws:sns:us-east-1:${accountId}:${name}`;
const label = (name: string) => ({
  TopicArn: topic(name),
  Label: 'audit',
  AWSAccountId: [partnerId],
  ActionName: ['Subscribe'],
});

export const row: PathRow = {
  row: '81-sns',
  title: 'A statement of a topic policy, added by its label, that lets an outside account subscribe',
  given: [
    ...user('Eve', allow('sns:AddPermission')),
    { call: 'sns:CreateTopic', with: { Name: 'payroll' } },
    { call: 'sns:CreateTopic', with: { Name: 'team-news' } },
    { call: 'sqs:CreateQueue', as: 'partner', with: { QueueName: 'inbox' } },
  ],
  attacker: 'user/Eve',
  attack: [{ call: 'sns:AddPermission', with: label('payroll') }],
  gain: {
    call: 'sns:Subscribe',
    as: 'partner',
    with: { TopicArn: topic('payroll'), Protocol: 'sqs', Endpoint: `arn:aws:sqs:us-east-1:${partnerId}:inbox` },
    shows: ({ SubscriptionArn }) => {
      if (!String(SubscriptionArn).startsWith(topic('payroll'))) throw new Error('The subscription is pending');
    },
  },
  fixes: [
    {
      what: 'the topics that are the team’s own',
      steps: [userPolicy('Eve', allow('sns:AddPermission', topic('team-*')))],
      stops: 'sns:AddPermission',
    },
  ],
  work: [{ call: 'sns:Publish', with: { TopicArn: topic('team-news'), Message: 'work' } }],
};
