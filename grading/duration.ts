/** Lengths of time as challenge files write them: `31m`, `12h`, `200d`. */
import { Type } from 'typebox';
import type { World } from '../cloud/world.ts';

const milliseconds = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

export const Duration = Type.String({
  pattern: '^[1-9][0-9]{0,3}[smhd]$',
  description: 'a length of time: a number of at most four digits, and s, m, h or d, like 31m or 200d',
});

/** A duration in milliseconds. @throws Error for a text that is none: the file's schema refuses it before */
export function millisecondsOf(duration: string): number {
  const [, count, unit] = /^([1-9]\d{0,3})([smhd])$/.exec(duration) ?? [];
  if (count === undefined || unit === undefined) throw new Error(`${duration} is no length of time`);
  return Number(count) * milliseconds[unit as keyof typeof milliseconds];
}

/** The same sandbox with its clock moved forward. What falls due on the way is not done by this. */
export function clockMoved(world: World, milliseconds: number): World {
  return { ...world, clockOffset: world.clockOffset + milliseconds };
}
