/** Filters of lists (Amazon EC2 API Reference, "Filter"): all must hold; of one filter's values one is enough; `*` and `?` stand for others. */
import type { Filter } from '@aws-sdk/client-ec2';
import { compileGlob, type Glob, type GlobPiece, matchGlob } from '../../../iam/glob.ts';
import { own } from '../../own.ts';
import { ec2Error } from './errors.ts';
import type { TagList } from './state.ts';

type Value = string | number | boolean | undefined | readonly (string | number | boolean)[];

/** What an operation can filter by: for each name of a filter what an item has there. */
export type FilterFields<Item> = Readonly<Record<string, (item: Item) => Value>>;

/**
 * The items that pass.
 * @param tagsOf the item's tags, for `tag:<key>` and `tag-key`; absent where the operation has no such filters
 * @throws AwsError `InvalidParameterValue` for a filter that the operation does not know
 */
export function filtered<Item>(
  items: readonly Item[],
  filters: readonly Filter[] | undefined,
  fields: FilterFields<Item>,
  tagsOf?: (item: Item) => TagList,
): readonly Item[] {
  const tests = (filters ?? []).map(({ Name = '', Values = [] }) => {
    const read = reader(Name, fields, tagsOf);
    const patterns = Values.map(patternOf);
    return (item: Item) =>
      [read(item) ?? []].flat().some((value) => patterns.some((pattern) => matchGlob(pattern, String(value))));
  });
  return tests.length === 0 ? items : items.filter((item) => tests.every((test) => test(item)));
}

function reader<Item>(
  name: string,
  fields: FilterFields<Item>,
  tagsOf: ((item: Item) => TagList) | undefined,
): (item: Item) => Value {
  const field = own(fields, name);
  if (field !== undefined) return field;
  if (tagsOf !== undefined) {
    if (name === 'tag-key') return (item) => tagsOf(item).map(({ Key }) => Key);
    if (name.startsWith('tag:')) {
      const key = name.slice('tag:'.length);
      return (item) => tagsOf(item).find(({ Key }) => Key === key)?.Value;
    }
  }
  throw ec2Error('InvalidParameterValue', `The filter '${name}' is invalid`);
}

/** A backslash takes a sign as itself. */
function patternOf(text: string): Glob {
  const parts = text.match(/\\[*?\\]|[^\\]+|\\/g) ?? [];
  const pieces = parts.map((part): GlobPiece => {
    if (!part.startsWith('\\')) return { pattern: part };
    return { literal: part.length === 1 ? part : part.slice(1) };
  });
  return compileGlob(pieces, 'text');
}
