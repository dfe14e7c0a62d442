/** Subscriptions: who may make, confirm, change and end them. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { AnyCaller } from '../../../iam/model.ts';
import { accountId, allow, anonymous, partnerId, partnerRoot, policy, Sandbox } from '../../testing/sandbox.ts';

let sandbox: Sandbox;
const TopicArn = `arn:aws:sns:us-east-1:${accountId}:news`;
const queueArn = (account: string, name = 'inbox') => `arn:aws:sqs:us-east-1:${account}:${name}`;
const url = (account: string) => `https://sqs.us-east-1.amazonaws.com/${account}/inbox`;
const subscribe = (Protocol: string, Endpoint: string, more: object = {}, caller?: AnyCaller) =>
  sandbox.call('sns:Subscribe', { TopicArn, Protocol, Endpoint, ...more }, caller).SubscriptionArn;
const shown = (SubscriptionArn: string, caller?: AnyCaller) =>
  sandbox.call('sns:GetSubscriptionAttributes', { SubscriptionArn }, caller).Attributes;
const listed = (caller?: AnyCaller) =>
  sandbox
    .call('sns:ListSubscriptions', {}, caller)
    .Subscriptions.map(({ SubscriptionArn }: { SubscriptionArn: string }) => SubscriptionArn);
const refused = (operation: string, input: object, caller?: AnyCaller) => {
  const before = sandbox.world;
  const { code, message } = sandbox.fail(`sns:${operation}`, input, caller);
  expect(sandbox.world).toBe(before);
  return `${code}: ${message}`;
};
/** The topic's policy lets the partner subscribe. */
const share = (action = 'sns:Subscribe', more: object = {}) =>
  sandbox.call('sns:SetTopicAttributes', {
    TopicArn,
    AttributeName: 'Policy',
    AttributeValue: policy(allow(action, TopicArn, { Principal: { AWS: partnerId }, ...more })),
  });
const byArn = { ReturnSubscriptionArn: true };

beforeEach(() => {
  sandbox = new Sandbox();
  sandbox.call('sns:CreateTopic', { Name: 'news' });
  sandbox.call('sqs:CreateQueue', { QueueName: 'inbox' });
  sandbox.call('sqs:CreateQueue', { QueueName: 'inbox' }, partnerRoot);
});

