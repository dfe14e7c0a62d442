/** Rules on calls that CloudTrail records: a honeytoken that rings. */
import { beforeEach, expect, test } from 'vitest';
import { userCaller } from '../../credentials.ts';
import { LedgerSandbox } from '../../testing/ledger-sandbox.ts';
import { accountId, allow, type Output, partnerRoot, policy } from '../../testing/sandbox.ts';

const queueArn = `arn:aws:sqs:us-east-1:${accountId}:alarm`;
const QueueUrl = `https://sqs.us-east-1.amazonaws.com/${accountId}/alarm`;
const trailArn = `arn:aws:cloudtrail:us-east-1:${accountId}:trail/main`;

let sandbox: LedgerSandbox;
beforeEach(() => {
  sandbox = new LedgerSandbox();
  sandbox.call('s3:CreateBucket', { Bucket: 'trail-logs' });
  const service = (Service: string, Action: string, Resource: string) => ({
    Effect: 'Allow',
    Principal: { Service: `${Service}.amazonaws.com` },
    Action,
    Resource,
  });
  const Policy = policy(
    service('cloudtrail', 's3:GetBucketAcl', 'arn:aws:s3:::trail-logs'),
    service('cloudtrail', 's3:PutObject', 'arn:aws:s3:::trail-logs/*'),
  );
  sandbox.call('s3:PutBucketPolicy', { Bucket: 'trail-logs', Policy });
  sandbox.call('cloudtrail:CreateTrail', { Name: 'main', S3BucketName: 'trail-logs', IsMultiRegionTrail: true });
  sandbox.call('cloudtrail:StartLogging', { Name: 'main' });
  sandbox.call('sqs:CreateQueue', { QueueName: 'alarm' });
  const Attributes = { Policy: policy(service('events', 'sqs:SendMessage', queueArn)) };
  sandbox.call('sqs:SetQueueAttributes', { QueueUrl, Attributes });
});

function user(name: string, ...statements: readonly object[]) {
  sandbox.call('iam:CreateUser', { UserName: name });
  if (statements.length > 0) {
    sandbox.call('iam:PutUserPolicy', { UserName: name, PolicyName: 'p', PolicyDocument: policy(...statements) });
  }
  const account = sandbox.world.accounts[accountId];
  const caller = account && userCaller(account, name);
  if (caller === undefined) throw new Error(`There is no user ${name}`);
  return caller;
}

function rule(pattern: object, State = 'ENABLED'): void {
  const EventPattern = JSON.stringify({ 'detail-type': ['AWS API Call via CloudTrail'], ...pattern });
  sandbox.call('events:PutRule', { Name: 'alarm', EventPattern, State });
  sandbox.call('events:PutTargets', { Rule: 'alarm', Targets: [{ Id: 'q', Arn: queueArn }] });
}

const READS = 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';
const ofEve = { detail: { userIdentity: { userName: ['eve'] } } };

