/** Publish, PublishBatch. */
import type {
  MessageAttributeValue,
  PublishBatchInput,
  PublishBatchResponse,
  PublishInput,
  PublishResponse,
} from '@aws-sdk/client-sns';
import type { Call } from '../../call.ts';
import { AwsError } from '../../errors.ts';
import { hexOf } from '../../hex.ts';
import { own } from '../../own.ts';
import { changing, type Process } from '../../process.ts';
import { newRequestId } from '../../request-id.ts';
import type { ProcessOperation } from '../../service.ts';
import type { Account } from '../../world.ts';
import { deliver } from './delivering.ts';
import { invalidParameter } from './errors.ts';
import { snsLimits } from './limits.ts';
import { checkMessage, type MessageInput, readBodies } from './message-check.ts';
import { isFifoName, topicKey, topicOf } from './names.ts';
import type { Published } from './notifications.ts';
import { checkTopicKey } from './sealing.ts';
import type { TopicState } from './state.ts';

/** Milliseconds for which a FIFO topic takes a message of the same deduplication id for the same message. */
const deduplicationInterval = 300_000;
/** The numbers of messages have 20 digits and are not consecutive. */
const firstNumber = 10_000_000_000_000_000_000n;

export const publish: ProcessOperation<PublishInput, PublishResponse> = {
  kind: 'process',
  *run(account, input, call): Process<PublishResponse> {
    checkMessage(input);
    if (input.PhoneNumber !== undefined) {
      if (!/^\+?[1-9]\d{6,14}$/.test(input.PhoneNumber)) {
        throw invalidParameter(`PhoneNumber Reason: ${input.PhoneNumber} is not valid to publish to`);
      }
      // It leaves the sandbox.
      return { MessageId: newRequestId(call.random) };
    }
    const topic = topicOf(account, input.TopicArn ?? input.TargetArn ?? '', call);
    return yield* publishTo(topic, input.TopicArn ?? input.TargetArn ?? '', input, account, call);
  },
};

export const publishBatch: ProcessOperation<PublishBatchInput, PublishBatchResponse> = {
  kind: 'process',
  action: 'Publish',
  *run(account, input, call): Process<PublishBatchResponse> {
    const topic = topicOf(account, input.TopicArn ?? '', call);
    const entries = input.PublishBatchRequestEntries ?? [];
    checkEntries(entries);
    let size = 0;
    for (const entry of entries) size += checkMessage(entry);
    if (size > snsLimits.messageBytes) {
      throw new AwsError('BatchRequestTooLong', 'The length of all the messages put together is more than the limit.');
    }
    for (const entry of entries) checkTopicType(topic, entry);
    const Successful: (PublishResponse & { Id: string })[] = [];
    for (const entry of entries) {
      const answer = yield* publishTo(topic, input.TopicArn ?? '', entry, account, call);
      Successful.push({ Id: entry.Id ?? '', ...answer });
    }
    return { Successful, Failed: [] };
  },
};

function checkEntries(entries: readonly { readonly Id?: string | undefined }[]): void {
  if (entries.length === 0) {
    throw new AwsError('EmptyBatchRequest', "The batch request doesn't contain any entries.");
  }
  if (entries.length > 10) {
    throw new AwsError('TooManyEntriesInBatchRequest', 'The batch request contains more entries than permissible.');
  }
  const ids = entries.map(({ Id = '' }) => Id);
  if (new Set(ids).size < ids.length) {
    throw new AwsError('BatchEntryIdsNotDistinct', 'Two or more batch entries in the request have the same Id.');
  }
  const wrong = ids.find((id) => !/^[\w-]{1,80}$/.test(id));
  if (wrong === undefined) return;
  const what = wrong.length > 80 ? 'is too long' : 'contains an impermissible character';
  throw new AwsError('InvalidBatchEntryId', `The Id of a batch entry in the batch request ${what}: ${wrong}`);
}

