/**
 * The classes of values of the condition keys that requests bring with them. Keys that depend on each other make one dimension. Whether
 * a statement's clauses are met is asked of the engine itself, about each class's representative.
 */
import { type ClauseOutcome, type CompiledClause, evaluateClause } from '../conditions/clause.ts';
import type { RequestContext } from '../request-context.ts';
import type { Template } from '../variables.ts';
import { type ActionClass, hasKey } from './actions.ts';
import { full } from './boxes.ts';
import { callersNamed, isOfCallersName } from './caller-keys.ts';
import { CALLED_VIA, dependenceOf, REQUEST_TAG, TAG_KEYS } from './dependent-keys.ts';
import type { Frame } from './frame.ts';
import { type KeyValue, type PlacedClause, templatesOf, valuesOfKey } from './key-values.ts';
import { canBeAbsent, dependsOnWho, goesWithAction, type Who } from './known-keys.ts';
import type { Reading } from './readings.ts';
import { type Assignment, contextFor, valuesIn } from './symbols.ts';

export interface KeyDimension {
  /** In lower case. */
  readonly keys: readonly string[];
  /** As a policy writes them. */
  readonly names: readonly string[];
  /** Whether requests can lack the key. */
  readonly absentable: readonly boolean[];
  /** Values of the keys in their order, the cheapest first. */
  readonly points: readonly (readonly KeyValue[])[];
  /** For each statement the classes of which its clauses on the keys are met, and those of which they are not unmet. */
  readonly met: readonly bigint[];
  readonly possible: readonly bigint[];
}

/** Dimensions that were found before, by what they depend on: most depend neither on the caller nor on every variable. */
export type KeyMemory = Map<string, { readonly dimension: KeyDimension; readonly exact: boolean }>;

/** A clause of a statement; `reading` is the statement's place. */
interface Asked {
  readonly clause: CompiledClause;
  readonly reading: number;
  readonly speaker: number;
}

/** How many joint values of keys are looked at. */
const MOST_JOINT = 2000;

/** The clauses on each open key. */
function openClauses(readings: readonly Reading[], frame: Frame): ReadonlyMap<string, readonly Asked[]> {
  const byKey = new Map<string, Asked[]>();
  for (const [reading, { compiled, speaker }] of readings.entries()) {
    for (const clause of compiled.clauses) {
      if (frame.standing(clause.key) !== 'open') continue;
      const known = byKey.get(clause.key);
      if (known === undefined) byKey.set(clause.key, [{ clause, reading, speaker }]);
      else known.push({ clause, reading, speaker });
    }
  }
  return byKey;
}

/** Keys that depend on each other, together. */
function groupsOf(keys: Iterable<string>): readonly (readonly string[])[] {
  const groups = new Map<unknown, string[]>();
  for (const key of keys) {
    const id = isOfCallersName(key) ? isOfCallersName : (dependenceOf(key)?.id ?? key);
    const known = groups.get(id);
    if (known === undefined) groups.set(id, [key]);
    else known.push(key);
  }
  return [...groups.values()];
}

/** Keys that make one dimension. */
export interface KeyGroup {
  readonly keys: readonly string[];
  readonly asked: readonly Asked[];
  /** What the dimension depends on: the keys, the caller where they depend on it, and variables. */
  readonly id: string;
  readonly templates: readonly Template[];
}

/** The dimensions that clauses on open keys make. */
export function keyGroups(readings: readonly Reading[], frame: Frame): readonly KeyGroup[] {
  const byKey = openClauses(readings, frame);
  return groupsOf(byKey.keys()).map((keys) => {
    const asked = keys.flatMap((key) => byKey.get(key) ?? []);
    const own = keys.map((key): Template => [{ variable: key, fallback: undefined }]);
    const id = `${keys.some(dependsOnWho) ? JSON.stringify(frame.who) : ''} ${keys.join()}`;
    return { keys, asked, id, templates: [...asked.flatMap(({ clause }) => templatesOf(clause)), ...own] };
  });
}

/**
 * Every dimension. `exact`: each class that the clauses can tell apart has its representative. A memory is of the same readings, and of
 * frames that differ by who they are about alone.
 */
export function keyDimensions(
  groups: readonly KeyGroup[],
  readings: readonly Reading[],
  frame: Frame,
  assignment: Assignment,
  budget: number,
  memory: KeyMemory,
): { dimensions: readonly KeyDimension[]; exact: boolean } {
  const dimensions: KeyDimension[] = [];
  let exact = true;
  for (const { keys, asked, id: group, templates } of groups) {
    const id = `${group} ${valuesIn(templates, assignment)}`;
    const found = memory.get(id) ?? dimensionOf(keys, asked, readings, frame, assignment, budget);
    memory.set(id, found);
    dimensions.push(found.dimension);
    exact &&= found.exact;
  }
  return { dimensions, exact };
}

