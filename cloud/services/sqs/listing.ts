/** GetQueueUrl, ListQueues, ListDeadLetterSourceQueues. */
import type {
  GetQueueUrlRequest,
  GetQueueUrlResult,
  ListDeadLetterSourceQueuesRequest,
  ListDeadLetterSourceQueuesResult,
  ListQueuesRequest,
  ListQueuesResult,
} from '@aws-sdk/client-sqs';
import type { Call } from '../../call.ts';
import { own } from '../../own.ts';
import type { ReadOperation } from '../../service.ts';
import type { Account } from '../../world.ts';
import { queueDoesNotExist } from './errors.ts';
import { queueOf } from './finding-queues.ts';
import { queueArn, queueKey, queueUrl } from './names.ts';
import { pageOfQueues } from './pages.ts';
import { redrivePolicyOf } from './redrive.ts';
import type { QueueState } from './state.ts';

export const getQueueUrl: ReadOperation<GetQueueUrlRequest, GetQueueUrlResult> = {
  kind: 'read',
  handle(account, input, call) {
    const { QueueName: name = '', QueueOwnerAWSAccountId: accountId = account.id } = input;
    const queue = own(account.sqs.queues, queueKey(call.request.region, name));
    if (queue === undefined || accountId !== account.id) throw queueDoesNotExist();
    return { QueueUrl: urlOf(queue, account, call) };
  },
};

export const listQueues: ReadOperation<ListQueuesRequest, ListQueuesResult> = {
  kind: 'read',
  handle(account, input, call) {
    const prefix = input.QueueNamePrefix ?? '';
    const { queues, token } = pageOfQueues(
      queuesIn(account, call).filter(({ name }) => name.startsWith(prefix)),
      input,
    );
    return {
      ...(queues.length > 0 && { QueueUrls: queues.map((queue) => urlOf(queue, account, call)) }),
      ...(token !== undefined && { NextToken: token }),
    };
  },
};

export const listDeadLetterSourceQueues: ReadOperation<
  ListDeadLetterSourceQueuesRequest,
  ListDeadLetterSourceQueuesResult
> = {
  kind: 'read',
  handle(account, input, call) {
    const target = queueOf(account, input, call);
    const arn = queueArn(target.region, account.id, target.name);
    const { queues, token } = pageOfQueues(
      queuesIn(account, call).filter((queue) => redrivePolicyOf(queue)?.deadLetterTargetArn === arn),
      input,
    );
    return {
      queueUrls: queues.map((queue) => urlOf(queue, account, call)),
      ...(token !== undefined && { NextToken: token }),
    };
  },
};

function queuesIn(account: Account, call: Call): readonly QueueState[] {
  return Object.values(account.sqs.queues).filter(({ region }) => region === call.request.region);
}

function urlOf({ region, name }: QueueState, { id }: Account, call: Call): string {
  return queueUrl(call.request, { region, accountId: id, name });
}
