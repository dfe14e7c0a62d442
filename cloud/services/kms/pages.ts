/** Pages of the lists of KMS: `Limit`, `Marker`, `Truncated`. */
import { readToken, writeToken } from '../../opaque-token.ts';
import { kmsError } from './errors.ts';

const tokenMark = 'kms after ';

/** A page's items, and what goes into the answer beside them. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly rest: { readonly Truncated: boolean; readonly NextMarker?: string };
}

/**
 * One page of items that are in the order of their keys. The marker names the last key of the page before, so that what is added or
 * taken away meanwhile moves nothing. @throws InvalidMarkerException
 */
export function pageOf<Item>(
  items: readonly Item[],
  input: { readonly Limit?: number | undefined; readonly Marker?: string | undefined },
  keyOf: (item: Item) => string,
  size = 50,
): Page<Item> {
  const after = input.Marker === undefined ? undefined : readToken(tokenMark, input.Marker);
  if (input.Marker !== undefined && after === undefined)
    throw kmsError('InvalidMarkerException', `Could not deserialize marker '${input.Marker}'`);
  const sorted = [...items].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const left = after === undefined ? sorted : sorted.filter((item) => keyOf(item) > after);
  const page = left.slice(0, input.Limit ?? size);
  const last = page.at(-1);
  return left.length > page.length && last !== undefined
    ? { items: page, rest: { Truncated: true, NextMarker: writeToken(tokenMark, keyOf(last)) } }
    : { items: page, rest: { Truncated: false } };
}
