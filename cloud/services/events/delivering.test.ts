import { beforeEach, describe, expect, test } from 'vitest';
import { accountId, allow, type Output, partnerId, partnerRoot, policy, root, Sandbox } from '../../testing/sandbox.ts';
import { functionInput, givenRole } from '../lambda/testing/functions.ts';

const arn = (service: string, name: string, account = accountId) => `arn:aws:${service}:us-east-1:${account}:${name}`;
const url = (name: string) => `https://sqs.us-east-1.amazonaws.com/${accountId}/${name}`;
const ruleArn = arn('events', 'rule/orders');

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
  for (const QueueName of ['jobs', 'dead']) sandbox.call('sqs:CreateQueue', { QueueName });
  sandbox.call('events:PutRule', { Name: 'orders', EventPattern: JSON.stringify({ source: ['shop'] }) });
});

/** The policy by which a queue lets a rule in. */
function letIn(queue: string, source = ruleArn): void {
  const Policy = policy({
    Effect: 'Allow',
    Principal: { Service: 'events.amazonaws.com' },
    Action: 'sqs:SendMessage',
    Resource: arn('sqs', queue),
    Condition: { ArnEquals: { 'aws:SourceArn': source } },
  });
  sandbox.call('sqs:SetQueueAttributes', { QueueUrl: url(queue), Attributes: { Policy } });
}

const target = (Target: object = {}) =>
  sandbox.call('events:PutTargets', { Rule: 'orders', Targets: [{ Id: 't', Arn: arn('sqs', 'jobs'), ...Target }] });

const put = (entry: object = {}, caller = root) => {
  const order = { Source: 'shop', DetailType: 'order', Detail: JSON.stringify({ id: 7, items: ['pen', 'ink'] }) };
  return sandbox.call('events:PutEvents', { Entries: [{ ...order, ...entry }] }, caller);
};

function received(queue = 'jobs'): readonly Output[] {
  const input = { QueueUrl: url(queue), MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] };
  const { Messages = [] } = sandbox.call('sqs:ReceiveMessage', input);
  for (const { ReceiptHandle } of Messages) sandbox.call('sqs:DeleteMessage', { QueueUrl: url(queue), ReceiptHandle });
  return Messages;
}
const bodies = (queue = 'jobs') => received(queue).map(({ Body }) => Body);

describe('a queue', () => {
  beforeEach(() => {
    letIn('jobs');
  });

  test('gets the event', () => {
    target();
    const { Entries } = put({ Resources: ['r'], Time: new Date(0) });
    expect(bodies().map((body) => JSON.parse(body))).toEqual([
      {
        version: '0',
        id: Entries[0].EventId,
        'detail-type': 'order',
        source: 'shop',
        account: accountId,
        time: '1970-01-01T00:00:00Z',
        region: 'us-east-1',
        resources: ['r'],
        detail: { id: 7, items: ['pen', 'ink'] },
      },
    ]);
  });

  test('gets what the target says in its place', () => {
    const made = (input: object) => {
      target(input);
      put();
      return bodies()[0];
    };
    expect(made({ Input: '{"a":1}' })).toBe('{"a":1}');
    expect(made({ InputPath: '$.detail.items[1]' })).toBe('"ink"');
    const transformed = (InputTemplate: string) =>
      made({
        InputTransformer: {
          InputPathsMap: { id: '$.detail.id', items: '$.detail.items', none: '$.detail.none' },
          InputTemplate,
        },
      });
    expect(transformed('"Order <id> of <aws.events.rule-name>: <items>.<none>"')).toBe(
      '"Order 7 of orders: [\\"pen\\",\\"ink\\"]."',
    );
    expect(transformed('{"id": <id>, "items": <items>, "text": "no <id>"}')).toBe(
      '{"id": 7, "items": ["pen","ink"], "text": "no 7"}',
    );
  });

  test('gets nothing of events that the rule does not take, or while it is off', () => {
    target();
    put({ Source: 'bank' });
    sandbox.call('events:DisableRule', { Name: 'orders' });
    put();
    expect(bodies()).toEqual([]);
  });

  test('must let the rule in, and no other', () => {
    target({ DeadLetterConfig: { Arn: arn('sqs', 'dead') } });
    letIn('jobs', arn('events', 'rule/other'));
    letIn('dead');
    put();
    expect(bodies()).toEqual([]);
    const [{ MessageAttributes }] = received('dead') as [Output];
    expect(MessageAttributes.RULE_ARN.StringValue).toBe(ruleArn);
    expect(MessageAttributes.ERROR_CODE.StringValue).toBe('AccessDeniedException');
  });
});

