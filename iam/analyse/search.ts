/** The boxes of requests that one side allows and the other does not, and those that both allow. */
import { type Box, type Budget, difference, intersection } from './boxes.ts';
import type { Reading } from './readings.ts';
import { type ActionSpace, costOf, type Viewpoint } from './space.ts';
import type { Assignment } from './symbols.ts';
import type { Cell, NamedValue } from './witness.ts';

/** A class of requests that is left over, and how far it is from a plain one. */
export interface Candidate {
  readonly cell: Cell;
  readonly cost: number;
}

/** The statements of one side that speak in one space. */
export interface Side {
  readonly allows: readonly Box[];
  readonly denies: readonly Box[];
}

/** Boxes kept of one question about one action. */
const MOST_KEPT = 4;
/** What comes after plain requests: an action to come, a session, a resource that is no ARN. */
const COST_OF_FUTURE = 400;
const COST_OF_SESSION = 20;
const COST_OF_ANY_RESOURCE = 200;

/** The boxes of the statements that `isOwn` picks. */
export function sideOf({ boxes }: ActionSpace, readings: readonly Reading[], isOwn: (index: number) => boolean): Side {
  const allows: Box[] = [];
  const denies: Box[] = [];
  for (const [i, box] of boxes.entries()) {
    if (box !== undefined && isOwn(i)) (readings[i]?.compiled.isDeny === true ? denies : allows).push(box);
  }
  return { allows, denies };
}

/** Allowed by `own` and not by `other`: no Allow of it covers them, or a Deny of it does. */
export function* beyond(own: Side, other: Side, budget: Budget): Generator<Box> {
  for (const allow of own.allows) {
    yield* difference(allow, [...other.allows, ...own.denies], budget);
    for (const deny of other.denies) {
      const denied = intersection(allow, deny);
      if (denied !== undefined) yield* difference(denied, own.denies, budget);
    }
  }
}

/** Allowed by both. */
export function* common(a: Side, b: Side, budget: Budget): Generator<Box> {
  for (const one of a.allows) {
    for (const two of b.allows) {
      const both = intersection(one, two);
      if (both !== undefined) yield* difference(both, [...a.denies, ...b.denies], budget);
    }
  }
}

/** The cheapest class of each box, for the first boxes. */
export function candidates(
  boxes: Iterable<Box>,
  space: ActionSpace,
  view: Viewpoint,
  assignment: Assignment,
): readonly Candidate[] {
  const found: Candidate[] = [];
  for (const box of boxes) {
    found.push(candidateOf(box, space, view, assignment));
    if (found.length >= MOST_KEPT) break;
  }
  return found;
}

function candidateOf(box: Box, space: ActionSpace, view: Viewpoint, assignment: Assignment): Candidate {
  const { action, resources, keys } = space;
  const resource = resources[lowestBit(box[0] ?? 1n)] ?? '*';
  const values = new Map<string, NamedValue>();
  for (const [key, value] of assignment.values) values.set(key, { name: key, value });
  for (const [i, { key, name, values: classes }] of keys.entries()) {
    values.set(key, { name, value: classes[lowestBit(box[i + 1] ?? 1n)] });
  }
  let cost = action.action.length + resource.length;
  for (const { value } of values.values()) cost += costOf(value);
  if (action.isToCome) cost += COST_OF_FUTURE;
  if (view.who.kind === 'role-session') cost += COST_OF_SESSION;
  if (resource === '*' && action.resources === undefined) cost += COST_OF_ANY_RESOURCE;
  return { cell: { view, action: action.action, resource, values }, cost };
}

function lowestBit(bits: bigint): number {
  let at = 0;
  for (let rest = bits; rest > 0n && (rest & 1n) === 0n; rest >>= 1n) at++;
  return at;
}
