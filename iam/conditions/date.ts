/** Date operators, on the W3C profiles of ISO 8601 and on epoch seconds. */
import type { GlobPiece } from '../glob.ts';
import { plainText } from '../variables.ts';
import type { ConditionOperator, ValueTest } from './operator.ts';

/** AWS counts to nanoseconds, and seconds in 64 bits. */
const LONGEST_FRACTION = 9;
const LAST_SECOND = 2 ** 63 - 1;

/**
 * Reads a point in time to epoch milliseconds; undefined where the text is none. Four digits are a year, other digits epoch seconds.
 * Without a zone a time is UTC.
 */
export function parseDate(text: string): number | undefined {
  if (isDigits(text) && text.length !== 4) return Number(text) > LAST_SECOND ? undefined : Number(text) * 1000;
  const at = Math.max(text.indexOf('T'), text.indexOf('t'));
  const day = parseDay(at < 0 ? text : text.slice(0, at));
  if (day === undefined) return undefined;
  if (at < 0) return day;
  const time = parseTime(text.slice(at + 1));
  return time === undefined ? undefined : day + time;
}

function parseDay(text: string): number | undefined {
  const parts = text.split('-');
  const [year = '', month = '01', day = '01'] = parts;
  if (parts.length > 3 || !isDigits(year) || year.length !== 4) return undefined;
  const m = bounded(month, 1, 12);
  const d = bounded(day, 1, 31);
  if (m === undefined || d === undefined) return undefined;
  const time = Date.UTC(Number(year), m - 1, d);
  return new Date(time).getUTCDate() === d ? time : undefined;
}

function parseTime(text: string): number | undefined {
  const { clock, zone } = splitZone(text);
  const offset = parseZone(zone);
  const parts = clock.split(':');
  const [hours = '', minutes = '', seconds = '00'] = parts;
  if (offset === undefined || parts.length < 2 || parts.length > 3) return undefined;
  const dot = seconds.indexOf('.');
  const fraction = dot < 0 ? '0' : seconds.slice(dot + 1);
  const h = bounded(hours, 0, 23);
  const m = bounded(minutes, 0, 59);
  const s = bounded(dot < 0 ? seconds : seconds.slice(0, dot), 0, 59);
  if (h === undefined || m === undefined || s === undefined) return undefined;
  if (!isDigits(fraction) || fraction.length > LONGEST_FRACTION) return undefined;
  return ((h * 60 + m) * 60 + s) * 1000 + Math.floor(Number(`0.${fraction}`) * 1000) - offset;
}

function splitZone(text: string): { clock: string; zone: string } {
  if (text.endsWith('Z') || text.endsWith('z')) return { clock: text.slice(0, -1), zone: '' };
  const sign = Math.max(text.indexOf('+'), text.indexOf('-'));
  return sign < 0 ? { clock: text, zone: '' } : { clock: text.slice(0, sign), zone: text.slice(sign) };
}

function parseZone(zone: string): number | undefined {
  if (zone === '') return 0;
  const digits = zone.slice(1).replace(':', '');
  if (!isDigits(digits) || (digits.length !== 4 && digits.length !== 2)) return undefined;
  const hours = bounded(digits.slice(0, 2), 0, 23);
  const minutes = bounded(digits.slice(2) || '00', 0, 59);
  if (hours === undefined || minutes === undefined) return undefined;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

/** Whether the text is one decimal digit or more, and nothing else. */
export function isDigits(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 48 || unit > 57) return false;
  }
  return text.length > 0;
}

function bounded(text: string, low: number, high: number): number | undefined {
  if (!isDigits(text) || text.length > 2) return undefined;
  const number = Number(text);
  return number >= low && number <= high ? number : undefined;
}

function comparing(compare: (value: number, wanted: number) => boolean) {
  return (pieces: readonly GlobPiece[]): ValueTest => {
    const wanted = parseDate(plainText(pieces));
    return (value) => {
      const time = parseDate(value);
      return time === undefined || wanted === undefined ? undefined : compare(time, wanted);
    };
  };
}

const equal = comparing((value, wanted) => value === wanted);
const base = { negated: false, variables: false };

export const dateOperators: readonly ConditionOperator[] = [
  { ...base, name: 'DateEquals', test: equal, failure: 'is not', success: 'is' },
  { ...base, name: 'DateNotEquals', negated: true, test: equal, failure: 'is', success: 'is not' },
  { ...base, name: 'DateLessThan', test: comparing((a, b) => a < b), failure: 'is not before', success: 'is before' },
  {
    ...base,
    name: 'DateLessThanEquals',
    test: comparing((a, b) => a <= b),
    failure: 'is after',
    success: 'is not after',
  },
  { ...base, name: 'DateGreaterThan', test: comparing((a, b) => a > b), failure: 'is not after', success: 'is after' },
  {
    ...base,
    name: 'DateGreaterThanEquals',
    test: comparing((a, b) => a >= b),
    failure: 'is before',
    success: 'is not before',
  },
];
