/** Pages of EventBridge's lists: up to a hundred, in order of their names. */
import { readToken, writeToken } from '../../opaque-token.ts';
import { validation } from './errors.ts';

const tokenMark = 'events after ';
const largest = 100;

/** One page of items by their names. @throws ValidationException */
export function pageOf<Item>(
  items: readonly Item[],
  request: { readonly Limit?: number | undefined; readonly NextToken?: string | undefined },
  nameOf: (item: Item) => string,
): { readonly page: readonly Item[]; readonly NextToken?: string } {
  const after = request.NextToken === undefined ? '' : readToken(tokenMark, request.NextToken);
  if (after === undefined) throw validation('Parameter NextToken is not valid. Reason: Invalid token.');
  const left = items.filter((item) => nameOf(item) > after).sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  const page = left.slice(0, request.Limit ?? largest);
  const last = page.at(-1);
  return last !== undefined && left.length > page.length
    ? { page, NextToken: writeToken(tokenMark, nameOf(last)) }
    : { page };
}
