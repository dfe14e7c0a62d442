import { describe, expect, test } from 'vitest';
import { nodeHashes } from '../../server/hashes/node-hashes.ts';
import { actionsOf } from '../action-catalogue.ts';
import { newWorld } from '../new-world.ts';
import type { ChangeOperation, PermissionFacts, ResourceRules, Service } from '../service.ts';
import { services } from '../services/index.ts';
import { ownerByRule, permissionsOf } from './by-rule.ts';
import { passRole } from './pass-role.ts';

const me = '111122223333';
const other = '444455556666';
const place = `eu-west-1:${me}`;
const facts: PermissionFacts = {
  world: newWorld({ accountId: me, region: 'eu-west-1' }),
  callerAccountId: me,
  region: 'eu-west-1',
  caller: { kind: 'root', accountId: me },
  now: 0,
  hashes: nodeHashes,
};

/** The permissions of an operation that says nothing by itself but what is given. */
function needed(
  name: string,
  input: object,
  given: { readonly resources?: ResourceRules; readonly action?: string } = {},
) {
  const [serviceName = '', operation = ''] = name.split(':');
  const found = services[serviceName];
  if (found === undefined) throw new Error(`There is no service ${serviceName}`);
  // The rule alone is tried: what a service tells besides has tests of its own.
  const { resources: _told, ...plainService } = found;
  const service: Service = { ...plainService, ...(given.resources && { resources: given.resources }) };
  const plain: ChangeOperation<object, object> = {
    kind: 'change',
    handle: () => ({}),
    ...(given.action !== undefined && { action: given.action }),
  };
  return permissionsOf(service, operation, plain, input as Record<string, unknown>, facts);
}

const queueByUrl: ResourceRules = {
  named({ QueueUrl }, { region }) {
    const [, account, queue] = /\/(\d{12})\/([^/]+)$/.exec(String(QueueUrl)) ?? [];
    return queue === undefined ? undefined : `arn:aws:sqs:${region}:${account}:${queue}`;
  },
  tagsOf: (_world, arn) => (arn.endsWith(':jobs') ? { team: 'audit' } : undefined),
};

describe('the resources that an input names', () => {
  test.each<[string, object, readonly string[]]>([
    // By a member of the placeholder's name, whatever its first letter.
    ['sqs:CreateQueue', { QueueName: 'jobs' }, [`sqs:CreateQueue arn:aws:sqs:${place}:jobs`]],
    ['logs:CreateLogGroup', { logGroupName: '/app/a' }, [`logs:CreateLogGroup arn:aws:logs:${place}:log-group:/app/a`]],
    // The last placeholder also by `Name`, and by a list.
    ['sns:CreateTopic', { Name: 'alerts' }, [`sns:CreateTopic arn:aws:sns:${place}:alerts`]],
    [
      'scheduler:CreateSchedule',
      { GroupName: 'g', Name: 's' },
      [`scheduler:CreateSchedule arn:aws:scheduler:${place}:schedule/g/s`],
    ],
    [
      'ec2:StopInstances',
      { InstanceIds: ['i-1', 'i-2'] },
      [`ec2:StopInstances arn:aws:ec2:${place}:instance/i-1`, `ec2:StopInstances arn:aws:ec2:${place}:instance/i-2`],
    ],
    // By an ARN, in the member that takes names too or in any other.
    [
      'lambda:GetFunction',
      { FunctionName: `arn:aws:lambda:${place}:function:f` },
      [`lambda:GetFunction arn:aws:lambda:${place}:function:f`],
    ],
    [
      'sns:Publish',
      { TopicArn: `arn:aws:sns:us-east-1:${other}:t`, Message: 'm' },
      [`sns:Publish arn:aws:sns:us-east-1:${other}:t`],
    ],
    [
      'sns:Subscribe',
      { TopicArn: `arn:aws:sns:${place}:t`, Protocol: 'sqs', Endpoint: `arn:aws:sqs:${place}:q` },
      [`sns:Subscribe arn:aws:sns:${place}:t`],
    ],
    // Of a table and its index the index; of two that do not contain each other both.
    ['dynamodb:Query', { TableName: 't' }, [`dynamodb:Query arn:aws:dynamodb:${place}:table/t`]],
    [
      'dynamodb:Query',
      { TableName: 't', IndexName: 'i' },
      [`dynamodb:Query arn:aws:dynamodb:${place}:table/t/index/i`],
    ],
    [
      'kms:CreateAlias',
      { AliasName: 'a', TargetKeyId: 'k', KeyId: 'k' },
      [`kms:CreateAlias arn:aws:kms:${place}:alias/a`, `kms:CreateAlias arn:aws:kms:${place}:key/k`],
    ],
    // Nothing named, or nothing to name.
    ['sqs:ListQueues', {}, ['sqs:ListQueues *']],
    ['ec2:DescribeInstances', { InstanceIds: ['i-1'] }, ['ec2:DescribeInstances *']],
    ['scheduler:GetSchedule', { Name: 's' }, ['scheduler:GetSchedule *']],
    ['lambda:GetFunction', { FunctionName: '' }, ['lambda:GetFunction *']],
    // A service under another prefix.
    ['s3-control:GetAccessPoint', { Name: 'p' }, ['s3:GetAccessPoint *']],
  ])('%s %j', (name, input, expected) => {
    expect(needed(name, input).map(({ action, resource }) => `${action} ${resource}`)).toEqual(expected);
  });

  test('the service may name them, and another account of the sandbox or of none', () => {
    const QueueUrl = `http://127.0.0.1:4566/${other}/jobs`;
    const [permission] = needed('sqs:SendMessage', { QueueUrl }, { resources: queueByUrl });
    expect(permission).toMatchObject({ resource: `arn:aws:sqs:eu-west-1:${other}:jobs`, resourceAccountId: other });
    // An account that is not here owns no state.
    expect(ownerByRule(permission === undefined ? [] : [permission], facts)).toBe(me);
  });

  test('the operation may name its action', () => {
    const [permission] = needed('lambda:Invoke', { FunctionName: 'f' }, { action: 'InvokeFunction' });
    expect(permission).toMatchObject({
      action: 'lambda:InvokeFunction',
      resource: `arn:aws:lambda:${place}:function:f`,
    });
    expect(() => needed('lambda:Invoke', {})).toThrow('There is no action lambda:Invoke');
  });
});

