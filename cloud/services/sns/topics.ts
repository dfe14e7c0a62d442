/** CreateTopic, DeleteTopic, ListTopics. */
import type {
  CreateTopicInput,
  CreateTopicResponse,
  DeleteTopicInput,
  ListTopicsInput,
  ListTopicsResponse,
} from '@aws-sdk/client-sns';
import type { Draft } from '../../call.ts';
import { AwsError } from '../../errors.ts';
import { own } from '../../own.ts';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import { keptByKey, shownByName } from '../../state-key.ts';
import { checkRoom } from './attribute-room.ts';
import { invalidParameter } from './errors.ts';
import { snsLimits } from './limits.ts';
import { checkTopicName, placeOfArn, topicArn, topicKey } from './names.ts';
import { pageOf } from './pages.ts';
import { tagOnCreation } from './permissions.ts';
import type { TopicState } from './state.ts';
import { withTags } from './tags.ts';
import { checkedAttribute } from './topic-attributes.ts';
import { checkedTopicPolicy } from './topic-policy.ts';

export const createTopic: ChangeOperation<CreateTopicInput, CreateTopicResponse> = {
  kind: 'change',
  alsoNeeds: tagOnCreation,
  handle(account, input, call) {
    const { Name: name = '', Attributes: { Policy, FifoTopic, ...asked } = {}, Tags = [] } = input;
    const { region } = call.request;
    const TopicArn = topicArn(region, account.id, name);
    checkTopicName(name, FifoTopic?.toLowerCase() === 'true' ? 'fifo' : 'standard');
    const attributes = Object.fromEntries(
      Object.entries(asked).map(([key, value]) => [key, checkedAttribute(key, value, name)]),
    );
    const policy = (Policy ?? '') === '' ? undefined : checkedTopicPolicy(Policy ?? '', TopicArn, call.world);
    const tags = withTags({}, Tags);
    const existing = own(account.sns.topics, topicKey(region, name));
    if (existing !== undefined) {
      checkSame(existing, attributes, policy, tags);
      return { TopicArn };
    }
    if (Object.keys(account.sns.topics).length >= snsLimits.topicsPerAccount) {
      throw new AwsError('TopicLimitExceeded', `The account has ${snsLimits.topicsPerAccount} topics already.`);
    }
    checkRoom(call.world.accounts[account.id], ...Object.values(attributes));
    const topic: TopicState = {
      name,
      region,
      attributes,
      ...(policy !== undefined && { policy }),
      tags: keptByKey(tags),
      deletedSubscriptions: 0,
      published: [],
      numbered: 0,
    };
    account.sns.topics[topicKey(region, name)] = topic as Draft<TopicState>;
    return { TopicArn };
  },
};

/** @throws InvalidParameter where something that is asked for differs */
function checkSame(
  existing: TopicState,
  attributes: Readonly<Record<string, string>>,
  policy: string | undefined,
  tags: Readonly<Record<string, string>>,
): void {
  const differs = Object.entries(attributes).some(([name, value]) => (existing.attributes[name] ?? '') !== value);
  if (differs || (policy !== undefined && policy !== existing.policy)) {
    throw invalidParameter('Attributes Reason: Topic already exists with different attributes');
  }
  const current = shownByName(existing.tags);
  if (Object.entries(tags).some(([key, value]) => own(current, key) !== value)) {
    throw invalidParameter('Tags Reason: Topic already exists with different tags');
  }
}

export const deleteTopic: ChangeOperation<DeleteTopicInput, Record<string, never>> = {
  kind: 'change',
  handle(account, { TopicArn = '' }, call) {
    const place = placeOfArn(TopicArn);
    if (place === undefined || place.subscriptionId !== undefined || place.region !== call.request.region) {
      throw invalidParameter('TopicArn');
    }
    // A topic that is not there is deleted too (DeleteTopic: "This action is idempotent").
    if (place.accountId !== account.id) return {};
    delete account.sns.topics[topicKey(place.region, place.name)];
    for (const { id, topicName, region } of Object.values(account.sns.subscriptions)) {
      if (topicName === place.name && region === place.region) delete account.sns.subscriptions[id];
    }
    return {};
  },
};

export const listTopics: ReadOperation<ListTopicsInput, ListTopicsResponse> = {
  kind: 'read',
  handle(account, input, call) {
    const arns = Object.values(account.sns.topics)
      .filter(({ region }) => region === call.request.region)
      .map(({ region, name }) => topicArn(region, account.id, name));
    const { page, NextToken } = pageOf(arns, input.NextToken, (arn) => arn);
    return { Topics: page.map((TopicArn) => ({ TopicArn })), ...(NextToken !== undefined && { NextToken }) };
  },
};
