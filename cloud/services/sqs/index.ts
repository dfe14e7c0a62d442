/** Amazon Simple Queue Service, as far as lessons reach. */
import type { Service } from '../../service.ts';
import { accountOfQueueUrl } from '../../unsigned.ts';
import { sqsModel } from '../../wire/models.ts';
import {
  changeMessageVisibility,
  changeMessageVisibilityBatch,
  deleteMessage,
  deleteMessageBatch,
} from './in-flight.ts';
import { getQueueUrl, listDeadLetterSourceQueues, listQueues } from './listing.ts';
import { queueResources } from './permissions.ts';
import { getQueueAttributes, setQueueAttributes } from './queue-attributes.ts';
import { addPermission, removePermission } from './queue-permissions.ts';
import { createQueue, deleteQueue, purgeQueue } from './queues.ts';
import { receiveMessage } from './receiving.ts';
import { sendMessage, sendMessageBatch } from './sending.ts';
import { listQueueTags, tagQueue, untagQueue } from './tags.ts';

const byQueueUrl = { accountOf: ({ QueueUrl }: { QueueUrl?: string }) => accountOfQueueUrl(QueueUrl) };

export const sqsService: Service = {
  name: 'sqs',
  model: sqsModel,
  operations: {
    AddPermission: addPermission,
    ChangeMessageVisibility: changeMessageVisibility,
    ChangeMessageVisibilityBatch: changeMessageVisibilityBatch,
    CreateQueue: createQueue,
    DeleteMessage: deleteMessage,
    DeleteMessageBatch: deleteMessageBatch,
    DeleteQueue: deleteQueue,
    GetQueueAttributes: getQueueAttributes,
    GetQueueUrl: getQueueUrl,
    ListDeadLetterSourceQueues: listDeadLetterSourceQueues,
    ListQueues: listQueues,
    ListQueueTags: listQueueTags,
    PurgeQueue: purgeQueue,
    ReceiveMessage: receiveMessage,
    RemovePermission: removePermission,
    SendMessage: sendMessage,
    SendMessageBatch: sendMessageBatch,
    SetQueueAttributes: setQueueAttributes,
    TagQueue: tagQueue,
    UntagQueue: untagQueue,
  },
  resources: queueResources,
  // What a queue's policy can let everyone do.
  unsigned: {
    ChangeMessageVisibility: byQueueUrl,
    ChangeMessageVisibilityBatch: byQueueUrl,
    DeleteMessage: byQueueUrl,
    DeleteMessageBatch: byQueueUrl,
    GetQueueAttributes: byQueueUrl,
    GetQueueUrl: {
      accountOf: ({ QueueOwnerAWSAccountId }: { QueueOwnerAWSAccountId?: string }) => QueueOwnerAWSAccountId,
    },
    ListDeadLetterSourceQueues: byQueueUrl,
    PurgeQueue: byQueueUrl,
    ReceiveMessage: byQueueUrl,
    SendMessage: byQueueUrl,
    SendMessageBatch: byQueueUrl,
  },
};
