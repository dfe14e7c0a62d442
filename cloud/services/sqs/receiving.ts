/** ReceiveMessage. Long polling is answered at once: nothing arrives while a call goes on. */
import type { Message, ReceiveMessageRequest, ReceiveMessageResult } from '@aws-sdk/client-sqs';
import type { AccountDraft, Call, Draft } from '../../call.ts';
import { hexOf } from '../../hex.ts';
import { own } from '../../own.ts';
import { changing, type Process } from '../../process.ts';
import type { ProcessOperation } from '../../service.ts';
import { numberOf } from './attributes.ts';
import { invalidParameterValue, invalidValue } from './errors.ts';
import { queueOf } from './finding-queues.ts';
import { digestOfAttributes, shownAttributes } from './message-attributes.ts';
import { retained, visibilityOf } from './messages.ts';
import { isFifoName, placeOfArn, queueArn, queueKey } from './names.ts';
import { writeReceiptHandle } from './receipt-handles.ts';
import { redrivePolicyOf } from './redrive.ts';
import { opened } from './sealing.ts';
import type { MessageAttributeState, MessageSealState, MessageState, QueueState } from './state.ts';

type QueueDraft = Draft<QueueState>;
type MessageDraft = Draft<MessageState>;

export const receiveMessage: ProcessOperation<ReceiveMessageRequest, ReceiveMessageResult> = {
  kind: 'process',
  *run(account, input, call): Process<ReceiveMessageResult> {
    const { seals, Messages } = yield* changing(account.id, (draft) => taken(draft, input, call));
    yield* opened(seals, call);
    return Messages.length === 0 ? {} : { Messages };
  },
};

interface Taken {
  readonly seals: readonly MessageSealState[];
  readonly Messages: Message[];
}

/** Hands messages out, and moves to the dead-letter queue what was handed out too often. */
function taken(account: AccountDraft, input: ReceiveMessageRequest, call: Call): Taken {
  const queue = queueOf<QueueDraft>(account, input, call);
  const count = checkedCount(input);
  const timeout = timeoutOf(queue, input);
  const found = available(queue, call.now);
  const deadLetters = deadLetterQueue(account, queue);
  const given: MessageDraft[] = [];
  const exhausted = new Set<string>();
  for (const message of found) {
    if (given.length >= count) break;
    if (deadLetters !== undefined && message.receives >= deadLetters.maxReceiveCount) exhausted.add(message.id);
    else given.push(message);
  }
  for (const message of given) handOut(message, timeout, call);
  if (deadLetters !== undefined && exhausted.size > 0) {
    const source = queueArn(queue.region, account.id, queue.name);
    const moved = queue.messages.filter(({ id }) => exhausted.has(id));
    queue.messages = queue.messages.filter(({ id }) => !exhausted.has(id));
    deadLetters.queue.messages.push(...moved.map((message) => deadLetter(message, source, deadLetters.queue, call)));
  }
  return {
    seals: given.flatMap(({ seal }) => (seal === undefined ? [] : [{ ...seal }])),
    Messages: given.map((message) => shown(message, queue, input, call)),
  };
}

/** @throws InvalidParameterValue */
function checkedCount({ MaxNumberOfMessages: count = 1, WaitTimeSeconds: wait = 0 }: ReceiveMessageRequest): number {
  if (count < 1 || count > 10) {
    throw invalidValue(count, 'MaxNumberOfMessages', 'Must be between 1 and 10, if provided.');
  }
  if (wait < 0 || wait > 20) {
    throw invalidValue(wait, 'WaitTimeSeconds', 'Must be >= 0 and <= 20, if provided.');
  }
  return count;
}

function timeoutOf(queue: QueueState, { VisibilityTimeout, ReceiveRequestAttemptId }: ReceiveMessageRequest): number {
  if (ReceiveRequestAttemptId !== undefined && !isFifoName(queue.name)) {
    throw invalidParameterValue('The request includes a parameter that is not valid for this queue type');
  }
  const timeout = VisibilityTimeout ?? numberOf(queue, 'VisibilityTimeout');
  if (timeout < 0 || timeout > 43_200) {
    throw invalidValue(timeout, 'VisibilityTimeout', 'Must be between 0 and 43200, if provided.');
  }
  return timeout;
}

