/** Ranges of IPv4 addresses (RFC 4632). */

export interface Cidr {
  /** The first address, as a number. */
  readonly first: number;
  /** The length of the prefix, 0 to 32. */
  readonly length: number;
}

/** Reads `10.0.0.0/16`; undefined for what is no range. The address may lie anywhere in it: see `shownCidr`. */
export function readCidr(text: string): Cidr | undefined {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  if (parts === null) return undefined;
  const [a = 0, b = 0, c = 0, d = 0, length = 0] = parts.slice(1).map(Number);
  if (Math.max(a, b, c, d) > 255 || length > 32) return undefined;
  const address = ((a * 256 + b) * 256 + c) * 256 + d;
  return { first: address - (address % sizeOf(length)), length };
}

/** Addresses in a range with a prefix of this length. */
export function sizeOf(length: number): number {
  return 2 ** (32 - length);
}

/** With the first address of the range, as AWS gives it back. */
export function shownCidr({ first, length }: Cidr): string {
  return `${shownAddress(first)}/${length}`;
}

export function shownAddress(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
}

export function isWithin(inner: Cidr, outer: Cidr): boolean {
  return inner.first >= outer.first && inner.first + sizeOf(inner.length) <= outer.first + sizeOf(outer.length);
}

export function overlap(one: Cidr, other: Cidr): boolean {
  return isWithin(one, other) || isWithin(other, one);
}
