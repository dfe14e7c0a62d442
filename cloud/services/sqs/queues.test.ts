/** Queues: made, listed, changed, tagged, deleted. */
import { beforeEach, describe, expect, it } from 'vitest';
import { accountId, Sandbox } from '../../testing/sandbox.ts';

let sandbox: Sandbox;
const url = (name: string) => `https://sqs.us-east-1.amazonaws.com/${accountId}/${name}`;
const arn = (name: string) => `arn:aws:sqs:us-east-1:${accountId}:${name}`;
const make = (QueueName: string, Attributes: object = {}) => sandbox.call('sqs:CreateQueue', { QueueName, Attributes });
const attributes = (QueueUrl: string, ...AttributeNames: string[]) =>
  sandbox.call('sqs:GetQueueAttributes', { QueueUrl, AttributeNames }).Attributes;
const refused = (operation: string, input: object) => {
  const before = sandbox.world;
  const { code, message } = sandbox.fail(`sqs:${operation}`, input);
  expect(sandbox.world).toBe(before);
  return `${code}: ${message}`;
};

beforeEach(() => {
  sandbox = new Sandbox();
});

describe('CreateQueue', () => {
  it('makes a queue with the defaults of AWS', () => {
    expect(make('jobs')).toEqual({ QueueUrl: url('jobs') });
    expect(attributes(url('jobs'), 'All')).toEqual({
      QueueArn: arn('jobs'),
      ApproximateNumberOfMessages: '0',
      ApproximateNumberOfMessagesNotVisible: '0',
      ApproximateNumberOfMessagesDelayed: '0',
      CreatedTimestamp: '1767614400',
      LastModifiedTimestamp: '1767614400',
      DelaySeconds: '0',
      MaximumMessageSize: '1048576',
      MessageRetentionPeriod: '345600',
      ReceiveMessageWaitTimeSeconds: '0',
      VisibilityTimeout: '30',
      SqsManagedSseEnabled: 'true',
    });
  });

  it('makes a FIFO queue', () => {
    make('jobs.fifo', { FifoQueue: 'true', ContentBasedDeduplication: 'true' });
    expect(attributes(url('jobs.fifo'), 'All')).toMatchObject({
      FifoQueue: 'true',
      ContentBasedDeduplication: 'true',
      DeduplicationScope: 'queue',
      FifoThroughputLimit: 'perQueue',
    });
  });

  it('answers with the queue that is there, unless it differs', () => {
    make('jobs', { DelaySeconds: '5' });
    expect(make('jobs')).toEqual({ QueueUrl: url('jobs') });
    expect(make('jobs', { DelaySeconds: '5', VisibilityTimeout: '30' })).toEqual({ QueueUrl: url('jobs') });
    expect(refused('CreateQueue', { QueueName: 'jobs', Attributes: { DelaySeconds: '6' } })).toBe(
      'QueueNameExists: A queue already exists with the same name and a different value for attribute DelaySeconds',
    );
  });

  it.each<[string, object, string]>([
    [
      'a b',
      {},
      'InvalidParameterValue: Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length',
    ],
    ['jobs.fifo', {}, 'InvalidParameterValue: Can only include'],
    ['jobs', { FifoQueue: 'true' }, 'InvalidParameterValue: The name of a FIFO queue can only include'],
    ['jobs', { FifoQueue: 'false' }, 'InvalidAttributeName: Unknown Attribute FifoQueue.'],
    [
      'jobs',
      { ContentBasedDeduplication: 'true' },
      'InvalidAttributeName: Unknown Attribute ContentBasedDeduplication.',
    ],
    [
      'jobs',
      { DeduplicationScope: 'queue' },
      'InvalidAttributeName: You can specify the DeduplicationScope only when FifoQueue is set to true.',
    ],
    ['jobs', { Colour: 'red' }, 'InvalidAttributeName: Unknown Attribute Colour.'],
    ['jobs', { constructor: 'x' }, 'InvalidAttributeName: Unknown Attribute constructor.'],
    ['jobs', { QueueArn: 'x' }, 'InvalidAttributeName: Unknown Attribute QueueArn.'],
    ['jobs', { DelaySeconds: '901' }, 'InvalidAttributeValue: Invalid value for the parameter DelaySeconds.'],
    [
      'jobs',
      { MaximumMessageSize: '1048577' },
      'InvalidAttributeValue: Invalid value for the parameter MaximumMessageSize.',
    ],
    ['jobs', { VisibilityTimeout: '1e3' }, 'InvalidAttributeValue: Invalid value for the parameter VisibilityTimeout.'],
    ['jobs', { Policy: '{' }, 'InvalidAttributeValue: Invalid value for the parameter Policy.'],
    [
      'jobs',
      { KmsMasterKeyId: 'alias/k', SqsManagedSseEnabled: 'true' },
      'InvalidAttributeName: You can use one type of server-side encryption (SSE) at one time.',
    ],
  ])('refuses %s %j', (QueueName, Attributes, error) => {
    expect(refused('CreateQueue', { QueueName, Attributes })).toContain(error);
  });

  it('gives nobody the name of a queue that was deleted within a minute', () => {
    make('jobs');
    sandbox.call('sqs:DeleteQueue', { QueueUrl: url('jobs') });
    sandbox.now += 59_999;
    expect(refused('CreateQueue', { QueueName: 'jobs' })).toContain('QueueDeletedRecently: You must wait 60 seconds');
    sandbox.now += 1;
    make('jobs');
    expect(sandbox.world.accounts[accountId]?.sqs.deleted).toEqual({});
  });

  it('needs a permission more for tags', () => {
    expect(sandbox.asked('sqs:CreateQueue', { QueueName: 'a' })).toEqual([`sqs:CreateQueue ${arn('a')}`]);
    expect(sandbox.asked('sqs:CreateQueue', { QueueName: 'b', tags: { team: 'web' } })).toEqual([
      `sqs:CreateQueue ${arn('b')}`,
      `sqs:TagQueue ${arn('b')}`,
    ]);
  });
});

