import { gunzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import type { TrailRecord } from '../../ledger/past-call.ts';
import { LedgerSandbox } from '../../testing/ledger-sandbox.ts';
import { pastCall } from '../../testing/past-call.ts';
import { accountId, policy, Sandbox } from '../../testing/sandbox.ts';
import type { World } from '../../world.ts';

const bucket = 'logs-111122223333';
const minute = 60_000;

const namesOf = ({ Events }: { Events: readonly { EventName: string }[] }) => Events.map(({ EventName }) => EventName);

describe('LookupEvents', () => {
  test('tells the management events, newest first', () => {
    const sandbox = new LedgerSandbox();
    sandbox.call('iam:CreateUser', { UserName: 'Bea' }, undefined, 'AKIAROOT');
    sandbox.call('s3:CreateBucket', { Bucket: bucket });
    sandbox.call('s3:PutObject', { Bucket: bucket, Key: 'k', Body: new Uint8Array() });
    const answer = sandbox.call('cloudtrail:LookupEvents');
    expect(namesOf(answer)).toEqual(['CreateBucket', 'CreateUser']);
    const { CloudTrailEvent, ...event } = answer.Events[1];
    expect(event).toEqual({
      EventId: expect.any(String),
      EventName: 'CreateUser',
      ReadOnly: 'false',
      AccessKeyId: 'AKIAROOT',
      EventTime: new Date('2026-01-05T12:00:01Z'),
      EventSource: 'iam.amazonaws.com',
      Username: 'root',
      Resources: [{ ResourceType: 'AWS::IAM::User', ResourceName: 'Bea' }],
    });
    expect(JSON.parse(CloudTrailEvent)).toMatchObject({
      eventID: event.EventId,
      requestParameters: { userName: 'Bea' },
    });
  });

  test('finds by one attribute and by time', () => {
    const sandbox = new LedgerSandbox();
    sandbox.call('iam:CreateUser', { UserName: 'Bea' });
    sandbox.call('iam:CreateUser', { UserName: 'Cy' });
    sandbox.call('iam:ListUsers');
    const find = (AttributeKey: string, AttributeValue: string) =>
      namesOf(sandbox.call('cloudtrail:LookupEvents', { LookupAttributes: [{ AttributeKey, AttributeValue }] }));
    expect(find('EventName', 'CreateUser')).toEqual(['CreateUser', 'CreateUser']);
    expect(find('ResourceName', 'Cy')).toEqual(['CreateUser']);
    expect(find('Username', 'root')).not.toEqual([]);
    expect(find('AccessKeyId', 'AKIA0')).toEqual([]);
    expect(find('EventSource', 'iam.amazonaws.com')).toEqual(['ListUsers', 'CreateUser', 'CreateUser']);
    expect(find('ReadOnly', 'false')).toEqual(['CreateUser', 'CreateUser']);
    const EndTime = new Date('2026-01-05T12:00:01Z');
    expect(namesOf(sandbox.call('cloudtrail:LookupEvents', { EndTime }))).toEqual(['CreateUser']);
    expect(sandbox.call('cloudtrail:LookupEvents', { StartTime: new Date(), EndTime }).code).toBe(
      'InvalidTimeRangeException',
    );
  });

  test('comes in pages', () => {
    const sandbox = new LedgerSandbox();
    for (let n = 0; n < 5; n += 1) sandbox.call('iam:CreateUser', { UserName: `u${n}` });
    const EndTime = new Date(sandbox.now);
    const found: string[] = [];
    let NextToken: string | undefined;
    do {
      const page = sandbox.call('cloudtrail:LookupEvents', { MaxResults: 2, EndTime, NextToken });
      found.push(
        ...page.Events.map((event: { Resources: [{ ResourceName: string }] }) => event.Resources[0].ResourceName),
      );
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    expect(found).toEqual(['u4', 'u3', 'u2', 'u1', 'u0']);
    expect(sandbox.call('cloudtrail:LookupEvents', { NextToken: 'x' }).code).toBe('InvalidNextTokenException');
  });

  test('shows IAM in us-east-1 alone, and what was planted as history', () => {
    const sandbox = new LedgerSandbox();
    sandbox.world = withHistory(sandbox.world, [
      pastCall(sandbox.now - 86_400_000, { eventName: 'CreateAccessKey' }),
      pastCall(sandbox.now - 91 * 86_400_000, { eventName: 'TooOld' }),
    ]);
    sandbox.call('iam:ListUsers');
    expect(namesOf(sandbox.call('cloudtrail:LookupEvents'))).toEqual(['ListUsers', 'CreateAccessKey']);
    sandbox.region = 'eu-west-1';
    expect(namesOf(sandbox.call('cloudtrail:LookupEvents'))).toEqual([]);
  });

  test('knows of history alone where no calls are kept', () => {
    const sandbox = new Sandbox();
    sandbox.world = withHistory(sandbox.world, [pastCall(sandbox.now - 1)]);
    expect(namesOf(sandbox.call('cloudtrail:LookupEvents'))).toEqual(['ListUsers']);
  });
});

function withHistory(world: World, history: readonly ReturnType<typeof pastCall>[]): World {
  const account = world.accounts[accountId];
  if (account === undefined) throw new Error('There is no account');
  const cloudtrail = { ...account.cloudtrail, history };
  return { ...world, accounts: { ...world.accounts, [accountId]: { ...account, cloudtrail } } };
}

/** A trail that records, with these selectors. */
function withTrail(selectors?: object, more: object = {}): LedgerSandbox {
  const sandbox = new LedgerSandbox();
  sandbox.call('s3:CreateBucket', { Bucket: bucket });
  const service = { Effect: 'Allow', Principal: { Service: 'cloudtrail.amazonaws.com' } };
  const document = policy(
    { ...service, Action: 's3:GetBucketAcl', Resource: `arn:aws:s3:::${bucket}` },
    {
      ...service,
      Action: 's3:PutObject',
      Resource: `arn:aws:s3:::${bucket}/*`,
      Condition: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } },
    },
  );
  sandbox.call('s3:PutBucketPolicy', { Bucket: bucket, Policy: document });
  sandbox.call('cloudtrail:CreateTrail', { Name: 'main', S3BucketName: bucket, ...more });
  if (selectors !== undefined) sandbox.call('cloudtrail:PutEventSelectors', { TrailName: 'main', ...selectors });
  sandbox.call('cloudtrail:StartLogging', { Name: 'main' });
  return sandbox;
}

