/** TagResource, UntagResource, ListTagsForResource. */
import type {
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
  Tag,
  TagResourceRequest,
  UntagResourceRequest,
} from '@aws-sdk/client-sns';
import type { Call } from '../../call.ts';
import { AwsError } from '../../errors.ts';
import { own } from '../../own.ts';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import { keptByKey, shownByName, stateKey } from '../../state-key.ts';
import { invalidParameter } from './errors.ts';
import { snsLimits } from './limits.ts';
import { placeOfArn, topicKey } from './names.ts';

type TagsByKey = Readonly<Record<string, string>>;

/** Tags after a request set some. @throws InvalidParameter, TagLimitExceeded */
export function withTags(current: TagsByKey, added: readonly Tag[]): TagsByKey {
  const keys = added.map(({ Key = '' }) => Key);
  if (new Set(keys).size < keys.length) throw invalidParameter('Duplicated keys are not allowed.');
  for (const { Key = '', Value = '' } of added) {
    if (Key.length < 1 || Key.length > 128 || Value.length > 256) throw invalidParameter('Tags');
    if (/^aws:/i.test(Key)) throw invalidParameter('Tags Reason: aws: prefixed tag key names are not allowed');
  }
  const tags = new Map([...Object.entries(current), ...added.map(({ Key = '', Value = '' }) => [Key, Value] as const)]);
  if (tags.size > snsLimits.tagsPerTopic) {
    throw new AwsError('TagLimitExceeded', 'Could not complete request: tag quota of per resource exceeded');
  }
  return Object.fromEntries(tags);
}

interface Holder<Topic> {
  readonly id: string;
  readonly sns: { readonly topics: Readonly<Record<string, Topic>> };
}

/** @throws ResourceNotFound, which is these operations' own */
function tagged<Topic>(account: Holder<Topic>, arn: string | undefined, call: Call): Topic {
  const place = placeOfArn(arn ?? '');
  const isHere = place?.accountId === account.id && place.region === call.request.region;
  const topic = place && isHere ? own(account.sns.topics, topicKey(place.region, place.name)) : undefined;
  if (topic === undefined) throw new AwsError('ResourceNotFound', 'Resource does not exist');
  return topic;
}

export const tagResource: ChangeOperation<TagResourceRequest, Record<string, never>> = {
  kind: 'change',
  handle(account, input, call) {
    const topic = tagged(account, input.ResourceArn, call);
    topic.tags = keptByKey(withTags(shownByName(topic.tags), input.Tags ?? []));
    return {};
  },
};

export const untagResource: ChangeOperation<UntagResourceRequest, Record<string, never>> = {
  kind: 'change',
  handle(account, input, call) {
    const topic = tagged(account, input.ResourceArn, call);
    for (const key of input.TagKeys ?? []) delete topic.tags[stateKey(key)];
    return {};
  },
};

export const listTagsForResource: ReadOperation<ListTagsForResourceRequest, ListTagsForResourceResponse> = {
  kind: 'read',
  handle(account, input, call) {
    const tags = Object.entries(shownByName(tagged(account, input.ResourceArn, call).tags));
    return { Tags: tags.map(([Key, Value]) => ({ Key, Value })) };
  },
};
