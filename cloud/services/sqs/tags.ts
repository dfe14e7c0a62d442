/** TagQueue, UntagQueue, ListQueueTags. */
import type {
  ListQueueTagsRequest,
  ListQueueTagsResult,
  TagQueueRequest,
  UntagQueueRequest,
} from '@aws-sdk/client-sqs';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import { keptByKey, shownByName, stateKey } from '../../state-key.ts';
import { invalidParameterValue } from './errors.ts';
import { ownQueueOf } from './finding-queues.ts';
import { sqsLimits } from './limits.ts';

type TagsByKey = Readonly<Record<string, string>>;

/** The tags of a queue after some are set. @throws InvalidParameterValue */
export function checkTags(added: TagsByKey, current: TagsByKey, queueName: string): TagsByKey {
  for (const [key, value] of Object.entries(added)) {
    if (key.length < 1 || key.length > 128) {
      throw invalidParameterValue('Tag keys must be between 1 and 128 characters in length.');
    }
    if (value.length > 256) throw invalidParameterValue('Tag values must be between 0 and 256 characters in length.');
    if (key.toLowerCase().startsWith('aws:')) {
      throw invalidParameterValue(`Tag keys may not begin with the reserved prefix aws:: ${key}`);
    }
  }
  const tags = new Map([...Object.entries(current), ...Object.entries(added)]);
  if (tags.size > sqsLimits.tagsPerQueue) throw invalidParameterValue(`Too many tags added for queue ${queueName}.`);
  return Object.fromEntries(tags);
}

export const tagQueue: ChangeOperation<TagQueueRequest, Record<string, never>> = {
  kind: 'change',
  handle(account, input, call) {
    const queue = ownQueueOf(account, input, call, 'sqs:TagQueue');
    queue.tags = keptByKey(checkTags(input.Tags ?? {}, shownByName(queue.tags), queue.name));
    return {};
  },
};

export const untagQueue: ChangeOperation<UntagQueueRequest, Record<string, never>> = {
  kind: 'change',
  handle(account, input, call) {
    const queue = ownQueueOf(account, input, call, 'sqs:UntagQueue');
    for (const key of input.TagKeys ?? []) delete queue.tags[stateKey(key)];
    return {};
  },
};

export const listQueueTags: ReadOperation<ListQueueTagsRequest, ListQueueTagsResult> = {
  kind: 'read',
  handle(account, input, call) {
    const tags = shownByName(ownQueueOf(account, input, call, 'sqs:ListQueueTags').tags);
    return Object.keys(tags).length === 0 ? {} : { Tags: tags };
  },
};
