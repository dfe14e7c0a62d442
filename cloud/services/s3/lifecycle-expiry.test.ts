import { beforeEach, describe, expect, it } from 'vitest';
import { accountId, allow, type Output, policy, Sandbox, text } from '../../testing/sandbox.ts';

const Bucket = 'seeds-1';
const day = 86_400_000;
let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
  sandbox.call('s3:CreateBucket', { Bucket });
});

const rules = (...Rules: object[]) =>
  sandbox.call('s3:PutBucketLifecycleConfiguration', {
    Bucket,
    LifecycleConfiguration: { Rules: Rules.map((rule) => ({ Status: 'Enabled', Filter: { Prefix: '' }, ...rule })) },
  });
const put = (Key: string, more: object = {}) => sandbox.call('s3:PutObject', { Bucket, Key, ...more }).VersionId;
const version = () =>
  sandbox.call('s3:PutBucketVersioning', { Bucket, VersioningConfiguration: { Status: 'Enabled' } });
const pass = (days: number) => {
  sandbox.now += days * day;
  sandbox.pass();
};
const keys = () => (sandbox.call('s3:ListObjectsV2', { Bucket }).Contents ?? []).map(({ Key }: Output) => Key);
const all = () => {
  const { Versions = [], DeleteMarkers = [] } = sandbox.call('s3:ListObjectVersions', { Bucket });
  return [Versions.map(({ VersionId }: Output) => VersionId), DeleteMarkers.length];
};

describe('current objects', () => {
  it('go at the midnight after their days', () => {
    put('a');
    rules({ Expiration: { Days: 2 } });
    pass(2.4);
    expect(keys()).toEqual(['a']);
    pass(0.1);
    expect(keys()).toEqual([]);
  });

  it('go by date, those that come later on their next midnight', () => {
    put('old');
    rules({ Expiration: { Date: new Date('2026-01-08T00:00:00Z') } });
    pass(2);
    expect(keys()).toEqual(['old']);
    pass(1);
    put('new');
    expect(keys()).toEqual(['new']);
    pass(1);
    expect(keys()).toEqual([]);
  });

  it.each<[string, object, readonly string[]]>([
    ['a prefix', { Filter: { Prefix: 'tmp/' } }, ['big', 'constructor', 'tagged']],
    ['a prefix outside of a filter', { Filter: undefined, Prefix: 'tmp/' }, ['big', 'constructor', 'tagged']],
    ['a tag', { Filter: { Tag: { Key: 'keep', Value: 'no' } } }, ['big', 'constructor', 'tmp/a']],
    ['a size', { Filter: { ObjectSizeGreaterThan: 5 } }, ['constructor', 'tagged', 'tmp/a']],
    [
      'all at once',
      { Filter: { And: { Prefix: 'big', ObjectSizeLessThan: 5 } } },
      ['big', 'constructor', 'tagged', 'tmp/a'],
    ],
    ['nothing, where the rule is off', { Status: 'Disabled' }, ['big', 'constructor', 'tagged', 'tmp/a']],
    ['nothing, as its name says', {}, []],
  ])('are chosen by %s', (_name, rule, left) => {
    put('tmp/a');
    put('tagged', { Tagging: 'keep=no' });
    put('big', { Body: text('123456') });
    put('constructor');
    rules({ Expiration: { Days: 1 }, ...rule });
    pass(3);
    expect(keys()).toEqual(left);
  });
});

describe('versions', () => {
  it('a current one gets a delete marker, a noncurrent one goes by its own days', () => {
    version();
    const first = put('a');
    rules({ Expiration: { Days: 3 }, NoncurrentVersionExpiration: { NoncurrentDays: 5 } });
    pass(3.5);
    expect(all()).toEqual([[first], 1]);
    pass(4.9);
    expect(all()).toEqual([[first], 1]);
    pass(0.1);
    // The delete marker, with nothing under it, was older than the rule's days.
    expect(all()).toEqual([[], 0]);
  });

  it('of which some newer ones stay', () => {
    version();
    const ids = [1, 2, 3, 4].map(() => put('a'));
    rules({ NoncurrentVersionExpiration: { NoncurrentDays: 1, NewerNoncurrentVersions: 2 } });
    pass(3);
    expect(all()).toEqual([[ids[3], ids[2], ids[1]], 0]);
  });

  it('a delete marker alone goes where the rule says so', () => {
    version();
    const VersionId = put('a');
    sandbox.call('s3:DeleteObject', { Bucket, Key: 'a' });
    rules({ Expiration: { ExpiredObjectDeleteMarker: true } });
    pass(3);
    expect(all()).toEqual([[VersionId], 1]);
    sandbox.call('s3:DeleteObject', { Bucket, Key: 'a', VersionId });
    pass(0);
    expect(all()).toEqual([[], 0]);
  });

  it('that are locked stay for as long', () => {
    sandbox.call('s3:CreateBucket', { Bucket: 'records-1', ObjectLockEnabledForBucket: true });
    const lock = { ObjectLockMode: 'GOVERNANCE', ObjectLockRetainUntilDate: new Date(sandbox.now + 10 * day) };
    const input = { Bucket: 'records-1', Key: 'a' };
    sandbox.call('s3:PutObject', { ...input, ...lock });
    sandbox.call('s3:DeleteObject', input);
    sandbox.call('s3:PutBucketLifecycleConfiguration', {
      Bucket: 'records-1',
      LifecycleConfiguration: {
        Rules: [{ Status: 'Enabled', Prefix: '', NoncurrentVersionExpiration: { NoncurrentDays: 1 } }],
      },
    });
    const left = () => sandbox.call('s3:ListObjectVersions', { Bucket: 'records-1' }).Versions?.length ?? 0;
    pass(9);
    expect(left()).toBe(1);
    pass(2);
    expect(left()).toBe(0);
  });
});

it('uploads that nobody ends are aborted', () => {
  sandbox.call('s3:CreateMultipartUpload', { Bucket, Key: 'in/a' });
  sandbox.call('s3:CreateMultipartUpload', { Bucket, Key: 'b' });
  rules({ Filter: { Prefix: 'in/' }, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 2 } });
  pass(3);
  expect(sandbox.call('s3:ListMultipartUploads', { Bucket }).Uploads).toMatchObject([{ Key: 'b' }]);
});

it('tells who is to be told', () => {
  const QueueArn = `arn:aws:sqs:us-east-1:${accountId}:gone`;
  const Policy = policy(allow('sqs:SendMessage', QueueArn, { Principal: { Service: 's3.amazonaws.com' } }));
  sandbox.call('sqs:CreateQueue', { QueueName: 'gone', Attributes: { Policy } });
  sandbox.call('s3:PutBucketNotificationConfiguration', {
    Bucket,
    SkipDestinationValidation: true,
    NotificationConfiguration: { QueueConfigurations: [{ QueueArn, Events: ['s3:LifecycleExpiration:*'] }] },
  });
  put('a');
  rules({ Expiration: { Days: 1 } });
  pass(2);
  const QueueUrl = `https://sqs.us-east-1.amazonaws.com/${accountId}/gone`;
  const [message] = sandbox.call('sqs:ReceiveMessage', { QueueUrl }).Messages;
  expect(JSON.parse(message.Body).Records).toMatchObject([
    { eventName: 'LifecycleExpiration:Delete', s3: { object: { key: 'a' } } },
  ]);
});
