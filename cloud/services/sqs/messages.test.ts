/** Messages of standard queues: sent, received, hidden, deleted, given up. */
import { beforeEach, describe, expect, it } from 'vitest';
import { accountId, Sandbox } from '../../testing/sandbox.ts';

let sandbox: Sandbox;
const QueueUrl = `https://sqs.us-east-1.amazonaws.com/${accountId}/jobs`;
const deadUrl = `https://sqs.us-east-1.amazonaws.com/${accountId}/dead`;
const arn = (name: string) => `arn:aws:sqs:us-east-1:${accountId}:${name}`;
const send = (MessageBody: string, more: object = {}) =>
  sandbox.call('sqs:SendMessage', { QueueUrl, MessageBody, ...more });
const receive = (more: object = {}) => sandbox.call('sqs:ReceiveMessage', { QueueUrl, ...more }).Messages ?? [];
const bodies = (more: object = {}) =>
  receive({ MaxNumberOfMessages: 10, ...more }).map(({ Body }: { Body: string }) => Body);
const set = (Attributes: object) => sandbox.call('sqs:SetQueueAttributes', { QueueUrl, Attributes });
const counts = () => {
  const { Attributes: a } = sandbox.call('sqs:GetQueueAttributes', { QueueUrl, AttributeNames: ['All'] });
  return [
    a.ApproximateNumberOfMessages,
    a.ApproximateNumberOfMessagesNotVisible,
    a.ApproximateNumberOfMessagesDelayed,
  ].map(Number);
};
const refused = (operation: string, input: object) => {
  const { code, message } = sandbox.fail(`sqs:${operation}`, { QueueUrl, ...input });
  return `${code}: ${message}`;
};
const seconds = (count: number) => {
  sandbox.now += count * 1000;
};

beforeEach(() => {
  sandbox = new Sandbox();
  sandbox.call('sqs:CreateQueue', { QueueName: 'jobs' });
});

