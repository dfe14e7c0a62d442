/**
 * Start states that are made ahead of the learner who will have them. Whatever counts from the making (creation times, ages) must
 * count from the moment it is handed out, so it is known of every number in such a state whether it is such a time: the state is
 * made twice with the same randomness, at two times, and what differs by just the time between is moved on later.
 */
import type { Random } from '../cloud/call.ts';
import { isoSeconds } from '../cloud/ledger/times.ts';
import type { World } from '../cloud/world.ts';
import type { Platform } from './requests.ts';
import { type Learner, type Provisioned, provision, type Startable } from './start.ts';

/** Where a number stands in a state. */
export type Place = readonly (string | number)[];

/** A start state that can be handed out at any later time. */
export interface PreparedStart {
  /** Made at `madeAt`. */
  readonly world: World;
  /** Epoch milliseconds, a whole second. */
  readonly madeAt: number;
  /** Where the times stand that count from the making. */
  readonly times: readonly Place[];
}

/** Some services keep whole seconds, and dates: a day, an hour, a minute and a second show wherever a time is kept by one of them. */
const APART = ((24 + 1) * 3600 + 61) * 1000;
const SECOND = 1000;
/** As records of calls write times. */
const TIME_TEXT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

/**
 * Makes a start state as `provision` does. Undefined where it cannot be handed out later, because something else in it than plain
 * times depends on when it was made (a date within a text, a token).
 * @throws AwsError as `provision` does
 */
export async function prepareStart(
  challenge: Startable,
  learner: Learner,
  { cloud, realNow }: Platform,
  pause?: () => Promise<void>,
): Promise<(Omit<Provisioned, 'world'> & { readonly start: PreparedStart }) | undefined> {
  const madeAt = Math.floor(realNow / SECOND) * SECOND;
  const drawn: Uint8Array[] = [];
  const recording: Random = {
    bytes: (count) => {
      const bytes = cloud.random.bytes(count);
      drawn.push(bytes.slice());
      return bytes;
    },
  };
  const { world, ...rest } = await provision(
    challenge,
    learner,
    { cloud: { ...cloud, random: recording }, realNow: madeAt },
    pause,
  );
  const replaying: Random = { bytes: (count) => drawn.shift() ?? new Uint8Array(count) };
  const later = await provision(
    challenge,
    learner,
    { cloud: { ...cloud, random: replaying }, realNow: madeAt + APART },
    pause,
  );
  const times: Place[] = [];
  return collectTimes(world, later.world, [], times) ? { start: { world, madeAt, times }, ...rest } : undefined;
}

/**
 * The state as it would be had it been made at `realNow`, to a second: whatever counts from the making is moved on by whole seconds.
 */
export function startedAt({ world, madeAt, times }: PreparedStart, realNow: number): World {
  const by = Math.max(0, Math.floor((realNow - madeAt) / SECOND) * SECOND);
  return times.reduce<unknown>((moved, place) => movedOn(moved, place, by), world) as World;
}

/** The same data with the number at a place `by` larger. */
function movedOn(data: unknown, [step, ...rest]: Place, by: number): unknown {
  if (step === undefined) return typeof data === 'string' ? isoSeconds(Date.parse(data) + by) : (data as number) + by;
  if (Array.isArray(data)) return data.map((item, at) => (at === step ? movedOn(item, rest, by) : item));
  return { ...(data as object), [step]: movedOn((data as Record<string, unknown>)[step], rest, by) };
}

/** The moment that a value may be: a number, or a text as records of calls have it; else no number. */
function timeOf(value: unknown): number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && TIME_TEXT.test(value) ? Date.parse(value) : Number.NaN;
}

/** Adds the places of all times; false where something else differs. */
function collectTimes(first: unknown, second: unknown, place: Place, times: Place[]): boolean {
  if (timeOf(second) - timeOf(first) === APART) {
    times.push(place);
    return true;
  }
  if (typeof first !== 'object' || typeof second !== 'object' || first === null || second === null) {
    return first === second;
  }
  const names = Object.keys(first);
  if (names.length !== Object.keys(second).length) return false;
  const isList = Array.isArray(first);
  return names.every((name) => {
    if (!Object.hasOwn(second, name)) return false;
    const step = isList ? Number(name) : name;
    return collectTimes(
      (first as Record<string, unknown>)[name],
      (second as Record<string, unknown>)[name],
      [...place, step],
      times,
    );
  });
}
