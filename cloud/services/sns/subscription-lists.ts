/** ListSubscriptions, ListSubscriptionsByTopic. */
import type {
  ListSubscriptionsByTopicInput,
  ListSubscriptionsByTopicResponse,
  ListSubscriptionsInput,
  ListSubscriptionsResponse,
  Subscription,
} from '@aws-sdk/client-sns';
import type { ReadOperation } from '../../service.ts';
import { subscriptionArn, topicArn, topicOf } from './names.ts';
import { pageOf } from './pages.ts';
import type { SubscriptionState } from './state.ts';

interface Held {
  readonly arn: string;
  /** The account of the topic. */
  readonly accountId: string;
  readonly subscription: SubscriptionState;
}

/** The caller's own, to topics of whichever account. */
export const listSubscriptions: ReadOperation<ListSubscriptionsInput, ListSubscriptionsResponse> = {
  kind: 'read',
  handle(account, input, call) {
    const held = Object.values(call.world.accounts).flatMap(({ id, sns }) =>
      Object.values(sns.subscriptions)
        .filter(({ ownerId, region }) => ownerId === account.id && region === call.request.region)
        .map((subscription) => heldBy(id, subscription)),
    );
    return listed(held, input.NextToken);
  },
};

export const listSubscriptionsByTopic: ReadOperation<ListSubscriptionsByTopicInput, ListSubscriptionsByTopicResponse> =
  {
    kind: 'read',
    handle(account, input, call) {
      const topic = topicOf(account, input.TopicArn ?? '', call);
      const held = Object.values(account.sns.subscriptions)
        .filter(({ topicName, region }) => topicName === topic.name && region === topic.region)
        .map((subscription) => heldBy(account.id, subscription));
      return listed(held, input.NextToken);
    },
  };

function heldBy(accountId: string, subscription: SubscriptionState): Held {
  return { arn: subscriptionArn(accountId, subscription), accountId, subscription };
}

function listed(held: readonly Held[], token: string | undefined) {
  const { page, NextToken } = pageOf(held, token, ({ arn }) => arn);
  return { Subscriptions: page.map(shown), ...(NextToken !== undefined && { NextToken }) };
}

function shown({ arn, accountId, subscription }: Held): Subscription {
  const { isConfirmed, ownerId, protocol, endpoint, region, topicName } = subscription;
  return {
    SubscriptionArn: isConfirmed ? arn : 'PendingConfirmation',
    Owner: ownerId,
    Protocol: protocol,
    Endpoint: endpoint,
    TopicArn: topicArn(region, accountId, topicName),
  };
}
