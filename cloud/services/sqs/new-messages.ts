/** Messages as they are sent: checked, told apart from copies of themselves, and put into their queue. */
import type { MessageAttributeValue, MessageSystemAttributeValue } from '@aws-sdk/client-sqs';
import type { AnyCaller } from '../../../iam/model.ts';
import type { AccountDraft, Call, Draft } from '../../call.ts';
import { AwsError } from '../../errors.ts';
import { hexOf } from '../../hex.ts';
import { newRequestId } from '../../request-id.ts';
import type { Account } from '../../world.ts';
import { attributeOf, numberOf } from './attributes.ts';
import { invalidParameterValue, invalidValue, missingParameter, overLimit } from './errors.ts';
import { sqsLimits } from './limits.ts';
import { checkMessageAttributes, digestOfAttributes, sizeOfAttributes } from './message-attributes.ts';
import { retained } from './messages.ts';
import { isFifoName } from './names.ts';
import type { MessageAttributeState, MessageSealState, MessageState, QueueState, SentState } from './state.ts';

/** What a message is sent as, alone or in a batch. */
export interface MessageInput {
  readonly MessageBody?: string | undefined;
  readonly DelaySeconds?: number | undefined;
  readonly MessageAttributes?: Readonly<Record<string, MessageAttributeValue>> | undefined;
  readonly MessageSystemAttributes?: Readonly<Record<string, MessageSystemAttributeValue>> | undefined;
  readonly MessageDeduplicationId?: string | undefined;
  readonly MessageGroupId?: string | undefined;
}

/** What a sender is told. */
export interface SentAnswer {
  readonly MessageId: string;
  readonly MD5OfMessageBody: string;
  readonly MD5OfMessageAttributes?: string;
  readonly MD5OfMessageSystemAttributes?: string;
  readonly SequenceNumber?: string;
}