describe('the lists', () => {
  it('find a queue by its name, in its region only', () => {
    make('jobs');
    expect(sandbox.call('sqs:GetQueueUrl', { QueueName: 'jobs' })).toEqual({ QueueUrl: url('jobs') });
    expect(refused('GetQueueUrl', { QueueName: 'job' })).toBe('QueueDoesNotExist: The specified queue does not exist.');
    sandbox.region = 'eu-west-1';
    expect(refused('GetQueueUrl', { QueueName: 'jobs' })).toContain('QueueDoesNotExist');
    expect(sandbox.call('sqs:ListQueues')).toEqual({});
  });

  it('go page by page where a size is asked for', () => {
    for (const name of ['c', 'a', 'b', 'other']) make(name);
    expect(sandbox.call('sqs:ListQueues')).toEqual({ QueueUrls: ['a', 'b', 'c', 'other'].map(url) });
    expect(sandbox.call('sqs:ListQueues', { QueueNamePrefix: 'o' })).toEqual({ QueueUrls: [url('other')] });
    const first = sandbox.call('sqs:ListQueues', { MaxResults: 3 });
    expect(first.QueueUrls).toEqual(['a', 'b', 'c'].map(url));
    sandbox.call('sqs:DeleteQueue', { QueueUrl: url('c') });
    expect(sandbox.call('sqs:ListQueues', { MaxResults: 3, NextToken: first.NextToken })).toEqual({
      QueueUrls: [url('other')],
    });
    expect(refused('ListQueues', { MaxResults: 1001 })).toContain('InvalidParameterValue');
    expect(refused('ListQueues', { NextToken: 'x' })).toContain('InvalidParameterValue');
  });
});

