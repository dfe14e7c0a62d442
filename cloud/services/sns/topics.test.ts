/** Topics: made, listed, changed, tagged, deleted; their policies. */
import { beforeEach, describe, expect, it } from 'vitest';
import { accountId, allow, anonymous, deny, partnerId, partnerRoot, policy, Sandbox } from '../../testing/sandbox.ts';

let sandbox: Sandbox;
const arn = (name: string) => `arn:aws:sns:us-east-1:${accountId}:${name}`;
const TopicArn = arn('news');
const attributes = (topic = TopicArn) => sandbox.call('sns:GetTopicAttributes', { TopicArn: topic }).Attributes;
const set = (AttributeName: string, AttributeValue: string) => ({ TopicArn, AttributeName, AttributeValue });
const statement = (principal: unknown, action: string | string[] = 'sns:Publish', more: object = {}) =>
  allow(action, TopicArn, { Principal: principal, ...more });
const refused = (operation: string, input: object, caller?: typeof anonymous) => {
  const before = sandbox.world;
  const { code, message } = sandbox.fail(`sns:${operation}`, input, caller);
  expect(sandbox.world).toBe(before);
  return `${code}: ${message}`;
};
const message = { TopicArn, Message: 'a' };

beforeEach(() => {
  sandbox = new Sandbox();
  sandbox.call('sns:CreateTopic', { Name: 'news' });
});

describe('CreateTopic', () => {
  it('makes a topic with the attributes and the policy that AWS gives it', () => {
    const { Policy, EffectiveDeliveryPolicy, ...rest } = attributes();
    expect(rest).toEqual({
      TopicArn,
      Owner: accountId,
      DisplayName: '',
      SubscriptionsConfirmed: '0',
      SubscriptionsPending: '0',
      SubscriptionsDeleted: '0',
    });
    expect(JSON.parse(Policy)).toMatchObject({
      Id: '__default_policy_ID',
      Statement: [{ Principal: { AWS: '*' }, Condition: { StringEquals: { 'AWS:SourceOwner': accountId } } }],
    });
    expect(JSON.parse(EffectiveDeliveryPolicy).http.disableSubscriptionOverrides).toBe(false);
    sandbox.call('sns:CreateTopic', { Name: 'order.fifo', Attributes: { FifoTopic: 'true' } });
    expect(attributes(arn('order.fifo'))).toMatchObject({ FifoTopic: 'true', ContentBasedDeduplication: 'false' });
  });

  it('answers with the topic that is there, unless it differs', () => {
    const tagged = { Name: 'a', Tags: [{ Key: 'k', Value: 'v' }], Attributes: { DisplayName: 'A' } };
    sandbox.call('sns:CreateTopic', tagged);
    expect(sandbox.call('sns:CreateTopic', tagged)).toEqual({ TopicArn: arn('a') });
    expect(sandbox.call('sns:CreateTopic', { Name: 'a' })).toEqual({ TopicArn: arn('a') });
    expect(refused('CreateTopic', { Name: 'a', Attributes: { DisplayName: 'B' } })).toBe(
      'InvalidParameter: Invalid parameter: Attributes Reason: Topic already exists with different attributes',
    );
    expect(refused('CreateTopic', { Name: 'a', Tags: [{ Key: 'k', Value: 'w' }] })).toBe(
      'InvalidParameter: Invalid parameter: Tags Reason: Topic already exists with different tags',
    );
  });

  it.each<[object, string]>([
    [{ Name: 'a b' }, 'InvalidParameter: Invalid parameter: Topic Name'],
    [{ Name: 'a.fifo' }, 'Invalid parameter: Topic Name'],
    [{ Name: 'a', Attributes: { FifoTopic: 'true' } }, 'Fifo Topic names must end with .fifo'],
    [{ Name: 'a', Attributes: { Colour: 'red' } }, 'Invalid parameter: AttributeName'],
    [{ Name: 'a', Attributes: { ContentBasedDeduplication: 'true' } }, 'Invalid parameter: AttributeName'],
    [{ Name: 'a', Attributes: { SignatureVersion: '3' } }, 'SignatureVersion'],
    [{ Name: 'a', Attributes: { DeliveryPolicy: '[' } }, 'failed to parse JSON'],
    [{ Name: 'a', Attributes: { DisplayName: 'a'.repeat(101) } }, 'DisplayName'],
    [{ Name: 'a', Attributes: { KmsMasterKeyId: 'a'.repeat(262_145) } }, 'larger than'],
    [{ Name: 'a', Tags: [1, 2].map(() => ({ Key: 'k', Value: '' })) }, 'Duplicated keys are not allowed.'],
    [{ Name: 'a', Tags: [{ Key: 'aws:k', Value: '' }] }, 'aws: prefixed'],
  ])('refuses %#', (input, error) => {
    expect(refused('CreateTopic', input)).toContain(error);
  });

  it('needs a permission more for tags', () => {
    expect(sandbox.asked('sns:CreateTopic', { Name: 'b', Tags: [{ Key: 'k', Value: 'v' }] })).toEqual([
      `sns:CreateTopic ${arn('b')}`,
      `sns:TagResource ${arn('b')}`,
    ]);
  });
});