const encoder = new TextEncoder();
/** Milliseconds for which a FIFO queue takes a message of the same deduplication id for the same message. */
const deduplicationInterval = 300_000;
/** What a body cannot hold (W3C, "Extensible Markup Language (XML) 1.0", section 2.2, Char). */
const forbidden = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;
const fifoId = /^[A-Za-z0-9!"#$%&'()*+,\-./:;<=>?@[\\\]^_`{|}~]{1,128}$/;
/** The numbers of messages have 20 digits and are not consecutive. */
const firstNumber = 18_849_496_460_467_696_128n;

/** Puts a message into a queue. @param seal what the queue encrypts it under @throws AwsError */
export function sendTo(
  queue: Draft<QueueState>,
  input: MessageInput,
  account: AccountDraft,
  call: Call,
  seal: MessageSealState | undefined,
): SentAnswer {
  const body = input.MessageBody ?? '';
  const attributes = checkMessageAttributes(input.MessageAttributes ?? {});
  const system = checkMessageAttributes(input.MessageSystemAttributes ?? {});
  checkBody(body, attributes, queue);
  checkSystemAttributes(system);
  const answer = answerFor(body, attributes, system, call);
  const fifo = isFifoName(queue.name) ? fifoIds(queue, input, call) : undefined;
  if (fifo === undefined) checkStandard(input);
  const copy = fifo && copyOf(queue, fifo, call.now);
  if (copy !== undefined) return { ...answer, MessageId: copy.messageId, SequenceNumber: copy.sequenceNumber };
  checkRoom(queue, body.length, call.world.accounts[account.id], call);
  const traceHeader = system.find(({ name }) => name === 'AWSTraceHeader')?.text;
  const sequenceNumber = fifo && String(firstNumber + BigInt(queue.numbered) * 256n);
  const groupId = fifo?.groupId ?? input.MessageGroupId;
  const message: MessageState = {
    id: answer.MessageId,
    body,
    attributes,
    ...(traceHeader !== undefined && { traceHeader }),
    senderId: senderId(call.caller),
    sentAt: call.now,
    ...(fifo === undefined && { delay: input.DelaySeconds ?? numberOf(queue, 'DelaySeconds') }),
    ...(groupId !== undefined && { groupId }),
    ...(fifo && { deduplicationId: fifo.deduplicationId }),
    ...(sequenceNumber !== undefined && { sequenceNumber }),
    ...(seal !== undefined && { seal }),
    receives: 0,
    receivesBefore: 0,
  };
  queue.messages.push(message as Draft<MessageState>);
  if (fifo === undefined || sequenceNumber === undefined) return answer;
  queue.numbered += 1;
  const remembered: SentState = { ...fifo, messageId: message.id, sequenceNumber, sentAt: call.now };
  const recent = queue.sent.filter(({ sentAt }) => sentAt + deduplicationInterval > call.now);
  queue.sent = [...recent, remembered].slice(-sqsLimits.sentPerQueue);
  return { ...answer, SequenceNumber: sequenceNumber };
}

function answerFor(
  body: string,
  attributes: readonly MessageAttributeState[],
  system: readonly MessageAttributeState[],
  { hashes, random }: Call,
): SentAnswer {
  const ofAttributes = digestOfAttributes(attributes, hashes);
  const ofSystem = digestOfAttributes(system, hashes);
  return {
    MessageId: newRequestId(random),
    MD5OfMessageBody: hexOf(hashes.md5(encoder.encode(body))),
    ...(ofAttributes !== undefined && { MD5OfMessageAttributes: ofAttributes }),
    ...(ofSystem !== undefined && { MD5OfMessageSystemAttributes: ofSystem }),
  };
}

function checkBody(body: string, attributes: readonly MessageAttributeState[], queue: QueueState): void {
  if (body === '') throw missingParameter('MessageBody');
  const most = numberOf(queue, 'MaximumMessageSize');
  if (encoder.encode(body).length + sizeOfAttributes(attributes) > most) {
    throw invalidParameterValue(
      `One or more parameters are invalid. Reason: Message must be shorter than ${most} bytes.`,
    );
  }
  if (forbidden.test(body)) {
    throw new AwsError(
      'InvalidMessageContents',
      'Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF.',
    );
  }
}

function checkSystemAttributes(attributes: readonly MessageAttributeState[]): void {
  for (const { name, type } of attributes) {
    if (name !== 'AWSTraceHeader') {
      throw invalidParameterValue(`Message system attribute name '${name}' is invalid. Valid values: AWSTraceHeader.`);
    }
    if (type !== 'String') {
      throw invalidParameterValue(`The message system attribute '${name}' must be of type String.`);
    }
  }
}

function checkStandard({ DelaySeconds, MessageDeduplicationId, MessageGroupId }: MessageInput): void {
  if (DelaySeconds !== undefined && (DelaySeconds < 0 || DelaySeconds > 900)) {
    throw invalidValue(DelaySeconds, 'DelaySeconds', 'DelaySeconds must be >= 0 and <= 900.');
  }
  if (MessageDeduplicationId !== undefined) {
    throw invalidValue(
      MessageDeduplicationId,
      'MessageDeduplicationId',
      'The request includes a parameter that is not valid for this queue type.',
    );
  }
  // Of a standard queue the group makes its reading fair, and nothing else (Developer Guide, "Amazon SQS fair queues").
  if (MessageGroupId !== undefined) checkFifoId(MessageGroupId, 'MessageGroupId');
}

interface FifoIds {
  readonly groupId: string;
  readonly deduplicationId: string;
}

function fifoIds(queue: QueueState, input: MessageInput, { hashes }: Call): FifoIds {
  const { MessageBody: body = '', DelaySeconds, MessageGroupId: groupId, MessageDeduplicationId: given } = input;
  if (DelaySeconds !== undefined && DelaySeconds !== 0) {
    throw invalidValue(
      DelaySeconds,
      'DelaySeconds',
      'The request include parameter that is not valid for this queue type.',
    );
  }
  checkFifoInput(queue, input);
  if (given !== undefined) checkFifoId(given, 'MessageDeduplicationId');
  checkFifoId(groupId ?? '', 'MessageGroupId');
  const deduplicationId = given ?? hexOf(hashes.sha256(encoder.encode(body)));
  return { groupId: groupId ?? '', deduplicationId };
}

/** What a message needs to go into a FIFO queue; a batch is refused whole where one of its messages lacks it. */
export function checkFifoInput(queue: QueueState, { MessageGroupId, MessageDeduplicationId }: MessageInput): void {
  if (MessageGroupId === undefined || MessageGroupId === '') throw missingParameter('MessageGroupId');
  if (MessageDeduplicationId === undefined && attributeOf(queue, 'ContentBasedDeduplication') !== 'true') {
    throw invalidParameterValue(
      'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    );
  }
}

function checkFifoId(id: string, parameter: string): void {
  if (fifoId.test(id)) return;
  throw invalidValue(
    id,
    parameter,
    `${parameter} can only include alphanumeric and punctuation characters. 1 to 128 in length.`,
  );
}

/** The message that this one is a copy of: sent in the last five minutes, whether it was deleted since or not. */
function copyOf(queue: QueueState, { groupId, deduplicationId }: FifoIds, now: number): SentState | undefined {
  const isByGroup = attributeOf(queue, 'DeduplicationScope') === 'messageGroup';
  return queue.sent.find(
    (sent) =>
      sent.deduplicationId === deduplicationId &&
      (!isByGroup || sent.groupId === groupId) &&
      sent.sentAt + deduplicationInterval > now,
  );
}

const sizes = new WeakMap<QueueState, number>();

/** Characters of a queue's messages. Queues of a world do not change: each is measured once. */
function sizeOf(queue: QueueState): number {
  const known =
    sizes.get(queue) ??
    queue.messages.reduce((sum, { body, attributes }) => sum + body.length + sizeOfAttributes(attributes), 0);
  sizes.set(queue, known);
  return known;
}

/** @throws OverLimit. What the queue no longer retains is let go before. */
function checkRoom(queue: Draft<QueueState>, characters: number, account: Account | undefined, { now }: Call): void {
  const kept = retained(queue, now);
  if (kept.length < queue.messages.length) queue.messages = kept;
  if (kept.length >= sqsLimits.messagesPerQueue) {
    throw overLimit(`The queue holds ${sqsLimits.messagesPerQueue} messages already. Receive and delete some.`);
  }
  const held = Object.values(account?.sqs.queues ?? {}).reduce((sum, other) => sum + sizeOf(other), 0);
  if (held + characters > sqsLimits.messageBytesPerAccount) {
    throw overLimit('The queues of the account hold too many bytes already. Receive and delete some messages.');
  }
}

/** The unique id of a user, or of a role with the name of its session (ReceiveMessage, `SenderId`). */
function senderId(caller: AnyCaller): string {
  switch (caller.kind) {
    case 'user':
      return caller.id;
    case 'role-session':
      return `${caller.roleId}:${caller.sessionName}`;
    case 'root':
      return caller.accountId;
    case 'federated-user':
      return `${caller.accountId}:${caller.name}`;
    case 'service':
      return caller.service;
    case 'anonymous':
    case 'federated-identity':
      return 'anonymous';
  }
}
