/** CreateQueue, DeleteQueue, PurgeQueue. */
import type { CreateQueueRequest, CreateQueueResult, DeleteQueueRequest, PurgeQueueRequest } from '@aws-sdk/client-sqs';
import type { AccountDraft, Draft } from '../../call.ts';
import { AwsError } from '../../errors.ts';
import { hexOf } from '../../hex.ts';
import { own } from '../../own.ts';
import type { ChangeOperation } from '../../service.ts';
import { keptByKey } from '../../state-key.ts';
import { attributeOf, withAttributes } from './attributes.ts';
import { invalidAttributeValue, overLimit, unknownAttribute } from './errors.ts';
import { ownQueueOf, queueOf } from './finding-queues.ts';
import { sqsLimits } from './limits.ts';
import { checkQueueName, queueKey, queueUrl } from './names.ts';
import { tagOnCreation } from './permissions.ts';
import { checkedQueuePolicy } from './queue-policy.ts';
import type { QueueState } from './state.ts';
import { checkTags } from './tags.ts';

/** Milliseconds for which a deleted queue's name is nobody's, and between two purges. */
const pause = 60_000;

export const createQueue: ChangeOperation<CreateQueueRequest, CreateQueueResult> = {
  kind: 'change',
  // A queue is made in the caller's account, whatever is there already.
  owner: (_input, { callerAccountId }) => callerAccountId,
  alsoNeeds: tagOnCreation,
  handle(account, input, call) {
    const { QueueName: name = '', Attributes: { Policy, ...asked } = {}, tags = {} } = input;
    const { region } = call.request;
    checkQueueName(name, queueKind(asked));
    const key = queueKey(region, name);
    const place = { region, accountId: account.id, name };
    const existing = own(account.sqs.queues, key);
    const facts = { queue: place, accountId: account.id, queues: account.sqs.queues };
    const attributes = withAttributes({}, asked, facts);
    const policy = (Policy ?? '') === '' ? undefined : checkedQueuePolicy(Policy ?? '', call.world);
    if (existing !== undefined) {
      checkSame(existing, { attributes, asked });
      if (Policy !== undefined && policy !== existing.policy) throw nameExists('Policy');
      return { QueueUrl: queueUrl(call.request, place) };
    }
    if (call.now < (own(account.sqs.deleted, key) ?? Number.NEGATIVE_INFINITY) + pause) throw deletedRecently();
    if (Object.keys(account.sqs.queues).length >= sqsLimits.queuesPerAccount) {
      throw overLimit(`The account has ${sqsLimits.queuesPerAccount} queues already. Delete one, and try again.`);
    }
    const queue: QueueState = {
      name,
      region,
      id: hexOf(call.random.bytes(8)),
      createdAt: call.now,
      modifiedAt: call.now,
      attributes,
      ...(policy !== undefined && { policy }),
      tags: keptByKey(checkTags(tags, {}, name)),
      messages: [],
      sent: [],
      numbered: 0,
    };
    account.sqs.queues[key] = queue as Draft<QueueState>;
    delete account.sqs.deleted[key];
    return { QueueUrl: queueUrl(call.request, place) };
  },
};

/** `FifoQueue` can only be true: SQS knows no queue by a FifoQueue of false. @throws InvalidAttributeName */
function queueKind({ FifoQueue }: Readonly<Record<string, string>>): 'standard' | 'fifo' {
  if (FifoQueue === undefined) return 'standard';
  if (FifoQueue.toLowerCase() === 'false') throw unknownAttribute('FifoQueue');
  if (FifoQueue.toLowerCase() !== 'true') throw invalidAttributeValue('FifoQueue');
  return 'fifo';
}

/** @throws QueueNameExists where an attribute that is asked for has another value */
function checkSame(
  existing: QueueState,
  { attributes, asked }: { readonly attributes: Readonly<Record<string, string>>; readonly asked: object },
): void {
  const differing = Object.keys(asked).find((name) => attributes[name] !== attributeOf(existing, name));
  if (differing !== undefined) throw nameExists(differing);
}

function nameExists(attribute: string): AwsError {
  return new AwsError(
    'QueueNameExists',
    `A queue already exists with the same name and a different value for attribute ${attribute}`,
  );
}

function deletedRecently(): AwsError {
  return new AwsError(
    'QueueDeletedRecently',
    'You must wait 60 seconds after deleting a queue before you can create another with the same name.',
  );
}

export const deleteQueue: ChangeOperation<DeleteQueueRequest, Record<string, never>> = {
  kind: 'change',
  handle(account, input, call) {
    const { region, name } = ownQueueOf(account, input, call, 'sqs:DeleteQueue');
    delete account.sqs.queues[queueKey(region, name)];
    forgetDeleted(account, call.now);
    account.sqs.deleted[queueKey(region, name)] = call.now;
    return {};
  },
};

function forgetDeleted(account: AccountDraft, now: number): void {
  for (const [key, at] of Object.entries(account.sqs.deleted)) {
    if (now >= at + pause) delete account.sqs.deleted[key];
  }
}

export const purgeQueue: ChangeOperation<PurgeQueueRequest, Record<string, never>> = {
  kind: 'change',
  handle(account, input, call) {
    const queue = queueOf(account, input, call);
    if (call.now < (queue.purgedAt ?? Number.NEGATIVE_INFINITY) + pause) {
      throw new AwsError(
        'PurgeQueueInProgress',
        `Only one PurgeQueue operation on ${queue.name} is allowed every 60 seconds.`,
      );
    }
    queue.messages = [];
    queue.purgedAt = call.now;
    return {};
  },
};
