/** Messages: published, filtered, delivered. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { AnyCaller } from '../../../iam/model.ts';
import { accountId, allow, partnerId, partnerRoot, policy, Sandbox } from '../../testing/sandbox.ts';

let sandbox: Sandbox;
const TopicArn = `arn:aws:sns:us-east-1:${accountId}:news`;
const queueArn = (name: string, account = accountId) => `arn:aws:sqs:us-east-1:${account}:${name}`;
const url = (name: string, account = accountId) => `https://sqs.us-east-1.amazonaws.com/${account}/${name}`;
const fromTopic = { ArnEquals: { 'aws:SourceArn': TopicArn } };

/** A queue that takes messages of SNS, under a condition. */
function makeQueue(name: string, condition: object = fromTopic, more: object = {}): void {
  const Policy = policy(
    allow('sqs:SendMessage', queueArn(name), { Principal: { Service: 'sns.amazonaws.com' }, Condition: condition }),
  );
  sandbox.call('sqs:CreateQueue', { QueueName: name, Attributes: { Policy, ...more } });
}

const subscribe = (name: string, Attributes: object = {}): string =>
  sandbox.call('sns:Subscribe', { TopicArn, Protocol: 'sqs', Endpoint: queueArn(name), Attributes }).SubscriptionArn;
const publish = (Message: string, more: object = {}) => sandbox.call('sns:Publish', { TopicArn, Message, ...more });
const received = (name: string, caller?: AnyCaller, account = accountId) =>
  sandbox.call(
    'sqs:ReceiveMessage',
    { QueueUrl: url(name, account), MaxNumberOfMessages: 10, AttributeNames: ['All'], MessageAttributeNames: ['All'] },
    caller,
  ).Messages ?? [];
const bodies = (name: string) => received(name).map(({ Body }: { Body: string }) => Body);
const refused = (operation: string, input: object) => {
  const before = sandbox.world;
  const { code, message } = sandbox.fail(`sns:${operation}`, { TopicArn, ...input });
  expect(sandbox.world).toBe(before);
  return `${code}: ${message}`;
};
const text = (StringValue: string, DataType = 'String') => ({ DataType, StringValue });

beforeEach(() => {
  sandbox = new Sandbox();
  sandbox.call('sns:CreateTopic', { Name: 'news' });
  makeQueue('inbox');
});

describe('delivery', () => {
  it('is a message of JSON, or the message itself', () => {
    makeQueue('raw');
    const arn = subscribe('inbox');
    subscribe('raw', { RawMessageDelivery: 'true' });
    const MessageAttributes = {
      kind: text('sport'),
      bytes: { DataType: 'Binary', BinaryValue: new Uint8Array([1, 2]) },
    };
    const { MessageId } = publish('hello', { Subject: 'greeting', MessageAttributes });
    const [{ Body, Attributes }] = received('inbox');
    const { Signature, ...told } = JSON.parse(Body);
    expect(told).toEqual({
      Type: 'Notification',
      MessageId,
      TopicArn,
      Subject: 'greeting',
      Message: 'hello',
      Timestamp: '2026-01-05T12:00:00.000Z',
      SignatureVersion: '1',
      SigningCertURL: expect.stringContaining('https://sns.us-east-1.amazonaws.com/SimpleNotificationService-'),
      UnsubscribeURL: `https://sns.us-east-1.amazonaws.com/?Action=Unsubscribe&SubscriptionArn=${arn}`,
      MessageAttributes: { kind: { Type: 'String', Value: 'sport' }, bytes: { Type: 'Binary', Value: 'AQI=' } },
    });
    expect(Signature).toMatch(/^[A-Za-z0-9+/]{342}==$/);
    expect(Attributes.SenderId).toBe('sns.amazonaws.com');
    expect(received('raw')).toMatchObject([{ Body: 'hello', MessageAttributes }]);
  });

  it('asks the queue policy, as the service, for the topic', () => {
    makeQueue('other', { ArnEquals: { 'aws:SourceArn': `${TopicArn}x` } });
    makeQueue('account', { StringEquals: { 'aws:SourceAccount': accountId } });
    for (const name of ['inbox', 'other', 'account']) subscribe(name);
    const { inner } = sandbox.perform('sns:Publish', { TopicArn, Message: 'a' });
    expect(inner.map(({ request, outcome }) => [request.caller, outcome.kind])).toEqual([
      [{ kind: 'service', service: 'sns.amazonaws.com' }, 'ok'],
      [{ kind: 'service', service: 'sns.amazonaws.com' }, 'error'],
      [{ kind: 'service', service: 'sns.amazonaws.com' }, 'ok'],
    ]);
    expect([received('inbox'), received('other'), received('account')].map(({ length }) => length)).toEqual([1, 0, 1]);
  });

  it('reaches queues of other accounts, and of other regions', () => {
    sandbox.call('sns:SetTopicAttributes', {
      TopicArn,
      AttributeName: 'Policy',
      AttributeValue: policy(allow('sns:Subscribe', TopicArn, { Principal: { AWS: partnerId } })),
    });
    const Endpoint = queueArn('far', partnerId).replace('us-east-1', 'eu-west-1');
    sandbox.region = 'eu-west-1';
    const Policy = policy(allow('sqs:SendMessage', Endpoint, { Principal: '*', Condition: fromTopic }));
    sandbox.call('sqs:CreateQueue', { QueueName: 'far', Attributes: { Policy } }, partnerRoot);
    sandbox.region = 'us-east-1';
    sandbox.call('sns:Subscribe', { TopicArn, Protocol: 'sqs', Endpoint }, partnerRoot);
    publish('a');
    sandbox.region = 'eu-west-1';
    expect(received('far', partnerRoot, partnerId)).toHaveLength(1);
  });

  it('keeps what could not be delivered in the dead-letter queue of the subscription', () => {
    makeQueue('dead');
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: queueArn('dead') });
    sandbox.call('sqs:CreateQueue', { QueueName: 'closed' });
    subscribe('closed', { RedrivePolicy, RawMessageDelivery: 'true' });
    publish('a');
    expect(bodies('dead')).toEqual(['a']);
  });

  it('of pending and ended subscriptions there is none', () => {
    const SubscriptionArn = subscribe('inbox');
    sandbox.call('sns:Unsubscribe', { SubscriptionArn });
    sandbox.call('sns:Subscribe', { TopicArn, Protocol: 'email', Endpoint: 'a@example.com' });
    expect(sandbox.perform('sns:Publish', { TopicArn, Message: 'a' }).inner).toEqual([]);
  });

  it('is a body for each protocol where the message has such', () => {
    subscribe('inbox', { RawMessageDelivery: 'true' });
    const body = (bodiesByProtocol: object) => JSON.stringify(bodiesByProtocol);
    publish(body({ default: 'd', sqs: 's' }), { MessageStructure: 'json' });
    publish(body({ default: 'd', sqs: 1 }), { MessageStructure: 'json' });
    expect(bodies('inbox')).toEqual(['s', 'd']);
  });
});