describe('the condition keys of tags', () => {
  test.each<[string, object, object]>([
    [
      'sqs:CreateQueue',
      { QueueName: 'q', tags: { team: 'audit' } },
      { 'aws:RequestTag/team': 'audit', 'aws:TagKeys': ['team'] },
    ],
    ['sns:TagResource', { Tags: [{ Key: 'a', Value: 'b' }] }, { 'aws:RequestTag/a': 'b', 'aws:TagKeys': ['a'] }],
    ['kms:CreateKey', { Tags: [{ TagKey: 'a', TagValue: 'b' }] }, { 'aws:RequestTag/a': 'b', 'aws:TagKeys': ['a'] }],
    ['cloudtrail:AddTags', { TagsList: [{ Key: 'a', Value: '' }] }, { 'aws:RequestTag/a': '', 'aws:TagKeys': ['a'] }],
    ['sns:UntagResource', { TagKeys: ['a', 'b'] }, { 'aws:TagKeys': ['a', 'b'] }],
    ['logs:UntagLogGroup', { logGroupName: 'g', tags: ['a'] }, { 'aws:TagKeys': ['a'] }],
    ['sqs:ReceiveMessage', { Tags: [{ Key: 'a', Value: 'b' }] }, {}],
    ['sns:TagResource', { Tags: [] }, {}],
  ])('%s %j', (name, input, expected) => {
    expect(needed(name, input)[0]?.context).toEqual(expected);
  });

  test('of the resource by all the keys that the action knows', () => {
    const resources: ResourceRules = { tagsOf: () => ({ team: 'audit' }) };
    const jobs = { QueueUrl: `http://h/${me}/jobs` };
    expect(needed('sqs:SendMessage', jobs, { resources: queueByUrl })[0]?.context).toEqual({
      'aws:ResourceTag/team': 'audit',
    });
    const arn = `arn:aws:secretsmanager:${place}:secret:s-AbCdEf`;
    expect(needed('secretsmanager:GetSecretValue', { SecretId: arn }, { resources })[0]?.context).toEqual({
      'aws:ResourceTag/team': 'audit',
      'secretsmanager:ResourceTag/team': 'audit',
    });
    // A list of all has no tags.
    expect(needed('sqs:ListQueues', {}, { resources })[0]?.context).toEqual({});
  });

  test("and the service's own", () => {
    const resources: ResourceRules = { context: ({ Protocol }) => ({ 'sns:Protocol': String(Protocol) }) };
    const input = { TopicArn: `arn:aws:sns:${place}:t`, Protocol: 'email' };
    expect(needed('sns:Subscribe', input, { resources })[0]?.context).toEqual({ 'sns:Protocol': 'email' });
  });
});

test('a role is passed by a permission of its own', () => {
  const role = `arn:aws:iam::${me}:role/app/Worker`;
  expect(passRole(role, 'lambda.amazonaws.com', facts)).toEqual({
    action: 'iam:PassRole',
    resource: role,
    resourceAccountId: me,
    context: { 'iam:PassedToService': 'lambda.amazonaws.com' },
  });
  const associatedResourceArn = `arn:aws:ec2:${place}:instance/*`;
  expect(passRole(role, 'ec2.amazonaws.com', facts, { associatedResourceArn }).context).toEqual({
    'iam:PassedToService': 'ec2.amazonaws.com',
    'iam:AssociatedResourceArn': associatedResourceArn,
  });
});

test('every operation that leaves its permissions to the rule has its action in the reference', () => {
  for (const service of Object.values(services)) {
    const known = actionsOf(service.prefix ?? service.name)?.actions;
    expect(known, service.name).toBeDefined();
    for (const [name, operation] of Object.entries(service.operations)) {
      if (operation.permissions !== undefined) continue;
      expect(known?.has((operation.action ?? name).toLowerCase()), `${service.name}:${name}`).toBe(true);
    }
  }
});
