/** Identity pools, schedules, buses and rules in templates: made by the real services, changed and removed. */
import { beforeEach, expect, test } from 'vitest';
import { accountId, type Output, policy, Sandbox } from '../../testing/sandbox.ts';
import {
  type Existing,
  type Made,
  makeWhole,
  type Properties,
  type ResourceType,
  type Steps,
} from '../resource-type.ts';
import { identityPool, identityPoolRoleAttachment } from './cognito-identity.ts';
import { eventBus, eventBusPolicy, rule } from './events.ts';
import { schedule, scheduleGroup } from './scheduler.ts';

const arn = (service: string, rest: string) => `arn:aws:${service}:us-east-1:${accountId}:${rest}`;
const roleArn = `arn:aws:iam::${accountId}:role/timer`;
const making = { accountId, region: 'us-east-1', generatedName: () => 'generated' };

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
  const AssumeRolePolicyDocument = policy({
    Effect: 'Allow',
    Principal: { Service: 'scheduler.amazonaws.com' },
    Action: 'sts:AssumeRole',
  });
  sandbox.call('iam:CreateRole', { RoleName: 'timer', AssumeRolePolicyDocument });
});

function carryOut<Result>(steps: Steps<Result>): Result {
  let next = steps.next();
  while (!next.done) {
    const { service, operation, input } = next.value;
    next = steps.next(sandbox.call(`${service}:${operation}`, input));
  }
  return next.value;
}

const make = (type: ResourceType, properties: Properties): Existing => ({
  ...carryOut(makeWhole(type, properties, making)),
  properties,
});
function update(type: ResourceType, existing: Existing, properties: Properties): Existing {
  if (type.update === undefined) throw new Error(`${type.name} is not changed`);
  const made: Made = carryOut(type.update(existing, properties, making));
  return { ...made, properties };
}
const remove = (type: ResourceType, existing: Existing) => carryOut(type.remove(existing, making));

test('an identity pool and its roles', () => {
  const settings = { AllowUnauthenticatedIdentities: true, SupportedLoginProviders: { 'accounts.google.com': 'app' } };
  let pool = make(identityPool, { ...settings, IdentityPoolTags: [{ Key: 'team', Value: 'web' }] });
  const shown = () => sandbox.call('cognito-identity:DescribeIdentityPool', { IdentityPoolId: pool.ref });
  expect(shown()).toMatchObject({ ...settings, IdentityPoolName: 'generated', IdentityPoolTags: { team: 'web' } });
  pool = update(identityPool, pool, {
    AllowUnauthenticatedIdentities: false,
    IdentityPoolName: 'shop',
    IdentityPoolTags: [],
  });
  expect(shown()).toEqual({
    IdentityPoolId: pool.ref,
    IdentityPoolName: 'shop',
    AllowUnauthenticatedIdentities: false,
    IdentityPoolTags: {},
  });
  const roles = () => sandbox.call('cognito-identity:GetIdentityPoolRoles', { IdentityPoolId: pool.ref }).Roles;
  let attachment = make(identityPoolRoleAttachment, { IdentityPoolId: pool.ref, Roles: { authenticated: roleArn } });
  expect(roles()).toEqual({ authenticated: roleArn });
  attachment = update(identityPoolRoleAttachment, attachment, {
    IdentityPoolId: pool.ref,
    Roles: { unauthenticated: roleArn },
  });
  expect(roles()).toEqual({ unauthenticated: roleArn });
  remove(identityPoolRoleAttachment, attachment);
  expect(roles()).toEqual({});
  remove(identityPool, pool);
});

test('a schedule and its group', () => {
  let group = make(scheduleGroup, { Name: 'night', Tags: [{ Key: 'team', Value: 'ops' }] });
  group = update(scheduleGroup, group, { Name: 'night', Tags: [{ Key: 'a', Value: 'b' }] });
  const ResourceArn = group.attributes['Arn'];
  expect(sandbox.call('scheduler:ListTagsForResource', { ResourceArn }).Tags).toEqual([{ Key: 'a', Value: 'b' }]);
  const properties = {
    GroupName: 'night',
    ScheduleExpression: 'rate(5 minutes)',
    FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: '5' },
    StartDate: '2040-01-01T00:00:00Z',
    Target: { Arn: arn('sqs', 'jobs'), RoleArn: roleArn, RetryPolicy: { MaximumRetryAttempts: 3 } },
  };
  let made = make(schedule, properties);
  const shown = () => sandbox.call('scheduler:GetSchedule', { Name: made.ref, GroupName: 'night' });
  expect(shown()).toMatchObject({
    Name: 'generated',
    StartDate: new Date(properties.StartDate),
    Target: properties.Target,
  });
  made = update(schedule, made, { ...properties, State: 'DISABLED' });
  expect(shown().State).toBe('DISABLED');
  remove(schedule, made);
  remove(scheduleGroup, group);
  expect(sandbox.call('scheduler:ListScheduleGroups').ScheduleGroups).toHaveLength(1);
});

test('a bus, its policy, and a rule on it with targets', () => {
  const statement = {
    Effect: 'Allow',
    Principal: '*',
    Action: 'events:PutEvents',
    Resource: arn('events', 'event-bus/shop'),
  };
  let bus = make(eventBus, { Name: 'shop', Description: 'orders', Tags: [{ Key: 'a', Value: 'b' }] });
  const policyOf = () => JSON.parse(sandbox.call('events:DescribeEventBus', { Name: 'shop' }).Policy ?? 'null');
  const partner = make(eventBusPolicy, {
    EventBusName: 'shop',
    StatementId: 'partner',
    Action: 'events:PutEvents',
    Principal: '444455556666',
  });
  expect(policyOf().Statement).toHaveLength(1);
  remove(eventBusPolicy, partner);
  expect(policyOf()).toBeNull();
  const whole = make(eventBusPolicy, { EventBusName: 'shop', StatementId: 'all', Statement: statement });
  expect(policyOf().Statement).toEqual([{ ...statement, Sid: 'all' }]);
  remove(eventBusPolicy, whole);
  bus = update(eventBus, bus, { Name: 'shop', Policy: { Version: '2012-10-17', Statement: [statement] } });
  expect(policyOf().Statement).toEqual([statement]);
  bus = update(eventBus, bus, { Name: 'shop' });
  expect(policyOf()).toBeNull();

  const orders = { EventBusName: 'shop', Name: 'orders', EventPattern: { source: ['shop'] } };
  const target = (Id: string) => ({
    Id,
    Arn: arn('sqs', 'jobs'),
    InputTransformer: { InputPathsMap: { a: '$.detail.a' }, InputTemplate: '"<a>"' },
  });
  let made = make(rule, { ...orders, Targets: [target('one'), target('two')] });
  expect(made).toMatchObject({ ref: 'shop|orders', attributes: { Arn: arn('events', 'rule/shop/orders') } });
  const targets = () =>
    sandbox
      .call('events:ListTargetsByRule', { Rule: 'orders', EventBusName: 'shop' })
      .Targets.map(({ Id }: Output) => Id);
  expect(targets()).toEqual(['one', 'two']);
  made = update(rule, made, { ...orders, State: 'DISABLED', Targets: [target('two'), target('three')] });
  expect(targets()).toEqual(['three', 'two']);
  remove(rule, made);
  remove(eventBus, bus);
  expect(sandbox.call('events:ListEventBuses').EventBuses).toHaveLength(1);
});
