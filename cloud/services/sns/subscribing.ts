/** Subscribe, ConfirmSubscription, Unsubscribe. */
import type {
  ConfirmSubscriptionInput,
  ConfirmSubscriptionResponse,
  SubscribeInput,
  SubscribeResponse,
  UnsubscribeInput,
} from '@aws-sdk/client-sns';
import { callerArn } from '../../../iam/caller-arn.ts';
import type { AccountDraft, Call, Draft } from '../../call.ts';
import { AwsError } from '../../errors.ts';
import { hexOf } from '../../hex.ts';
import { own } from '../../own.ts';
import { changing, type Process } from '../../process.ts';
import { newRequestId } from '../../request-id.ts';
import type { ChangeOperation, ProcessOperation } from '../../service.ts';
import type { Account } from '../../world.ts';
import { checkRoom } from './attribute-room.ts';
import { sendToQueue } from './delivering.ts';
import { accountOfEndpoint, checkEndpoint } from './endpoints.ts';
import { authorizationError, invalidParameter } from './errors.ts';
import { snsLimits } from './limits.ts';
import { placeOfArn, subscriptionArn, topicKey, topicOf } from './names.ts';
import { confirmationRequest } from './notifications.ts';
import { onConfirmation, onSubscription, topicOwner } from './permissions.ts';
import type { SubscriptionState } from './state.ts';
import { withSubscriptionAttributes } from './subscription-attributes.ts';

/** Milliseconds for which a token confirms: two days (Subscribe). */
const tokenLife = 172_800_000;

export const subscribe: ProcessOperation<SubscribeInput, SubscribeResponse> = {
  kind: 'process',
  *run(account, input, call): Process<SubscribeResponse> {
    const topic = topicOf(account, input.TopicArn ?? '', call);
    const { Protocol: protocol = '', Endpoint: endpoint = '', Attributes = {} } = input;
    checkEndpoint(protocol, endpoint, topic.name);
    const attributes = withSubscriptionAttributes({}, Attributes, protocol);
    const existing = subscriptionTo(account, topic, protocol, endpoint);
    if (existing !== undefined) {
      if (Object.entries(attributes).some(([name, value]) => existing.attributes[name] !== value)) {
        throw invalidParameter('Attributes Reason: Subscription already exists with different attributes');
      }
      return answer(existing, account.id, input);
    }
    if (Object.keys(account.sns.subscriptions).length >= snsLimits.subscriptionsPerAccount) {
      throw new AwsError(
        'SubscriptionLimitExceeded',
        `The account has ${snsLimits.subscriptionsPerAccount} subscriptions already.`,
      );
    }
    checkRoom(account, endpoint, ...Object.values(attributes));
    const ownerId = 'accountId' in call.caller ? call.caller.accountId : account.id;
    // Whoever owns the endpoint agrees by subscribing it; all others are asked.
    const isConfirmed = accountOfEndpoint(protocol, endpoint) === ownerId;
    const subscription: SubscriptionState = {
      id: newRequestId(call.random),
      topicName: topic.name,
      region: topic.region,
      protocol,
      endpoint,
      ownerId,
      principal: callerArn(call.caller),
      attributes,
      createdAt: call.now,
      ...(!isConfirmed && { token: hexOf(call.random.bytes(144)) }),
      isConfirmed,
      isAuthenticated: isConfirmed,
    };
    yield* changing(account.id, (draft) => {
      draft.sns.subscriptions[subscription.id] = subscription as Draft<SubscriptionState>;
    });
    if (subscription.token !== undefined && protocol === 'sqs') {
      yield* askQueue(subscription, subscription.token, input.TopicArn ?? '', account.id, call);
    }
    return answer(subscription, account.id, input);
  },
};

function subscriptionTo(
  account: Account,
  topic: { readonly name: string; readonly region: string },
  protocol: string,
  endpoint: string,
): SubscriptionState | undefined {
  return Object.values(account.sns.subscriptions).find(
    (subscription) =>
      subscription.topicName === topic.name &&
      subscription.region === topic.region &&
      subscription.protocol === protocol &&
      subscription.endpoint === endpoint,
  );
}

