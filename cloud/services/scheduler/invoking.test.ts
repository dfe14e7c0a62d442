import { beforeEach, expect, test } from 'vitest';
import { accountId, allow, type Output, policy, Sandbox } from '../../testing/sandbox.ts';

const roleArn = `arn:aws:iam::${accountId}:role/timer`;
const arn = (service: string, name: string) => `arn:aws:${service}:us-east-1:${accountId}:${name}`;
const url = (name: string) => `https://sqs.us-east-1.amazonaws.com/${accountId}/${name}`;
const HOUR = 3_600_000;

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
  const AssumeRolePolicyDocument = policy({
    Effect: 'Allow',
    Principal: { Service: 'scheduler.amazonaws.com' },
    Action: 'sts:AssumeRole',
  });
  sandbox.call('iam:CreateRole', { RoleName: 'timer', AssumeRolePolicyDocument });
  may('sqs:SendMessage');
  for (const QueueName of ['jobs', 'dead']) sandbox.call('sqs:CreateQueue', { QueueName });
});

function may(...actions: readonly string[]): void {
  const PolicyDocument = policy(allow(actions));
  sandbox.call('iam:PutRolePolicy', { RoleName: 'timer', PolicyName: 'p', PolicyDocument });
}

function make(ScheduleExpression: string, target: object = {}, more: object = {}): void {
  sandbox.call('scheduler:CreateSchedule', {
    Name: 'timer',
    ScheduleExpression,
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: { Arn: arn('sqs', 'jobs'), RoleArn: roleArn, Input: 'work', ...target },
    ...more,
  });
}

function pass(milliseconds: number): void {
  sandbox.now += milliseconds;
  sandbox.pass();
}

function received(queue = 'jobs'): readonly Output[] {
  const input = { QueueUrl: url(queue), MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] };
  const { Messages = [] } = sandbox.call('sqs:ReceiveMessage', input);
  for (const { ReceiptHandle } of Messages) sandbox.call('sqs:DeleteMessage', { QueueUrl: url(queue), ReceiptHandle });
  return Messages;
}

test('a rate begins at once, and goes on until it ends', () => {
  make('rate(1 hour)', {}, { EndDate: new Date(sandbox.now + 2 * HOUR), ActionAfterCompletion: 'DELETE' });
  pass(0);
  expect(received().map(({ Body }) => Body)).toEqual(['work']);
  pass(HOUR);
  expect(received()).toHaveLength(1);
  pass(5 * HOUR);
  expect(received()).toHaveLength(1);
  expect(sandbox.fail('scheduler:GetSchedule', { Name: 'timer' }).code).toBe('ResourceNotFoundException');
});

test('a schedule waits for its start', () => {
  make('rate(1 hour)', {}, { StartDate: new Date(sandbox.now + 3 * HOUR) });
  pass(2 * HOUR);
  expect(received()).toEqual([]);
  pass(HOUR);
  expect(received()).toHaveLength(1);
});

test('one that is off does nothing, also when it comes on again', () => {
  make('at(2026-01-05T13:00:00)', {}, { State: 'DISABLED' });
  pass(2 * HOUR);
  expect(received()).toEqual([]);
});

test('a time is that of the zone, and once', () => {
  make('at(2026-01-05T14:00:00)', {}, { ScheduleExpressionTimezone: 'Europe/Berlin', ActionAfterCompletion: 'DELETE' });
  pass(HOUR - 1);
  expect(received()).toEqual([]);
  pass(1);
  expect(received()).toHaveLength(1);
  expect(sandbox.fail('scheduler:GetSchedule', { Name: 'timer' }).code).toBe('ResourceNotFoundException');
});

test('a flexible window is kept to', () => {
  make('at(2026-01-05T13:00:00)', {}, { FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 30 } });
  const { next } = sandbox.world.accounts[accountId]?.scheduler.schedules['us-east-1/default/timer'] ?? {};
  expect(next?.dueAt).toBeGreaterThanOrEqual(next?.scheduledAt ?? Number.NaN);
  expect(next?.dueAt).toBeLessThan((next?.scheduledAt ?? 0) + HOUR / 2);
  pass(HOUR * 1.5);
  expect(received()).toHaveLength(1);
});

test('a universal target is an operation as the role, and no more than the role may', () => {
  const createUser = { Arn: 'arn:aws:scheduler:::aws-sdk:iam:createUser', Input: '{"UserName":"mole"}' };
  make('rate(1 hour)', createUser);
  pass(0);
  expect(sandbox.fail('iam:GetUser', { UserName: 'mole' }).code).toBe('NoSuchEntity');
  may('iam:CreateUser');
  pass(HOUR);
  expect(sandbox.call('iam:GetUser', { UserName: 'mole' }).User.UserName).toBe('mole');
});

test('a role that no longer trusts Scheduler stops it', () => {
  make('rate(1 hour)');
  const PolicyDocument = policy({
    Effect: 'Allow',
    Principal: { Service: 'ec2.amazonaws.com' },
    Action: 'sts:AssumeRole',
  });
  sandbox.call('iam:UpdateAssumeRolePolicy', { RoleName: 'timer', PolicyDocument });
  pass(HOUR);
  expect(received()).toEqual([]);
});

test('what fails is left in the dead-letter queue', () => {
  const gone = arn('sqs', 'gone');
  make('at(2026-01-05T13:00:00)', { Arn: gone, DeadLetterConfig: { Arn: arn('sqs', 'dead') } });
  pass(HOUR);
  const [{ Body, MessageAttributes }] = received('dead') as [Output];
  expect(Body).toBe('work');
  const said = (name: string) => MessageAttributes[name].StringValue;
  expect([said('ERROR_CODE'), said('TARGET_ARN'), said('SCHEDULED_TIME')]).toEqual([
    'QueueDoesNotExist',
    gone,
    '2026-01-05T13:00:00Z',
  ]);
});

test('topics and event buses are called, and inputs are filled in', () => {
  may('sns:Publish', 'events:PutEvents');
  const TopicArn = arn('sns', 'news');
  sandbox.call('sns:CreateTopic', { Name: 'news' });
  const Policy = policy({
    Effect: 'Allow',
    Principal: { Service: 'sns.amazonaws.com' },
    Action: 'sqs:SendMessage',
    Resource: '*',
  });
  sandbox.call('sqs:SetQueueAttributes', { QueueUrl: url('jobs'), Attributes: { Policy } });
  sandbox.call('sns:Subscribe', {
    TopicArn,
    Protocol: 'sqs',
    Endpoint: arn('sqs', 'jobs'),
    Attributes: { RawMessageDelivery: 'true' },
  });
  make('at(2026-01-05T13:00:00)', {
    Arn: TopicArn,
    Input: 'at <aws.scheduler.scheduled-time> by <aws.scheduler.schedule-arn>',
  });
  pass(HOUR);
  expect(received().map(({ Body }) => Body)).toEqual([
    `at 2026-01-05T13:00:00Z by ${arn('scheduler', 'schedule/default/timer')}`,
  ]);
});

test('many missed times are done once where the clock jumps far', () => {
  make('rate(1 minute)');
  pass(30 * 24 * HOUR);
  const { ApproximateNumberOfMessages } = sandbox.call('sqs:GetQueueAttributes', {
    QueueUrl: url('jobs'),
    AttributeNames: ['ApproximateNumberOfMessages'],
  }).Attributes;
  expect(Number(ApproximateNumberOfMessages)).toBeLessThan(200);
});
