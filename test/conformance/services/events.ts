import { expect } from 'vitest';
import type { Answers, Scenario } from './scenario.ts';

const events = (command: string, ...more: readonly string[]) => ['events', command, ...more];
const arn = ({ me }: Answers, service: string, rest: string) => `arn:aws:${service}:us-east-1:${me.Account}:${rest}`;
const bucket = ({ me }: Answers) => `trail-${me.Account}`;
const pattern = JSON.stringify({ source: ['shop'], detail: { price: [{ numeric: ['>', 10] }] } });
const alarm = JSON.stringify({
  'detail-type': ['AWS API Call via CloudTrail'],
  detail: { userIdentity: { userName: ['canary'] } },
});
const entry = (price: number) => ({ Source: 'shop', DetailType: 'order', Detail: JSON.stringify({ price }) });
const lets = (service: string, action: string, ...resources: readonly string[]) => ({
  Effect: 'Allow',
  Principal: { Service: `${service}.amazonaws.com` },
  Action: action,
  Resource: resources,
});
const policy = (...statements: readonly object[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements });
const bodies = ({ Messages = [] }: Answers[string]) => Messages.map(({ Body }: { Body: string }) => JSON.parse(Body));
const receive = ({ jobs }: Answers) => [
  'sqs',
  'receive-message',
  '--queue-url',
  jobs.QueueUrl,
  '--max-number-of-messages',
  '10',
  '--wait-time-seconds',
  '3',
];