describe('SendMessage', () => {
  it('answers with the digests that clients check', () => {
    const MessageAttributes = {
      Hello: { DataType: 'String', StringValue: 'There' },
      General: { DataType: 'String', StringValue: 'Kenobi' },
      'Help.Me': { DataType: 'String', StringValue: 'Me' },
    };
    const sent = send('msg', { MessageAttributes });
    expect(sent).toMatchObject({
      MD5OfMessageBody: '6e2baaf3b97dbeef01c0043275f9a0e7',
      MD5OfMessageAttributes: '4c360f3fdafd970e05fae2f149d997f5',
    });
    const digest = (...MessageAttributeNames: string[]) => {
      const [message] = receive({ MessageAttributeNames, VisibilityTimeout: 0 });
      return [message.MD5OfMessageAttributes, message.MessageAttributes];
    };
    expect(digest('All')).toEqual(['4c360f3fdafd970e05fae2f149d997f5', MessageAttributes]);
    expect(digest('.*')[0]).toBe('4c360f3fdafd970e05fae2f149d997f5');
    expect(digest('Hello', 'General')[0]).toBe('fca026605781cb4126a1e9044df24232');
    expect(digest('Hello', 'None')[0]).toBe('a311262e065454b75da111d535b8dacd');
    expect(digest('Hel.*')[0]).toBe('83fee93c1bcd8b9a5a923ffacdc636c7');
    expect(digest()).toEqual([undefined, undefined]);
    expect(digest('constructor')).toEqual([undefined, undefined]);
  });

  it('keeps bytes', () => {
    const BinaryValue = new TextEncoder().encode(
      'traceparent\x1e00-774062d6c37081a5a0b9b5b88e30627c-2d2482211f6489da-01',
    );
    const sent = send('test', { MessageAttributes: { attr1: { DataType: 'Binary', BinaryValue } } });
    expect(sent.MD5OfMessageAttributes).toBe('8cbe4db156db8a94db8b801b7addb984');
    const [message] = receive({ MessageAttributeNames: ['All'] });
    expect(message.MessageAttributes.attr1).toEqual({ DataType: 'Binary', BinaryValue });
  });

  const text = (value: object) => ({ MessageAttributes: { a: { DataType: 'String', StringValue: 'x', ...value } } });
  it.each<[string, object, string]>([
    ['', {}, 'MissingParameter: The request must contain the parameter MessageBody.'],
    ['a\u0000', {}, 'InvalidMessageContents'],
    ['a\ud800', {}, 'InvalidMessageContents'],
    ['a', { DelaySeconds: 901 }, 'InvalidParameterValue: Value 901 for parameter DelaySeconds is invalid.'],
    ['a', { MessageDeduplicationId: 'd' }, 'The request includes a parameter that is not valid for this queue type.'],
    ['a', text({ StringValue: '' }), "Message (user) attribute 'a' must contain a non-empty value of type 'String'."],
    ['a', text({ DataType: 'Text' }), 'invalid message attribute type'],
    ['a', text({ DataType: 'Number' }), "Can't cast the value"],
    ['a', { MessageAttributes: { 'AWS.x': { DataType: 'String', StringValue: 'x' } } }, "beginning with 'AWS.'"],
    ['a', { MessageAttributes: { 'a b': { DataType: 'String', StringValue: 'x' } } }, 'can only contain'],
    [
      'a',
      { MessageSystemAttributes: { Other: { DataType: 'String', StringValue: 'x' } } },
      "Message system attribute name 'Other' is invalid",
    ],
  ])('refuses %j with %j', (MessageBody, more, error) => {
    const before = sandbox.world;
    expect(refused('SendMessage', { MessageBody, ...more })).toContain(error);
    expect(sandbox.world).toBe(before);
  });

  it('takes messages up to the size that the queue allows, attributes counted', () => {
    set({ MaximumMessageSize: '1024' });
    send('a'.repeat(1024));
    expect(refused('SendMessage', { MessageBody: 'a'.repeat(1017), ...text({}) })).toBe(
      'InvalidParameterValue: One or more parameters are invalid. Reason: Message must be shorter than 1024 bytes.',
    );
    expect(refused('SendMessage', { MessageBody: 'ä'.repeat(513) })).toContain(
      'Message must be shorter than 1024 bytes.',
    );
  });

  it('stops where the account is full', () => {
    const large = 'a'.repeat(1024 * 1024);
    send(large);
    send(large);
    expect(refused('SendMessage', { MessageBody: 'a' })).toContain('OverLimit');
    sandbox.call('sqs:PurgeQueue', { QueueUrl });
    send('a');
  });
});

describe('ReceiveMessage', () => {
  it('hides what it gives until its time is over', () => {
    send('a');
    expect(counts()).toEqual([1, 0, 0]);
    expect(receive()).toHaveLength(1);
    expect(counts()).toEqual([0, 1, 0]);
    seconds(29);
    expect(receive()).toEqual([]);
    seconds(1);
    const [message] = receive({ AttributeNames: ['All'], WaitTimeSeconds: 20 });
    expect(message).toMatchObject({
      Body: 'a',
      Attributes: {
        SenderId: accountId,
        SentTimestamp: '1767614400000',
        ApproximateReceiveCount: '2',
        ApproximateFirstReceiveTimestamp: '1767614400000',
      },
    });
  });

  it('gives as many as are asked for, the oldest first', () => {
    for (const body of ['a', 'b', 'c']) send(body);
    expect(bodies({ MaxNumberOfMessages: 2 })).toEqual(['a', 'b']);
    expect(bodies()).toEqual(['c']);
    expect(refused('ReceiveMessage', { MaxNumberOfMessages: 11 })).toBe(
      'InvalidParameterValue: Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.',
    );
    expect(refused('ReceiveMessage', { WaitTimeSeconds: 21 })).toContain('Must be >= 0 and <= 20');
    expect(refused('ReceiveMessage', { VisibilityTimeout: 43_201 })).toContain('VisibilityTimeout');
  });

  it('waits for delays: of the message, else of the queue as it was', () => {
    set({ DelaySeconds: '10' });
    send('a');
    send('b', { DelaySeconds: 0 });
    set({ DelaySeconds: '0' });
    expect(counts()).toEqual([1, 0, 1]);
    expect(bodies()).toEqual(['b']);
    seconds(10);
    expect(bodies()).toEqual(['a']);
  });

  it('forgets what is older than the queue retains', () => {
    set({ MessageRetentionPeriod: '60' });
    send('a');
    seconds(59);
    expect(counts()).toEqual([1, 0, 0]);
    seconds(1);
    expect(counts()).toEqual([0, 0, 0]);
    expect(bodies()).toEqual([]);
    expect(Object.values(sandbox.world.accounts[accountId]?.sqs.queues ?? {})[0]?.messages).toEqual([]);
  });

  it('names who sent a message', () => {
    const eve = sandbox.user('Eve', { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: arn('jobs') });
    sandbox.call('sqs:SendMessage', { QueueUrl, MessageBody: 'a' }, eve);
    const [message] = receive({ MessageSystemAttributeNames: ['SenderId'] });
    expect(message.Attributes).toEqual({ SenderId: eve.kind === 'user' && eve.id });
  });
});

