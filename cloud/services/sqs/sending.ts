/** SendMessage, SendMessageBatch. */
import type {
  SendMessageBatchRequest,
  SendMessageBatchResult,
  SendMessageRequest,
  SendMessageResult,
} from '@aws-sdk/client-sqs';
import { AwsError } from '../../errors.ts';
import { changing, type Process } from '../../process.ts';
import type { ProcessOperation } from '../../service.ts';
import { checkBatch, eachEntry } from './batches.ts';
import { queueOf } from './finding-queues.ts';
import { sqsLimits } from './limits.ts';
import { isFifoName } from './names.ts';
import { checkFifoInput, type MessageInput, sendTo } from './new-messages.ts';
import { sealFor } from './sealing.ts';
import type { QueueState } from './state.ts';

export const sendMessage: ProcessOperation<SendMessageRequest, SendMessageResult> = {
  kind: 'process',
  *run(account, input, call): Process<SendMessageResult> {
    const seal = yield* sealFor({ queue: queueOf(account, input, call), account }, call);
    return yield* changing(account.id, (draft) => sendTo(queueOf(draft, input, call), input, draft, call, seal));
  },
};

export const sendMessageBatch: ProcessOperation<SendMessageBatchRequest, SendMessageBatchResult> = {
  kind: 'process',
  action: 'SendMessage',
  *run(account, input, call): Process<SendMessageBatchResult> {
    const queue: QueueState = queueOf(account, input, call);
    const entries = input.Entries ?? [];
    checkBatch(entries);
    if (isFifoName(queue.name)) for (const entry of entries) checkFifoInput(queue, entry);
    checkSize(entries);
    const seal = yield* sealFor({ queue, account }, call);
    return yield* changing(account.id, (draft) =>
      eachEntry(entries, (entry) => sendTo(queueOf(draft, input, call), entry, draft, call, seal)),
    );
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