it('ListTopics lists the topics of a region, a hundred at a time', () => {
  for (let i = 0; i < 105; i += 1) sandbox.call('sns:CreateTopic', { Name: `t${i}` });
  const first = sandbox.call('sns:ListTopics');
  expect(first.Topics).toHaveLength(100);
  const { Topics, NextToken } = sandbox.call('sns:ListTopics', { NextToken: first.NextToken });
  expect(Topics).toHaveLength(6);
  expect(NextToken).toBeUndefined();
  expect(refused('ListTopics', { NextToken: 'x' })).toContain('Invalid parameter: NextToken');
  sandbox.region = 'eu-west-1';
  expect(sandbox.call('sns:ListTopics').Topics).toEqual([]);
  expect(refused('GetTopicAttributes', { TopicArn })).toContain('Invalid parameter: TopicArn');
});

it('DeleteTopic deletes a topic, and one that is not there', () => {
  sandbox.call('sns:Subscribe', { TopicArn, Protocol: 'email', Endpoint: 'a@example.com' });
  sandbox.call('sns:DeleteTopic', { TopicArn });
  sandbox.call('sns:DeleteTopic', { TopicArn });
  expect(refused('GetTopicAttributes', { TopicArn })).toBe('NotFound: Topic does not exist');
  expect(sandbox.call('sns:ListSubscriptions').Subscriptions).toEqual([]);
  expect(refused('GetTopicAttributes', { TopicArn: 'news' })).toBe(
    'InvalidParameter: Invalid parameter: TopicArn Reason: An ARN must have at least 6 elements, not 1',
  );
});

it('SetTopicAttributes sets one attribute, and takes it away', () => {
  sandbox.call('sns:SetTopicAttributes', set('DisplayName', 'News'));
  sandbox.call('sns:SetTopicAttributes', set('SQSSuccessFeedbackSampleRate', '10'));
  expect(attributes()).toMatchObject({ DisplayName: 'News', SQSSuccessFeedbackSampleRate: '10' });
  sandbox.call('sns:SetTopicAttributes', set('DisplayName', ''));
  expect(attributes().DisplayName).toBe('');
  for (const name of ['FifoTopic', 'Owner', '__proto__', 'ContentBasedDeduplication']) {
    expect(refused('SetTopicAttributes', set(name, 'true'))).toContain('Invalid parameter: AttributeName');
  }
});

it('tags are set, shown and taken away', () => {
  const tag = (...keys: string[]) => ({ ResourceArn: TopicArn, Tags: keys.map((Key) => ({ Key, Value: 'v' })) });
  sandbox.call('sns:TagResource', tag('constructor', 'team'));
  sandbox.call('sns:UntagResource', { ResourceArn: TopicArn, TagKeys: ['constructor', 'none'] });
  expect(sandbox.call('sns:ListTagsForResource', { ResourceArn: TopicArn })).toEqual({
    Tags: [{ Key: 'team', Value: 'v' }],
  });
  expect(refused('TagResource', tag(...Array.from({ length: 50 }, (_, i) => `k${i}`)))).toContain('TagLimitExceeded');
  expect(refused('TagResource', { ...tag('a'), ResourceArn: arn('none') })).toContain('ResourceNotFound');
  const eve = sandbox.user(
    'Eve',
    allow('sns:Publish', '*', { Condition: { StringEquals: { 'aws:ResourceTag/team': 'v' } } }),
  );
  sandbox.call('sns:Publish', message, eve);
  sandbox.call('sns:UntagResource', { ResourceArn: TopicArn, TagKeys: ['team'] });
  expect(refused('Publish', message, eve)).toContain('AuthorizationError');
});

