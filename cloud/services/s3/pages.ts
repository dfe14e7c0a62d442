/** What S3's lists share: order, pages, rolled-up prefixes, encoded keys, opaque tokens. */
import { readToken, writeToken } from '../../opaque-token.ts';
import { invalidArgument } from './errors.ts';

/** At most this many entries on a page. */
export const largestPage = 1000;

/** By the bytes of UTF-8, as S3 lists: JavaScript's own order differs where surrogate pairs are. */
export function compareKeys(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return rank(x) - rank(y);
  }
  return a.length - b.length;
}

/** Surrogates stand for code points above all others of 16 bits. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

/** S3's own continuation tokens begin so. */
const tokenMark = '1';

/** A continuation token: the name after which the next page begins. */
export function tokenOf(last: string): string {
  return writeToken(tokenMark, last);
}

/** The name that a continuation token holds. Throws `InvalidArgument` for a token that this service did not write. */
export function nameOfToken(token: string): string {
  const name = readToken(tokenMark, token);
  if (name !== undefined) return name;
  throw invalidArgument('The continuation token provided is incorrect', 'continuation-token', token);
}

/** An entry of a listing: a key of the bucket, or the prefix that several keys are rolled up into. */
export type Entry<Item> =
  | { readonly kind: 'item'; readonly name: string; readonly item: Item }
  | { readonly kind: 'prefix'; readonly name: string };

export interface Page<Item> {
  readonly entries: readonly Entry<Item>[];
  readonly truncated: boolean;
  /** Name of the last entry; undefined on an empty page. */
  readonly last: string | undefined;
}

/**
 * One page of a listing. `items` come in the order of the list, each with its key; those of one key follow one another.
 * @param after entries up to and with this name were listed before
 */
export function pageOf<Item>(
  items: Iterable<{ readonly name: string; readonly item: Item }>,
  options: {
    readonly prefix: string;
    readonly delimiter: string;
    readonly after: string | undefined;
    readonly size: number;
  },
): Page<Item> {
  const { prefix, delimiter, after, size } = options;
  const entries: Entry<Item>[] = [];
  let rolled: string | undefined;
  let truncated = false;
  for (const { name, item } of items) {
    if (!name.startsWith(prefix)) continue;
    const end = delimiter === '' ? -1 : name.indexOf(delimiter, prefix.length);
    const group = end === -1 ? undefined : name.slice(0, end + delimiter.length);
    if (group !== undefined && (group === rolled || group === after)) continue;
    if (entries.length >= size) {
      truncated = size > 0;
      break;
    }
    rolled = group;
    entries.push(group === undefined ? { kind: 'item', name, item } : { kind: 'prefix', name: group });
  }
  return { entries, truncated, last: entries.at(-1)?.name };
}

/** Throws `InvalidArgument` where the size is none. */
export function pageSize(requested: number | undefined, argument: string): number {
  if (requested === undefined) return largestPage;
  if (!Number.isInteger(requested) || requested < 0 || requested > 2147483647) {
    throw invalidArgument(
      `Argument ${argument} must be an integer between 0 and 2147483647`,
      argument,
      String(requested),
    );
  }
  return Math.min(requested, largestPage);
}

/** The encoding of names that a request with `encoding-type=url` asks for. Throws `InvalidArgument` for another. */
export function nameEncoder(encodingType: string | undefined): (name: string) => string {
  if (encodingType === undefined) return (name) => name;
  if (encodingType !== 'url') {
    throw invalidArgument('Invalid Encoding Method specified in Request', 'encoding-type', encodingType);
  }
  return (name) =>
    encodeURIComponent(wellFormed(name))
      .replaceAll('%20', '+')
      .replaceAll('%2F', '/')
      .replace(/[!'()~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** encodeURIComponent throws on a lone surrogate. */
function wellFormed(text: string): string {
  return new TextDecoder().decode(new TextEncoder().encode(text));
}