describe('Publish', () => {
  it.each<[object, string]>([
    [{ Message: '' }, 'InvalidParameter: Invalid parameter: Empty message'],
    [{ Message: 'a', Subject: '' }, 'Invalid parameter: Subject'],
    [{ Message: 'a'.repeat(262_145) }, 'Invalid parameter: Message too long'],
    [{ Message: 'a', MessageStructure: 'json' }, 'JSON message body failed to parse'],
    [{ Message: '{}', MessageStructure: 'json' }, 'No default entry in JSON message body'],
    [{ Message: 'a', MessageDeduplicationId: 'd' }, 'not valid for this topic type'],
    [{ Message: 'a', MessageAttributes: { a: text('x', 'Text') } }, 'ParameterValueInvalid: The message attribute'],
    [{ Message: 'a', MessageAttributes: { a: text('') } }, 'must contain non-empty message attribute value'],
    [{ Message: 'a', MessageAttributes: { a: text('x', 'Binary') } }, "must use field 'Binary'"],
    [{ Message: 'a', MessageAttributes: { '.a': text('x') } }, "starting with character '.'"],
    [{ Message: 'a', MessageAttributes: { 'a..b': text('x') } }, 'successive'],
    [{ Message: 'a', MessageAttributes: { 'a b': text('x') } }, "Invalid non-alphanumeric character '#x20'"],
    [{ Message: 'a', TopicArn: `${TopicArn}x` }, 'NotFound: Topic does not exist'],
    [{ Message: 'a', TopicArn: undefined, PhoneNumber: 'x' }, 'PhoneNumber Reason: x is not valid to publish to'],
  ])('refuses %#', (input, error) => {
    expect(refused('Publish', input)).toContain(error);
  });

  it('takes a topic as its target', () => {
    subscribe('inbox');
    sandbox.call('sns:Publish', { TargetArn: TopicArn, Message: 'a' });
    expect(received('inbox')).toHaveLength(1);
    expect(sandbox.call('sns:Publish', { PhoneNumber: '+15555550100', Message: 'a' }).MessageId).toMatch(
      /^[0-9a-f-]{36}$/,
    );
  });
});

