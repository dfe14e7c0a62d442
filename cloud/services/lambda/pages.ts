/** Pages of Lambda's lists. */
import { readToken, writeToken } from '../../opaque-token.ts';
import { invalidParameter } from './errors.ts';

const tokenMark = 'lambda after ';
const largest = 50;

/** The part of a list that a request asks for. The marker names the last key of the page before. @throws InvalidParameterValueException */
export function pageOf<Item>(
  items: readonly Item[],
  request: { readonly Marker?: string | undefined; readonly MaxItems?: number | undefined },
  keyOf: (item: Item) => string,
): { readonly page: readonly Item[]; readonly NextMarker?: string } {
  const after = request.Marker === undefined ? undefined : readToken(tokenMark, request.Marker);
  if (request.Marker !== undefined && after === undefined) {
    throw invalidParameter('Invalid Marker.');
  }
  const sorted = [...items].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const left = after === undefined ? sorted : sorted.filter((item) => keyOf(item) > after);
  const page = left.slice(0, Math.min(request.MaxItems ?? largest, largest));
  const last = page.at(-1);
  return left.length > page.length && last !== undefined
    ? { page, NextMarker: writeToken(tokenMark, keyOf(last)) }
    : { page };
}
