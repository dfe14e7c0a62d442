/** The queue that a request names. */
import type { Call } from '../../call.ts';
import { own } from '../../own.ts';
import { ownersOnly, queueDoesNotExist } from './errors.ts';
import { queueKey, readQueueUrl } from './names.ts';

interface QueueInput {
  readonly QueueUrl?: string | undefined;
}

interface Holder<Queue> {
  readonly id: string;
  readonly sqs: { readonly queues: Readonly<Record<string, Queue>> };
}

/** The queue of a URL, or of a bare name, in the region that the request is for. @throws QueueDoesNotExist */
export function queueOf<Queue>(account: Holder<Queue>, { QueueUrl = '' }: QueueInput, call: Call): Queue {
  const { accountId = account.id, name = QueueUrl } = readQueueUrl(QueueUrl) ?? {};
  const queue = own(account.sqs.queues, queueKey(call.request.region, name));
  if (queue === undefined || accountId !== account.id) throw queueDoesNotExist();
  return queue;
}

/**
 * The same, of an operation that a policy cannot give to another account (Amazon SQS API Reference: "Cross-account permissions don't
 * apply to this action").
 * @throws QueueDoesNotExist, AccessDeniedException
 */
export function ownQueueOf<Queue>(account: Holder<Queue>, input: QueueInput, call: Call, action: string): Queue {
  const { caller } = call;
  if (!('accountId' in caller) || caller.accountId !== account.id) throw ownersOnly(action);
  return queueOf(account, input, call);
}