/**
 * The messages that can be had, in order. Of a group in a FIFO queue none follows one that is still in flight or waits for its delay
 * (Amazon SQS Developer Guide, "FIFO queue delivery logic in Amazon SQS").
 */
function available(queue: QueueDraft, now: number): readonly MessageDraft[] {
  const kept = retained(queue, now);
  if (kept.length < queue.messages.length) queue.messages = kept;
  const isFifo = isFifoName(queue.name);
  const blocked = new Set(
    kept.flatMap((message) => {
      const isBlocking = isFifo && visibilityOf(message, queue, now) !== 'visible';
      return isBlocking && message.groupId !== undefined ? [message.groupId] : [];
    }),
  );
  return kept.filter(
    (message) => visibilityOf(message, queue, now) === 'visible' && !(isFifo && blocked.has(message.groupId ?? '')),
  );
}

interface DeadLetterTarget {
  readonly queue: QueueDraft;
  readonly maxReceiveCount: number;
}

/** Where messages go that were received too often; undefined where there is no such queue, or none any more. */
function deadLetterQueue(account: AccountDraft, source: QueueState): DeadLetterTarget | undefined {
  const policy = redrivePolicyOf(source);
  const place = policy && placeOfArn(policy.deadLetterTargetArn);
  const queue = place && own(account.sqs.queues, queueKey(place.region, place.name));
  return policy && queue && { queue, maxReceiveCount: policy.maxReceiveCount };
}

function handOut(message: MessageDraft, timeout: number, { now, random }: Call): void {
  message.receives += 1;
  message.firstReceivedAt ??= now;
  message.receipt = { secret: hexOf(random.bytes(8)), receivedAt: now, visibleAt: now + timeout * 1000 };
}

/** A message as it stands in the dead-letter queue. In a standard queue it stays as old as it is; in a FIFO queue its time begins anew. */
function deadLetter(message: MessageDraft, source: string, target: QueueState, { now }: Call): MessageDraft {
  const { receipt: _receipt, ...kept } = message;
  return {
    ...kept,
    deadLetterSource: source,
    receives: 0,
    receivesBefore: message.receivesBefore + message.receives,
    ...(isFifoName(target.name) ? { sentAt: now } : { delay: 0 }),
  };
}

function shown(message: MessageState, queue: QueueState, input: ReceiveMessageRequest, call: Call): Message {
  const attributes = askedAttributes(message.attributes, input.MessageAttributeNames ?? []);
  const digest = digestOfAttributes(attributes, call.hashes);
  const system = askedSystemAttributes(message, [
    ...(input.AttributeNames ?? []),
    ...(input.MessageSystemAttributeNames ?? []),
  ]);
  return {
    MessageId: message.id,
    ReceiptHandle: writeReceiptHandle(queue.id, message.id, message.receipt?.secret ?? ''),
    MD5OfBody: hexOf(call.hashes.md5(new TextEncoder().encode(message.body))),
    Body: message.body,
    ...(Object.keys(system).length > 0 && { Attributes: system }),
    ...(digest !== undefined && { MD5OfMessageAttributes: digest, MessageAttributes: shownAttributes(attributes) }),
  };
}

/** `All`, `.*`, a name, or all that begin alike: `order.*`. */
function askedAttributes(
  attributes: readonly MessageAttributeState[],
  names: readonly string[],
): readonly MessageAttributeState[] {
  if (names.some((name) => name === 'All' || name === '.*')) return attributes;
  const prefixes = names.filter((name) => name.endsWith('.*')).map((name) => name.slice(0, -2));
  return attributes.filter(({ name }) => names.includes(name) || prefixes.some((prefix) => name.startsWith(prefix)));
}

function askedSystemAttributes(message: MessageState, names: readonly string[]): Record<string, string> {
  const all: Readonly<Record<string, string | undefined>> = {
    SenderId: message.senderId,
    SentTimestamp: String(message.sentAt),
    ApproximateReceiveCount: String(message.receivesBefore + message.receives),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
    SequenceNumber: message.sequenceNumber,
    MessageDeduplicationId: message.deduplicationId,
    MessageGroupId: message.groupId,
    AWSTraceHeader: message.traceHeader,
    DeadLetterQueueSourceArn: message.deadLetterSource,
  };
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) =>
      value !== undefined && (names.includes('All') || names.includes(name)) ? [[name, value] as const] : [],
    ),
  );
}
