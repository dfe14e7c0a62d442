/** Pages of EC2's lists, in the order in which things were made. */
import { readToken, writeToken } from '../../opaque-token.ts';
import { ec2Error } from './errors.ts';

const mark = 'ec2 after ';

export interface PageRequest {
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
}

/**
 * One page; all where no size is asked for. The token names the last item of the page before and its place, where the list goes on if
 * that item is gone. @throws AwsError `InvalidParameterValue`, `InvalidNextToken`
 */
export function pageOf<Item>(
  items: readonly Item[],
  { MaxResults, NextToken }: PageRequest,
  idOf: (item: Item) => string,
  bounds: { readonly least: number; readonly most: number } = { least: 5, most: 1000 },
): { readonly items: readonly Item[]; readonly NextToken?: string } {
  if (MaxResults !== undefined && (MaxResults < bounds.least || MaxResults > bounds.most)) {
    throw ec2Error(
      'InvalidParameterValue',
      `Value ( ${MaxResults} ) for parameter maxResults is invalid. Expecting a value between ${bounds.least} and ${bounds.most}.`,
    );
  }
  const start = NextToken === undefined || NextToken === '' ? 0 : startOf(items, NextToken, idOf);
  const page = items.slice(start, start + (MaxResults ?? items.length));
  const end = start + page.length;
  const last = page.at(-1);
  return end < items.length && last !== undefined
    ? { items: page, NextToken: writeToken(mark, `${end - 1} ${idOf(last)}`) }
    : { items: page };
}

function startOf<Item>(items: readonly Item[], token: string, idOf: (item: Item) => string): number {
  const [, place, id] = /^(\d+) (.*)$/s.exec(readToken(mark, token) ?? '') ?? [];
  if (id === undefined) throw ec2Error('InvalidNextToken', `The token '${token}' is invalid`);
  const found = items.findIndex((item) => idOf(item) === id);
  return found === -1 ? Number(place) : found + 1;
}
