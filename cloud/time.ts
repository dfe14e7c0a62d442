/** The drivers of the clock: what services do when the sandbox's clock passes the moment at which something is due. */
import type { Patch } from 'immer';
import type { RequestFacts } from './call.ts';
import { Course } from './course.ts';
import { tellListeners } from './hearing.ts';
import { limits } from './limits.ts';
import { type Cloud, type InnerPerformed, withoutCode } from './perform.ts';
import { type Driven, followed } from './performing.ts';
import type { Service } from './service.ts';
import type { World } from './world.ts';

/** What the passing of time came to. */
export interface Passed {
  readonly world: World;
  /** From the world before; empty where nothing was due. */
  readonly patches: readonly Patch[];
  readonly newBlobs: ReadonlyMap<string, Uint8Array>;
  /** The calls that services made. */
  readonly inner: readonly InnerPerformed[];
}

interface Due {
  readonly service: Service;
  /** The sandbox's clock, epoch milliseconds. */
  readonly at: number;
}

const earliest = new WeakMap<Cloud, WeakMap<World, Due | null>>();

/** When something is due next in a sandbox, on its clock; undefined where nothing will be. Worlds are immutable: it is asked once each. */
export function nextDue(cloud: Cloud, world: World): number | undefined {
  return earliestDue(cloud, world)?.at;
}

function earliestDue(cloud: Cloud, world: World): Due | undefined {
  const known = earliest.get(cloud) ?? new WeakMap<World, Due | null>();
  earliest.set(cloud, known);
  const before = known.get(world);
  if (before !== undefined) return before ?? undefined;
  let found: Due | undefined;
  for (const service of Object.values(cloud.services)) {
    const at = service.time?.nextDue(world);
    if (at !== undefined && (found === undefined || at < found.at)) found = { service, at };
  }
  known.set(world, found ?? null);
  return found;
}

/**
 * Does what is due by now, the earliest first, each at its own moment. After `limits.sandbox.ticksAtOnce` of them the rest is done as
 * of now: a schedule of every minute is not caught up with over a month.
 * @param realNow epoch milliseconds
 */
export function* passing(cloud: Cloud, world: World, realNow: number): Driven<Passed> {
  const course = new Course(world);
  const ground = { cloud, course };
  for (let ticks = 0; ; ticks += 1) {
    const now = realNow + course.world.clockOffset;
    const due = earliestDue(cloud, course.world);
    if (due === undefined || due.at > now) break;
    const at = ticks < limits.sandbox.ticksAtOnce ? due.at : now;
    const { random, hashes, managedPolicies } = cloud;
    const tick = {
      now: at,
      realNow: at - course.world.clockOffset,
      random,
      hashes,
      managedPolicies,
      world: course.world,
    };
    const work = due.service.time?.tick(tick);
    if (work === undefined) break;
    yield* followed(ground, work, { request: ofTheClock(course.world), realNow: tick.realNow }, 0);
    tellListeners(cloud, course, []);
    const next = due.service.time?.nextDue(course.world);
    if (next !== undefined && next <= at)
      throw new Error(`${due.service.name} has work due at ${at} after it was done`);
  }
  const { patches, newBlobs, inner } = course;
  return { world: course.world, patches, newBlobs, inner };
}

/** Does what is due by now where no code can be run: in a grader's fork. */
export function passTime(cloud: Cloud, world: World, realNow: number): Passed {
  return withoutCode(passing(cloud, world, realNow));
}

/** Nobody sends what the clock brings; each call in it says by which service it is made. */
function ofTheClock({ region }: World): RequestFacts {
  return { sourceIp: 'AWS Internal', secureTransport: true, userAgent: 'AWS Internal', region };
}
