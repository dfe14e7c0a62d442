/** The tags that a request sets or takes away, in whichever form its service has them. */
import type { Permission } from '../service.ts';

type Input = Readonly<Record<string, unknown>>;

/** Members that hold tags: lists of Key and Value, of TagKey and TagValue, or maps. CloudTrail calls its own `TagsList`, Cognito a new pool's `IdentityPoolTags`. */
const TAG_MEMBERS = ['Tags', 'tags', 'TagsList', 'TagList', 'IdentityPoolTags'];
/** Members that hold the keys of tags that a request takes away. */
const KEY_MEMBERS = ['TagKeys', 'tagKeys'];

/** `aws:RequestTag/…` and `aws:TagKeys` of an input; nothing where it has no tags. */
export function requestTagContext(input: Input): Permission['context'] {
  const set = TAG_MEMBERS.flatMap((member) => tagsIn(input[member]));
  const keys = [...set.map(([key]) => key), ...KEY_MEMBERS.flatMap((member) => textsIn(input[member]))];
  if (keys.length === 0) return {};
  return {
    ...Object.fromEntries(
      set.flatMap(([key, value]) => (value === undefined ? [] : [[`aws:RequestTag/${key}`, value] as const])),
    ),
    'aws:TagKeys': keys,
  };
}

/** A list may hold keys alone, as UntagLogGroup's does. */
function tagsIn(value: unknown): readonly (readonly [key: string, value: string | undefined])[] {
  if (Array.isArray(value)) return value.flatMap((tag: unknown) => tagOf(tag));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, text]) => (typeof text === 'string' ? [[key, text] as const] : []));
}

function tagOf(tag: unknown): readonly (readonly [string, string | undefined])[] {
  if (typeof tag === 'string') return [[tag, undefined]];
  if (typeof tag !== 'object' || tag === null) return [];
  const { Key, TagKey, key, Value, TagValue, value } = tag as Readonly<Record<string, unknown>>;
  const name = Key ?? TagKey ?? key;
  const text = Value ?? TagValue ?? value ?? '';
  return typeof name === 'string' && typeof text === 'string' ? [[name, text]] : [];
}

function textsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((text) => typeof text === 'string') : [];
}
