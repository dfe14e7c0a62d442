/** Ordered values: one representative of every stretch that the bounds in the policies tell apart. */
import { parseDate } from '../conditions/date.ts';
import { parseCidr, parseIpAddress } from '../conditions/ip-address.ts';
import { parseNumber } from '../conditions/numeric.ts';

const SECOND = 1000;
/** 2026-01-01, where no bound says otherwise. */
const SOME_DAY = Date.UTC(2026, 0, 1);
/** Addresses of RFC 5737 and RFC 3849, which are for examples: taken where they fit. */
const EXAMPLES = ['203.0.113.7', '198.51.100.7', '192.0.2.7', '10.0.0.7', '2001:db8::7'].map((text) => {
  const bytes = parseIpAddress(text) ?? [];
  return { width: bytes.length * 8, address: toNumber(bytes) };
});

/** Numbers on, between and beyond the bounds. `whole`: only whole ones, from 0. */
export function numbersAround(texts: readonly string[], grain: 'whole' | 'any'): readonly string[] {
  const bounds = texts.map(parseNumber).filter((number) => number !== undefined);
  const sorted = [...new Set(bounds)].sort((a, b) => a - b);
  const first = sorted[0];
  const last = sorted.at(-1);
  if (first === undefined || last === undefined) return ['1'];
  const between = sorted.slice(1).map((number, i) => (number + (sorted[i] ?? number)) / 2);
  const all = [...sorted, Math.floor(first) - 1, Math.ceil(last) + 1, ...between];
  if (grain === 'any') return all.map(String);
  const whole = all.flatMap((number) => [Math.floor(number), Math.ceil(number), Math.floor(number) + 1]);
  return [...new Set(whole)].filter((number) => number >= 0).map(String);
}

/** Times to the second on, between and beyond the bounds, in the form of `aws:CurrentTime`. */
export function datesAround(texts: readonly string[]): readonly string[] {
  return secondsAround(texts).map((seconds) => `${new Date(seconds * SECOND).toISOString().slice(0, 19)}Z`);
}

/** The same as epoch seconds, the form of `aws:EpochTime`. */
export function epochsAround(texts: readonly string[]): readonly string[] {
  return secondsAround(texts).map(String);
}

function secondsAround(texts: readonly string[]): readonly number[] {
  const bounds = texts.map(parseDate).filter((time) => time !== undefined);
  if (bounds.length === 0) bounds.push(SOME_DAY);
  const seconds = bounds.flatMap((time) => {
    const second = Math.floor(time / SECOND);
    return [second, second - 1, second + 1];
  });
  return [...new Set(seconds)].filter((second) => second >= 10_000 && second < 253_402_300_800).sort((a, b) => a - b);
}

/** Addresses in every stretch that the ranges leave, of both families. */
export function addressesAround(texts: readonly string[]): readonly string[] {
  const ranges = texts.map(parseCidr).filter((range) => range !== undefined);
  return [32, 128].flatMap((width) => {
    const starts = new Set<bigint>([0n]);
    const end = 1n << BigInt(width);
    for (const { bytes, bits } of ranges) {
      if (bytes.length * 8 !== width) continue;
      const size = 1n << BigInt(width - bits);
      const start = (toNumber(bytes) / size) * size;
      starts.add(start);
      starts.add(start + size);
    }
    const sorted = [...starts].filter((start) => start < end).sort((a, b) => (a < b ? -1 : 1));
    return sorted.map((start, i) => toText(within(start, (sorted[i + 1] ?? end) - 1n, width), width));
  });
}

/** An address for examples if one lies there, else one that is not the first if there is one. */
function within(from: bigint, to: bigint, width: number): bigint {
  const fits = (example: (typeof EXAMPLES)[number]) =>
    example.width === width && example.address >= from && example.address <= to;
  return EXAMPLES.find(fits)?.address ?? (to > from ? from + 1n : from);
}

function toNumber(bytes: readonly number[]): bigint {
  return bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}

function toText(address: bigint, width: number): string {
  const size = width === 32 ? 8n : 16n;
  const parts: bigint[] = [];
  for (let shift = BigInt(width) - size; shift >= 0n; shift -= size) {
    parts.push((address >> shift) & ((1n << size) - 1n));
  }
  return width === 32 ? parts.join('.') : parts.map((part) => part.toString(16)).join(':');
}
