/**
 * Cron expressions of EventBridge: minutes, hours, day of the month, month, day of the week, year. Amazon EventBridge User Guide, "Cron
 * expressions".
 */
import { type LocalTime, localTime, momentOf } from './time-zone.ts';

/** A cron expression as it was read. */
export interface Cron {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly months: ReadonlySet<number>;
  readonly years: ReadonlySet<number>;
  /** Whether a day is meant; of the two fields of days one is always `?`. */
  readonly isDay: (date: Day) => boolean;
}

interface Day {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  /** 1 to 31. */
  readonly day: number;
  /** 1, Sunday, to 7. */
  readonly weekday: number;
  /** The last day of this month. */
  readonly last: number;
}

interface Field {
  readonly from: number;
  readonly to: number;
  /** Names of the values, the first for `from`. */
  readonly names?: readonly string[];
}

const MINUTES: Field = { from: 0, to: 59 };
const HOURS: Field = { from: 0, to: 23 };
const DAYS: Field = { from: 1, to: 31 };
const MONTHS: Field = {
  from: 1,
  to: 12,
  names: ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'],
};
const WEEKDAYS: Field = { from: 1, to: 7, names: ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'] };
const YEARS: Field = { from: 1970, to: 2199 };

/** Undefined for what is no cron expression. @param text the six fields: `0 10 * * ? *` */
export function readCron(text: string): Cron | undefined {
  const fields = text.split(/ +/);
  if (fields.length !== 6) return undefined;
  const [minute = '', hour = '', day = '', month = '', weekday = '', year = ''] = fields.map((field) =>
    field.toUpperCase(),
  );
  const minutes = valuesOf(minute, MINUTES);
  const hours = valuesOf(hour, HOURS);
  const months = valuesOf(month, MONTHS);
  const years = valuesOf(year, YEARS);
  if ((day === '?') === (weekday === '?')) return undefined;
  const isDay = weekday === '?' ? daysOfMonth(day) : daysOfWeek(weekday);
  if (minutes === undefined || hours === undefined || months === undefined || years === undefined) return undefined;
  if (isDay === undefined) return undefined;
  return { minutes, hours, months: new Set(months), years: new Set(years), isDay };
}

/** A list of values, ranges and steps, in order. */
function valuesOf(text: string, field: Field): readonly number[] | undefined {
  const found = new Set<number>();
  for (const part of text.split(',')) {
    const [range = '', step, ...more] = part.split('/');
    const bounds = boundsOf(range, field, step === undefined ? 'alone' : 'stepped');
    const by = step === undefined ? 1 : Number(step);
    if (bounds === undefined || more.length > 0 || !/^[1-9]\d*$/.test(String(by))) return undefined;
    for (let value = bounds.from; value <= bounds.to; value += by) found.add(value);
  }
  return [...found].sort((a, b) => a - b);
}

/** `*`, `5`, `5-9`; of a value with a step (`5/10`) all from there on. */
function boundsOf(range: string, field: Field, use: 'alone' | 'stepped'): { from: number; to: number } | undefined {
  if (range === '*') return field;
  const [first = '', last, ...more] = range.split('-');
  const from = numberOf(first, field);
  const to = last === undefined ? (use === 'stepped' ? field.to : from) : numberOf(last, field);
  if (from === undefined || to === undefined || more.length > 0 || from > to) return undefined;
  return { from, to };
}

function numberOf(text: string, { from, to, names = [] }: Field): number | undefined {
  const named = names.indexOf(text);
  if (named >= 0) return from + named;
  if (!/^\d{1,4}$/.test(text)) return undefined;
  const value = Number(text);
  return value >= from && value <= to ? value : undefined;
}

/** `L` is the last day, `15W` the working day next to the 15th within the month, `LW` the last working day. */
function daysOfMonth(text: string): Cron['isDay'] | undefined {
  if (text === 'L') return ({ day, last }) => day === last;
  const near = /^(\d{1,2}|L)W$/.exec(text)?.[1];
  if (near !== undefined) {
    const wanted = near === 'L' ? DAYS.to : numberOf(near, DAYS);
    if (wanted === undefined) return undefined;
    return (date) =>
      (near === 'L' || wanted <= date.last) && date.day === workingDay(Math.min(wanted, date.last), date);
  }
  const days = valuesOf(text, DAYS);
  return days && (({ day }) => days.includes(day));
}

/** The day from Monday to Friday that is nearest to one, without leaving the month. */
function workingDay(wanted: number, { day, weekday, last }: Day): number {
  const on = ((((weekday - 1 + wanted - day) % 7) + 7) % 7) + 1;
  if (on === 7) return wanted === 1 ? 3 : wanted - 1;
  if (on === 1) return wanted === last ? wanted - 2 : wanted + 1;
  return wanted;
}

/** `L` is Saturday, `6L` the last Friday of the month, `3#2` the second Tuesday. */
function daysOfWeek(text: string): Cron['isDay'] | undefined {
  if (text === 'L') return ({ weekday }) => weekday === WEEKDAYS.to;
  const [, lastOf] = /^(.+)L$/.exec(text) ?? [];
  if (lastOf !== undefined) {
    const wanted = numberOf(lastOf, WEEKDAYS);
    return wanted === undefined ? undefined : ({ day, weekday, last }) => weekday === wanted && day > last - 7;
  }
  const [, of, nth] = /^(.+)#([1-5])$/.exec(text) ?? [];
  if (of !== undefined) {
    const wanted = numberOf(of, WEEKDAYS);
    return wanted === undefined
      ? undefined
      : ({ day, weekday }) => weekday === wanted && Math.ceil(day / 7) === Number(nth);
  }
  const weekdays = valuesOf(text, WEEKDAYS);
  return weekdays && (({ weekday }) => weekdays.includes(weekday));
}

/** The first moment after another that an expression means, in a zone; undefined where there is none up to the year 2199. */
export function nextOfCron(cron: Cron, after: number, zone: string): number | undefined {
  const start = new Date(localTime(after, zone));
  for (let year = start.getUTCFullYear(); year <= YEARS.to; year += 1) {
    if (!cron.years.has(year)) continue;
    const firstMonth = year === start.getUTCFullYear() ? start.getUTCMonth() + 1 : 1;
    for (let month = firstMonth; month <= MONTHS.to; month += 1) {
      if (!cron.months.has(month)) continue;
      const isFirst = year === start.getUTCFullYear() && month === firstMonth;
      const found = nextInMonth(cron, { year, month, from: isFirst ? start.getUTCDate() : 1 }, after, zone);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function nextInMonth(
  { minutes, hours, isDay }: Cron,
  { year, month, from }: { readonly year: number; readonly month: number; readonly from: number },
  after: number,
  zone: string,
): number | undefined {
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  for (let day = from; day <= last; day += 1) {
    const midnight = Date.UTC(year, month - 1, day);
    if (!isDay({ year, month, day, last, weekday: new Date(midnight).getUTCDay() + 1 })) continue;
    for (const hour of hours) {
      for (const minute of minutes) {
        const local: LocalTime = midnight + (hour * 60 + minute) * 60_000;
        // What is surely past needs no look at the zone: none is more than a day away from UTC.
        if (local < after - 86_400_000) continue;
        const at = momentOf(local, zone);
        if (at !== undefined && at > after) return at;
      }
    }
  }
  return undefined;
}
