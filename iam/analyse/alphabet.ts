/** Characters as numbers, in the order in which they are tried, and large sets of them as bits. */

/** The order in which texts of one length are tried, so that a text of no matter reads well; other characters come after it. */
const ORDER = `${'xyzabcdefghijklmnopqrstuvw'}1234567890XYZABCDEFGHIJKLMNOPQRSTUVW-_./ :+=,@;!"#$%&'()*<>?[\\]^\`{|}~\u00e9\u00f8\u4e2d`;

const PLACES = new Map(ORDER.split('').map((char, place) => [char, place]));

/** The number of a character. */
export function symbolOf(char: string): number {
  return PLACES.get(char) ?? ORDER.length + char.charCodeAt(0);
}

export function charOf(symbol: number): string {
  return symbol < ORDER.length ? ORDER.charAt(symbol) : String.fromCharCode(symbol - ORDER.length);
}

/** Compares two texts: a shorter comes before a longer, and those of one length in the order in which they are tried. */
export function inOrder(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  for (let i = 0; i < a.length; i++) {
    if (a[i] !== b[i]) return symbolOf(a.charAt(i)) - symbolOf(b.charAt(i));
  }
  return 0;
}

/** For each symbol of `ORDER` the large sets that hold it, as bits. No set holds another. */
const MEMBERSHIP: number[] = new Array(ORDER.length).fill(0);
const sets: string[] = [];
/** By the sets that are asked: symbols by their membership in them. */
const kinds = new Map<number, readonly (readonly number[])[]>();

/** A set as a bit. The sets are those of known-keys.ts and resources.ts: few enough for the bits of a number. */
export function bitOfSet(chars: string): number {
  const known = sets.indexOf(chars);
  if (known >= 0) return 1 << known;
  const bit = 1 << sets.length;
  sets.push(chars);
  for (const char of chars) MEMBERSHIP[symbolOf(char)] = (MEMBERSHIP[symbolOf(char)] ?? 0) | bit;
  return bit;
}

/** The sets that hold the symbol. */
export function membershipOf(symbol: number): number {
  return MEMBERSHIP[symbol] ?? 0;
}

/** All symbols of `ORDER`, those together that are in the same of the sets asked for. */
export function kindsOf(asked: number): readonly (readonly number[])[] {
  const known = kinds.get(asked);
  if (known !== undefined) return known;
  const found = new Map<number, number[]>();
  for (let symbol = 0; symbol < ORDER.length; symbol++) {
    const kind = (MEMBERSHIP[symbol] ?? 0) & asked;
    const alike = found.get(kind);
    if (alike === undefined) found.set(kind, [symbol]);
    else alike.push(symbol);
  }
  kinds.set(asked, [...found.values()]);
  return [...found.values()];
}
