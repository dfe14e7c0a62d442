/** Pages of Organizations' lists. */
import { readToken, writeToken } from '../../opaque-token.ts';
import { invalidInput } from './errors.ts';

const tokenMark = 'organizations after ';
const defaultMaxResults = 20;

/** What a list operation is asked for. */
export interface PageRequest {
  readonly NextToken?: string | undefined;
  readonly MaxResults?: number | undefined;
}

/**
 * One page, in the order of the keys. The token names the last key of the page before, so that what is added or taken away meanwhile
 * moves nothing. @throws InvalidInputException for a token that no list gave
 */
export function pageOf<Item>(
  items: readonly Item[],
  { NextToken, MaxResults = defaultMaxResults }: PageRequest,
  keyOf: (item: Item) => string,
): { readonly items: Item[]; readonly position: { readonly NextToken?: string } } {
  const after = NextToken === undefined ? '' : readToken(tokenMark, NextToken);
  if (after === undefined) {
    throw invalidInput('INVALID_NEXT_TOKEN', 'The provided NextToken is not valid.');
  }
  const left = items
    .map((item) => ({ item, key: keyOf(item) }))
    .filter(({ key }) => key > after)
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  const page = left.slice(0, MaxResults);
  const last = page.at(-1);
  return {
    items: page.map(({ item }) => item),
    position: last !== undefined && left.length > page.length ? { NextToken: writeToken(tokenMark, last.key) } : {},
  };
}
