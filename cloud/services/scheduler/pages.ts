/** Pages of Scheduler's lists: up to a hundred, in order of their keys. */
import { readToken, writeToken } from '../../opaque-token.ts';
import { validation } from './errors.ts';

const tokenMark = 'scheduler after ';
const largest = 100;

/** One page of items by their keys. @throws ValidationException */
export function pageOf<Item>(
  items: readonly Item[],
  request: { readonly MaxResults?: number | undefined; readonly NextToken?: string | undefined },
  keyOf: (item: Item) => string,
): { readonly page: readonly Item[]; readonly NextToken?: string } {
  const after = request.NextToken === undefined ? '' : readToken(tokenMark, request.NextToken);
  if (after === undefined) throw validation('Invalid NextToken.');
  const left = items.filter((item) => keyOf(item) > after).sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const page = left.slice(0, Math.min(request.MaxResults ?? largest, largest));
  const last = page.at(-1);
  return last !== undefined && left.length > page.length
    ? { page, NextToken: writeToken(tokenMark, keyOf(last)) }
    : { page };
}
