/** SendMessage, SendMessageBatch. */
import type {
  SendMessageBatchRequest,
  SendMessageBatchResult,
  SendMessageRequest,
  SendMessageResult,
} from '@aws-sdk/client-sqs';
import { AwsError } from '../../errors.ts';
import type { ChangeOperation } from '../../service.ts';
import { checkBatch, eachEntry } from './batches.ts';
import { queueOf } from './finding-queues.ts';
import { sqsLimits } from './limits.ts';
import { isFifoName } from './names.ts';
import { checkFifoInput, type MessageInput, sendTo } from './new-messages.ts';

export const sendMessage: ChangeOperation<SendMessageRequest, SendMessageResult> = {
  kind: 'change',
  handle(account, input, call) {
    return sendTo(queueOf(account, input, call), input, account, call);
  },
};

export const sendMessageBatch: ChangeOperation<SendMessageBatchRequest, SendMessageBatchResult> = {
  kind: 'change',
  action: 'SendMessage',
  handle(account, input, call) {
    const queue = queueOf(account, input, call);
    const entries = input.Entries ?? [];
    checkBatch(entries);
    if (isFifoName(queue.name)) for (const entry of entries) checkFifoInput(queue, entry);
    checkSize(entries);
    const { Successful, Failed } = eachEntry(entries, (entry) => sendTo(queue, entry, account, call));
    return { Successful, Failed };
  },
};

/** @throws BatchRequestTooLong */
function checkSize(entries: readonly MessageInput[]): void {
  const size = entries.reduce((sum, entry) => sum + sizeOf(entry), 0);
  if (size <= sqsLimits.messageBytes) return;
  throw new AwsError(
    'BatchRequestTooLong',
    `Batch requests cannot be longer than ${sqsLimits.messageBytes} bytes. You have sent ${size} bytes.`,
  );
}

function sizeOf({ MessageBody = '', MessageAttributes = {} }: MessageInput): number {
  const bytes = (text: string) => new TextEncoder().encode(text).length;
  return Object.entries(MessageAttributes).reduce(
    (sum, [name, { DataType = '', StringValue = '', BinaryValue }]) =>
      sum + bytes(name) + bytes(DataType) + bytes(StringValue) + (BinaryValue?.length ?? 0),
    bytes(MessageBody),
  );
}
