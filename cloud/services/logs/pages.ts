/** Pages of the lists of groups, streams and policies. */
import { readToken, writeToken } from '../../opaque-token.ts';
import { invalidParameter } from './errors.ts';

const tokenMark = 'logs after ';
const DEFAULT_SIZE = 50;

/**
 * One page of a list in order. The token names the last item of the page before, so that what is added or taken away meanwhile moves
 * nothing. @throws AwsError InvalidParameterException
 * @param compare the order of the list, by the keys of its items
 */
export function pageOf<Item>(
  items: readonly Item[],
  request: { readonly limit?: number | undefined; readonly nextToken?: string | undefined },
  keyOf: (item: Item) => string,
  compare: (a: string, b: string) => number = (a, b) => (a < b ? -1 : a > b ? 1 : 0),
): { readonly items: readonly Item[]; readonly nextToken?: string } {
  const { limit = DEFAULT_SIZE, nextToken } = request;
  const after = nextToken === undefined ? undefined : readToken(tokenMark, nextToken);
  if (nextToken !== undefined && after === undefined) throw invalidParameter('The specified nextToken is invalid.');
  const left = after === undefined ? items : items.filter((item) => compare(keyOf(item), after) > 0);
  const page = left.slice(0, limit);
  const last = page.at(-1);
  return left.length > page.length && last !== undefined
    ? { items: page, nextToken: writeToken(tokenMark, keyOf(last)) }
    : { items: page };
}
