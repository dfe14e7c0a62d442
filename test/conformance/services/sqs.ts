import { expect } from 'vitest';
import type { Answers, Scenario } from './scenario.ts';

const sqs = (command: string, ...more: readonly string[]) => ['sqs', command, ...more];
const onQueue =
  (command: string, ...more: readonly string[]) =>
  ({ jobs }: Answers) =>
    sqs(command, '--queue-url', jobs.QueueUrl, ...more);
const all = ['--attribute-names', 'All'];

export const scenario: Scenario = {
  service: 'sqs',
  files: {
    'attributes.json': JSON.stringify({ Hello: { DataType: 'String', StringValue: 'There' } }),
  },
  steps: [
    { run: sqs('create-queue', '--queue-name', 'dead'), name: 'dead' },
    {
      run: ({ dead }) => sqs('get-queue-attributes', '--queue-url', dead.QueueUrl, '--attribute-names', 'QueueArn'),
      name: 'deadArn',
    },
    {
      run: ({ deadArn: { Attributes } }) => {
        const policy = JSON.stringify({ deadLetterTargetArn: Attributes.QueueArn, maxReceiveCount: 5 });
        const attributes = JSON.stringify({ VisibilityTimeout: '60', RedrivePolicy: policy });
        return sqs('create-queue', '--queue-name', 'jobs', '--attributes', attributes, '--tags', 'team=web');
      },
      name: 'jobs',
      shows: ({ QueueUrl }) => expect(QueueUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\d{12}\/jobs$/),
    },
    { run: sqs('create-queue', '--queue-name', 'a b'), ends: 'InvalidParameterValue' },
    {
      run: sqs('create-queue', '--queue-name', 'jobs', '--attributes', 'DelaySeconds=5'),
      ends: 'QueueAlreadyExists',
    },
    {
      run: sqs('get-queue-url', '--queue-name', 'jobs'),
      shows: ({ QueueUrl }, { jobs }) => expect(QueueUrl).toBe(jobs.QueueUrl),
    },
    { run: sqs('get-queue-url', '--queue-name', 'none'), ends: 'AWS.SimpleQueueService.NonExistentQueue' },
    { run: sqs('list-queues'), shows: ({ QueueUrls }) => expect(QueueUrls).toHaveLength(2) },
    {
      run: sqs('list-queues', '--page-size', '1'),
      shows: ({ QueueUrls }) => expect(QueueUrls).toHaveLength(2),
    },
    {
      run: ({ dead }) => sqs('list-dead-letter-source-queues', '--queue-url', dead.QueueUrl),
      shows: ({ queueUrls }, { jobs }) => expect(queueUrls).toEqual([jobs.QueueUrl]),
    },
    {
      run: onQueue('send-message', '--message-body', 'hello', '--message-attributes', 'file://attributes.json'),
      shows: ({ MD5OfMessageBody }) => expect(MD5OfMessageBody).toBe('5d41402abc4b2a76b9719d911017c592'),
    },
    {
      run: onQueue('send-message-batch', '--entries', 'Id=1,MessageBody=a', 'Id=2,MessageBody=b'),
      shows: ({ Successful }) => expect(Successful).toHaveLength(2),
    },
    {
      run: onQueue('receive-message', ...all, '--message-attribute-names', 'All', '--max-number-of-messages', '10'),
      name: 'received',
      shows: ({ Messages }) => expect(Messages.map(({ Body }: { Body: string }) => Body)).toEqual(['hello', 'a', 'b']),
    },
    { run: onQueue('receive-message', '--max-number-of-messages', '11'), ends: 'InvalidParameterValue' },
    {
      run: (answers) =>
        onQueue(
          'change-message-visibility',
          '--receipt-handle',
          answers['received'].Messages[0].ReceiptHandle,
          '--visibility-timeout',
          '0',
        )(answers),
    },
    {
      run: (answers) =>
        onQueue('delete-message', '--receipt-handle', answers['received'].Messages[1].ReceiptHandle)(answers),
    },
    {
      run: (answers) =>
        onQueue(
          'delete-message-batch',
          '--entries',
          `Id=1,ReceiptHandle=${answers['received'].Messages[2].ReceiptHandle}`,
        )(answers),
      shows: ({ Successful }) => expect(Successful).toEqual([{ Id: '1' }]),
    },
    {
      run: onQueue('get-queue-attributes', ...all),
      shows: ({ Attributes }) =>
        expect(Attributes).toMatchObject({ ApproximateNumberOfMessages: '1', VisibilityTimeout: '60' }),
    },
    { run: onQueue('set-queue-attributes', '--attributes', 'DelaySeconds=5') },
    {
      run: onQueue('set-queue-attributes', '--attributes', 'Policy=nonsense'),
      ends: 'InvalidAttributeValue',
    },
    {
      run: onQueue(
        'add-permission',
        '--label',
        'partner',
        '--aws-account-ids',
        '444455556666',
        '--actions',
        'SendMessage',
      ),
    },
    { run: onQueue('remove-permission', '--label', 'partner') },
    { run: onQueue('remove-permission', '--label', 'partner'), ends: 'InvalidParameterValue' },
    { run: onQueue('tag-queue', '--tags', 'stage=dev') },
    { run: onQueue('untag-queue', '--tag-keys', 'team') },
    {
      run: onQueue('list-queue-tags'),
      shows: ({ Tags }) => expect(Tags).toEqual({ stage: 'dev' }),
    },
    { run: onQueue('purge-queue') },
    { run: onQueue('purge-queue'), ends: 'AWS.SimpleQueueService.PurgeQueueInProgress' },
    { run: onQueue('delete-queue') },
    { run: sqs('create-queue', '--queue-name', 'jobs'), ends: 'AWS.SimpleQueueService.QueueDeletedRecently' },
  ],
};
