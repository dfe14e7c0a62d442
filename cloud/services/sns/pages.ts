/** Pages of Amazon SNS's lists: a hundred at a time. */
import { readToken, writeToken } from '../../opaque-token.ts';
import { invalidParameter } from './errors.ts';

const tokenMark = 'sns after ';
const size = 100;

/** One page of items by their ARNs. @throws InvalidParameter */
export function pageOf<Item>(
  items: readonly Item[],
  token: string | undefined,
  arnOf: (item: Item) => string,
): { readonly page: readonly Item[]; readonly NextToken?: string } {
  const after = (token ?? '') === '' ? '' : readToken(tokenMark, token ?? '');
  if (after === undefined) throw invalidParameter('NextToken');
  const left = items.filter((item) => arnOf(item) > after).sort((a, b) => (arnOf(a) < arnOf(b) ? -1 : 1));
  const page = left.slice(0, size);
  const last = page.at(-1);
  return last !== undefined && left.length > page.length
    ? { page, NextToken: writeToken(tokenMark, arnOf(last)) }
    : { page };
}
