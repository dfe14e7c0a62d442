/**
 * When something is to be done: once (`at(2026-01-05T12:00:00)`), at a rate (`rate(5 minutes)`), by a calendar (`cron(0 10 * * ? *)`).
 * EventBridge Scheduler User Guide, "Schedule types"; Amazon EventBridge User Guide, "Creating a rule that runs on a schedule".
 */
import { type Cron, nextOfCron, readCron } from './cron.ts';
import { momentOf } from './time-zone.ts';

export type ScheduleExpression =
  /** On the clocks of the schedule's zone, as if it were UTC. */
  | { readonly kind: 'at'; readonly local: number }
  /** Milliseconds. */
  | { readonly kind: 'rate'; readonly every: number; readonly isWellWorded: boolean }
  | { readonly kind: 'cron'; readonly cron: Cron };

const UNITS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** Undefined for what is no such expression. */
export function readScheduleExpression(text: string): ScheduleExpression | undefined {
  const [, form, inside = ''] = /^(at|rate|cron)\((.*)\)$/.exec(text) ?? [];
  switch (form) {
    case 'at':
      return readAt(inside);
    case 'rate':
      return readRate(inside);
    case 'cron': {
      const cron = readCron(inside);
      return cron && { kind: 'cron', cron };
    }
    default:
      return undefined;
  }
}

function readAt(text: string): ScheduleExpression | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(text)) return undefined;
  const local = Date.parse(`${text}Z`);
  // A 30th of February is read as a day in March.
  const isDate = !Number.isNaN(local) && new Date(local).toISOString().startsWith(text);
  return isDate ? { kind: 'at', local } : undefined;
}

function readRate(text: string): ScheduleExpression | undefined {
  const [, digits, unit = '', plural] = /^([1-9]\d{0,8}) (minute|hour|day)(s?)$/.exec(text) ?? [];
  const length = UNITS[unit];
  if (digits === undefined || length === undefined) return undefined;
  const count = Number(digits);
  return { kind: 'rate', every: count * length, isWellWorded: (count === 1) === (plural === '') };
}

/**
 * The first moment after another, epoch milliseconds; undefined where there is none.
 * @param anchor what a rate counts from: it is due then, and whole intervals later
 */
export function nextOf(
  expression: ScheduleExpression,
  { after, anchor, zone }: { readonly after: number; readonly anchor: number; readonly zone: string },
): number | undefined {
  switch (expression.kind) {
    case 'at': {
      const at = momentOf(expression.local, zone);
      return at !== undefined && at > after ? at : undefined;
    }
    case 'rate':
      if (anchor > after) return anchor;
      return anchor + (Math.floor((after - anchor) / expression.every) + 1) * expression.every;
    case 'cron':
      return nextOfCron(expression.cron, after, zone);
  }
}
