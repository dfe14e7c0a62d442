import { texts } from './texts.ts';

const units: Readonly<Record<string, keyof typeof texts.units>> = { s: 'second', m: 'minute', h: 'hour', d: 'day' };
const inMilliseconds = { day: 86_400_000, hour: 3_600_000, minute: 60_000, second: 1000 } as const;

/** `1 hour` of `1h`, `2 days` of `2d`. */
export function lengthOf(step: string): string {
  const count = Number.parseInt(step, 10);
  return texts.count(count, units[step.at(-1) ?? ''] ?? 'second');
}

/** How far a clock is ahead, by its two largest units: `8 days`, `1 day 2 hours`. Empty where it is not. */
export function aheadBy(milliseconds: number): string {
  const parts: string[] = [];
  let left = milliseconds;
  for (const unit of ['day', 'hour', 'minute', 'second'] as const) {
    const count = Math.floor(left / inMilliseconds[unit]);
    left -= count * inMilliseconds[unit];
    if (count > 0) parts.push(texts.count(count, unit));
  }
  return parts.slice(0, 2).join(' ');
}