describe('a received message', () => {
  it('is deleted by its last handle', () => {
    send('a');
    const [{ ReceiptHandle: first }] = receive({ VisibilityTimeout: 0 });
    const [{ ReceiptHandle: last }] = receive();
    expect(sandbox.call('sqs:DeleteMessage', { QueueUrl, ReceiptHandle: first })).toEqual({});
    expect(counts()).toEqual([0, 1, 0]);
    sandbox.call('sqs:DeleteMessage', { QueueUrl, ReceiptHandle: last });
    expect(counts()).toEqual([0, 0, 0]);
    sandbox.call('sqs:DeleteMessage', { QueueUrl, ReceiptHandle: last });
    sandbox.call('sqs:CreateQueue', { QueueName: 'dead' });
    for (const [url, handle] of [
      [QueueUrl, 'abc'],
      [deadUrl, last],
    ]) {
      expect(refused('DeleteMessage', { QueueUrl: url, ReceiptHandle: handle })).toBe(
        `ReceiptHandleIsInvalid: The input receipt handle "${handle}" is not a valid receipt handle.`,
      );
    }
  });

  it('is hidden for longer, for shorter, and not beyond twelve hours', () => {
    send('a');
    const [{ ReceiptHandle }] = receive();
    const hide = (VisibilityTimeout: number) => ({ QueueUrl, ReceiptHandle, VisibilityTimeout });
    sandbox.call('sqs:ChangeMessageVisibility', hide(60));
    seconds(59);
    expect(bodies()).toEqual([]);
    expect(refused('ChangeMessageVisibility', hide(43_200))).toContain('beyond the limit [43200 seconds]');
    expect(refused('ChangeMessageVisibility', hide(43_201))).toContain('InvalidParameterValue');
    sandbox.call('sqs:ChangeMessageVisibility', hide(0));
    expect(refused('ChangeMessageVisibility', hide(10))).toContain('MessageNotInflight');
    expect(bodies()).toEqual(['a']);
    expect(refused('ChangeMessageVisibility', hide(10))).toContain('Message does not exist or is not available');
  });
});

