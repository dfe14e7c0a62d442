/** Tags of IAM's resources (IAM User Guide, "Tags for AWS IAM resources"). */
import type { Tag } from '@aws-sdk/client-iam';
import { AwsError } from '../../errors.ts';
import { invalidInput } from './errors.ts';
import { quotas } from './quotas.ts';
import type { TagList } from './state.ts';

/** Keys of users' and roles' tags are one whatever their case; those of all other resources are not. */
export type TagKeys = 'any-case' | 'exact-case';

type MutableTagList = { Key: string; Value: string }[];

/**
 * Tags that come with a request, in the order given.
 * @throws InvalidInput for a key that comes twice or that is AWS's own
 */
export function tagsOf(tags: readonly Tag[] | undefined, keys: TagKeys): MutableTagList {
  const given = (tags ?? []).map(({ Key = '', Value = '' }) => ({ Key, Value }));
  const seen = new Set<string>();
  for (const { Key } of given) {
    if (/^aws:/i.test(Key)) throw invalidInput('aws: prefixed tag key names are not allowed for external use.');
    const identity = identityOf(Key, keys);
    if (seen.has(identity)) throw invalidInput(duplicateText(keys));
    seen.add(identity);
  }
  return given;
}

/**
 * A resource's tags with further ones set; a tag of the same key takes the new key's case and the new value.
 * @throws InvalidInput as {@link tagsOf}, LimitExceeded above 50
 */
export function withTags(current: TagList, added: readonly Tag[] | undefined, keys: TagKeys): MutableTagList {
  const result: MutableTagList = current.map((tag) => ({ ...tag }));
  for (const tag of tagsOf(added, keys)) {
    const identity = identityOf(tag.Key, keys);
    const at = result.findIndex((known) => identityOf(known.Key, keys) === identity);
    if (at === -1) result.push(tag);
    else result[at] = tag;
  }
  if (result.length > quotas.tags) {
    throw new AwsError('LimitExceeded', 'The number of tags has reached the maximum limit.');
  }
  return result;
}

/** A resource's tags without those of the keys; a key that it has not changes nothing. */
export function withoutTags(current: TagList, removed: readonly string[] | undefined, keys: TagKeys): MutableTagList {
  const gone = new Set((removed ?? []).map((key) => identityOf(key, keys)));
  return current.filter((tag) => !gone.has(identityOf(tag.Key, keys))).map((tag) => ({ ...tag }));
}

/** Tags as answers list them: by key. */
export function sortedTags(tags: TagList): MutableTagList {
  return tags.map((tag) => ({ ...tag })).sort((a, b) => (a.Key < b.Key ? -1 : 1));
}

function identityOf(key: string, keys: TagKeys): string {
  return keys === 'any-case' ? key.toLowerCase() : key;
}

function duplicateText(keys: TagKeys): string {
  return keys === 'any-case'
    ? 'Duplicate tag keys found. Please note that Tag keys are case insensitive.'
    : 'Duplicate tag keys found.';
}
