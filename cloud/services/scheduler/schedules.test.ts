import { beforeEach, describe, expect, test } from 'vitest';
import { accountId, allow, type Output, policy, Sandbox } from '../../testing/sandbox.ts';

const roleArn = `arn:aws:iam::${accountId}:role/timer`;
const queueArn = `arn:aws:sqs:us-east-1:${accountId}:jobs`;
const trust = (more: object = {}) =>
  policy({ Effect: 'Allow', Principal: { Service: 'scheduler.amazonaws.com' }, Action: 'sts:AssumeRole', ...more });

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
  sandbox.call('iam:CreateRole', { RoleName: 'timer', AssumeRolePolicyDocument: trust() });
});

const off = { Mode: 'OFF' };
const target = { Arn: queueArn, RoleArn: roleArn, Input: 'work' };
const input = { Name: 'hourly', ScheduleExpression: 'rate(1 hours)', FlexibleTimeWindow: off, Target: target };

test('a schedule is made, described, said anew and deleted', () => {
  const { ScheduleArn } = sandbox.call('scheduler:CreateSchedule', { ...input, Description: 'every hour' });
  expect(ScheduleArn).toBe(`arn:aws:scheduler:us-east-1:${accountId}:schedule/default/hourly`);
  expect(sandbox.call('scheduler:GetSchedule', { Name: 'hourly' })).toEqual({
    Arn: ScheduleArn,
    Name: 'hourly',
    GroupName: 'default',
    ScheduleExpression: 'rate(1 hours)',
    ScheduleExpressionTimezone: 'UTC',
    State: 'ENABLED',
    FlexibleTimeWindow: off,
    Target: { ...target, RetryPolicy: { MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 86_400 } },
    ActionAfterCompletion: 'NONE',
    Description: 'every hour',
    CreationDate: new Date(sandbox.now),
    LastModificationDate: new Date(sandbox.now),
  });
  sandbox.call('scheduler:UpdateSchedule', {
    ...input,
    State: 'DISABLED',
    ScheduleExpressionTimezone: 'Europe/Berlin',
  });
  const changed = sandbox.call('scheduler:GetSchedule', { Name: 'hourly' });
  expect(changed).toMatchObject({ State: 'DISABLED', ScheduleExpressionTimezone: 'Europe/Berlin' });
  expect(changed.Description).toBeUndefined();
  sandbox.call('scheduler:DeleteSchedule', { Name: 'hourly' });
  const { code, message } = sandbox.fail('scheduler:GetSchedule', { Name: 'hourly' });
  expect([code, message]).toEqual(['ResourceNotFoundException', 'Schedule hourly does not exist.']);
});

test('a name is taken once, but for the same request', () => {
  const made = sandbox.call('scheduler:CreateSchedule', { ...input, ClientToken: 'a' });
  expect(sandbox.call('scheduler:CreateSchedule', { ...input, ClientToken: 'a' })).toEqual(made);
  expect(sandbox.fail('scheduler:CreateSchedule', { ...input, ClientToken: 'b' }).code).toBe('ConflictException');
});

test('the role is passed, and must trust Scheduler for the group', () => {
  expect(sandbox.asked('scheduler:CreateSchedule', input)).toEqual([
    `scheduler:CreateSchedule arn:aws:scheduler:us-east-1:${accountId}:schedule/default/hourly`,
    `iam:PassRole ${roleArn}`,
  ]);
  const passes = (service: string) =>
    allow('iam:PassRole', roleArn, { Condition: { StringEquals: { 'iam:PassedToService': service } } });
  const ada = sandbox.user('ada', allow('scheduler:*'), passes('scheduler.amazonaws.com'));
  sandbox.call('scheduler:UpdateSchedule', input, ada);
  const bob = sandbox.user('bob', allow('scheduler:*'), passes('lambda.amazonaws.com'));
  expect(sandbox.fail('scheduler:UpdateSchedule', input, bob).message).toContain('iam:PassRole');
  const trustGroup = (group: string) =>
    sandbox.call('iam:UpdateAssumeRolePolicy', {
      RoleName: 'timer',
      PolicyDocument: trust({
        Condition: {
          StringEquals: { 'aws:SourceAccount': accountId },
          ArnEquals: { 'aws:SourceArn': `arn:aws:scheduler:us-east-1:${accountId}:schedule-group/${group}` },
        },
      }),
    });
  trustGroup('default');
  sandbox.call('scheduler:UpdateSchedule', input);
  trustGroup('other');
  const { code, message } = sandbox.fail('scheduler:UpdateSchedule', input);
  expect([code, message]).toEqual([
    'ValidationException',
    'The execution role you provide must allow AWS EventBridge Scheduler to assume the role.',
  ]);
});

const universal = (api: string, Input: string) => ({ ...target, Arn: `arn:aws:scheduler:::aws-sdk:${api}`, Input });

