/** TagResource, UntagResource, ListResourceTags. */
import type {
  ListResourceTagsRequest,
  ListResourceTagsResponse,
  Tag,
  TagResourceRequest,
  UntagResourceRequest,
} from '@aws-sdk/client-kms';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import { kmsError, limitExceeded } from './errors.ts';
import { checkNotPending, findOwnKey } from './finding-keys.ts';
import { kmsLimits } from './limits.ts';
import { pageOf } from './pages.ts';
import type { KeyState } from './state.ts';

/** The tags after a request set some. @throws TagException, LimitExceededException */
export function checkTags(added: readonly Tag[], current: KeyState['tags']): { TagKey: string; TagValue: string }[] {
  const tags = new Map(current.map(({ TagKey, TagValue }) => [TagKey, TagValue]));
  const keys = new Set(added.map(({ TagKey }) => TagKey));
  if (keys.size < added.length) throw kmsError('TagException', 'Duplicate tag keys');
  for (const { TagKey = '', TagValue = '' } of added) {
    if (TagKey.toLowerCase().startsWith('aws:'))
      throw kmsError('TagException', 'Tags beginning with aws: are reserved');
    tags.set(TagKey, TagValue);
  }
  if (added.length > kmsLimits.tagsPerKey) throw kmsError('TagException', 'Too many tags');
  if (tags.size > kmsLimits.tagsPerKey) throw limitExceeded('Too many tags');
  return [...tags].map(([TagKey, TagValue]) => ({ TagKey, TagValue }));
}

export const tagResource: ChangeOperation<TagResourceRequest, Record<string, never>> = {
  kind: 'change',
  handle(account, input, call) {
    const found = findOwnKey(account, input.KeyId, call, 'TagResource');
    checkNotPending(found);
    found.key.tags = checkTags(input.Tags ?? [], found.key.tags);
    return {};
  },
};

export const untagResource: ChangeOperation<UntagResourceRequest, Record<string, never>> = {
  kind: 'change',
  handle(account, input, call) {
    const found = findOwnKey(account, input.KeyId, call, 'UntagResource');
    checkNotPending(found);
    const removed = input.TagKeys ?? [];
    found.key.tags = found.key.tags.filter(({ TagKey }) => !removed.includes(TagKey));
    return {};
  },
};

export const listResourceTags: ReadOperation<ListResourceTagsRequest, ListResourceTagsResponse> = {
  kind: 'read',
  handle(account, input, call) {
    const { key } = findOwnKey(account, input.KeyId, call, 'ListResourceTags');
    const { items, rest } = pageOf(key.tags, input, ({ TagKey }) => TagKey);
    return { Tags: items.map((tag) => ({ ...tag })), ...rest };
  },
};
