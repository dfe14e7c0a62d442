/** Messages as endpoints get them (Amazon SNS Developer Guide, "Parsing Amazon SNS message formats"). */
import type { MessageAttributeValue } from '@aws-sdk/client-sns';
import { toBase64 } from '@smithy/core/serde';
import type { Call } from '../../call.ts';
import { isFifoName } from './names.ts';

/** A message that was published to a topic. */
export interface Published {
  readonly id: string;
  readonly topicArn: string;
  readonly subject?: string;
  /** By protocol; `default` for all others. */
  readonly bodies: Readonly<Record<string, string>>;
  readonly attributes: Readonly<Record<string, MessageAttributeValue>>;
  readonly groupId?: string;
  readonly deduplicationId?: string;
  readonly sequenceNumber?: string;
}

export function bodyFor(published: Published, protocol: string): string {
  const { bodies } = published;
  return (Object.hasOwn(bodies, protocol) ? bodies[protocol] : bodies['default']) ?? '';
}

/** A notification as JSON text, for endpoints that do not take messages raw. */
export function notification(published: Published, subscriptionArn: string, protocol: string, call: Call): string {
  const { id, topicArn, subject, sequenceNumber } = published;
  const attributes = shownAttributes(published);
  return JSON.stringify({
    Type: 'Notification',
    MessageId: id,
    ...(sequenceNumber !== undefined && { SequenceNumber: sequenceNumber }),
    TopicArn: topicArn,
    ...(subject !== undefined && { Subject: subject }),
    Message: bodyFor(published, protocol),
    Timestamp: new Date(call.now).toISOString(),
    ...(!isFifoName(topicArn) && signatureOf(topicArn, call)),
    UnsubscribeURL: `${endpointOf(topicArn, call)}/?Action=Unsubscribe&SubscriptionArn=${subscriptionArn}`,
    ...(attributes && { MessageAttributes: attributes }),
  });
}

/** What a function is invoked with (AWS Lambda Developer Guide, "Invoking Lambda functions with Amazon SNS notifications"). */
export function functionEvent(published: Published, subscriptionArn: string, call: Call): string {
  const {
    Type,
    MessageId,
    TopicArn,
    Subject,
    Message,
    Timestamp,
    SignatureVersion,
    Signature,
    SigningCertURL,
    UnsubscribeURL,
  } = JSON.parse(notification(published, subscriptionArn, 'lambda', call)) as Readonly<Record<string, string>>;
  const Sns = {
    Type,
    MessageId,
    TopicArn,
    Subject: Subject ?? null,
    Message,
    Timestamp,
    SignatureVersion,
    Signature,
    SigningCertUrl: SigningCertURL,
    UnsubscribeUrl: UnsubscribeURL,
    MessageAttributes: shownAttributes(published) ?? {},
  };
  const record = { EventSource: 'aws:sns', EventVersion: '1.0', EventSubscriptionArn: subscriptionArn, Sns };
  return JSON.stringify({ Records: [record] });
}

/** What asks an endpoint whether it wants a subscription. */
export function confirmationRequest(topicArn: string, token: string, id: string, call: Call): string {
  return JSON.stringify({
    Type: 'SubscriptionConfirmation',
    MessageId: id,
    Token: token,
    TopicArn: topicArn,
    Message: `You have chosen to subscribe to the topic ${topicArn}.\nTo confirm the subscription, visit the SubscribeURL included in this message.`,
    SubscribeURL: `${endpointOf(topicArn, call)}/?Action=ConfirmSubscription&TopicArn=${topicArn}&Token=${token}`,
    Timestamp: new Date(call.now).toISOString(),
    ...signatureOf(topicArn, call),
  });
}

function shownAttributes({ attributes }: Published): Readonly<Record<string, object>> | undefined {
  const entries = Object.entries(attributes);
  if (entries.length === 0) return undefined;
  return Object.fromEntries(
    entries.map(([name, { DataType, StringValue, BinaryValue }]) => [
      name,
      { Type: DataType, Value: BinaryValue === undefined ? StringValue : toBase64(BinaryValue) },
    ]),
  );
}

/** Of the form of a signature, but drawn: nobody could get the certificate that it would be verified by. */
function signatureOf(topicArn: string, { random }: Call): Readonly<Record<string, string>> {
  const [, , , region] = topicArn.split(':');
  return {
    SignatureVersion: '1',
    Signature: toBase64(random.bytes(256)),
    SigningCertURL: `https://sns.${region}.amazonaws.com/SimpleNotificationService-0000000000000000000000.pem`,
  };
}

function endpointOf(topicArn: string, { request }: Call): string {
  return request.endpoint ?? `https://sns.${topicArn.split(':')[3]}.amazonaws.com`;
}
