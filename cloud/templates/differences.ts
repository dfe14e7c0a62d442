/** What differs between the properties that a resource has and those that it shall have. */
import { type Properties, recordOf, recordsOf, type Steps, send, textOf, textsOf } from './resource-type.ts';
import type { Data } from './value.ts';

/** As text: the same for values that are the same, whatever the order of their members; empty where there is none. */
export function comparable(value: Data | undefined): string {
  if (value === undefined) return '';
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

/** Whether any of these members differs. */
export function differ(before: Properties, after: Properties, ...names: readonly string[]): boolean {
  return names.some((name) => comparable(before[name]) !== comparable(after[name]));
}

/** The members that differ. */
export function changedNames(before: Properties, after: Properties): readonly string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => differ(before, after, name));
}

/** The texts of a list that came, and those that went. */
export function listDifference(
  before: Properties,
  after: Properties,
  name: string,
): { readonly added: readonly string[]; readonly removed: readonly string[] } {
  const [old, wanted] = [textsOf(before, name), textsOf(after, name)];
  return {
    added: wanted.filter((text) => !old.includes(text)),
    removed: old.filter((text) => !wanted.includes(text)),
  };
}

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/** Tags, as a list of Key and Value or as a map. */
export function tagsOf(properties: Properties): readonly Tag[] {
  const map = recordOf(properties, 'Tags');
  if (map !== undefined) return Object.entries(map).map(([Key, value]) => ({ Key, Value: String(value) }));
  return recordsOf(properties, 'Tags').map((tag) => ({
    Key: textOf(tag, 'Key') ?? '',
    Value: textOf(tag, 'Value') ?? '',
  }));
}

/** The same as a map; undefined where there are none. */
export function tagMap(tags: readonly Tag[]): Readonly<Record<string, string>> {
  return Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));
}

/** The tags to be set, and the keys of those to be taken away. */
export function tagDifference(
  before: Properties,
  after: Properties,
): { readonly set: readonly Tag[]; readonly removed: readonly string[] } {
  const [old, wanted] = [tagMap(tagsOf(before)), tagMap(tagsOf(after))];
  return {
    set: tagsOf(after).filter(({ Key, Value }) => old[Key] !== Value),
    removed: Object.keys(old).filter((key) => !Object.hasOwn(wanted, key)),
  };
}

/** How a service's calls that set tags and take them away name what they are about. */
export interface Tagging {
  readonly service: string;
  /** The operation and its input. */
  readonly set: (tags: readonly Tag[]) => readonly [string, Readonly<Record<string, unknown>>];
  readonly remove: (keys: readonly string[]) => readonly [string, Readonly<Record<string, unknown>>];
}

/** Brings the tags of a resource from one list to another. */
export function* retag(before: Properties, after: Properties, tagging: Tagging): Steps<void> {
  const { set, removed } = tagDifference(before, after);
  if (removed.length > 0) yield* send(tagging.service, ...tagging.remove(removed));
  if (set.length > 0) yield* send(tagging.service, ...tagging.set(set));
}
