/** Local time in the zones of the IANA database, as the runtime's `Intl` knows them. */

const DAY = 86_400_000;

/** A moment on the clock of a place, as if it were UTC: epoch milliseconds of the same digits. */
export type LocalTime = number;

/** Zones kept ready; names come from outside, and the runtime takes them in any case. */
const capacity = 1_000;
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat | undefined {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  try {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    if (formats.size >= capacity) formats.clear();
    formats.set(zone, format);
    return format;
  } catch {
    // A RangeError: the runtime has no such zone.
    return undefined;
  }
}

/** Whether there is such a zone: `Europe/Berlin`. An offset (`+01:00`) is none. */
export function isTimeZone(zone: string): boolean {
  return /^[A-Za-z]/.test(zone) && formatOf(zone) !== undefined;
}

/** What clocks in a zone show. @param at epoch milliseconds */
export function localTime(at: number, zone: string): LocalTime {
  if (zone === 'UTC') return at;
  const parts = formatOf(zone)?.formatToParts(at);
  if (parts === undefined) throw new Error(`There is no time zone ${zone}`);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  const shown = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
  return shown + (((at % 1000) + 1000) % 1000);
}

/**
 * When clocks in a zone show a time; undefined where they never do, as they are put forward. Where they show it twice, the first.
 * EventBridge Scheduler User Guide, "Daylight savings time".
 */
export function momentOf(local: LocalTime, zone: string): number | undefined {
  const offsets = [local - DAY, local + DAY].map((near) => localTime(near, zone) - near);
  const found = offsets.map((offset) => local - offset).filter((at) => localTime(at, zone) === local);
  return found.length === 0 ? undefined : Math.min(...found);
}
