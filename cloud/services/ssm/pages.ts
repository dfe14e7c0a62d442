/** Pages of Parameter Store's lists. */
import { fromBase64, toBase64 } from '@smithy/core/serde';
import { invalidNextToken } from './errors.ts';

/**
 * One page of items that are in the order of their keys. The token names the last key of the page before, so that what is
 * added or taken away meanwhile moves nothing. Throws `InvalidNextToken`.
 */
export function pageOf<Item>(
  items: readonly Item[],
  request: { readonly size: number; readonly token: string | undefined },
  keyOf: (item: Item) => string,
): { readonly items: readonly Item[]; readonly token?: string } {
  const after = request.token === undefined ? undefined : readToken(request.token);
  const left = after === undefined ? items : items.filter((item) => keyOf(item) > after);
  const page = left.slice(0, request.size);
  const last = page.at(-1);
  return left.length > page.length && last !== undefined
    ? { items: page, token: writeToken(keyOf(last)) }
    : { items: page };
}

function writeToken(key: string): string {
  return toBase64(new TextEncoder().encode(`after ${key}`));
}

function readToken(token: string): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(fromBase64(token));
    const key = /^after (.+)$/s.exec(text)?.[1];
    if (key !== undefined && writeToken(key) === token) return key;
  } catch {
    // Neither base64 nor UTF-8: the same answer.
  }
  throw invalidNextToken();
}