function answer(
  subscription: SubscriptionState,
  accountId: string,
  { ReturnSubscriptionArn }: SubscribeInput,
): SubscribeResponse {
  const isShown = subscription.isConfirmed || ReturnSubscriptionArn === true;
  return { SubscriptionArn: isShown ? subscriptionArn(accountId, subscription) : 'pending confirmation' };
}

/** A queue whose policy does not take the question gets none: the subscription stays pending. */
function* askQueue(
  { endpoint }: SubscriptionState,
  token: string,
  topicArn: string,
  ownerId: string,
  call: Call,
): Process<void> {
  const text = confirmationRequest(topicArn, token, newRequestId(call.random), call);
  const groupId = 'confirmation';
  yield* sendToQueue(
    endpoint,
    text,
    { topicArn, attributes: {}, groupId, deduplicationId: token.slice(0, 128) },
    {
      ownerId,
      isRaw: false,
      call,
    },
  );
}

export const confirmSubscription: ChangeOperation<ConfirmSubscriptionInput, ConfirmSubscriptionResponse> = {
  kind: 'change',
  owner: ({ TopicArn = '' }, { world, callerAccountId }) => {
    const accountId = placeOfArn(TopicArn)?.accountId ?? callerAccountId;
    return own(world.accounts, accountId) === undefined ? callerAccountId : accountId;
  },
  permissions: onConfirmation,
  handle(account, input, call) {
    const { TopicArn = '', Token = '', AuthenticateOnUnsubscribe } = input;
    const topic = topicOf(account, TopicArn, call);
    const subscription = Object.values(account.sns.subscriptions).find(
      ({ token, topicName, region }) => token === Token && topicName === topic.name && region === topic.region,
    );
    if (subscription === undefined) throw invalidParameter('Token');
    if (!subscription.isConfirmed && call.now > subscription.createdAt + tokenLife) throw invalidParameter('Token');
    const asksForSignatures = AuthenticateOnUnsubscribe?.toLowerCase() === 'true';
    if (asksForSignatures && call.caller.kind === 'anonymous') {
      throw authorizationError('AuthenticateOnUnsubscribe needs a request with a signature');
    }
    if (!subscription.isConfirmed) {
      subscription.isConfirmed = true;
      subscription.isAuthenticated = asksForSignatures;
    }
    return { SubscriptionArn: subscriptionArn(account.id, subscription) };
  },
};

export const unsubscribe: ChangeOperation<UnsubscribeInput, Record<string, never>> = {
  kind: 'change',
  owner: topicOwner,
  permissions: (input, facts) =>
    facts.caller.kind === 'anonymous' ? [] : onSubscription('sns:Unsubscribe')(input, facts),
  handle(account, { SubscriptionArn = '' }, call) {
    const elements = SubscriptionArn.split(':').length;
    if (elements < 6) {
      throw invalidParameter(`SubscriptionArn Reason: An ARN must have at least 6 elements, not ${elements}`);
    }
    const place = placeOfArn(SubscriptionArn);
    if (place?.subscriptionId === undefined) throw invalidParameter('SubscriptionId');
    const subscription = own(account.sns.subscriptions, place.subscriptionId);
    // One that is not there is ended too.
    if (subscription === undefined || place.accountId !== account.id || subscription.topicName !== place.name)
      return {};
    if (call.caller.kind === 'anonymous' && subscription.isAuthenticated) {
      throw authorizationError('This subscription can be deleted by a request with a signature only');
    }
    endSubscription(account, subscription);
    return {};
  },
};

function endSubscription(account: AccountDraft, { id, region, topicName }: SubscriptionState): void {
  delete account.sns.subscriptions[id];
  const topic = own(account.sns.topics, topicKey(region, topicName));
  if (topic !== undefined) topic.deletedSubscriptions += 1;
}
