/** Times as the CLI takes and shows them. */
import type { Value } from './value.ts';
import { Float } from './value.ts';

const ISO =
  /^(\d{4})-?(\d{2})-?(\d{2})(?:[T ]?(\d{2}):?(\d{2})(?::?(\d{2})(?:\.(\d+))?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?$/i;

/** Epoch milliseconds of an ISO 8601 text, a number of seconds, or anything Date reads; undefined for anything else. */
export function parseTimestamp(value: Value): number | undefined {
  if (value instanceof Float) return value.value * 1000;
  if (typeof value === 'number') return value * 1000;
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  if (/^\d+(\.\d+)?$/.test(text) && !/^\d{8}$/.test(text)) return Number(text) * 1000;
  const iso = ISO.exec(text);
  if (iso === null) {
    const read = Date.parse(text);
    return Number.isNaN(read) ? undefined : read;
  }
  const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '0', zone = 'Z'] = iso;
  const offset = /^[+-]/.test(zone) ? `${zone.slice(0, 3)}:${zone.replace(':', '').slice(3) || '00'}` : 'Z';
  const read = Date.parse(
    `${year}-${month}-${day}T${hour}:${minute}:${second}.${`${fraction}000`.slice(0, 3)}${offset}`,
  );
  return Number.isNaN(read) ? undefined : read;
}

/** `2026-11-24T05:38:16+00:00`, with microseconds where there is a fraction of a second: Python's isoformat in UTC. */
export function formatTimestamp(milliseconds: number): string {
  const iso = new Date(milliseconds).toISOString();
  const fraction = iso.slice(20, 23);
  return `${iso.slice(0, 19)}${fraction === '000' ? '' : `.${fraction}000`}+00:00`;
}
