/** Pages of Parameter Store's lists. */
import { readToken, writeToken } from '../../opaque-token.ts';
import { invalidNextToken } from './errors.ts';

const tokenMark = 'after ';

/**
 * One page of items that are in the order of their keys. The token names the last key of the page before, so that what is
 * added or taken away meanwhile moves nothing. Throws `InvalidNextToken`.
 */
export function pageOf<Item>(
  items: readonly Item[],
  request: { readonly size: number; readonly token: string | undefined },
  keyOf: (item: Item) => string,
): { readonly items: readonly Item[]; readonly token?: string } {
  const after = request.token === undefined ? undefined : readToken(tokenMark, request.token);
  if (request.token !== undefined && !after) throw invalidNextToken();
  const left = after === undefined ? items : items.filter((item) => keyOf(item) > after);
  const page = left.slice(0, request.size);
  const last = page.at(-1);
  return left.length > page.length && last !== undefined
    ? { items: page, token: writeToken(tokenMark, keyOf(last)) }
    : { items: page };
}