test.each<[string, object, RegExp]>([
  ['an expression', { ScheduleExpression: 'every hour' }, /^Invalid Schedule Expression every hour\.$/],
  ['a zone', { ScheduleExpressionTimezone: 'Mars/Base' }, /Timezone Mars\/Base/],
  ['a window without its length', { FlexibleTimeWindow: { Mode: 'FLEXIBLE' } }, /MaximumWindowInMinutes/],
  ['a length without its window', { FlexibleTimeWindow: { Mode: 'OFF', MaximumWindowInMinutes: 5 } }, /Maximum/],
  ['an end before the start', { StartDate: new Date(2000), EndDate: new Date(1000) }, /EndDate/],
  ['a target of another service', { Target: { ...target, Arn: 'arn:aws:s3:::bucket' } }, /Provided Arn is not/],
  ['an operation that only reads', { Target: universal('iam:getUser', '{}') }, /getUser is not a supported api/],
  ['an operation that is none', { Target: universal('iam:makeUser', '{}') }, /makeUser is not a supported api/],
  ['a service that is none', { Target: universal('iamx:createUser', '{}') }, /iamx is not a supported service/],
  ['no JSON', { Target: universal('iam:createUser', '{') }, /not valid JSON/],
  [
    'a field that is none',
    { Target: universal('iam:createUser', '{"Name":"x"}') },
    /The field 'Name' is not supported by api 'createUser' for the service 'iam'/,
  ],
  ['a value of another type', { Target: universal('iam:createUser', '{"UserName":1}') }, /1 is not a string/],
  [
    'depth without end',
    { Target: universal('dynamodb:putItem', `{"Item":${'{"a":{"M":'.repeat(500)}{}${'}}'.repeat(500)}}`) },
    /nested too deeply/,
  ],
  [
    'an event without a source',
    { Target: { ...target, Arn: `arn:aws:events:us-east-1:${accountId}:event-bus/b` } },
    /EventBridgeParameters/,
  ],
])('refuses %s', (_what, more, text) => {
  const { code, message } = sandbox.fail('scheduler:CreateSchedule', { ...input, ...more });
  expect(code).toBe('ValidationException');
  expect(message).toMatch(text);
});

describe('groups', () => {
  test('are made, listed and tagged, and take their schedules with them', () => {
    const Tags = [{ Key: 'team', Value: 'ops' }];
    const { ScheduleGroupArn } = sandbox.call('scheduler:CreateScheduleGroup', { Name: 'night', Tags });
    expect(ScheduleGroupArn).toBe(`arn:aws:scheduler:us-east-1:${accountId}:schedule-group/night`);
    sandbox.call('scheduler:TagResource', { ResourceArn: ScheduleGroupArn, Tags: [{ Key: 'a', Value: 'b' }] });
    sandbox.call('scheduler:UntagResource', { ResourceArn: ScheduleGroupArn, TagKeys: ['a'] });
    expect(sandbox.call('scheduler:ListTagsForResource', { ResourceArn: ScheduleGroupArn }).Tags).toEqual(Tags);
    const names = ({ ScheduleGroups }: Output) => ScheduleGroups.map(({ Name }: Output) => Name);
    expect(names(sandbox.call('scheduler:ListScheduleGroups'))).toEqual(['default', 'night']);
    sandbox.call('scheduler:CreateSchedule', { ...input, GroupName: 'night' });
    sandbox.call('scheduler:CreateSchedule', input);
    expect(sandbox.call('scheduler:ListSchedules').Schedules).toHaveLength(2);
    expect(sandbox.call('scheduler:ListSchedules', { GroupName: 'night' }).Schedules).toHaveLength(1);
    sandbox.call('scheduler:DeleteScheduleGroup', { Name: 'night' });
    expect(sandbox.call('scheduler:ListSchedules').Schedules).toHaveLength(1);
    expect(sandbox.fail('scheduler:GetScheduleGroup', { Name: 'night' }).code).toBe('ResourceNotFoundException');
  });

  test('the default one is always there', () => {
    expect(sandbox.call('scheduler:GetScheduleGroup', { Name: 'default' })).toMatchObject({ State: 'ACTIVE' });
    expect(sandbox.fail('scheduler:CreateScheduleGroup', { Name: 'default' }).code).toBe('ConflictException');
    expect(sandbox.fail('scheduler:DeleteScheduleGroup', { Name: 'default' }).code).toBe('ValidationException');
    expect(sandbox.fail('scheduler:CreateSchedule', { ...input, GroupName: 'none' }).message).toBe(
      'Schedule group none does not exist.',
    );
  });

  test('have tags by which a decision goes', () => {
    sandbox.call('scheduler:CreateScheduleGroup', { Name: 'night', Tags: [{ Key: 'team', Value: 'ops' }] });
    const when = { Condition: { StringEquals: { 'aws:ResourceTag/team': 'ops' } } };
    const ada = sandbox.user('ada', allow('scheduler:*ScheduleGroup', '*', when));
    sandbox.call('scheduler:GetScheduleGroup', { Name: 'night' }, ada);
    expect(sandbox.fail('scheduler:GetScheduleGroup', { Name: 'default' }, ada).code).toBe('AccessDeniedException');
    sandbox.call('scheduler:DeleteScheduleGroup', { Name: 'night' }, ada);
  });
});

test('lists go on where a page ended', () => {
  for (const Name of ['a', 'b', 'c']) sandbox.call('scheduler:CreateSchedule', { ...input, Name });
  const first = sandbox.call('scheduler:ListSchedules', { MaxResults: 2 });
  const rest = sandbox.call('scheduler:ListSchedules', { MaxResults: 2, NextToken: first.NextToken });
  expect([...first.Schedules, ...rest.Schedules].map(({ Name }: Output) => Name)).toEqual(['a', 'b', 'c']);
  expect(sandbox.fail('scheduler:ListSchedules', { NextToken: 'x' }).code).toBe('ValidationException');
});
