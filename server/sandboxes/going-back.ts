/** From a sandbox's state to an earlier one of it, as patches of what differs: most of it is the same, and stays shared. */
import type { Patch } from 'immer';
import type { World } from '../../cloud/world.ts';

/** A state that was gone back to, and the way to it. */
interface WentBack {
  readonly world: World;
  /** Never empty: going back to the same state is an act too. */
  readonly patches: readonly Patch[];
}

/** The earlier state in the place of the present one: everything as it was, but the clock never goes backwards. */
export function wentBack(now: World, earlier: World): WentBack {
  const clockOffset = Math.max(now.clockOffset, earlier.clockOffset);
  const patches: Patch[] = [{ op: 'replace', path: ['clockOffset'], value: clockOffset }];
  const target = { ...earlier, clockOffset };
  const world = shared({ ...now, clockOffset }, target, [], patches) as World;
  return { world, patches };
}

type Place = readonly (string | number)[];

/** `earlier`, with the parts of `now` that are equal; adds the patches that make it of `now`. */
function shared(now: unknown, earlier: unknown, place: Place, patches: Patch[]): unknown {
  if (now === earlier || JSON.stringify(now) === JSON.stringify(earlier)) return now;
  if (!isRecord(now) || !isRecord(earlier) || !isInOrder(Object.keys(earlier), now)) {
    patches.push({ op: 'replace', path: [...place], value: earlier });
    return earlier;
  }
  for (const name of Object.keys(now)) {
    if (!Object.hasOwn(earlier, name)) patches.push({ op: 'remove', path: [...place, name] });
  }
  return Object.fromEntries(
    Object.entries(earlier).map(([name, value]) => [name, shared(now[name], value, [...place, name], patches)]),
  );
}

/** Whether the names stand in a record in this order: then taking others out of it leaves them in it, as they were. */
function isInOrder(names: readonly string[], record: Readonly<Record<string, unknown>>): boolean {
  const wanted = new Set(names);
  const there = Object.keys(record).filter((name) => wanted.has(name));
  return there.length === names.length && there.every((name, n) => name === names[n]);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
