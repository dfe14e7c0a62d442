/** Receipt handles: of which queue and message, and of which time that it was received. Opaque to clients. */
import { readToken, writeToken } from '../../opaque-token.ts';
import { receiptHandleIsInvalid } from './errors.ts';
import type { QueueState } from './state.ts';

const mark = 'receipt ';

export function writeReceiptHandle(queueId: string, messageId: string, secret: string): string {
  return writeToken(mark, [queueId, messageId, secret].join(' '));
}

/** @throws ReceiptHandleIsInvalid for a handle that this queue did not write */
export function readReceiptHandle(
  handle: string,
  queue: Pick<QueueState, 'id'>,
): { readonly messageId: string; readonly secret: string } {
  const [queueId, messageId, secret, ...more] = (readToken(mark, handle) ?? '').split(' ');
  if (queueId !== queue.id || messageId === undefined || secret === undefined || more.length > 0) {
    throw receiptHandleIsInvalid(handle);
  }
  return { messageId, secret };
}
