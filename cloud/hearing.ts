/** Telling services of calls that were made (cloud/call-listener.ts), after each stretch of a call or of a tick. */
import type { Patch } from 'immer';
import type { CallListener } from './call-listener.ts';
import { Course } from './course.ts';
import { toPastCall } from './ledger/to-past-call.ts';
import { own } from './own.ts';
import type { CallRequest, Cloud, InnerPerformed } from './perform.ts';
import type { World } from './world.ts';

const listeners = new WeakMap<Cloud['services'], readonly CallListener[]>();

function listenersOf({ services }: Pick<Cloud, 'services'>): readonly CallListener[] {
  const known = listeners.get(services);
  if (known !== undefined) return known;
  const found = Object.values(services).flatMap(({ listener }) => listener ?? []);
  listeners.set(services, found);
  return found;
}

/** Whether a service may keep something of a call. */
function isHeard(
  cloud: Pick<Cloud, 'services'>,
  world: World,
  { service, operation }: Pick<CallRequest, 'service' | 'operation'>,
): boolean {
  if (own(own(cloud.services, service)?.operations ?? {}, operation) === undefined) return false;
  return listenersOf(cloud).some(({ hears }) => hears(world, operation));
}

/** Tells of the inner calls that have ended since the last time, and of those that are given. */
export function tellListeners(cloud: Cloud, course: Course, calls: readonly InnerPerformed[]): void {
  for (const performed of [...course.takeUnheard(), ...calls]) {
    const { request } = performed;
    if (!isHeard(cloud, course.world, request)) continue;
    const past = toPastCall(cloud, request, performed, course.world.clockOffset, request.accessKeyId);
    for (const { heard } of listenersOf(cloud)) {
      for (const { accountId, keep } of heard(course.world, past)) course.change(accountId, keep);
    }
  }
}

/** A sandbox after a call that only read, where a service keeps something of it; without patches where none does. */
export function afterRead(
  cloud: Cloud,
  world: World,
  performed: InnerPerformed,
): { readonly world: World; readonly patches: readonly Patch[] } {
  const course = new Course(world);
  tellListeners(cloud, course, [performed]);
  return { world: course.world, patches: course.patches };
}