test('a target with a role gets events as the role, which must trust EventBridge for the rule', () => {
  const trust = (source: string) =>
    policy({
      Effect: 'Allow',
      Principal: { Service: 'events.amazonaws.com' },
      Action: 'sts:AssumeRole',
      Condition: { ArnEquals: { 'aws:SourceArn': source } },
    });
  sandbox.call('iam:CreateRole', { RoleName: 'sender', AssumeRolePolicyDocument: trust(ruleArn) });
  const PolicyDocument = policy(allow('sqs:SendMessage'));
  sandbox.call('iam:PutRolePolicy', { RoleName: 'sender', PolicyName: 'p', PolicyDocument });
  target({ RoleArn: `arn:aws:iam::${accountId}:role/sender` });
  put();
  expect(bodies()).toHaveLength(1);
  sandbox.call('iam:UpdateAssumeRolePolicy', { RoleName: 'sender', PolicyDocument: trust(arn('events', 'rule/x')) });
  put();
  expect(bodies()).toEqual([]);
});

test('a function is invoked where its policy lets the rule', () => {
  givenRole(sandbox);
  sandbox.call('lambda:CreateFunction', functionInput('shop'));
  target({ Arn: arn('lambda', 'function:shop') });
  const queued = () => Object.values(sandbox.world.accounts[accountId]?.lambda.queued ?? {});
  put();
  expect(queued()).toEqual([]);
  sandbox.call('lambda:AddPermission', {
    FunctionName: 'shop',
    StatementId: 'events',
    Action: 'lambda:InvokeFunction',
    Principal: 'events.amazonaws.com',
    SourceArn: ruleArn,
  });
  put();
  expect(queued().map(({ event }) => JSON.parse(event).source)).toEqual(['shop']);
});

test('a topic gets events where its policy lets EventBridge publish', () => {
  const TopicArn = arn('sns', 'news');
  sandbox.call('sns:CreateTopic', { Name: 'news' });
  sandbox.call('sns:Subscribe', {
    TopicArn,
    Protocol: 'sqs',
    Endpoint: arn('sqs', 'jobs'),
    Attributes: { RawMessageDelivery: 'true' },
  });
  const lets = (service: string, action: string, resource: string) =>
    policy({ Effect: 'Allow', Principal: { Service: `${service}.amazonaws.com` }, Action: action, Resource: resource });
  sandbox.call('sqs:SetQueueAttributes', {
    QueueUrl: url('jobs'),
    Attributes: { Policy: lets('sns', 'sqs:SendMessage', arn('sqs', 'jobs')) },
  });
  target({ Arn: TopicArn, Input: '"hello"' });
  put();
  expect(bodies()).toEqual([]);
  const AttributeValue = lets('events', 'sns:Publish', TopicArn);
  sandbox.call('sns:SetTopicAttributes', { TopicArn, AttributeName: 'Policy', AttributeValue });
  put();
  expect(bodies()).toEqual(['"hello"']);
});

test('a log group gets each event as a line, where the logs’ policy lets it', () => {
  const logGroupName = '/aws/events/orders';
  sandbox.call('logs:CreateLogGroup', { logGroupName });
  target({ Arn: `${arn('logs', `log-group:${logGroupName}`)}` });
  const lines = () => sandbox.call('logs:FilterLogEvents', { logGroupName }).events;
  put();
  expect(lines()).toEqual([]);
  const policyDocument = policy({
    Effect: 'Allow',
    Principal: { Service: ['events.amazonaws.com', 'delivery.logs.amazonaws.com'] },
    Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    Resource: `${arn('logs', 'log-group:/aws/events/*')}:*`,
  });
  sandbox.call('logs:PutResourcePolicy', { policyName: 'events', policyDocument });
  put();
  expect(lines()).toHaveLength(1);
});