function dimensionOf(
  keys: readonly string[],
  asked: readonly Asked[],
  readings: readonly Reading[],
  frame: Frame,
  assignment: Assignment,
  budget: number,
): { dimension: KeyDimension; exact: boolean } {
  const { values, exact } = jointValues(keys, asked, frame, assignment, budget);
  const distinct = distinctClauses(asked);
  const contexts = frame.subjects.map((_, speaker) => contextFor(frame, speaker, assignment));
  const classes = new Map<string, { point: readonly KeyValue[]; outcomes: readonly ClauseOutcome[] }>();
  for (const point of [...values].sort((a, b) => costOfPoint(a) - costOfPoint(b))) {
    const outcomes = distinct.clauses.map(({ clause, speaker }) =>
      evaluateClause(clause, pointContext(keys, point, contexts[speaker])),
    );
    // Absence keeps a class of its own: some actions never have the key.
    const id = `${point.map((value) => (value === undefined ? '-' : '+')).join('')} ${outcomes.join()}`;
    if (!classes.has(id)) classes.set(id, { point, outcomes });
  }
  const kept = [...classes.values()];
  const met = readings.map(() => full(kept.length));
  const possible = [...met];
  for (const [c, reading] of distinct.uses) {
    for (const [v, { outcomes }] of kept.entries()) {
      const bit = 1n << BigInt(v);
      if (outcomes[c] !== 'met') met[reading] = (met[reading] ?? 0n) & ~bit;
      if (outcomes[c] === 'unmet') possible[reading] = (possible[reading] ?? 0n) & ~bit;
    }
  }
  const names = keys.map((key) => asked.find(({ clause }) => clause.key === key)?.clause.clause.key ?? key);
  const absentable = keys.map((key) => canBeAbsent(key, frame.who));
  return { dimension: { keys, names, absentable, points: kept.map(({ point }) => point), met, possible }, exact };
}

/** Clauses that read the same, of one speaker, each once; and which statement has which of them. */
function distinctClauses(asked: readonly Asked[]) {
  const places = new Map<string, number>();
  const clauses: Asked[] = [];
  const uses: (readonly [clause: number, reading: number])[] = [];
  for (const one of asked) {
    const { set, operator, ifExists, key, values } = one.clause.clause;
    const id = JSON.stringify([one.speaker, one.clause.version, set, operator, ifExists, key.toLowerCase(), values]);
    const known = places.get(id) ?? clauses.length;
    if (known === clauses.length) clauses.push(one);
    places.set(id, known);
    uses.push([known, one.reading]);
  }
  return { clauses, uses };
}

function pointContext(
  keys: readonly string[],
  point: readonly KeyValue[],
  others: RequestContext | undefined,
): RequestContext {
  return {
    get(name) {
      const at = keys.indexOf(name);
      return at < 0 ? others?.get(name) : point[at];
    },
  };
}

function jointValues(
  keys: readonly string[],
  asked: readonly Asked[],
  frame: Frame,
  assignment: Assignment,
  budget: number,
): { values: readonly (readonly KeyValue[])[]; exact: boolean } {
  const { who } = frame;
  const clausesOn = (key: string): readonly PlacedClause[] =>
    asked.flatMap(({ clause, speaker }) =>
      clause.key === key ? [{ clause, context: contextFor(frame, speaker, assignment) }] : [],
    );
  if (keys.length > 1 && keys.every(isOfCallersName) && who.caller === undefined && hasArn(who)) {
    const named = callersNamed(keys, clausesOn, assignment.values, who, budget);
    return { values: named ?? [], exact: named !== undefined };
  }
  const [only = ''] = keys;
  const dependence = dependenceOf(only);
  let exact = true;
  const each = keys.map((key) => {
    if (assignment.values.has(key)) return [assignment.values.get(key)];
    const alike = dependence?.alike.includes(key) === true ? dependence.alike.flatMap(clausesOn) : clausesOn(key);
    const tags = key === TAG_KEYS ? keys.filter((other) => other.startsWith(REQUEST_TAG)) : [];
    const found = valuesOfKey(key, alike, who, budget, {
      listed: tags.map((tag) => tag.slice(REQUEST_TAG.length)),
      ends: key === CALLED_VIA ? keys.filter((other) => other.startsWith(CALLED_VIA)).length - 1 : 0,
    });
    exact &&= found.exact;
    return found.values;
  });
  if (keys.length === 1) return { values: (each[0] ?? []).map((value) => [value]), exact };
  let joint: (readonly KeyValue[])[] = [[]];
  for (const values of each) {
    joint = joint.flatMap((point) => values.map((value) => [...point, value]));
    if (joint.length > MOST_JOINT) {
      joint.length = MOST_JOINT;
      exact = false;
    }
  }
  const holds = (point: readonly KeyValue[]) =>
    dependence === undefined || dependence.holds(new Map(keys.map((key, i) => [key, point[i]])));
  return { values: joint.filter(holds), exact };
}

function hasArn({ kind }: Who): boolean {
  return kind === 'user' || kind === 'role-session';
}

/** The classes that requests for the action can have: of a key that they never have, absence alone. */
export function pointsWith({ keys, points, absentable }: KeyDimension, { action, keys: known }: ActionClass): bigint {
  const asked = action.toLowerCase();
  const never = keys.map(
    (key, i) => absentable[i] === true && !(goesWithAction(key, asked) && (known === undefined || hasKey(known, key))),
  );
  const together = keys.length < 2 ? undefined : dependenceOf(keys[0] ?? '')?.holdsForAll;
  if (!never.includes(true) && together === undefined) return full(points.length);
  let bits = 0n;
  for (const [v, point] of points.entries()) {
    if (!point.every((value, i) => value === undefined || never[i] !== true)) continue;
    const told = keys.flatMap((key, i) => (never[i] === true ? [] : [[key, point[i]] as const]));
    if (together === undefined || together(new Map(told))) bits |= 1n << BigInt(v);
  }
  return bits;
}

function costOfPoint(point: readonly KeyValue[]): number {
  let cost = 0;
  for (const value of point) cost += costOf(value);
  return cost;
}

/** Longer values cost more, and absence nothing. */
export function costOf(value: KeyValue): number {
  if (value === undefined) return 0;
  return typeof value === 'string' ? value.length + 1 : value.reduce((sum, text) => sum + text.length + 2, 2);
}
