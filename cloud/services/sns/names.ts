/** How topics and subscriptions are named: names, ARNs, and the key in the state. */
import { splitArn } from '../../../iam/arn.ts';
import type { Call } from '../../call.ts';
import { own } from '../../own.ts';
import { invalidParameter, subscriptionNotFound, topicNotFound } from './errors.ts';

/** The key of a topic in its account's state. A name holds no slash. */
export function topicKey(region: string, name: string): string {
  return `${region}/${name}`;
}

export function topicArn(region: string, accountId: string, name: string): string {
  return `arn:aws:sns:${region}:${accountId}:${name}`;
}

export function subscriptionArn(
  accountId: string,
  { region, topicName, id }: { readonly region: string; readonly topicName: string; readonly id: string },
): string {
  return `${topicArn(region, accountId, topicName)}:${id}`;
}

export interface TopicPlace {
  readonly region: string;
  readonly accountId: string;
  readonly name: string;
}

/** The topic of an ARN, of its own or of a subscription to it; undefined for an ARN of something else. */
export function placeOfArn(arn: string): (TopicPlace & { readonly subscriptionId?: string }) | undefined {
  const [, , service, region = '', accountId = '', resource = ''] = splitArn(arn) ?? [];
  const [name = '', subscriptionId, ...more] = resource.split(':');
  if (service !== 'sns' || !/^\d{12}$/.test(accountId) || name === '' || more.length > 0) return undefined;
  return { region, accountId, name, ...(subscriptionId !== undefined && { subscriptionId }) };
}

export function isFifoName(name: string): boolean {
  return name.endsWith('.fifo');
}

/** @throws InvalidParameter */
export function checkTopicName(name: string, kind: 'standard' | 'fifo'): void {
  if (kind === 'standard' && !/^[A-Za-z0-9_-]{1,256}$/.test(name)) throw invalidParameter('Topic Name');
  if (kind === 'fifo' && !/^[A-Za-z0-9_-]{1,251}\.fifo$/.test(name)) {
    throw invalidParameter(
      'Fifo Topic names must end with .fifo and must be made up of only uppercase and lowercase ASCII letters, numbers, underscores, and hyphens, and must be between 1 and 256 characters long.',
    );
  }
}

interface Holder<Topic, Subscription> {
  readonly id: string;
  readonly sns: {
    readonly topics: Readonly<Record<string, Topic>>;
    readonly subscriptions: Readonly<Record<string, Subscription>>;
  };
}

/** The topic of an ARN, in the region that the request is for. @throws InvalidParameter, NotFound */
export function topicOf<Topic>(account: Holder<Topic, unknown>, arn: string, call: Call): Topic {
  const elements = arn.split(':').length;
  if (elements < 6) throw invalidParameter(`TopicArn Reason: An ARN must have at least 6 elements, not ${elements}`);
  const place = placeOfArn(arn);
  if (place === undefined || place.subscriptionId !== undefined || place.region !== call.request.region) {
    throw invalidParameter('TopicArn');
  }
  const topic = own(account.sns.topics, topicKey(place.region, place.name));
  if (topic === undefined || place.accountId !== account.id) throw topicNotFound();
  return topic;
}

/** The subscription of an ARN. @throws InvalidParameter, NotFound */
export function subscriptionOf<Subscription extends { readonly region: string; readonly topicName: string }>(
  account: Holder<unknown, Subscription>,
  arn: string,
  call: Call,
): Subscription {
  const elements = arn.split(':').length;
  if (elements < 6) {
    throw invalidParameter(`SubscriptionArn Reason: An ARN must have at least 6 elements, not ${elements}`);
  }
  const place = placeOfArn(arn);
  if (place?.subscriptionId === undefined || place.region !== call.request.region) {
    throw invalidParameter('SubscriptionArn');
  }
  const subscription = own(account.sns.subscriptions, place.subscriptionId);
  const isOfTopic = subscription?.region === place.region && subscription.topicName === place.name;
  if (subscription === undefined || !isOfTopic || place.accountId !== account.id) throw subscriptionNotFound();
  return subscription;
}