describe('SetQueueAttributes', () => {
  it('changes what it names, and says when', () => {
    make('jobs');
    sandbox.now += 5000;
    sandbox.call('sqs:SetQueueAttributes', { QueueUrl: url('jobs'), Attributes: { VisibilityTimeout: '69' } });
    expect(attributes(url('jobs'), 'VisibilityTimeout', 'LastModifiedTimestamp', 'DelaySeconds')).toEqual({
      VisibilityTimeout: '69',
      LastModifiedTimestamp: '1767614405',
      DelaySeconds: '0',
    });
    expect(attributes(url('jobs'))).toBeUndefined();
    expect(refused('GetQueueAttributes', { QueueUrl: url('jobs'), AttributeNames: ['Foo'] })).toBe(
      'InvalidAttributeName: Unknown Attribute Foo.',
    );
    expect(refused('SetQueueAttributes', { QueueUrl: url('jobs'), Attributes: { FifoQueue: 'true' } })).toContain(
      'InvalidAttributeName',
    );
  });

  it('encrypts by one kind of key', () => {
    make('jobs', { KmsMasterKeyId: 'alias/aws/sqs' });
    const shown = () =>
      attributes(url('jobs'), 'KmsMasterKeyId', 'KmsDataKeyReusePeriodSeconds', 'SqsManagedSseEnabled');
    expect(shown()).toEqual({
      KmsMasterKeyId: 'alias/aws/sqs',
      KmsDataKeyReusePeriodSeconds: '300',
      SqsManagedSseEnabled: 'false',
    });
    const set = (Attributes: object) => ({ QueueUrl: url('jobs'), Attributes });
    expect(refused('SetQueueAttributes', set({ SqsManagedSseEnabled: 'true' }))).toContain('one type of server-side');
    sandbox.call('sqs:SetQueueAttributes', set({ KmsMasterKeyId: '', SqsManagedSseEnabled: 'true' }));
    expect(shown()).toEqual({ SqsManagedSseEnabled: 'true' });
  });

  it('names a dead-letter queue, which lists its sources', () => {
    make('dead');
    make('jobs');
    const policy = (more: object = {}) =>
      JSON.stringify({ deadLetterTargetArn: arn('dead'), maxReceiveCount: '3', ...more });
    const set = (RedrivePolicy: string) => ({ QueueUrl: url('jobs'), Attributes: { RedrivePolicy } });
    sandbox.call('sqs:SetQueueAttributes', set(policy()));
    expect(JSON.parse(attributes(url('jobs'), 'RedrivePolicy').RedrivePolicy)).toEqual({
      deadLetterTargetArn: arn('dead'),
      maxReceiveCount: 3,
    });
    const sources = () => sandbox.call('sqs:ListDeadLetterSourceQueues', { QueueUrl: url('dead') }).queueUrls;
    expect(sources()).toEqual([url('jobs')]);
    sandbox.call('sqs:SetQueueAttributes', set(''));
    expect(sources()).toEqual([]);
    make('order.fifo', { FifoQueue: 'true' });
    for (const [text, reason] of [
      ['{}', 'Redrive policy does not contain mandatory attribute: maxReceiveCount.'],
      ['[]', 'not a valid JSON map'],
      [policy({ maxReceiveCount: 0 }), 'Invalid value for maxReceiveCount: 0, valid values are from 1 to 1000'],
      [policy({ deadLetterTargetArn: 'dummy' }), 'Invalid value for deadLetterTargetArn.'],
      [policy({ deadLetterTargetArn: arn('none') }), 'Dead letter target does not exist.'],
      [policy({ deadLetterTargetArn: arn('dead').replace('east', 'west') }), 'same Region'],
      [policy({ deadLetterTargetArn: arn('order.fifo') }), 'same type'],
      [policy({ x: 1 }), 'Only following attributes are supported'],
    ] as const) {
      expect(refused('SetQueueAttributes', set(text))).toContain(reason);
    }
  });

  it('lets a queue say whose dead-letter queue it is', () => {
    make('dead');
    make('jobs');
    const allow = (policy: object) => ({
      QueueUrl: url('dead'),
      Attributes: { RedriveAllowPolicy: JSON.stringify(policy) },
    });
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arn('dead'), maxReceiveCount: 3 });
    const use = { QueueUrl: url('jobs'), Attributes: { RedrivePolicy } };
    for (const policy of [
      { redrivePermission: 'denyAll' },
      { redrivePermission: 'byQueue', sourceQueueArns: [arn('other')] },
    ]) {
      sandbox.call('sqs:SetQueueAttributes', allow(policy));
      expect(refused('SetQueueAttributes', use)).toContain('RedriveAllowPolicy');
    }
    sandbox.call('sqs:SetQueueAttributes', allow({ redrivePermission: 'byQueue', sourceQueueArns: [arn('jobs')] }));
    sandbox.call('sqs:SetQueueAttributes', use);
    for (const policy of [
      { redrivePermission: 'some' },
      { redrivePermission: 'byQueue' },
      { redrivePermission: 'allowAll', sourceQueueArns: [arn('jobs')] },
      { redrivePermission: 'byQueue', sourceQueueArns: ['x'] },
    ]) {
      expect(refused('SetQueueAttributes', allow(policy))).toContain('InvalidParameterValue');
    }
  });
});

describe('tags', () => {
  it('are set, shown and taken away', () => {
    sandbox.call('sqs:CreateQueue', { QueueName: 'jobs', tags: { constructor: 'x' } });
    const QueueUrl = url('jobs');
    sandbox.call('sqs:TagQueue', { QueueUrl, Tags: { team: 'web', stage: 'dev' } });
    expect(sandbox.call('sqs:ListQueueTags', { QueueUrl })).toEqual({
      Tags: { constructor: 'x', team: 'web', stage: 'dev' },
    });
    sandbox.call('sqs:UntagQueue', { QueueUrl, TagKeys: ['constructor', 'stage', 'none'] });
    expect(sandbox.call('sqs:ListQueueTags', { QueueUrl })).toEqual({ Tags: { team: 'web' } });
    expect(refused('TagQueue', { QueueUrl, Tags: { 'aws:x': 'y' } })).toContain('reserved prefix');
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`k${i}`, '']));
    expect(refused('TagQueue', { QueueUrl, Tags: many })).toBe(
      'InvalidParameterValue: Too many tags added for queue jobs.',
    );
  });
});

it('DeleteQueue takes a queue away, and is refused for one that is not there', () => {
  make('jobs');
  sandbox.call('sqs:DeleteQueue', { QueueUrl: url('jobs') });
  for (const operation of ['DeleteQueue', 'GetQueueAttributes', 'PurgeQueue', 'ReceiveMessage', 'ListQueueTags']) {
    expect(refused(operation, { QueueUrl: url('jobs') })).toContain('QueueDoesNotExist');
  }
});
