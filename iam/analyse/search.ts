/** The boxes of requests that one side allows and the other does not, and those that both allow. */
import { needsTrust } from '../fixed-rules.ts';
import { type Box, type Budget, difference, intersection } from './boxes.ts';
import { costOf } from './key-dimensions.ts';
import type { KeyValue } from './key-values.ts';
import type { ActionSpace } from './space.ts';
import type { Cell } from './witness.ts';

/** A class of requests that is left over, and how far it is from a plain one. */
export interface Candidate {
  readonly cell: Cell;
  readonly cost: number;
}

/** What one set of policies allows: what an Allow reaches and no Deny. A side is several of them; what one allows is allowed. */
export interface Term {
  readonly allows: readonly Box[];
  /** What counts as allowed where another side allows it, but is no access by itself: a policy that only lets an account decide. */
  readonly delegates: readonly Box[];
  readonly denies: readonly Box[];
}

/** Boxes kept of one question about one action. */
const MOST_KEPT = 4;
/** What comes after plain requests: an action to come, one that hangs on a trust policy too, a session, a resource that is no ARN. */
const COST_OF_FUTURE = 400;
const COST_OF_TRUST = 50;
const COST_OF_SESSION = 20;
const COST_OF_ANY_RESOURCE = 200;

/** Allowed by one of `own` and by none of `others`. */
export function* beyond(own: readonly Term[], others: readonly Term[], budget: Budget): Generator<Box> {
  for (const { allows, denies } of own) {
    for (const allow of allows) {
      for (const box of difference(allow, denies, budget)) yield* without(box, others, budget, 0);
    }
  }
}

/** A box without what the terms allow: no Allow of a term covers what is left, or a Deny of it does. */
function* without(box: Box, terms: readonly Term[], budget: Budget, from: number): Generator<Box> {
  const term = terms[from];
  if (term === undefined) {
    yield box;
    return;
  }
  const allowed = [...term.allows, ...term.delegates];
  for (const rest of difference(box, allowed, budget)) yield* without(rest, terms, budget, from + 1);
  for (const deny of term.denies) {
    const denied = intersection(box, deny);
    if (denied === undefined) continue;
    for (const allow of allowed) {
      const both = intersection(denied, allow);
      if (both !== undefined) yield* without(both, terms, budget, from + 1);
    }
  }
}

/** Allowed by one of `a` and by one of `b`. */
export function* common(a: readonly Term[], b: readonly Term[], budget: Budget): Generator<Box> {
  for (const one of a) {
    for (const two of b) {
      for (const allow of one.allows) {
        for (const other of two.allows) {
          const both = intersection(allow, other);
          if (both !== undefined) yield* difference(both, [...one.denies, ...two.denies], budget);
        }
      }
    }
  }
}

/** The cheapest class of each box, for the first boxes. */
export function candidates(boxes: Iterable<Box>, space: ActionSpace): readonly Candidate[] {
  const found: Candidate[] = [];
  for (const box of boxes) {
    found.push(candidateOf(box, space));
    if (found.length >= MOST_KEPT) break;
  }
  return found;
}

function candidateOf(box: Box, { frame, assignment, action, resources, keys }: ActionSpace): Candidate {
  const resource = resources[lowestBit(box[0] ?? 1n)] ?? {
    arn: '*',
    accountId: undefined,
    zone: '',
    values: new Map(),
  };
  const values = new Map<string, KeyValue>([...assignment.values, ...resource.values]);
  const names = new Map<string, string>();
  for (const [i, dimension] of keys.entries()) {
    const point = dimension.points[lowestBit(box[i + 1] ?? 1n)] ?? [];
    for (const [k, key] of dimension.keys.entries()) {
      values.set(key, point[k]);
      names.set(key, dimension.names[k] ?? key);
    }
  }
  let cost = action.action.length + resource.arn.length;
  for (const value of values.values()) cost += costOf(value);
  if (action.isToCome) cost += COST_OF_FUTURE;
  if (needsTrust(action.action.toLowerCase(), resource.arn)) cost += COST_OF_TRUST;
  if (frame.who.kind === 'role-session') cost += COST_OF_SESSION;
  if (resource.arn === '*' && action.resources === undefined) cost += COST_OF_ANY_RESOURCE;
  return { cell: { frame, action: action.action, resource, values, names }, cost };
}

function lowestBit(bits: bigint): number {
  let at = 0;
  for (let rest = bits; rest > 0n && (rest & 1n) === 0n; rest >>= 1n) at++;
  return at;
}