describe('Subscribe', () => {
  it('is confirmed at once for a queue of the account that subscribes it', () => {
    const arn = subscribe('sqs', queueArn(accountId));
    expect(arn).toMatch(new RegExp(`^${TopicArn}:[0-9a-f-]{36}$`));
    expect(shown(arn)).toEqual({
      SubscriptionArn: arn,
      TopicArn,
      Owner: accountId,
      Protocol: 'sqs',
      Endpoint: queueArn(accountId),
      SubscriptionPrincipal: `arn:aws:iam::${accountId}:root`,
      PendingConfirmation: 'false',
      ConfirmationWasAuthenticated: 'true',
      RawMessageDelivery: 'false',
    });
    expect(subscribe('sqs', queueArn(accountId))).toBe(arn);
    expect(
      refused('Subscribe', {
        TopicArn,
        Protocol: 'sqs',
        Endpoint: queueArn(accountId),
        Attributes: { RawMessageDelivery: 'true' },
      }),
    ).toContain('Subscription already exists with different attributes');
    expect(sandbox.call('sns:GetTopicAttributes', { TopicArn }).Attributes.SubscriptionsConfirmed).toBe('1');
  });

  it('waits for addresses to confirm, by a token that only the subscriber is shown', () => {
    expect(subscribe('https', 'https://evil.example/in')).toBe('pending confirmation');
    const arn = subscribe('https', 'https://evil.example/in', byArn);
    expect(listed()).toEqual(['PendingConfirmation']);
    const { ConfirmationToken: Token, PendingConfirmation } = shown(arn);
    expect(PendingConfirmation).toBe('true');
    expect(Token).toMatch(/^[0-9a-f]{288}$/);
    const bob = sandbox.user('Bob', allow('sns:*'));
    expect(shown(arn, bob).ConfirmationToken).toBeUndefined();
    expect(refused('ConfirmSubscription', { TopicArn, Token: 'x' })).toBe('InvalidParameter: Invalid parameter: Token');
    expect(sandbox.call('sns:ConfirmSubscription', { TopicArn, Token }, anonymous)).toEqual({ SubscriptionArn: arn });
    expect(listed()).toEqual([arn]);
    expect(shown(arn)).toMatchObject({ PendingConfirmation: 'false', ConfirmationWasAuthenticated: 'false' });
    expect(shown(arn).ConfirmationToken).toBeUndefined();
  });

  it('waits two days and no longer', () => {
    const arn = subscribe('email', 'a@example.com', byArn);
    const { ConfirmationToken: Token } = shown(arn);
    sandbox.now += 172_800_001;
    expect(refused('ConfirmSubscription', { TopicArn, Token })).toContain('Invalid parameter: Token');
  });

  it('needs a permission to confirm where the request is signed', () => {
    const { ConfirmationToken: Token } = shown(subscribe('email', 'a@example.com', byArn));
    expect(refused('ConfirmSubscription', { TopicArn, Token }, sandbox.user('Eve'))).toContain('AuthorizationError');
    expect(refused('ConfirmSubscription', { TopicArn, Token, AuthenticateOnUnsubscribe: 'true' }, anonymous)).toContain(
      'AuthorizationError',
    );
    sandbox.call('sns:ConfirmSubscription', { TopicArn, Token }, partnerRoot);
  });

  it.each<[string, string, string]>([
    ['carrier-pigeon', 'x', 'Amazon SNS does not support this protocol string: carrier-pigeon'],
    ['https', 'http://x', 'Endpoint must match the specified protocol'],
    ['https', 'https://', 'Endpoint must match the specified protocol'],
    ['email', 'x', 'Email address'],
    ['sms', 'x', 'Invalid SMS endpoint: x'],
    ['sqs', 'x', 'SQS endpoint ARN'],
    ['lambda', queueArn(accountId), 'Lambda endpoint ARN'],
    ['sqs', queueArn(accountId, 'a.fifo'), 'FIFO SQS Queues can not be subscribed to standard SNS topics'],
  ])('refuses %s %s', (Protocol, Endpoint, error) => {
    expect(refused('Subscribe', { TopicArn, Protocol, Endpoint })).toContain(error);
  });

  it.each<[object, string]>([
    [{ RawMessageDelivery: 'maybe' }, 'RawMessageDelivery: Invalid value [maybe]. Must be true or false.'],
    [{ FilterPolicyScope: 'x' }, 'FilterPolicyScope: Invalid value [x].'],
    [{ FilterPolicy: '{' }, 'FilterPolicy: failed to parse JSON.'],
    [{ FilterPolicy: '{"a":{"b":["c"]}}' }, 'does not support nested filter policy'],
    [{ RedrivePolicy: '{}' }, 'RedrivePolicy'],
    [{ DeliveryPolicy: '[]' }, 'DeliveryPolicy'],
    [{ Colour: 'red' }, 'Invalid parameter: AttributeName'],
  ])('refuses %j', (Attributes, error) => {
    expect(refused('Subscribe', { TopicArn, Protocol: 'sqs', Endpoint: queueArn(accountId), Attributes })).toContain(
      error,
    );
  });
});

describe('the keys of Subscribe', () => {
  it('tell of protocol and endpoint', () => {
    const when = (key: string, value: string) => ({ Condition: { StringLike: { [key]: value } } });
    const eve = sandbox.user('Eve', allow('sns:Subscribe', '*', when('sns:Endpoint', '*@example.com')));
    expect(subscribe('email', 'a@example.com', {}, eve)).toBe('pending confirmation');
    expect(refused('Subscribe', { TopicArn, Protocol: 'email', Endpoint: 'a@evil.example' }, eve)).toContain(
      'AuthorizationError',
    );
    const bob = sandbox.user('Bob', allow('sns:Subscribe', '*', when('sns:Protocol', 'https')));
    expect(subscribe('https', 'https://a.example', {}, bob)).toBe('pending confirmation');
    expect(refused('Subscribe', { TopicArn, Protocol: 'email', Endpoint: 'a@example.com' }, bob)).toContain(
      'AuthorizationError',
    );
  });
});

