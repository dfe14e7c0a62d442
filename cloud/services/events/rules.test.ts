import { beforeEach, describe, expect, test } from 'vitest';
import { accountId, allow, type Output, partnerId, partnerRoot, policy, Sandbox } from '../../testing/sandbox.ts';

const busArn = (name: string) => `arn:aws:events:us-east-1:${accountId}:event-bus/${name}`;
const queueArn = `arn:aws:sqs:us-east-1:${accountId}:jobs`;
const roleArn = `arn:aws:iam::${accountId}:role/sender`;
const EventPattern = JSON.stringify({ source: ['shop'], 'detail-type': ['order'] });

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});

const call = (operation: string, input: object = {}) => sandbox.call(`events:${operation}`, input);
const fail = (operation: string, input: object = {}) => {
  const { code, message } = sandbox.fail(`events:${operation}`, input);
  return `${code}: ${message}`;
};

describe('buses', () => {
  test('are made, listed, described, changed and deleted; the default one is always there', () => {
    expect(call('CreateEventBus', { Name: 'shop', Description: 'orders' })).toEqual({
      EventBusArn: busArn('shop'),
      Description: 'orders',
    });
    expect(fail('CreateEventBus', { Name: 'shop' })).toBe(
      'ResourceAlreadyExistsException: Event bus shop already exists.',
    );
    expect(call('ListEventBuses').EventBuses.map(({ Name }: Output) => Name)).toEqual(['default', 'shop']);
    call('UpdateEventBus', { Name: 'shop', Description: 'more' });
    expect(call('DescribeEventBus', { Name: busArn('shop') })).toMatchObject({ Name: 'shop', Description: 'more' });
    expect(call('DescribeEventBus')).toMatchObject({ Name: 'default', Arn: busArn('default') });
    call('PutRule', { Name: 'r', EventBusName: 'shop', EventPattern });
    expect(fail('DeleteEventBus', { Name: 'shop' })).toContain("can't be deleted since it has rules");
    call('DeleteRule', { Name: 'r', EventBusName: 'shop' });
    call('DeleteEventBus', { Name: 'shop' });
    call('DeleteEventBus', { Name: 'shop' });
    expect(fail('DescribeEventBus', { Name: 'shop' })).toBe(
      'ResourceNotFoundException: Event bus shop does not exist.',
    );
    expect(fail('DeleteEventBus', { Name: 'default' })).toBe('ValidationException: Cannot delete event bus default.');
  });

  test('have a policy, said as a whole or by statements', () => {
    const put = { Action: 'events:PutEvents', Principal: partnerId, StatementId: 'partner' };
    call('PutPermission', put);
    expect(JSON.parse(call('DescribeEventBus').Policy).Statement).toEqual([
      {
        Sid: 'partner',
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${partnerId}:root` },
        Action: 'events:PutEvents',
        Resource: busArn('default'),
      },
    ]);
    const Condition = { Type: 'StringEquals', Key: 'aws:PrincipalOrgID', Value: 'o-1234567890' };
    call('PutPermission', { ...put, Principal: '*', StatementId: 'org', Condition });
    expect(JSON.parse(call('DescribeEventBus').Policy).Statement[1].Condition).toEqual({
      StringEquals: { 'aws:PrincipalOrgID': 'o-1234567890' },
    });
    call('RemovePermission', { StatementId: 'org' });
    expect(fail('RemovePermission', { StatementId: 'org' })).toContain('ResourceNotFoundException');
    call('RemovePermission', { StatementId: 'partner' });
    expect(call('DescribeEventBus').Policy).toBeUndefined();
    call('PutPermission', {
      Policy: policy({
        Sid: 'a',
        Effect: 'Allow',
        Principal: '*',
        Action: 'events:PutEvents',
        Resource: busArn('default'),
      }),
    });
    call('RemovePermission', { RemoveAllPermissions: true });
    expect(fail('RemovePermission', { StatementId: 'a' })).toContain('EventBus does not have a policy.');
    expect(fail('PutPermission', { Policy: '{' })).toContain('ValidationException');
    expect(fail('PutPermission', { StatementId: 'a' })).toContain('ValidationException');
  });

  test('let others in by their policy, and nobody else', () => {
    const entry = { Source: 'partner', DetailType: 'hello', Detail: '{}', EventBusName: busArn('default') };
    expect(sandbox.fail('events:PutEvents', { Entries: [entry] }, partnerRoot).code).toBe('AccessDeniedException');
    call('PutPermission', { Action: 'events:PutEvents', Principal: partnerId, StatementId: 'partner' });
    expect(sandbox.call('events:PutEvents', { Entries: [entry] }, partnerRoot).FailedEntryCount).toBe(0);
  });
});

describe('rules', () => {
  test('are made, listed, described, turned off, said anew and deleted', () => {
    const rule = { Name: 'orders', EventPattern, Description: 'all of them' };
    expect(call('PutRule', rule)).toEqual({ RuleArn: `arn:aws:events:us-east-1:${accountId}:rule/orders` });
    expect(call('DescribeRule', { Name: 'orders' })).toEqual({
      ...rule,
      Arn: `arn:aws:events:us-east-1:${accountId}:rule/orders`,
      State: 'ENABLED',
      EventBusName: 'default',
      CreatedBy: accountId,
    });
    call('DisableRule', { Name: 'orders' });
    expect(call('ListRules', { NamePrefix: 'or' }).Rules).toMatchObject([{ Name: 'orders', State: 'DISABLED' }]);
    call('EnableRule', { Name: 'orders' });
    call('PutTargets', { Rule: 'orders', Targets: [{ Id: 'q', Arn: queueArn }] });
    call('PutRule', { Name: 'orders', ScheduleExpression: 'rate(1 day)' });
    expect(call('DescribeRule', { Name: 'orders' })).toMatchObject({
      ScheduleExpression: 'rate(1 day)',
      State: 'ENABLED',
    });
    expect(call('ListRuleNamesByTarget', { TargetArn: queueArn }).RuleNames).toEqual(['orders']);
    expect(fail('DeleteRule', { Name: 'orders' })).toBe(
      "ValidationException: Rule can't be deleted since it has targets.",
    );
    call('RemoveTargets', { Rule: 'orders', Ids: ['q'] });
    call('DeleteRule', { Name: 'orders' });
    call('DeleteRule', { Name: 'orders' });
    expect(fail('DescribeRule', { Name: 'orders' })).toBe(
      'ResourceNotFoundException: Rule orders does not exist on EventBus default.',
    );
  });

  test.each<[string, object, string]>([
    [
      'neither pattern nor schedule',
      {},
      'ValidationException: Parameter(s) EventPattern or ScheduleExpression must be specified.',
    ],
    [
      'a pattern',
      { EventPattern: '{' },
      'InvalidEventPatternException: Event pattern is not valid. Reason: Invalid JSON',
    ],
    [
      'a schedule',
      { ScheduleExpression: 'rate(1 days)' },
      'ValidationException: Parameter ScheduleExpression is not valid.',
    ],
    [
      'a time that comes once',
      { ScheduleExpression: 'at(2027-01-01T00:00:00)' },
      'ValidationException: Parameter ScheduleExpression is not valid.',
    ],
    [
      'a schedule on another bus',
      { ScheduleExpression: 'rate(1 day)', EventBusName: 'shop' },
      'ValidationException: ScheduleExpression is supported only on the default event bus.',
    ],
    [
      'a bus that is not there',
      { EventPattern, EventBusName: 'none' },
      'ResourceNotFoundException: Event bus none does not exist.',
    ],
  ])('refuse %s', (_what, more, text) => {
    call('CreateEventBus', { Name: 'shop' });
    expect(fail('PutRule', { Name: 'r', ...more })).toBe(text);
  });

  test('on another bus have it in their ARN', () => {
    call('CreateEventBus', { Name: 'shop' });
    const input = { Name: 'r', EventBusName: 'shop', EventPattern };
    const arn = `arn:aws:events:us-east-1:${accountId}:rule/shop/r`;
    expect(call('PutRule', input)).toEqual({ RuleArn: arn });
    expect(sandbox.asked('events:PutRule', input)).toEqual([`events:PutRule ${arn}`]);
    expect(sandbox.asked('events:DescribeRule', { Name: 'x' })).toEqual([
      `events:DescribeRule arn:aws:events:us-east-1:${accountId}:rule/x`,
    ]);
  });

  test('are decided by what their pattern asks for', () => {
    const when = {
      Condition: { 'ForAllValues:StringEquals': { 'events:source': 'shop' }, Null: { 'events:source': 'false' } },
    };
    const ada = sandbox.user('ada', allow('events:PutRule', '*', when));
    sandbox.call('events:PutRule', { Name: 'r', EventPattern }, ada);
    const other = JSON.stringify({ source: ['aws.iam'] });
    expect(sandbox.fail('events:PutRule', { Name: 'r', EventPattern: other }, ada).code).toBe('AccessDeniedException');
    const any = JSON.stringify({ account: [accountId] });
    expect(sandbox.fail('events:PutRule', { Name: 'r', EventPattern: any }, ada).code).toBe('AccessDeniedException');
  });

  test('TestEventPattern says whether one takes an event', () => {
    const event = {
      id: '1',
      account: '1',
      source: 'shop',
      time: 't',
      region: 'r',
      resources: [],
      'detail-type': 'order',
    };
    expect(call('TestEventPattern', { EventPattern, Event: JSON.stringify(event) })).toEqual({ Result: true });
    const other = JSON.stringify({ ...event, source: 'bank' });
    expect(call('TestEventPattern', { EventPattern, Event: other })).toEqual({ Result: false });
    expect(fail('TestEventPattern', { EventPattern, Event: '{}' })).toBe(
      'ValidationException: Parameter Event is not valid.',
    );
  });

  test('and buses have tags, by which a decision goes', () => {
    const { RuleArn } = call('PutRule', { Name: 'r', EventPattern, Tags: [{ Key: 'team', Value: 'web' }] });
    for (const ResourceARN of [RuleArn, busArn('default')]) {
      call('TagResource', { ResourceARN, Tags: [{ Key: 'a', Value: 'b' }] });
      call('UntagResource', { ResourceARN, TagKeys: ['team'] });
      expect(call('ListTagsForResource', { ResourceARN }).Tags).toEqual([{ Key: 'a', Value: 'b' }]);
    }
    const when = { Condition: { StringEquals: { 'aws:ResourceTag/a': 'b' } } };
    const ada = sandbox.user('ada', allow('events:*', '*', when));
    sandbox.call('events:DescribeRule', { Name: 'r' }, ada);
    sandbox.call('events:DescribeEventBus', {}, ada);
    call('UntagResource', { ResourceARN: RuleArn, TagKeys: ['a'] });
    expect(sandbox.fail('events:DescribeRule', { Name: 'r' }, ada).code).toBe('AccessDeniedException');
    expect(fail('ListTagsForResource', { ResourceARN: queueArn })).toBe(
      'ValidationException: Provided Arn is not in correct format.',
    );
  });
});

describe('targets', () => {
  beforeEach(() => {
    call('PutRule', { Name: 'r', EventPattern });
  });
  const put = (target: object) => ({ Rule: 'r', Targets: [{ Id: 't', Arn: queueArn, ...target }] });

  test('are kept as they were said', () => {
    const targets = [
      { Id: 'constant', Arn: queueArn, Input: '{"a":1}' },
      {
        Id: 'fifo',
        Arn: `${queueArn}.fifo`,
        SqsParameters: { MessageGroupId: 'g' },
        RetryPolicy: { MaximumRetryAttempts: 2 },
      },
      { Id: 'path', Arn: queueArn, InputPath: '$.detail', DeadLetterConfig: { Arn: queueArn } },
      {
        Id: 'template',
        Arn: queueArn,
        InputTransformer: { InputPathsMap: { a: '$.detail.a' }, InputTemplate: '"<a>"' },
      },
    ];
    expect(call('PutTargets', { Rule: 'r', Targets: targets })).toEqual({ FailedEntryCount: 0, FailedEntries: [] });
    expect(call('ListTargetsByRule', { Rule: 'r' }).Targets).toEqual(targets);
    expect(call('RemoveTargets', { Rule: 'r', Ids: ['path', 'none'] })).toMatchObject({
      FailedEntryCount: 1,
      FailedEntries: [{ TargetId: 'none', ErrorCode: 'ResourceNotFoundException' }],
    });
    const more = ['a', 'b', 'c'].map((Id) => ({ Id, Arn: queueArn }));
    expect(fail('PutTargets', { Rule: 'r', Targets: more })).toContain('LimitExceededException');
  });

  test.each<[string, object, string]>([
    ['what is no ARN', { Arn: 'jobs' }, 'Parameter jobs is not valid. Reason: Provided Arn is not in correct format.'],
    ['what is no target here', { Arn: 'arn:aws:s3:::b' }, 'No such target is offered here.'],
    [
      'a FIFO queue without a group',
      { Arn: `${queueArn}.fifo` },
      'Parameter(s) SqsParameters must be specified for target: t.',
    ],
    [
      'two inputs',
      { Input: '{}', InputPath: '$' },
      'Only one of Input, InputPath, or InputTransformer must be provided for target t.',
    ],
    ['an input that is no JSON', { Input: 'x' }, 'JSON syntax error in input for target t'],
    ['a path that is none', { InputPath: 'detail' }, 'Invalid InputPath for target t'],
    [
      'a variable that is none',
      { InputTransformer: { InputTemplate: '"<a>"' } },
      'InputTemplate for target t contains invalid placeholder a.',
    ],
  ])('refuse %s', (_what, target, text) => {
    expect(fail('PutTargets', put(target))).toContain(text);
  });

  test('are passed their role, and are a condition of the decision', () => {
    expect(sandbox.asked('events:PutTargets', put({ RoleArn: roleArn }))).toEqual([
      `events:PutTargets arn:aws:events:us-east-1:${accountId}:rule/r`,
      `iam:PassRole ${roleArn}`,
    ]);
    const passes = (service: string) =>
      allow('iam:PassRole', roleArn, { Condition: { StringEquals: { 'iam:PassedToService': service } } });
    const onQueue = allow('events:PutTargets', '*', {
      Condition: { 'ForAllValues:ArnEquals': { 'events:TargetArn': queueArn } },
    });
    const ada = sandbox.user('ada', onQueue, passes('events.amazonaws.com'));
    sandbox.call('events:PutTargets', put({ RoleArn: roleArn }), ada);
    const topic = put({ Arn: `arn:aws:sns:us-east-1:${accountId}:news` });
    expect(sandbox.fail('events:PutTargets', topic, ada).code).toBe('AccessDeniedException');
    const bob = sandbox.user('bob', onQueue, passes('lambda.amazonaws.com'));
    expect(sandbox.fail('events:PutTargets', put({ RoleArn: roleArn }), bob).message).toContain('iam:PassRole');
  });
});
