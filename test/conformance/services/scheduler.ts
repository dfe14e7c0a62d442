import { expect } from 'vitest';
import type { Answers, Scenario } from './scenario.ts';

const scheduler = (command: string, ...more: readonly string[]) => ['scheduler', command, ...more];
const off = ['--flexible-time-window', 'Mode=OFF'];
const arn = ({ me }: Answers, service: string, rest: string) => `arn:aws:${service}:us-east-1:${me.Account}:${rest}`;
const roleArn = ({ me }: Answers) => `arn:aws:iam::${me.Account}:role/Timer`;
const toQueue = (answers: Answers) =>
  JSON.stringify({ Arn: arn(answers, 'sqs', 'jobs'), RoleArn: roleArn(answers), Input: '{"job":1}' });
const toIam = (answers: Answers) =>
  JSON.stringify({
    Arn: 'arn:aws:scheduler:::aws-sdk:iam:createUser',
    RoleArn: roleArn(answers),
    Input: '{"UserName":"made"}',
  });
const groupArn = (answers: Answers) => arn(answers, 'scheduler', 'schedule-group/night');

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'scheduler.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});
const rights = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: ['sqs:SendMessage', 'iam:CreateUser'], Resource: '*' }],
});
const create = (
  name: string,
  expression: string,
  target: (answers: Answers) => string,
  ...more: readonly string[]
) => ({
  run: (answers: Answers) =>
    scheduler(
      'create-schedule',
      '--name',
      name,
      '--schedule-expression',
      expression,
      ...off,
      '--target',
      target(answers),
      ...more,
    ),
});

export const scenario: Scenario = {
  service: 'scheduler',
  steps: [
    { run: ['sts', 'get-caller-identity'], name: 'me' },
    { run: ['iam', 'create-role', '--role-name', 'Timer', '--assume-role-policy-document', trust] },
    { run: ['iam', 'put-role-policy', '--role-name', 'Timer', '--policy-name', 'p', '--policy-document', rights] },
    { run: ['sqs', 'create-queue', '--queue-name', 'jobs'], name: 'jobs' },
    {
      run: scheduler('create-schedule-group', '--name', 'night', '--tags', 'Key=team,Value=ops'),
      shows: ({ ScheduleGroupArn }, answers) => expect(ScheduleGroupArn).toBe(groupArn(answers)),
    },
    { run: scheduler('get-schedule-group', '--name', 'night'), shows: ({ State }) => expect(State).toBe('ACTIVE') },
    {
      run: scheduler('list-schedule-groups'),
      shows: ({ ScheduleGroups }) => expect(ScheduleGroups).toHaveLength(2),
    },
    { ...create('jobs', 'rate(1 minute)', toQueue, '--group-name', 'night', '--description', 'every minute') },
    { ...create('jobs', 'rate(1 minute)', toQueue, '--group-name', 'night'), ends: 'ConflictException' },
    { ...create('never', 'every day', toQueue), ends: 'ValidationException' },
    { ...create('lost', 'rate(1 minute)', toQueue, '--group-name', 'none'), ends: 'ResourceNotFoundException' },
    { ...create('users', 'rate(1 hour)', toIam) },
    {
      run: scheduler('get-schedule', '--name', 'jobs', '--group-name', 'night'),
      shows: ({ Target, State }, answers) => {
        expect(Target).toMatchObject({ Arn: arn(answers, 'sqs', 'jobs'), Input: '{"job":1}' });
        expect(State).toBe('ENABLED');
      },
    },
    {
      run: ({ jobs }) => ['sqs', 'receive-message', '--queue-url', jobs.QueueUrl],
      shows: ({ Messages }) => expect(Messages[0].Body).toBe('{"job":1}'),
    },
    { run: ['iam', 'get-user', '--user-name', 'made'] },
    {
      run: (answers) =>
        scheduler(
          'update-schedule',
          '--name',
          'jobs',
          '--group-name',
          'night',
          '--schedule-expression',
          'cron(0 8 ? * MON-FRI *)',
          '--schedule-expression-timezone',
          'Europe/Berlin',
          '--state',
          'DISABLED',
          '--flexible-time-window',
          'Mode=FLEXIBLE,MaximumWindowInMinutes=15',
          '--target',
          toQueue(answers),
        ),
    },
    {
      run: scheduler('list-schedules', '--group-name', 'night'),
      shows: ({ Schedules }) => expect(Schedules).toMatchObject([{ Name: 'jobs', State: 'DISABLED' }]),
    },
    { run: (answers) => scheduler('tag-resource', '--resource-arn', groupArn(answers), '--tags', 'Key=a,Value=b') },
    { run: (answers) => scheduler('untag-resource', '--resource-arn', groupArn(answers), '--tag-keys', 'team') },
    {
      run: (answers) => scheduler('list-tags-for-resource', '--resource-arn', groupArn(answers)),
      shows: ({ Tags }) => expect(Tags).toEqual([{ Key: 'a', Value: 'b' }]),
    },
    { run: scheduler('delete-schedule', '--name', 'users') },
    { run: scheduler('get-schedule', '--name', 'users'), ends: 'ResourceNotFoundException' },
    { run: scheduler('delete-schedule-group', '--name', 'night') },
    { run: scheduler('list-schedules'), shows: ({ Schedules }) => expect(Schedules).toEqual([]) },
  ],
};