describe('across accounts', () => {
  it('the owner of a queue subscribes it where the topic’s policy allows it, and decides about it', () => {
    const input = { TopicArn, Protocol: 'sqs', Endpoint: queueArn(partnerId) };
    expect(refused('Subscribe', input, partnerRoot)).toContain('AuthorizationError');
    share();
    const arn = subscribe('sqs', queueArn(partnerId), {}, partnerRoot);
    expect(shown(arn, partnerRoot)).toMatchObject({ Owner: partnerId, PendingConfirmation: 'false' });
    expect(shown(arn)).toMatchObject({ Owner: partnerId });
    expect([listed(), listed(partnerRoot)]).toEqual([[], [arn]]);
    expect(sandbox.call('sns:ListSubscriptionsByTopic', { TopicArn }).Subscriptions).toMatchObject([
      { SubscriptionArn: arn, Owner: partnerId },
    ]);
    sandbox.call(
      'sns:SetSubscriptionAttributes',
      { SubscriptionArn: arn, AttributeName: 'RawMessageDelivery', AttributeValue: 'true' },
      partnerRoot,
    );
    sandbox.call('sns:Unsubscribe', { SubscriptionArn: arn }, partnerRoot);
    expect(listed(partnerRoot)).toEqual([]);
    expect(sandbox.call('sns:GetTopicAttributes', { TopicArn }).Attributes.SubscriptionsDeleted).toBe('1');
  });

  it('the policy may allow it for some endpoints only', () => {
    share('sns:Subscribe', { Condition: { StringLike: { 'sns:Endpoint': '*:inbox' } } });
    subscribe('sqs', queueArn(partnerId), {}, partnerRoot);
    const Endpoint = 'https://evil.example/x';
    expect(refused('Subscribe', { TopicArn, Protocol: 'https', Endpoint }, partnerRoot)).toContain(
      'AuthorizationError',
    );
    // A suffix is no boundary.
    expect(subscribe('https', 'https://evil.example/:inbox', {}, partnerRoot)).toBe('pending confirmation');
  });

  it('a queue of another account is asked by a message, which its owner confirms', () => {
    sandbox.call(
      'sqs:SetQueueAttributes',
      {
        QueueUrl: url(partnerId),
        Attributes: {
          Policy: policy(
            allow('sqs:SendMessage', queueArn(partnerId), { Principal: { Service: 'sns.amazonaws.com' } }),
          ),
        },
      },
      partnerRoot,
    );
    expect(subscribe('sqs', queueArn(partnerId))).toBe('pending confirmation');
    const [{ Body }] = sandbox.call('sqs:ReceiveMessage', { QueueUrl: url(partnerId) }, partnerRoot).Messages;
    const { Type, Token, SubscribeURL } = JSON.parse(Body);
    expect(Type).toBe('SubscriptionConfirmation');
    expect(SubscribeURL).toBe(
      `https://sns.us-east-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=${TopicArn}&Token=${Token}`,
    );
    const { SubscriptionArn } = sandbox.call(
      'sns:ConfirmSubscription',
      { TopicArn, Token, AuthenticateOnUnsubscribe: 'true' },
      partnerRoot,
    );
    expect(shown(SubscriptionArn)).toMatchObject({ ConfirmationWasAuthenticated: 'true' });
  });

  it('a queue that does not take the question leaves the subscription pending', () => {
    expect(subscribe('sqs', queueArn(partnerId))).toBe('pending confirmation');
    expect(sandbox.call('sqs:ReceiveMessage', { QueueUrl: url(partnerId) }, partnerRoot)).toEqual({});
  });
});

describe('Unsubscribe', () => {
  it('needs a signature, unless the subscription was confirmed without', () => {
    const SubscriptionArn = subscribe('sqs', queueArn(accountId));
    expect(refused('Unsubscribe', { SubscriptionArn }, anonymous)).toContain('AuthorizationError');
    expect(refused('Unsubscribe', { SubscriptionArn }, sandbox.user('Eve'))).toContain('AuthorizationError');
    expect(refused('Unsubscribe', { SubscriptionArn }, partnerRoot)).toContain('AuthorizationError');
    sandbox.call('sns:Unsubscribe', { SubscriptionArn });
    sandbox.call('sns:Unsubscribe', { SubscriptionArn });
    expect(refused('GetSubscriptionAttributes', { SubscriptionArn })).toBe('NotFound: Subscription does not exist');
    const mail = subscribe('email', 'a@example.com', byArn);
    sandbox.call('sns:ConfirmSubscription', { TopicArn, Token: shown(mail).ConfirmationToken }, anonymous);
    sandbox.call('sns:Unsubscribe', { SubscriptionArn: mail }, anonymous);
    expect(listed()).toEqual([]);
  });

  it('refuses what is no subscription', () => {
    expect(refused('Unsubscribe', { SubscriptionArn: 'x' })).toContain('An ARN must have at least 6 elements, not 1');
    expect(refused('Unsubscribe', { SubscriptionArn: TopicArn })).toContain('Invalid parameter: SubscriptionId');
  });
});

it('operations on a subscription are asked about its topic', () => {
  const SubscriptionArn = subscribe('sqs', queueArn(accountId));
  for (const operation of ['GetSubscriptionAttributes', 'SetSubscriptionAttributes', 'Unsubscribe']) {
    const input = { SubscriptionArn, AttributeName: 'RawMessageDelivery', AttributeValue: 'true' };
    expect(sandbox.asked(`sns:${operation}`, input)).toEqual([`sns:${operation} ${TopicArn}`]);
  }
});
