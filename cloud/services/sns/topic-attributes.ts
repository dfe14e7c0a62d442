/** GetTopicAttributes, SetTopicAttributes. */
import type { GetTopicAttributesInput, GetTopicAttributesResponse, SetTopicAttributesInput } from '@aws-sdk/client-sns';
import type { Call } from '../../call.ts';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import type { Account } from '../../world.ts';
import { principalNames } from '../iam/trust.ts';
import { checkRoom } from './attribute-room.ts';
import { invalidParameter } from './errors.ts';
import { isFifoName, topicArn, topicOf } from './names.ts';
import type { TopicState } from './state.ts';
import { checkedTopicPolicy, initialTopicPolicy } from './topic-policy.ts';

const feedback =
  /^(?:HTTP|Firehose|Lambda|Application|SQS)(?:SuccessFeedbackRoleArn|SuccessFeedbackSampleRate|FailureFeedbackRoleArn)$/;
const documents = new Set(['DeliveryPolicy', 'ArchivePolicy']);
const choices: Readonly<Record<string, readonly string[]>> = {
  SignatureVersion: ['1', '2'],
  TracingConfig: ['PassThrough', 'Active'],
  ContentBasedDeduplication: ['true', 'false'],
  FifoThroughputScope: ['Topic', 'MessageGroup'],
};
const onlyFifo = new Set(['ContentBasedDeduplication', 'FifoThroughputScope', 'ArchivePolicy']);

/** The value of an attribute as it is kept; the policy is checked apart. @throws InvalidParameter */
export function checkedAttribute(name: string, value: string, topicName: string): string {
  if (onlyFifo.has(name) && !isFifoName(topicName)) throw invalidParameter('AttributeName');
  const values = Object.hasOwn(choices, name) ? choices[name] : undefined;
  if (values !== undefined) {
    const found = values.find((known) => known.toLowerCase() === value.toLowerCase());
    if (found === undefined) throw invalidParameter(`Attributes Reason: ${name}: Invalid value '${value}'.`);
    return found;
  }
  if (documents.has(name)) {
    if (value !== '' && !isObject(value)) throw invalidParameter(`${name}: failed to parse JSON.`);
    return value;
  }
  if (name === 'DisplayName') {
    if (value.length > 100) throw invalidParameter('DisplayName');
    return value;
  }
  if (name === 'KmsMasterKeyId' || feedback.test(name)) return value;
  throw invalidParameter('AttributeName');
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

export const getTopicAttributes: ReadOperation<GetTopicAttributesInput, GetTopicAttributesResponse> = {
  kind: 'read',
  handle(account, input, call) {
    const topic = topicOf(account, input.TopicArn ?? '', call);
    return { Attributes: attributesOf(topic, account, call) };
  },
};

/** How often SNS tries an HTTP endpoint again where nothing else is set. */
const initialDelivery = {
  http: {
    defaultHealthyRetryPolicy: {
      minDelayTarget: 20,
      maxDelayTarget: 20,
      numRetries: 3,
      numMaxDelayRetries: 0,
      numNoDelayRetries: 0,
      numMinDelayRetries: 0,
      backoffFunction: 'linear',
    },
    disableSubscriptionOverrides: false,
    defaultRequestPolicy: { headerContentType: 'text/plain; charset=UTF-8' },
  },
};

function attributesOf(topic: TopicState, account: Account, call: Call): Record<string, string> {
  const arn = topicArn(topic.region, account.id, topic.name);
  const subscriptions = Object.values(account.sns.subscriptions).filter(
    ({ topicName, region }) => topicName === topic.name && region === topic.region,
  );
  const confirmed = subscriptions.filter(({ isConfirmed }) => isConfirmed).length;
  return {
    TopicArn: arn,
    Owner: account.id,
    Policy: principalNames(call.world).show(topic.policy ?? initialTopicPolicy(arn, account.id)),
    DisplayName: '',
    SubscriptionsConfirmed: String(confirmed),
    SubscriptionsPending: String(subscriptions.length - confirmed),
    SubscriptionsDeleted: String(topic.deletedSubscriptions),
    EffectiveDeliveryPolicy: topic.attributes['DeliveryPolicy'] ?? JSON.stringify(initialDelivery),
    ...(isFifoName(topic.name) && { FifoTopic: 'true', ContentBasedDeduplication: 'false' }),
    ...topic.attributes,
  };
}

export const setTopicAttributes: ChangeOperation<SetTopicAttributesInput, Record<string, never>> = {
  kind: 'change',
  handle(account, input, call) {
    const topic = topicOf(account, input.TopicArn ?? '', call);
    const { AttributeName: name = '', AttributeValue: value = '' } = input;
    if (name === 'Policy') {
      if (value === '') delete topic.policy;
      else topic.policy = checkedTopicPolicy(value, input.TopicArn ?? '', call.world);
      return {};
    }
    const checked = checkedAttribute(name, value, topic.name);
    checkRoom(call.world.accounts[account.id], checked);
    if (checked === '') delete topic.attributes[name];
    else topic.attributes[name] = checked;
    return {};
  },
};