describe('batches', () => {
  it('answer each entry for itself', () => {
    const { Successful, Failed } = sandbox.call('sqs:SendMessageBatch', {
      QueueUrl,
      Entries: [
        { Id: '1', MessageBody: 'a' },
        { Id: '2', MessageBody: 'b\u0001' },
        { Id: '3', MessageBody: 'c' },
      ],
    });
    expect(Successful.map(({ Id }: { Id: string }) => Id)).toEqual(['1', '3']);
    expect(Failed).toMatchObject([{ Id: '2', SenderFault: true, Code: 'InvalidMessageContents' }]);
    const [a, c] = receive({ MaxNumberOfMessages: 10 });
    const hidden = sandbox.call('sqs:ChangeMessageVisibilityBatch', {
      QueueUrl,
      Entries: [
        { Id: '1', ReceiptHandle: a.ReceiptHandle, VisibilityTimeout: 0 },
        { Id: '2', ReceiptHandle: c.ReceiptHandle },
      ],
    });
    expect(hidden).toMatchObject({ Successful: [{ Id: '1' }], Failed: [{ Id: '2', Code: 'MissingParameter' }] });
    const deleted = sandbox.call('sqs:DeleteMessageBatch', {
      QueueUrl,
      Entries: [
        { Id: '1', ReceiptHandle: c.ReceiptHandle },
        { Id: '2', ReceiptHandle: 'x' },
      ],
    });
    expect(deleted).toMatchObject({ Successful: [{ Id: '1' }], Failed: [{ Id: '2', Code: 'ReceiptHandleIsInvalid' }] });
    expect(bodies()).toEqual(['a']);
  });

  const entries = (...ids: string[]) => ({ Entries: ids.map((Id) => ({ Id, MessageBody: 'a' })) });
  it.each<[object, string]>([
    [{ Entries: [] }, 'EmptyBatchRequest'],
    [
      entries(...'abcdefghijk'),
      'TooManyEntriesInBatchRequest: Maximum number of entries per request are 10. You have sent 11.',
    ],
    [entries('invalid:id'), 'InvalidBatchEntryId: A batch entry id can only contain alphanumeric characters'],
    [entries('a', 'a'), 'BatchEntryIdsNotDistinct: Id a repeated.'],
    [
      { Entries: ['a', 'b'].map((Id) => ({ Id, MessageBody: 'a'.repeat(524_289) })) },
      'BatchRequestTooLong: Batch requests cannot be longer than 1048576 bytes. You have sent 1048578 bytes.',
    ],
  ])('are refused whole (case %#)', (input, error) => {
    expect(refused('SendMessageBatch', input)).toContain(error);
    expect(counts()).toEqual([0, 0, 0]);
  });

  it('need the permission of the single operation', () => {
    expect(sandbox.asked('sqs:SendMessageBatch', { QueueUrl, ...entries('a') })).toEqual([
      `sqs:SendMessage ${arn('jobs')}`,
    ]);
    expect(sandbox.asked('sqs:DeleteMessageBatch', { QueueUrl, Entries: [] })).toEqual([
      `sqs:DeleteMessage ${arn('jobs')}`,
    ]);
    expect(sandbox.asked('sqs:ChangeMessageVisibilityBatch', { QueueUrl, Entries: [] })).toEqual([
      `sqs:ChangeMessageVisibility ${arn('jobs')}`,
    ]);
  });
});

describe('a dead-letter queue', () => {
  beforeEach(() => {
    sandbox.call('sqs:CreateQueue', { QueueName: 'dead' });
    set({ RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arn('dead'), maxReceiveCount: 2 }) });
  });

  it('gets what was received too often, as old as it is', () => {
    send('a', { MessageAttributes: { k: { DataType: 'String', StringValue: 'v' } } });
    for (let i = 0; i < 2; i += 1) expect(bodies({ VisibilityTimeout: 0 })).toEqual(['a']);
    seconds(1);
    expect(bodies()).toEqual([]);
    const [message] = receive({ QueueUrl: deadUrl, AttributeNames: ['All'], MessageAttributeNames: ['All'] });
    expect(message).toMatchObject({
      Body: 'a',
      MessageAttributes: { k: { StringValue: 'v' } },
      Attributes: {
        DeadLetterQueueSourceArn: arn('jobs'),
        ApproximateReceiveCount: '3',
        SentTimestamp: '1767614400000',
      },
    });
  });

  it('that is gone takes nothing', () => {
    sandbox.call('sqs:DeleteQueue', { QueueUrl: deadUrl });
    send('a');
    for (let i = 0; i < 4; i += 1) expect(bodies({ VisibilityTimeout: 0 })).toEqual(['a']);
  });
});

it('PurgeQueue takes all messages away, once a minute', () => {
  send('a');
  receive();
  send('b');
  sandbox.call('sqs:PurgeQueue', { QueueUrl });
  expect(counts()).toEqual([0, 0, 0]);
  expect(refused('PurgeQueue', {})).toBe(
    'PurgeQueueInProgress: Only one PurgeQueue operation on jobs is allowed every 60 seconds.',
  );
  seconds(60);
  sandbox.call('sqs:PurgeQueue', { QueueUrl });
});