describe('another bus', () => {
  test('of the same account gets events where its policy lets EventBridge, as they were', () => {
    sandbox.call('events:CreateEventBus', { Name: 'archive' });
    const busArn = arn('events', 'event-bus/archive');
    const Policy = policy({
      Sid: 'rules',
      Effect: 'Allow',
      Principal: { Service: 'events.amazonaws.com' },
      Action: 'events:PutEvents',
      Resource: busArn,
    });
    sandbox.call('events:PutPermission', { EventBusName: 'archive', Policy });
    sandbox.call('events:PutRule', {
      Name: 'all',
      EventBusName: 'archive',
      EventPattern: JSON.stringify({ account: [accountId] }),
    });
    sandbox.call('events:PutTargets', {
      Rule: 'all',
      EventBusName: 'archive',
      Targets: [{ Id: 'q', Arn: arn('sqs', 'jobs') }],
    });
    letIn('jobs', arn('events', 'rule/archive/all'));
    target({ Arn: busArn });
    put();
    expect(bodies().map((body) => JSON.parse(body).source)).toEqual(['shop']);
  });

  test('of another account gets them where it lets this account in', () => {
    const busArn = arn('events', 'event-bus/default', partnerId);
    sandbox.call('events:PutRule', { Name: 'in', EventPattern: JSON.stringify({ account: [accountId] }) }, partnerRoot);
    sandbox.call('events:PutTargets', { Rule: 'in', Targets: [{ Id: 'q', Arn: arn('sqs', 'jobs') }] }, partnerRoot);
    letIn('jobs', arn('events', 'rule/in', partnerId));
    target({ Arn: busArn });
    put();
    expect(bodies()).toEqual([]);
    sandbox.call(
      'events:PutPermission',
      { Action: 'events:PutEvents', Principal: accountId, StatementId: 's' },
      partnerRoot,
    );
    put();
    expect(bodies()).toHaveLength(1);
  });
});

describe('PutEvents', () => {
  test('tells of each entry whether it was taken', () => {
    const codes = (entry: object) => put(entry).Entries[0].ErrorCode;
    expect(codes({})).toBeUndefined();
    expect(codes({ Source: undefined })).toBe('InvalidArgument');
    expect(codes({ DetailType: undefined })).toBe('InvalidArgument');
    expect(codes({ Detail: undefined })).toBe('InvalidArgument');
    expect(codes({ Detail: '[]' })).toBe('MalformedDetail');
    expect(codes({ Source: 'aws.iam' })).toBe('NotAuthorizedForSourceException');
    expect(put({ EventBusName: 'none' }).FailedEntryCount).toBe(0);
    const Detail = JSON.stringify({ text: 'x'.repeat(300_000) });
    expect(sandbox.fail('events:PutEvents', { Entries: [{ Source: 's', DetailType: 't', Detail }] }).code).toBe(
      'ValidationException',
    );
  });

  test('is decided by bus, source and type', () => {
    const when = { Condition: { StringEquals: { 'events:source': 'shop', 'events:detail-type': 'order' } } };
    const ada = sandbox.user('ada', allow('events:PutEvents', arn('events', 'event-bus/default'), when));
    put({}, ada);
    const entry = { Source: 'bank', DetailType: 'order', Detail: '{}' };
    expect(sandbox.fail('events:PutEvents', { Entries: [entry] }, ada).code).toBe('AccessDeniedException');
    const elsewhere = { ...entry, Source: 'shop', EventBusName: 'archive' };
    expect(sandbox.fail('events:PutEvents', { Entries: [elsewhere] }, ada).message).toContain('event-bus/archive');
  });

  test('ends where rules send in a circle', () => {
    sandbox.call('events:CreateEventBus', { Name: 'a' });
    const busArn = arn('events', 'event-bus/a');
    const Policy = policy({ Sid: 'x', Effect: 'Allow', Principal: '*', Action: 'events:PutEvents', Resource: busArn });
    sandbox.call('events:PutPermission', { EventBusName: 'a', Policy });
    sandbox.call('events:PutRule', {
      Name: 'again',
      EventBusName: 'a',
      EventPattern: JSON.stringify({ source: ['shop'] }),
    });
    sandbox.call('events:PutTargets', { Rule: 'again', EventBusName: 'a', Targets: [{ Id: 'b', Arn: busArn }] });
    expect(put({ EventBusName: 'a' }).FailedEntryCount).toBe(0);
  });
});

test('a rule at a rate sends what is due, from one interval after it was made', () => {
  const schedule = { Name: 'orders', ScheduleExpression: 'rate(1 hour)' };
  sandbox.call('events:PutRule', schedule);
  target();
  letIn('jobs');
  sandbox.pass();
  expect(bodies()).toEqual([]);
  sandbox.now += 3_600_000;
  sandbox.pass();
  expect(bodies().map((body) => JSON.parse(body))).toMatchObject([
    {
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      resources: [ruleArn],
      time: '2026-01-05T13:00:00Z',
      detail: {},
    },
  ]);
  sandbox.call('events:DisableRule', { Name: 'orders' });
  sandbox.now += 7_200_000;
  sandbox.pass();
  expect(bodies()).toEqual([]);
});