export const scenario: Scenario = {
  service: 'events',
  files: {
    'entries.json': JSON.stringify([entry(5), entry(50), { Source: 'aws.shop', DetailType: 'order', Detail: '{}' }]),
  },
  steps: [
    { run: ['sts', 'get-caller-identity'], name: 'me' },
    { run: ['sqs', 'create-queue', '--queue-name', 'jobs'], name: 'jobs' },
    {
      run: (answers) => {
        const Policy = policy(lets('events', 'sqs:SendMessage', arn(answers, 'sqs', 'jobs')));
        const attributes = JSON.stringify({ Policy });
        return ['sqs', 'set-queue-attributes', '--queue-url', answers['jobs'].QueueUrl, '--attributes', attributes];
      },
    },
    {
      run: events('put-rule', '--name', 'orders', '--event-pattern', pattern, '--tags', 'Key=team,Value=web'),
      shows: ({ RuleArn }, answers) => expect(RuleArn).toBe(arn(answers, 'events', 'rule/orders')),
    },
    { run: events('put-rule', '--name', 'none'), ends: 'ValidationException' },
    {
      run: events('put-rule', '--name', 'none', '--event-pattern', '{"source":"shop"}'),
      ends: 'InvalidEventPatternException',
    },
    {
      run: (answers) =>
        events('put-targets', '--rule', 'orders', '--targets', `Id=queue,Arn=${arn(answers, 'sqs', 'jobs')}`),
      shows: ({ FailedEntryCount }) => expect(FailedEntryCount).toBe(0),
    },
    {
      run: events('describe-rule', '--name', 'orders'),
      shows: ({ EventPattern }) => expect(EventPattern).toBe(pattern),
    },
    { run: events('list-rules'), shows: ({ Rules }) => expect(Rules).toHaveLength(1) },
    {
      run: events('list-targets-by-rule', '--rule', 'orders'),
      shows: ({ Targets }) => expect(Targets).toHaveLength(1),
    },
    {
      run: (answers) => events('list-rule-names-by-target', '--target-arn', arn(answers, 'sqs', 'jobs')),
      shows: ({ RuleNames }) => expect(RuleNames).toEqual(['orders']),
    },
    {
      run: events('put-events', '--entries', 'file://entries.json'),
      shows: ({ FailedEntryCount, Entries }) => {
        expect(FailedEntryCount).toBe(1);
        expect(Entries[2].ErrorCode).toBe('NotAuthorizedForSourceException');
      },
    },
    {
      run: receive,
      shows: (answer) => expect(bodies(answer)).toMatchObject([{ source: 'shop', detail: { price: 50 } }]),
    },
    {
      run: events(
        'test-event-pattern',
        '--event-pattern',
        pattern,
        '--event',
        JSON.stringify({
          id: '1',
          account: '1',
          source: 'shop',
          time: 't',
          region: 'r',
          resources: [],
          'detail-type': 'o',
          detail: { price: 11 },
        }),
      ),
      shows: ({ Result }) => expect(Result).toBe(true),
    },
    { run: events('disable-rule', '--name', 'orders') },
    { run: events('enable-rule', '--name', 'orders') },
    {
      run: (answers) =>
        events('tag-resource', '--resource-arn', arn(answers, 'events', 'rule/orders'), '--tags', 'Key=a,Value=b'),
    },
    {
      run: (answers) =>
        events('untag-resource', '--resource-arn', arn(answers, 'events', 'rule/orders'), '--tag-keys', 'team'),
    },
    {
      run: (answers) => events('list-tags-for-resource', '--resource-arn', arn(answers, 'events', 'rule/orders')),
      shows: ({ Tags }) => expect(Tags).toEqual([{ Key: 'a', Value: 'b' }]),
    },
    { run: events('create-event-bus', '--name', 'archive') },
    { run: events('create-event-bus', '--name', 'archive'), ends: 'ResourceAlreadyExistsException' },
    {
      run: events(
        'put-permission',
        '--event-bus-name',
        'archive',
        '--statement-id',
        'partner',
        '--action',
        'events:PutEvents',
        '--principal',
        '444455556666',
      ),
    },
    {
      run: events('describe-event-bus', '--name', 'archive'),
      shows: ({ Policy }) =>
        expect(JSON.parse(Policy).Statement[0].Principal.AWS).toBe('arn:aws:iam::444455556666:root'),
    },
    { run: events('list-event-buses'), shows: ({ EventBuses }) => expect(EventBuses).toHaveLength(2) },
    { run: events('remove-permission', '--event-bus-name', 'archive', '--statement-id', 'partner') },
    { run: events('delete-event-bus', '--name', 'archive') },
    // A honeytoken: what its key does rings.
    { run: (answers) => ['s3api', 'create-bucket', '--bucket', bucket(answers)] },
    {
      run: (answers) => {
        const on = `arn:aws:s3:::${bucket(answers)}`;
        const document = policy(
          lets('cloudtrail', 's3:GetBucketAcl', on),
          lets('cloudtrail', 's3:PutObject', `${on}/*`),
        );
        return ['s3api', 'put-bucket-policy', '--bucket', bucket(answers), '--policy', document];
      },
    },
    { run: (answers) => ['cloudtrail', 'create-trail', '--name', 'main', '--s3-bucket-name', bucket(answers)] },
    { run: ['cloudtrail', 'start-logging', '--name', 'main'] },
    { run: ['iam', 'create-user', '--user-name', 'canary'] },
    { run: ['iam', 'create-access-key', '--user-name', 'canary'], name: 'key' },
    {
      run: events(
        'put-rule',
        '--name',
        'alarm',
        '--event-pattern',
        alarm,
        '--state',
        'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS',
      ),
    },
    {
      run: (answers) =>
        events('put-targets', '--rule', 'alarm', '--targets', `Id=queue,Arn=${arn(answers, 'sqs', 'jobs')}`),
    },
    { run: ['iam', 'list-users'], as: 'key', ends: 'AccessDenied' },
    {
      run: receive,
      waits: 3,
      shows: (answer, { key }) => {
        const rung = bodies(answer).find(({ source }: { source: string }) => source === 'aws.iam');
        expect(rung.detail).toMatchObject({
          eventName: 'ListUsers',
          errorCode: 'AccessDenied',
          userIdentity: { userName: 'canary', accessKeyId: key.AccessKey.AccessKeyId },
        });
      },
    },
    { run: events('delete-rule', '--name', 'orders'), ends: 'ValidationException' },
    { run: events('remove-targets', '--rule', 'orders', '--ids', 'queue') },
    { run: events('delete-rule', '--name', 'orders') },
    { run: events('describe-rule', '--name', 'orders'), ends: 'ResourceNotFoundException' },
  ],
};
