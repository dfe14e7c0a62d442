/** Pages of the lists of Secrets Manager. */
import { readToken, writeToken } from '../../opaque-token.ts';
import { secretsError } from './errors.ts';

const tokenMark = 'secrets after ';

/**
 * One page of items, sorted by their keys. The token names the last key of the page before, so that what is added or taken away
 * meanwhile moves nothing. @throws InvalidNextTokenException
 */
export function pageOf<Item>(
  items: readonly Item[],
  request: { readonly size: number; readonly token: string | undefined; readonly order?: 'asc' | 'desc' },
  keyOf: (item: Item) => string,
): { readonly items: readonly Item[]; readonly token?: string } {
  const after = request.token === undefined ? undefined : readToken(tokenMark, request.token);
  if (request.token !== undefined && after === undefined) {
    throw secretsError('InvalidNextTokenException', 'Invalid Token');
  }
  const isBefore = request.order === 'desc' ? (a: string, b: string) => a > b : (a: string, b: string) => a < b;
  const sorted = [...items].sort((a, b) => (isBefore(keyOf(a), keyOf(b)) ? -1 : 1));
  const left = after === undefined ? sorted : sorted.filter((item) => isBefore(after, keyOf(item)));
  const page = left.slice(0, request.size);
  const last = page.at(-1);
  return left.length > page.length && last !== undefined
    ? { items: page, token: writeToken(tokenMark, keyOf(last)) }
    : { items: page };
}