describe('PublishBatch', () => {
  const entries = (...ids: string[]) => ({ PublishBatchRequestEntries: ids.map((Id) => ({ Id, Message: Id })) });

  it('publishes each entry', () => {
    subscribe('inbox', { RawMessageDelivery: 'true' });
    const { Successful, Failed } = sandbox.call('sns:PublishBatch', { TopicArn, ...entries('a', 'b') });
    expect(Successful.map(({ Id }: { Id: string }) => Id)).toEqual(['a', 'b']);
    expect(Failed).toEqual([]);
    expect(bodies('inbox')).toEqual(['a', 'b']);
    expect(sandbox.asked('sns:PublishBatch', { TopicArn, ...entries('a') })).toEqual([`sns:Publish ${TopicArn}`]);
  });

  it.each<[object, string]>([
    [entries(), 'EmptyBatchRequest'],
    [entries(...'abcdefghijk'), 'TooManyEntriesInBatchRequest'],
    [entries('a', 'a'), 'BatchEntryIdsNotDistinct'],
    [entries('a:'), 'InvalidBatchEntryId'],
    [
      { PublishBatchRequestEntries: ['a', 'b'].map((Id) => ({ Id, Message: 'a'.repeat(131_073) })) },
      'BatchRequestTooLong',
    ],
  ])('is refused whole (case %#)', (input, error) => {
    expect(refused('PublishBatch', input)).toContain(error);
  });
});

it('a FIFO topic numbers its messages, and delivers a copy once', () => {
  const fifo = `${TopicArn}.fifo`;
  sandbox.call('sns:CreateTopic', { Name: 'news.fifo', Attributes: { FifoTopic: 'true' } });
  makeQueue('order.fifo', { ArnEquals: { 'aws:SourceArn': fifo } }, { FifoQueue: 'true' });
  sandbox.call('sns:Subscribe', { TopicArn: fifo, Protocol: 'sqs', Endpoint: queueArn('order.fifo') });
  const input = { TopicArn: fifo, Message: 'a', MessageGroupId: 'g' };
  expect(refused('Publish', { ...input, MessageGroupId: undefined })).toContain('MessageGroupId parameter is required');
  expect(refused('Publish', input)).toContain('ContentBasedDeduplication enabled or MessageDeduplicationId');
  const first = sandbox.call('sns:Publish', { ...input, MessageDeduplicationId: '1' });
  expect(sandbox.call('sns:Publish', { ...input, MessageDeduplicationId: '1' })).toEqual(first);
  const second = sandbox.call('sns:Publish', { ...input, MessageDeduplicationId: '2' });
  expect(second.SequenceNumber > first.SequenceNumber).toBe(true);
  const messages = received('order.fifo');
  expect(messages.map(({ Body }: { Body: string }) => JSON.parse(Body).SequenceNumber)).toEqual([
    first.SequenceNumber,
    second.SequenceNumber,
  ]);
  expect(messages[0].Attributes).toMatchObject({ MessageGroupId: 'g', MessageDeduplicationId: '1' });
  sandbox.now += 300_000;
  expect(sandbox.call('sns:Publish', { ...input, MessageDeduplicationId: '1' }).MessageId).not.toBe(first.MessageId);
  expect(refused('Subscribe', { TopicArn: fifo, Protocol: 'email', Endpoint: 'a@example.com' })).toContain(
    'Invalid protocol',
  );
});

describe('a filter policy', () => {
  it('lets through what its subscription wants', () => {
    makeQueue('body');
    subscribe('inbox', { RawMessageDelivery: 'true', FilterPolicy: '{"kind":["sport"]}' });
    const FilterPolicy = '{"order":{"total":[{"numeric":[">=",100]}]}}';
    subscribe('body', { RawMessageDelivery: 'true', FilterPolicy, FilterPolicyScope: 'MessageBody' });
    publish('a', { MessageAttributes: { kind: text('sport') } });
    publish('b', { MessageAttributes: { kind: text('art') } });
    publish('{"order":{"total":120}}');
    publish('{"order":{"total":20}}');
    expect(bodies('inbox')).toEqual(['a']);
    expect(bodies('body')).toEqual(['{"order":{"total":120}}']);
  });

  it('is set and taken away later', () => {
    const SubscriptionArn = subscribe('inbox', { RawMessageDelivery: 'true' });
    const set = (AttributeValue: string) =>
      sandbox.call('sns:SetSubscriptionAttributes', { SubscriptionArn, AttributeName: 'FilterPolicy', AttributeValue });
    set('{"kind":["sport"]}');
    const { Attributes } = sandbox.call('sns:GetSubscriptionAttributes', { SubscriptionArn });
    expect(Attributes).toMatchObject({ FilterPolicy: '{"kind":["sport"]}', FilterPolicyScope: 'MessageAttributes' });
    publish('a');
    set('');
    publish('b');
    expect(bodies('inbox')).toEqual(['b']);
  });
});
