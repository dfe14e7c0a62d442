import { expect } from 'vitest';
import type { Answers, Scenario } from './scenario.ts';

const sns = (command: string, ...more: readonly string[]) => ['sns', command, ...more];
const onTopic =
  (command: string, ...more: readonly string[]) =>
  ({ news }: Answers) =>
    sns(command, '--topic-arn', news.TopicArn, ...more);
const onSubscription =
  (command: string, ...more: readonly string[]) =>
  ({ wish }: Answers) =>
    sns(command, '--subscription-arn', wish.SubscriptionArn, ...more);

export const scenario: Scenario = {
  service: 'sns',
  files: { 'kind.json': JSON.stringify({ kind: { DataType: 'String', StringValue: 'sport' } }) },
  steps: [
    { run: sns('create-topic', '--name', 'news', '--tags', 'Key=team,Value=web'), name: 'news' },
    { run: sns('create-topic', '--name', 'a b'), ends: 'InvalidParameter' },
    { run: sns('list-topics'), shows: ({ Topics }, { news }) => expect(Topics).toEqual([{ TopicArn: news.TopicArn }]) },
    { run: onTopic('set-topic-attributes', '--attribute-name', 'DisplayName', '--attribute-value', 'News') },
    {
      run: onTopic('get-topic-attributes'),
      shows: ({ Attributes }) => expect(Attributes.DisplayName).toBe('News'),
    },
    {
      run: onTopic('set-topic-attributes', '--attribute-name', 'Policy', '--attribute-value', '{'),
      ends: 'InvalidParameter',
    },
    { run: ['sqs', 'create-queue', '--queue-name', 'inbox'], name: 'inbox' },
    {
      run: ({ inbox, news }) => {
        const queueArn = news.TopicArn.replace(':sns:', ':sqs:').replace(/news$/, 'inbox');
        const Statement = [
          {
            Effect: 'Allow',
            Principal: { Service: 'sns.amazonaws.com' },
            Action: 'sqs:SendMessage',
            Resource: queueArn,
            Condition: { ArnEquals: { 'aws:SourceArn': news.TopicArn } },
          },
        ];
        const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
        return [
          'sqs',
          'set-queue-attributes',
          '--queue-url',
          inbox.QueueUrl,
          '--attributes',
          JSON.stringify({ Policy }),
        ];
      },
    },
    {
      run: (answers) => {
        const queueArn = answers['news'].TopicArn.replace(':sns:', ':sqs:').replace(/news$/, 'inbox');
        return onTopic('subscribe', '--protocol', 'sqs', '--notification-endpoint', queueArn)(answers);
      },
      name: 'wish',
      shows: ({ SubscriptionArn }, { news }) => expect(SubscriptionArn).toContain(`${news.TopicArn}:`),
    },
    {
      run: onTopic(
        'subscribe',
        '--protocol',
        'email',
        '--notification-endpoint',
        'a@example.com',
        '--return-subscription-arn',
      ),
      name: 'mail',
    },
    {
      run: ({ mail }) => sns('get-subscription-attributes', '--subscription-arn', mail.SubscriptionArn),
      name: 'pending',
      shows: ({ Attributes }) => expect(Attributes.PendingConfirmation).toBe('true'),
    },
    {
      run: (answers) =>
        onTopic('confirm-subscription', '--token', answers['pending'].Attributes.ConfirmationToken)(answers),
      shows: ({ SubscriptionArn }, { mail }) => expect(SubscriptionArn).toBe(mail.SubscriptionArn),
    },
    { run: onTopic('confirm-subscription', '--token', 'x'), ends: 'InvalidParameter' },
    {
      run: onSubscription(
        'set-subscription-attributes',
        '--attribute-name',
        'FilterPolicy',
        '--attribute-value',
        '{"kind":["sport"]}',
      ),
    },
    { run: sns('list-subscriptions'), shows: ({ Subscriptions }) => expect(Subscriptions).toHaveLength(2) },
    {
      run: onTopic('list-subscriptions-by-topic'),
      shows: ({ Subscriptions }) => expect(Subscriptions).toHaveLength(2),
    },
    { run: onTopic('publish', '--message', 'unwanted') },
    { run: onTopic('publish', '--message', 'hello', '--subject', 'hi', '--message-attributes', 'file://kind.json') },
    {
      run: ({ inbox }) => ['sqs', 'receive-message', '--queue-url', inbox.QueueUrl, '--max-number-of-messages', '10'],
      shows: ({ Messages }) =>
        expect(Messages.map(({ Body }: { Body: string }) => JSON.parse(Body).Message)).toEqual(['hello']),
    },
    {
      run: onTopic('publish-batch', '--publish-batch-request-entries', 'Id=1,Message=a', 'Id=2,Message=b'),
      shows: ({ Successful }) => expect(Successful).toHaveLength(2),
    },
    { run: sns('publish', '--topic-arn', 'news', '--message', 'a'), ends: 'InvalidParameter' },
    {
      run: onTopic(
        'add-permission',
        '--label',
        'partner',
        '--aws-account-id',
        '444455556666',
        '--action-name',
        'Publish',
      ),
    },
    { run: onTopic('remove-permission', '--label', 'partner') },
    { run: ({ news }) => sns('tag-resource', '--resource-arn', news.TopicArn, '--tags', 'Key=stage,Value=dev') },
    { run: ({ news }) => sns('untag-resource', '--resource-arn', news.TopicArn, '--tag-keys', 'team') },
    {
      run: ({ news }) => sns('list-tags-for-resource', '--resource-arn', news.TopicArn),
      shows: ({ Tags }) => expect(Tags).toEqual([{ Key: 'stage', Value: 'dev' }]),
    },
    { run: onSubscription('unsubscribe') },
    { run: onSubscription('get-subscription-attributes'), ends: 'NotFound' },
    { run: onTopic('delete-topic') },
    { run: onTopic('get-topic-attributes'), ends: 'NotFound' },
  ],
};
