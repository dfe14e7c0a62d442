/** IpAddress and NotIpAddress: IPv4 and IPv6 addresses in CIDR ranges (RFC 4632, RFC 4291). The two families never match each other. */
import type { GlobPiece } from '../glob.ts';
import { plainText } from '../variables.ts';
import { isDigits } from './date.ts';
import type { ConditionOperator, ValueTest } from './operator.ts';

/** Reads an address to its 4 or 16 bytes; undefined where the text is none. */
export function parseIpAddress(text: string): readonly number[] | undefined {
  return text.includes(':') ? parseIpv6(text) : parseIpv4(text);
}

function parseIpv4(text: string): number[] | undefined {
  const bytes: number[] = [];
  let byte = 0;
  let digits = 0;
  for (let i = 0; i <= text.length; i++) {
    const unit = i === text.length ? DOT : text.charCodeAt(i);
    if (unit === DOT) {
      if (digits === 0 || bytes.length === 4) return undefined;
      bytes.push(byte);
      byte = 0;
      digits = 0;
      continue;
    }
    const digit = unit - ZERO;
    byte = byte * 10 + digit;
    digits++;
    if (digit < 0 || digit > 9 || digits > 3 || byte > 255) return undefined;
  }
  return bytes.length === 4 ? bytes : undefined;
}

const DOT = 46;
const ZERO = 48;

function parseIpv6(text: string): number[] | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const head = parseGroups(halves[0] ?? '');
  const tail = halves.length === 2 ? parseGroups(halves[1] ?? '') : [];
  if (head === undefined || tail === undefined) return undefined;
  const missing = 16 - head.length - tail.length;
  if (halves.length === 2 ? missing < 2 : missing !== 0) return undefined;
  return [...head, ...new Array<number>(missing).fill(0), ...tail];
}

function parseGroups(text: string): number[] | undefined {
  if (text === '') return [];
  const bytes: number[] = [];
  const groups = text.split(':');
  for (const [i, group] of groups.entries()) {
    if (group.includes('.')) {
      const v4 = i === groups.length - 1 ? parseIpv4(group) : undefined;
      if (v4 === undefined) return undefined;
      bytes.push(...v4);
      continue;
    }
    if (group.length === 0 || group.length > 4) return undefined;
    for (const digit of group.toLowerCase()) if (!'0123456789abcdef'.includes(digit)) return undefined;
    const value = Number.parseInt(group, 16);
    bytes.push(value >> 8, value & 0xff);
  }
  return bytes;
}

/** Reads a CIDR range; a bare address is a range of one. Undefined where the text is none. */
export function parseCidr(text: string): { readonly bytes: readonly number[]; readonly bits: number } | undefined {
  const slash = text.indexOf('/');
  const bytes = parseIpAddress(slash < 0 ? text : text.slice(0, slash));
  if (bytes === undefined) return undefined;
  const width = bytes.length * 8;
  if (slash < 0) return { bytes, bits: width };
  const bits = text.slice(slash + 1);
  if (!isDigits(bits) || bits.length > 3 || Number(bits) > width) return undefined;
  return { bytes, bits: Number(bits) };
}

function inRange(wanted: readonly GlobPiece[]): ValueTest {
  const range = parseCidr(plainText(wanted));
  return (value) => {
    const address = parseIpAddress(value);
    if (address === undefined || range === undefined) return undefined;
    if (address.length !== range.bytes.length) return false;
    for (let i = 0, left = range.bits; left > 0; i++, left -= 8) {
      const mask = left >= 8 ? 0xff : (0xff << (8 - left)) & 0xff;
      if (((address[i] ?? 0) & mask) !== ((range.bytes[i] ?? 0) & mask)) return false;
    }
    return true;
  };
}

const base = { variables: false, test: inRange };

export const ipAddressOperators: readonly ConditionOperator[] = [
  { ...base, name: 'IpAddress', negated: false, failure: 'is not in', success: 'is in' },
  { ...base, name: 'NotIpAddress', negated: true, failure: 'is in', success: 'is not in' },
];
