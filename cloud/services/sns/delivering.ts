/** Delivery of messages to queues and functions. What goes to addresses outside of AWS leaves the sandbox and is not kept. */
import { parseArn } from '../../../iam/arn.ts';
import type { Call } from '../../call.ts';
import { calling, type InnerOutcome, type Process } from '../../process.ts';
import { placeOfArn as placeOfQueue, queueUrl } from '../sqs/names.ts';
import { checkFilterPolicy } from './filter-check.ts';
import { meetsFilter } from './filter-policy.ts';
import { subjectOfAttributes, subjectOfBody } from './filter-subjects.ts';
import { isFifoName, subscriptionArn } from './names.ts';
import { bodyFor, functionEvent, notification, type Published } from './notifications.ts';
import type { SubscriptionState } from './state.ts';
import { deadLetterArn } from './subscription-attributes.ts';

const principal = 'sns.amazonaws.com';

/** Sends a message to a subscription that wants it; to its dead-letter queue what could not be delivered. */
export function* deliver(
  published: Published,
  subscription: SubscriptionState,
  ownerId: string,
  call: Call,
): Process<void> {
  if (!subscription.isConfirmed || !wants(subscription, published)) return;
  const arn = subscriptionArn(ownerId, subscription);
  const { protocol, endpoint, attributes } = subscription;
  if (protocol === 'lambda') {
    yield* invoke(endpoint, functionEvent(published, arn, call), published.topicArn, ownerId);
    return;
  }
  if (protocol !== 'sqs') return;
  const isRaw = attributes['RawMessageDelivery'] === 'true';
  const body = isRaw ? bodyFor(published, protocol) : notification(published, arn, protocol, call);
  const sent = yield* sendToQueue(endpoint, body, published, { ownerId, isRaw, call });
  const target = sent.kind === 'error' ? deadLetterArn(attributes['RedrivePolicy'] ?? '') : undefined;
  if (target !== undefined) yield* sendToQueue(target, body, published, { ownerId, isRaw, call });
}

/** Whether a subscription's filter policy lets a message through. */
function wants({ attributes, protocol }: SubscriptionState, published: Published): boolean {
  const text = attributes['FilterPolicy'];
  if (text === undefined) return true;
  if (attributes['FilterPolicyScope'] !== 'MessageBody') {
    return meetsFilter(checkFilterPolicy(text, 'MessageAttributes'), subjectOfAttributes(published.attributes));
  }
  const subject = subjectOfBody(bodyFor(published, protocol));
  return subject !== undefined && meetsFilter(checkFilterPolicy(text, 'MessageBody'), subject);
}

interface Sending {
  readonly ownerId: string;
  /** A raw message has the attributes that it was published with. */
  readonly isRaw: boolean;
  readonly call: Call;
}

/** A message to a queue, as SNS itself: the queue's policy decides, and is told of the topic. */
export function* sendToQueue(
  queueArn: string,
  body: string,
  published: Pick<Published, 'topicArn' | 'attributes' | 'groupId' | 'deduplicationId'>,
  { ownerId, isRaw, call }: Sending,
): Process<InnerOutcome> {
  const place = placeOfQueue(queueArn);
  if (place === undefined) throw new Error(`${queueArn} was saved, and is no queue's`);
  const isFifo = isFifoName(place.name);
  return yield* calling({
    by: principal,
    as: { kind: 'service', source: { arn: published.topicArn, accountId: ownerId } },
    service: 'sqs',
    operation: 'SendMessage',
    region: place.region,
    input: {
      QueueUrl: queueUrl(call.request, place),
      MessageBody: body,
      ...(isRaw && Object.keys(published.attributes).length > 0 && { MessageAttributes: published.attributes }),
      ...(isFifo && published.groupId !== undefined && { MessageGroupId: published.groupId }),
      ...(isFifo && published.deduplicationId !== undefined && { MessageDeduplicationId: published.deduplicationId }),
    },
  });
}

function* invoke(functionArn: string, event: string, topicArn: string, ownerId: string): Process<void> {
  yield* calling({
    by: principal,
    as: { kind: 'service', source: { arn: topicArn, accountId: ownerId } },
    service: 'lambda',
    operation: 'Invoke',
    ...regionOf(functionArn),
    input: { FunctionName: functionArn, InvocationType: 'Event', Payload: new TextEncoder().encode(event) },
  });
}

function regionOf(arn: string): { readonly region?: string } {
  const region = parseArn(arn)?.region;
  return region === undefined ? {} : { region };
}
