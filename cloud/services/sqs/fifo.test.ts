/** Messages of FIFO queues: their order within groups, and copies. */
import { beforeEach, describe, expect, it } from 'vitest';
import { accountId, Sandbox } from '../../testing/sandbox.ts';

let sandbox: Sandbox;
const urlOf = (name: string) => `https://sqs.us-east-1.amazonaws.com/${accountId}/${name}`;
const QueueUrl = urlOf('jobs.fifo');
const send = (MessageBody: string, MessageGroupId = 'g', more: object = {}) =>
  sandbox.call('sqs:SendMessage', { QueueUrl, MessageBody, MessageGroupId, ...more });
const receive = (more: object = {}) =>
  sandbox.call('sqs:ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10, ...more }).Messages ?? [];
const bodies = (more: object = {}) => receive(more).map(({ Body }: { Body: string }) => Body);
const refused = (operation: string, input: object) => {
  const { code, message } = sandbox.fail(`sqs:${operation}`, { QueueUrl, ...input });
  return `${code}: ${message}`;
};

beforeEach(() => {
  sandbox = new Sandbox();
  const Attributes = { FifoQueue: 'true', ContentBasedDeduplication: 'true' };
  sandbox.call('sqs:CreateQueue', { QueueName: 'jobs.fifo', Attributes });
});

describe('the order', () => {
  it('is kept within a group: nothing follows a message in flight', () => {
    send('a1', 'a');
    send('a2', 'a');
    send('b1', 'b');
    const [first] = receive({ MaxNumberOfMessages: 1 });
    expect(first.Body).toBe('a1');
    expect(bodies()).toEqual(['b1']);
    sandbox.call('sqs:DeleteMessage', { QueueUrl, ReceiptHandle: first.ReceiptHandle });
    expect(bodies()).toEqual(['a2']);
  });

  it('is the old one when a message comes back', () => {
    send('a1');
    send('a2');
    receive({ MaxNumberOfMessages: 1, VisibilityTimeout: 10 });
    sandbox.now += 10_000;
    expect(bodies()).toEqual(['a1', 'a2']);
  });

  it('is shown by numbers of twenty digits that grow', () => {
    const numbers = ['a', 'b', 'c'].map((body) => send(body).SequenceNumber);
    expect(numbers).toEqual([...numbers].sort());
    expect(new Set(numbers).size).toBe(3);
    expect(numbers[0]).toMatch(/^\d{20}$/);
    const [message] = receive({ AttributeNames: ['All'] });
    expect(message.Attributes).toMatchObject({
      SequenceNumber: numbers[0],
      MessageGroupId: 'g',
      MessageDeduplicationId: 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb',
    });
  });
});

describe('copies', () => {
  it('are taken for the message itself for five minutes, though it is deleted', () => {
    const sent = send('a');
    const [{ ReceiptHandle }] = receive();
    sandbox.call('sqs:DeleteMessage', { QueueUrl, ReceiptHandle });
    sandbox.now += 299_999;
    expect(send('a', 'other')).toEqual(sent);
    expect(bodies()).toEqual([]);
    sandbox.now += 1;
    expect(send('a').MessageId).not.toBe(sent.MessageId);
    expect(bodies()).toEqual(['a']);
  });

  it('are told by the id that the sender gives', () => {
    const one = { MessageDeduplicationId: 'one' };
    expect(send('a', 'g', one).MessageId).toBe(send('b', 'g', one).MessageId);
    expect(bodies()).toEqual(['a']);
  });

  it('are told by group where the queue says so', () => {
    sandbox.call('sqs:SetQueueAttributes', { QueueUrl, Attributes: { DeduplicationScope: 'messageGroup' } });
    send('a', 'g');
    send('a', 'h');
    send('a', 'g');
    expect(bodies()).toEqual(['a', 'a']);
  });
});

describe('a FIFO queue refuses', () => {
  it.each<[object, string]>([
    [{ MessageBody: 'a' }, 'MissingParameter: The request must contain the parameter MessageGroupId.'],
    [{ MessageBody: 'a', MessageGroupId: 'g', DelaySeconds: 2 }, 'Value 2 for parameter DelaySeconds is invalid.'],
    [{ MessageBody: 'a', MessageGroupId: 'a b' }, 'MessageGroupId can only include alphanumeric'],
    [{ MessageBody: 'a', MessageGroupId: 'g', MessageDeduplicationId: '' }, 'MessageDeduplicationId can only include'],
  ])('%j', (input, error) => {
    expect(refused('SendMessage', input)).toContain(error);
  });

  it('messages that nothing tells apart, and a batch with one of them', () => {
    sandbox.call('sqs:SetQueueAttributes', { QueueUrl, Attributes: { ContentBasedDeduplication: 'false' } });
    const error =
      'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly';
    expect(refused('SendMessage', { MessageBody: 'a', MessageGroupId: 'g' })).toContain(error);
    const entry = { MessageBody: 'a', MessageGroupId: 'g' };
    const Entries = [
      { Id: '1', ...entry, MessageDeduplicationId: 'x' },
      { Id: '2', ...entry },
    ];
    expect(refused('SendMessageBatch', { Entries })).toContain(error);
    expect(bodies()).toEqual([]);
  });

  it('handles whose time is over', () => {
    send('a');
    const [{ ReceiptHandle }] = receive({ VisibilityTimeout: 5 });
    sandbox.now += 5000;
    expect(refused('DeleteMessage', { ReceiptHandle })).toContain('The receipt handle has expired.');
  });

  it('throughput by group where copies are told by queue', () => {
    expect(refused('SetQueueAttributes', { Attributes: { FifoThroughputLimit: 'perMessageGroupId' } })).toBe(
      'InvalidAttributeValue: Invalid value for the parameter FifoThroughputLimit.',
    );
  });
});

it('the delay of a FIFO queue is the present one for all its messages', () => {
  send('a');
  sandbox.call('sqs:SetQueueAttributes', { QueueUrl, Attributes: { DelaySeconds: '10' } });
  expect(bodies()).toEqual([]);
  sandbox.now += 10_000;
  expect(bodies()).toEqual(['a']);
});

it('a dead-letter queue of a FIFO queue begins a message anew', () => {
  sandbox.call('sqs:CreateQueue', { QueueName: 'dead.fifo', Attributes: { FifoQueue: 'true' } });
  const target = `arn:aws:sqs:us-east-1:${accountId}:dead.fifo`;
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: target, maxReceiveCount: 1 });
  sandbox.call('sqs:SetQueueAttributes', { QueueUrl, Attributes: { RedrivePolicy } });
  send('a1');
  send('a2');
  expect(bodies({ MaxNumberOfMessages: 1, VisibilityTimeout: 0 })).toEqual(['a1']);
  sandbox.now += 1000;
  expect(bodies()).toEqual(['a2']);
  const [message] = receive({ QueueUrl: urlOf('dead.fifo'), AttributeNames: ['SentTimestamp', 'MessageGroupId'] });
  expect(message).toMatchObject({ Body: 'a1', Attributes: { SentTimestamp: '1767614401000', MessageGroupId: 'g' } });
});
