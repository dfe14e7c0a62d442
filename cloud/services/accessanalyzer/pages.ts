/** Pages of Access Analyzer's lists. */
import { readToken, writeToken } from '../../opaque-token.ts';
import { validationException } from './errors.ts';
import { accessAnalyzerLimits } from './limits.ts';

const tokenMark = 'access-analyzer after ';

/** The part of a list, which is in order, that a request asks for. The token names the last key of the page before. @throws ValidationException */
export function pageOf<Item>(
  items: readonly Item[],
  { nextToken, maxResults }: { readonly nextToken?: string | undefined; readonly maxResults?: number | undefined },
  keyOf: (item: Item) => string,
): { readonly page: readonly Item[]; readonly nextToken?: string } {
  const after = nextToken === undefined ? undefined : readToken(tokenMark, nextToken);
  if (nextToken !== undefined && after === undefined) throw validationException('nextToken', 'Invalid token.');
  if (maxResults !== undefined && maxResults < 1) throw validationException('maxResults', 'Must be at least 1.');
  const left = after === undefined ? items : items.slice(items.findIndex((item) => keyOf(item) === after) + 1);
  const page = left.slice(0, Math.min(maxResults ?? Number.POSITIVE_INFINITY, accessAnalyzerLimits.findingsPerPage));
  const last = page.at(-1);
  return left.length > page.length && last !== undefined
    ? { page, nextToken: writeToken(tokenMark, keyOf(last)) }
    : { page };
}
