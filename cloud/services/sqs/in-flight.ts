/** What is done with messages that were received: DeleteMessage, ChangeMessageVisibility, and both in batches. */
import type {
  ChangeMessageVisibilityBatchRequest,
  ChangeMessageVisibilityBatchResult,
  ChangeMessageVisibilityRequest,
  DeleteMessageBatchRequest,
  DeleteMessageBatchResult,
  DeleteMessageRequest,
} from '@aws-sdk/client-sqs';
import type { Draft } from '../../call.ts';
import { AwsError } from '../../errors.ts';
import type { ChangeOperation } from '../../service.ts';
import { checkBatch, eachEntry } from './batches.ts';
import { invalidValue, missingParameter } from './errors.ts';
import { queueOf } from './finding-queues.ts';
import { visibilityOf } from './messages.ts';
import { isFifoName } from './names.ts';
import { readReceiptHandle } from './receipt-handles.ts';
import type { MessageState, QueueState } from './state.ts';

type Nothing = Record<string, never>;
type QueueDraft = Draft<QueueState>;

/** Seconds for which a message can be kept from others in all. */
const longest = 43_200;

export const deleteMessage: ChangeOperation<DeleteMessageRequest, Nothing> = {
  kind: 'change',
  handle(account, input, call) {
    return deleteFrom(queueOf(account, input, call), input.ReceiptHandle ?? '', call.now);
  },
};

export const deleteMessageBatch: ChangeOperation<DeleteMessageBatchRequest, DeleteMessageBatchResult> = {
  kind: 'change',
  action: 'DeleteMessage',
  handle(account, input, call) {
    const queue = queueOf(account, input, call);
    const entries = input.Entries ?? [];
    checkBatch(entries);
    return eachEntry(entries, ({ ReceiptHandle = '' }) => deleteFrom(queue, ReceiptHandle, call.now));
  },
};

/**
 * A standard queue answers to any handle that it wrote, but deletes by the last one only. A FIFO queue refuses a handle whose time is over.
 * @throws ReceiptHandleIsInvalid, InvalidParameterValue
 */
function deleteFrom(queue: QueueDraft, handle: string, now: number): Nothing {
  const message = messageOf(queue, handle);
  if (message === undefined) return {};
  if (isFifoName(queue.name) && visibilityOf(message, queue, now) !== 'in-flight') {
    throw invalidValue(handle, 'ReceiptHandle', 'The receipt handle has expired.');
  }
  queue.messages = queue.messages.filter(({ id }) => id !== message.id);
  return {};
}

/** The message that a handle stands for; undefined where it is gone, or was handed out again since. */
function messageOf(queue: QueueDraft, handle: string): Draft<MessageState> | undefined {
  const { messageId, secret } = readReceiptHandle(handle, queue);
  return queue.messages.find(({ id, receipt }) => id === messageId && receipt?.secret === secret);
}

export const changeMessageVisibility: ChangeOperation<ChangeMessageVisibilityRequest, Nothing> = {
  kind: 'change',
  handle(account, input, call) {
    return hide(queueOf(account, input, call), input, call.now);
  },
};

export const changeMessageVisibilityBatch: ChangeOperation<
  ChangeMessageVisibilityBatchRequest,
  ChangeMessageVisibilityBatchResult
> = {
  kind: 'change',
  action: 'ChangeMessageVisibility',
  handle(account, input, call) {
    const queue = queueOf(account, input, call);
    const entries = input.Entries ?? [];
    checkBatch(entries);
    return eachEntry(entries, (entry) => hide(queue, entry, call.now));
  },
};

interface HidingInput {
  readonly ReceiptHandle?: string | undefined;
  readonly VisibilityTimeout?: number | undefined;
}

/** @throws ReceiptHandleIsInvalid, MessageNotInflight, InvalidParameterValue */
function hide(
  queue: QueueDraft,
  { ReceiptHandle: handle = '', VisibilityTimeout: timeout }: HidingInput,
  now: number,
): Nothing {
  if (timeout === undefined) throw missingParameter('VisibilityTimeout');
  if (timeout < 0 || timeout > longest) {
    throw invalidValue(timeout, 'VisibilityTimeout', `Must be between 0 and ${longest}, if provided.`);
  }
  const message = messageOf(queue, handle);
  const receipt = message?.receipt;
  if (message === undefined || receipt === undefined) {
    throw invalidValue(
      handle,
      'ReceiptHandle',
      'Message does not exist or is not available for visibility timeout change.',
    );
  }
  if (visibilityOf(message, queue, now) !== 'in-flight') {
    throw new AwsError('MessageNotInflight', 'The specified message is not in flight.');
  }
  if (now + timeout * 1000 > receipt.receivedAt + longest * 1000) {
    throw invalidValue(
      timeout,
      'VisibilityTimeout',
      `Total VisibilityTimeout for the message is beyond the limit [${longest} seconds]`,
    );
  }
  message.receipt = { ...receipt, visibleAt: now + timeout * 1000 };
  return {};
}