describe('a topic policy', () => {
  const setPolicy = (text: string) => sandbox.call('sns:SetTopicAttributes', set('Policy', text));

  it('lets nobody in at first but by permissions of their own', () => {
    expect(refused('Publish', message, sandbox.user('Eve'))).toContain('AuthorizationError');
    expect(refused('Publish', message, partnerRoot)).toContain('AuthorizationError');
    expect(refused('Publish', message, anonymous)).toContain('AuthorizationError');
    sandbox.call('sns:Publish', message, sandbox.user('Bob', allow('sns:Publish')));
  });

  it('lets in whom it names, and its Deny wins', () => {
    const bob = sandbox.user('Bob', allow('sns:*'));
    setPolicy(
      policy(
        statement({ AWS: partnerId }),
        deny('sns:Publish', TopicArn, { Principal: { AWS: `arn:aws:iam::${accountId}:user/Bob` } }),
      ),
    );
    sandbox.call('sns:Publish', message, partnerRoot);
    expect(refused('Publish', message, bob)).toContain('AuthorizationError');
    expect(refused('GetTopicAttributes', { TopicArn }, partnerRoot)).toContain('AuthorizationError');
    setPolicy(policy(statement('*', ['sns:Publish', 'sns:GetTopicAttributes'])));
    sandbox.call('sns:Publish', message, anonymous);
    sandbox.call('sns:GetTopicAttributes', { TopicArn }, partnerRoot);
    setPolicy('');
    expect(refused('Publish', message, anonymous)).toContain('AuthorizationError');
    expect(JSON.parse(attributes().Policy).Id).toBe('__default_policy_ID');
  });

  it.each<[string, string, string]>([
    ['no JSON', '{', 'Policy Error: null'],
    ['no principal', policy(allow('sns:Publish', TopicArn)), 'Policy Error: null'],
    ['another topic', policy(allow('sns:Publish', arn('other'), { Principal: '*' })), 'Policy Error: null'],
    ['more than 100 statements', policy(...Array.from({ length: 101 }, () => statement('*'))), 'Policy Error: null'],
    [
      'an action that is about no topic',
      policy(statement('*', 'sns:CreateTopic')),
      'Policy statement action out of service scope!',
    ],
    [
      'an action of another service',
      policy(statement('*', 's3:GetObject')),
      'Policy statement action out of service scope!',
    ],
    [
      'a principal that does not exist',
      policy(statement({ AWS: `arn:aws:iam::${accountId}:user/Nobody` })),
      'PrincipalNotFound',
    ],
    ['more than 30 KiB', policy(statement('*', 'sns:Publish', { Sid: 'a'.repeat(30_720) })), 'too large'],
  ])('is refused with %s', (_what, text, error) => {
    expect(refused('SetTopicAttributes', set('Policy', text))).toContain(error);
  });

  it('gets statements by their labels', () => {
    const input = { TopicArn, Label: 'partner', AWSAccountId: [partnerId], ActionName: ['Publish'] };
    sandbox.call('sns:AddPermission', input);
    sandbox.call('sns:Publish', message, partnerRoot);
    expect(JSON.parse(attributes().Policy).Statement[1]).toEqual({
      Sid: 'partner',
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${partnerId}:root` },
      Action: 'SNS:Publish',
      Resource: TopicArn,
    });
    expect(refused('AddPermission', input)).toContain('Statement already exists');
    expect(refused('AddPermission', { ...input, Label: 'b', ActionName: ['CreateTopic'] })).toContain(
      'out of service scope',
    );
    expect(refused('AddPermission', { ...input, Label: 'b', AWSAccountId: ['1'] })).toContain('AWSAccountId');
    sandbox.call('sns:RemovePermission', { TopicArn, Label: 'partner' });
    expect(refused('Publish', message, partnerRoot)).toContain('AuthorizationError');
    expect(refused('RemovePermission', { TopicArn, Label: 'partner' })).toContain('Statement does not exist');
    sandbox.call('sns:RemovePermission', { TopicArn, Label: '__default_statement_ID' });
  });
});
