/** Lists in pages: the token is the place in the list. */
import { validationError } from './errors.ts';

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next?: string;
}

/** @throws ValidationError for a token that is none */
export function page<Item>(all: readonly Item[], token: string | undefined, size: number): Page<Item> {
  const from = token === undefined ? 0 : Number(/^page-(\d{1,6})$/.exec(token)?.[1] ?? Number.NaN);
  if (!Number.isInteger(from)) throw validationError('Invalid NextToken');
  const to = from + size;
  return { items: all.slice(from, to), ...(to < all.length && { next: `page-${to}` }) };
}