/** The records of all log files, by the keys of the files. */
function filesOf(sandbox: LedgerSandbox): ReadonlyMap<string, readonly TrailRecord[]> {
  const { Contents = [] } = sandbox.call('s3:ListObjectsV2', { Bucket: bucket });
  return new Map(
    Contents.filter(({ Key }: { Key: string }) => Key.endsWith('.json.gz')).map(({ Key }: { Key: string }) => {
      const { Body } = sandbox.call('s3:GetObject', { Bucket: bucket, Key });
      const bytes = sandbox.blobs.get(Body.blobs[0].digest) ?? new Uint8Array();
      return [Key, JSON.parse(new TextDecoder().decode(gunzipSync(bytes))).Records];
    }),
  );
}

const eventsOf = (sandbox: LedgerSandbox) => [...filesOf(sandbox).values()].flat().map(({ eventName }) => eventName);

describe('a trail', () => {
  test('writes what was called into its bucket', () => {
    const sandbox = withTrail(undefined, { S3KeyPrefix: 'audit' });
    sandbox.call('iam:CreateUser', { UserName: 'Bea' });
    sandbox.wait(5 * minute);
    const [[key = '', records] = []] = [...filesOf(sandbox)];
    expect(key).toMatch(
      /^audit\/AWSLogs\/111122223333\/CloudTrail\/us-east-1\/2026\/01\/05\/111122223333_CloudTrail_us-east-1_20260105T1205Z_\w{16}\.json\.gz$/,
    );
    expect(records?.map(({ eventName }) => eventName)).toEqual(['CreateUser']);
    expect(sandbox.call('cloudtrail:GetTrailStatus', { Name: 'main' }).LatestDeliveryTime).toBeInstanceOf(Date);
  });

  test('is quiet where nobody calls, and delivers each call once', () => {
    const sandbox = withTrail({ EventSelectors: [{ ReadWriteType: 'WriteOnly' }] });
    sandbox.wait(60 * minute);
    expect(eventsOf(sandbox)).toEqual([]);
    sandbox.call('iam:CreateUser', { UserName: 'Bea' });
    sandbox.wait(60 * minute);
    sandbox.wait(60 * minute);
    expect(eventsOf(sandbox)).toEqual(['CreateUser']);
  });

  test('delivers what was called before it was stopped', () => {
    const sandbox = withTrail({ EventSelectors: [{ ReadWriteType: 'WriteOnly' }] });
    sandbox.call('iam:CreateUser', { UserName: 'Bea' });
    sandbox.call('cloudtrail:StopLogging', { Name: 'main' });
    sandbox.call('iam:CreateUser', { UserName: 'Cy' });
    sandbox.wait(60 * minute);
    expect(eventsOf(sandbox)).toEqual(['CreateUser', 'StopLogging']);
  });

  test.each([
    ['basic', { EventSelectors: [data('AWS::S3::Object', `arn:aws:s3:::${bucket}/secret/`)] }],
    [
      'advanced',
      {
        AdvancedEventSelectors: [
          {
            FieldSelectors: [
              { Field: 'eventCategory', Equals: ['Data'] },
              { Field: 'resources.type', Equals: ['AWS::S3::Object'] },
              { Field: 'resources.ARN', StartsWith: [`arn:aws:s3:::${bucket}/secret/`] },
              { Field: 'eventName', NotEquals: ['HeadObject'] },
            ],
          },
        ],
      },
    ],
  ])('records data events that its %s selectors ask for', (_kind, selectors) => {
    const sandbox = withTrail(selectors);
    sandbox.call('s3:PutObject', { Bucket: bucket, Key: 'secret/k', Body: new Uint8Array([1]) });
    sandbox.call('s3:PutObject', { Bucket: bucket, Key: 'other', Body: new Uint8Array() });
    sandbox.wait(5 * minute);
    expect(eventsOf(sandbox).filter((name) => name !== 'StartLogging')).toEqual(['PutObject']);
  });

  test('says of a bucket that does not let it in any more', () => {
    const sandbox = withTrail();
    sandbox.call('s3:DeleteBucketPolicy', { Bucket: bucket });
    sandbox.wait(5 * minute);
    expect(eventsOf(sandbox)).toEqual([]);
    expect(sandbox.call('cloudtrail:GetTrailStatus', { Name: 'main' })).toMatchObject({
      LatestDeliveryError: 'AccessDenied',
      IsLogging: true,
    });
  });
});

function data(Type: string, ...Values: readonly string[]) {
  return { IncludeManagementEvents: false, DataResources: [{ Type, Values }] };
}
