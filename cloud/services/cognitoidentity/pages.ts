/** Pages of Cognito Identity's lists: as many items as the request says, in order of their ids. */
import { readToken, writeToken } from '../../opaque-token.ts';
import { invalidParameter } from './errors.ts';

const tokenMark = 'cognito identity after ';

/** One page of items by their ids. @throws InvalidParameterException */
export function pageOf<Item extends { readonly id: string }>(
  items: readonly Item[],
  request: { readonly MaxResults?: number | undefined; readonly NextToken?: string | undefined },
): { readonly page: readonly Item[]; readonly NextToken?: string } {
  const after = request.NextToken === undefined ? '' : readToken(tokenMark, request.NextToken);
  if (after === undefined) throw invalidParameter('Invalid NextToken.');
  const left = items.filter(({ id }) => id > after).sort((a, b) => (a.id < b.id ? -1 : 1));
  const page = left.slice(0, request.MaxResults);
  const last = page.at(-1);
  return last !== undefined && left.length > page.length
    ? { page, NextToken: writeToken(tokenMark, last.id) }
    : { page };
}