function checkTopicType(topic: TopicState, { MessageGroupId, MessageDeduplicationId }: MessageInput): void {
  if (!isFifoName(topic.name)) {
    if (MessageDeduplicationId === undefined) return;
    throw invalidParameter(
      'MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this topic type',
    );
  }
  if ((MessageGroupId ?? '') === '') {
    throw invalidParameter('The MessageGroupId parameter is required for FIFO topics');
  }
  if (MessageDeduplicationId === undefined && topic.attributes['ContentBasedDeduplication'] !== 'true') {
    throw invalidParameter(
      'The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    );
  }
}

/** Publishes one message to a topic, and delivers it to all subscriptions that want it. */
function* publishTo(
  topic: TopicState,
  topicArn: string,
  input: MessageInput,
  account: Account,
  call: Call,
): Process<PublishResponse> {
  checkTopicType(topic, input);
  yield* checkTopicKey(topic, { topicArn, accountId: account.id }, call);
  const numbered = isFifoName(topic.name) ? yield* numberedMessage(topic, input, account.id, call) : undefined;
  if (numbered?.kind === 'copy') return { MessageId: numbered.messageId, SequenceNumber: numbered.sequenceNumber };
  const attributes: Readonly<Record<string, MessageAttributeValue>> = input.MessageAttributes ?? {};
  const published: Published = {
    id: numbered?.messageId ?? newRequestId(call.random),
    topicArn,
    ...(input.Subject !== undefined && { subject: input.Subject }),
    bodies: readBodies(input),
    attributes,
    ...(input.MessageGroupId !== undefined && { groupId: input.MessageGroupId }),
    ...(numbered && { deduplicationId: numbered.deduplicationId, sequenceNumber: numbered.sequenceNumber }),
  };
  const subscriptions = Object.values(account.sns.subscriptions).filter(
    ({ topicName, region }) => topicName === topic.name && region === topic.region,
  );
  for (const subscription of subscriptions) yield* deliver(published, subscription, account.id, call);
  return { MessageId: published.id, ...(numbered && { SequenceNumber: numbered.sequenceNumber }) };
}

interface Numbered {
  /** A copy of a message of the last five minutes is answered as that one, and not delivered. */
  readonly kind: 'new' | 'copy';
  readonly messageId: string;
  readonly deduplicationId: string;
  readonly sequenceNumber: string;
}

function* numberedMessage(
  { region, name }: TopicState,
  input: MessageInput,
  accountId: string,
  { now, hashes, random }: Call,
): Process<Numbered> {
  const groupId = input.MessageGroupId ?? '';
  const deduplicationId =
    input.MessageDeduplicationId ?? hexOf(hashes.sha256(new TextEncoder().encode(input.Message ?? '')));
  return yield* changing(accountId, (draft): Numbered => {
    const topic = own(draft.sns.topics, topicKey(region, name));
    if (topic === undefined) throw new Error('A topic cannot go while a message is published to it');
    const isByGroup = topic.attributes['FifoThroughputScope'] === 'MessageGroup';
    const recent = topic.published.filter(({ publishedAt }) => publishedAt + deduplicationInterval > now);
    const copy = recent.find(
      (other) => other.deduplicationId === deduplicationId && (!isByGroup || other.groupId === groupId),
    );
    if (copy !== undefined) {
      return { kind: 'copy', deduplicationId, messageId: copy.messageId, sequenceNumber: copy.sequenceNumber };
    }
    const sequenceNumber = String(firstNumber + BigInt(topic.numbered) * 1000n);
    const messageId = newRequestId(random);
    topic.numbered += 1;
    topic.published = [...recent, { deduplicationId, groupId, messageId, sequenceNumber, publishedAt: now }].slice(
      -snsLimits.publishedPerTopic,
    );
    return { kind: 'new', deduplicationId, messageId, sequenceNumber };
  });
}