/** What rang, after what is due in some seconds. */
function rung(): readonly Output[] {
  sandbox.wait(5_000);
  const { Messages = [] } = sandbox.call('sqs:ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10 });
  for (const { ReceiptHandle } of Messages) sandbox.call('sqs:DeleteMessage', { QueueUrl, ReceiptHandle });
  return Messages.map(({ Body }: Output) => JSON.parse(Body));
}

test('a call that was denied rings', () => {
  const eve = user('eve');
  rule(ofEve);
  sandbox.call('iam:CreateUser', { UserName: 'mole' }, eve);
  expect(rung()).toMatchObject([
    {
      source: 'aws.iam',
      'detail-type': 'AWS API Call via CloudTrail',
      account: accountId,
      region: 'us-east-1',
      detail: { eventName: 'CreateUser', errorCode: 'AccessDenied', sourceIPAddress: '203.0.113.7' },
    },
  ]);
});

test('a call that was allowed rings, and one that reads only where the rule asks for those', () => {
  const eve = user('eve', allow('iam:*'));
  rule(ofEve);
  sandbox.call('iam:CreateUser', { UserName: 'mole' }, eve);
  sandbox.call('iam:ListUsers', {}, eve);
  sandbox.call('sts:GetCallerIdentity', {}, eve);
  expect(rung().map(({ detail }) => detail.eventName)).toEqual(['CreateUser']);
  rule(ofEve, READS);
  sandbox.call('sts:GetCallerIdentity', {}, eve);
  expect(rung().map(({ detail }) => detail.eventName)).toEqual(['GetCallerIdentity']);
});

test('sessions are tokens of their own: GetSessionToken rings as a change', () => {
  const eve = user('eve');
  rule(ofEve);
  sandbox.call('sts:GetSessionToken', {}, eve);
  expect(rung().map(({ detail }) => detail.eventName)).toEqual(['GetSessionToken']);
});

test('without a trail that logs nothing rings', () => {
  const eve = user('eve');
  rule(ofEve);
  sandbox.call('cloudtrail:StopLogging', { Name: trailArn });
  sandbox.call('iam:CreateUser', { UserName: 'mole' }, eve);
  expect(rung()).toEqual([]);
});

test('what a trail does not record rings nowhere: selectors, and data events', () => {
  const eve = user('eve', allow('s3:*'));
  rule(ofEve);
  sandbox.call('s3:PutObject', { Bucket: 'trail-logs', Key: 'k', Body: new Uint8Array() }, eve);
  expect(rung()).toEqual([]);
  const DataResources = [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3'] }];
  sandbox.call('cloudtrail:PutEventSelectors', {
    TrailName: 'main',
    EventSelectors: [{ ReadWriteType: 'All', IncludeManagementEvents: false, DataResources }],
  });
  sandbox.call('s3:PutObject', { Bucket: 'trail-logs', Key: 'k', Body: new Uint8Array() }, eve);
  sandbox.call('s3:CreateBucket', { Bucket: 'eves-own' }, eve);
  expect(rung().map(({ detail }) => detail.eventName)).toEqual(['PutObject']);
});

test('calls of the other account do not ring here', () => {
  rule({ detail: { eventName: ['CreateUser'] } });
  sandbox.call('iam:CreateUser', { UserName: 'theirs' }, partnerRoot);
  expect(rung()).toEqual([]);
});

test('what services call rings too, but what EventBridge does itself never', () => {
  const AssumeRolePolicyDocument = policy({
    Effect: 'Allow',
    Principal: { Service: ['events.amazonaws.com', 'scheduler.amazonaws.com'] },
    Action: 'sts:AssumeRole',
  });
  sandbox.call('iam:CreateRole', { RoleName: 'timer', AssumeRolePolicyDocument });
  const RoleArn = `arn:aws:iam::${accountId}:role/timer`;
  const PolicyDocument = policy(allow(['sqs:*', 'iam:CreateUser']));
  sandbox.call('iam:PutRolePolicy', { RoleName: 'timer', PolicyName: 'p', PolicyDocument });
  rule({ detail: { eventName: ['AssumeRole', 'CreateUser'] } });
  sandbox.call('events:PutTargets', { Rule: 'alarm', Targets: [{ Id: 'q', Arn: queueArn, RoleArn }] });
  sandbox.call('scheduler:CreateSchedule', {
    Name: 'once',
    ScheduleExpression: 'at(2026-01-05T13:00:00)',
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: { Arn: 'arn:aws:scheduler:::aws-sdk:iam:createUser', RoleArn, Input: '{"UserName":"made"}' },
  });
  sandbox.wait(3_600_000);
  expect(
    rung()
      .map(({ detail }) => detail.eventName)
      .sort(),
  ).toEqual(['AssumeRole', 'CreateUser']);
  expect(rung()).toEqual([]);
});

test('the key that signed is in the record', () => {
  const eve = user('eve');
  const { AccessKeyId } = sandbox.call('iam:CreateAccessKey', { UserName: 'eve' }).AccessKey;
  rule({ detail: { userIdentity: { accessKeyId: [AccessKeyId] } } }, READS);
  sandbox.call('iam:ListUsers', {}, eve, AccessKeyId);
  expect(rung().map(({ detail }) => detail.userIdentity.accessKeyId)).toEqual([AccessKeyId]);
  sandbox.call('iam:ListUsers', {}, eve);
  expect(rung()).toEqual([]);
});

test('no more events wait than the limit', () => {
  rule({ source: ['aws.iam'] });
  // Nobody looks at the clock meanwhile.
  for (let i = 0; i < 60; i++) sandbox.call('iam:CreateUser', { UserName: `u${i}` });
  const { arriving = {} } = sandbox.world.accounts[accountId]?.events ?? {};
  expect(Object.keys(arriving)).toHaveLength(50);
});
