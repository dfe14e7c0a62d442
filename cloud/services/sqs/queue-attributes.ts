/** GetQueueAttributes, SetQueueAttributes. */
import type {
  GetQueueAttributesRequest,
  GetQueueAttributesResult,
  SetQueueAttributesRequest,
} from '@aws-sdk/client-sqs';
import type { Call } from '../../call.ts';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import { principalNames } from '../iam/trust.ts';
import { attributesInForce, isAttributeToSet, withAttributes } from './attributes.ts';
import { invalidAttributeValue, unknownAttribute } from './errors.ts';
import { ownQueueOf, queueOf } from './finding-queues.ts';
import { countsOf } from './messages.ts';
import { queueArn } from './names.ts';
import { checkedQueuePolicy } from './queue-policy.ts';
import type { QueueState } from './state.ts';

const computed = new Set([
  'All',
  'QueueArn',
  'CreatedTimestamp',
  'LastModifiedTimestamp',
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
]);

export const getQueueAttributes: ReadOperation<GetQueueAttributesRequest, GetQueueAttributesResult> = {
  kind: 'read',
  handle(account, input, call) {
    const queue = queueOf(account, input, call);
    const names: readonly string[] = input.AttributeNames ?? [];
    for (const name of names) if (!computed.has(name) && !isAttributeToSet(name)) throw unknownAttribute(name);
    const shown = Object.entries(attributesOf(queue, account.id, call)).filter(
      ([name]) => names.includes('All') || names.includes(name),
    );
    return shown.length === 0 ? {} : { Attributes: Object.fromEntries(shown) };
  },
};

function attributesOf(queue: QueueState, accountId: string, call: Call): Readonly<Record<string, string>> {
  const counts = countsOf(queue, call.now);
  return {
    QueueArn: queueArn(queue.region, accountId, queue.name),
    ApproximateNumberOfMessages: String(counts.visible),
    ApproximateNumberOfMessagesNotVisible: String(counts.inFlight),
    ApproximateNumberOfMessagesDelayed: String(counts.delayed),
    CreatedTimestamp: seconds(queue.createdAt),
    LastModifiedTimestamp: seconds(queue.modifiedAt),
    ...attributesInForce(queue),
    ...(queue.policy !== undefined && { Policy: principalNames(call.world).show(queue.policy) }),
  };
}

function seconds(milliseconds: number): string {
  return String(Math.floor(milliseconds / 1000));
}

export const setQueueAttributes: ChangeOperation<SetQueueAttributesRequest, Record<string, never>> = {
  kind: 'change',
  handle(account, input, call) {
    const queue = ownQueueOf(account, input, call, 'sqs:SetQueueAttributes');
    const { Policy, FifoQueue, ...asked } = input.Attributes ?? {};
    // A queue stays of the type that it was made as.
    if (FifoQueue !== undefined && FifoQueue !== queue.attributes['FifoQueue']) {
      throw queue.attributes['FifoQueue'] === undefined
        ? unknownAttribute('FifoQueue')
        : invalidAttributeValue('FifoQueue');
    }
    const facts = { queue, accountId: account.id, queues: account.sqs.queues };
    queue.attributes = withAttributes(queue.attributes, asked, facts);
    if (Policy === '') delete queue.policy;
    else if (Policy !== undefined) queue.policy = checkedQueuePolicy(Policy, call.world);
    queue.modifiedAt = call.now;
    return {};
  },
};
