/**
 * The requests that the policies can tell apart, for one kind of caller and one value of each variable: classes of resources and of
 * each key's values. Whether a statement speaks of a class is asked of the engine itself, about the class's representative.
 */
import { type CompiledClause, evaluateClause } from '../conditions/clause.ts';
import type { RequestContext } from '../request-context.ts';
import { type Addressing, askPrincipal, askResource, type Outcome, type Subject } from '../statement.ts';
import type { Template } from '../variables.ts';
import { type ActionClass, hasKey } from './actions.ts';
import type { Box } from './boxes.ts';
import { type KeyValue, templatesOf, valuesOfKey } from './key-values.ts';
import { canBeAbsent, goesWithAction, type Who } from './known-keys.ts';
import type { Pattern } from './language.ts';
import type { Reading } from './readings.ts';
import { resourcePatterns, resourcesOf } from './resources.ts';
import { type Assignment, contextOf } from './symbols.ts';

/** Callers taken together, how statements speak of them, and one of them. */
export interface Viewpoint {
  readonly who: Who;
  readonly addressing: Addressing;
  readonly subject: Subject;
}

/** The classes of one condition key, the cheapest first. */
interface KeyDimension {
  /** In lower case. */
  readonly key: string;
  /** As a policy writes it. */
  readonly name: string;
  readonly values: readonly KeyValue[];
  /** For each statement the classes of which its clauses on the key are met, and those of which they are not unmet. */
  readonly met: readonly bigint[];
  readonly possible: readonly bigint[];
}

/** The requests for one class of actions: boxes whose first dimension is the resource, the others the keys. */
export interface ActionSpace {
  readonly action: ActionClass;
  readonly resources: readonly string[];
  readonly keys: readonly KeyDimension[];
  readonly whole: Box;
  /** By statement; undefined where it speaks of nothing here. */
  readonly boxes: readonly (Box | undefined)[];
}

/** Classes that were found before, by what they depend on: most do not depend on every variable. */
export interface Memory {
  readonly keys: Map<string, { readonly dimension: KeyDimension; readonly exact: boolean }>;
  readonly resources: Map<string, ResourceDimension | undefined>;
}

export interface Space {
  readonly exact: boolean;
  forAction(action: ActionClass): ActionSpace | undefined;
}

/** Builds the classes. `forAction` answers undefined past the budget. */
export function requestSpace(
  readings: readonly Reading[],
  view: Viewpoint,
  assignment: Assignment,
  budget: number,
  memory: Memory,
): Space {
  const context = contextOf(assignment);
  const keys: KeyDimension[] = [];
  let exact = assignment.exact;
  for (const [key, clauses] of clausesByKey(readings)) {
    const told = valuesIn([...clauses.flatMap(templatesOf), [{ variable: key, fallback: undefined }]], assignment);
    const id = `${JSON.stringify(view.who)} ${key} ${told}`;
    const dimension = memory.keys.get(id) ?? keyDimension(key, clauses, readings, view.who, assignment, budget);
    memory.keys.set(id, dimension);
    keys.push(dimension.dimension);
    exact &&= dimension.exact;
  }
  const principals = readings.map(({ compiled }) => askPrincipal(compiled, view.subject, view.addressing));
  const told = valuesIn(
    readings.flatMap(({ resources }) => resources ?? []),
    assignment,
  );
  const patterns = resourcePatterns(readings, context);
  const known = memory.resources;
  const resourcesFor = (action: ActionClass) => {
    const untyped = action.resources?.length === 0 ? action.action : '';
    const id = `${action.service} ${action.resources?.join(' ')} ${untyped} ${told}`;
    if (!known.has(id)) known.set(id, resourceDimension(action, readings, patterns, context, view, budget));
    return known.get(id);
  };
  return {
    exact,
    forAction(action) {
      const resources = resourcesFor(action);
      if (resources === undefined) return undefined;
      const whole: Box = [full(resources.texts.length), ...keys.map((key) => keyMask(key, action, view.who))];
      const boxes = readings.map(({ compiled }, i): Box | undefined => {
        if (((action.statements >> BigInt(i)) & 1n) === 0n || !counts(principals[i], compiled.isDeny)) return undefined;
        const resource = compiled.isDeny ? resources.possible[i] : resources.met[i];
        const masks = keys.map((key) => (compiled.isDeny ? key.possible[i] : key.met[i]) ?? 0n);
        const box = [resource ?? 0n, ...masks].map((bits, d) => bits & (whole[d] ?? 0n));
        return box.includes(0n) ? undefined : box;
      });
      return { action, resources: resources.texts, keys, whole, boxes };
    },
  };
}

/** The values of those variables that the templates hold. */
function valuesIn(templates: readonly Template[], { values }: Assignment): string {
  const names = new Set(templates.flat().flatMap((piece) => ('variable' in piece ? [piece.variable] : [])));
  return JSON.stringify([...names].sort().map((name) => [name, values.get(name)]));
}

/** A doubtful Allow does not apply, a doubtful Deny does. */
function counts(outcome: Outcome | undefined, isDeny: boolean): boolean {
  return outcome === 'applies' || (isDeny && outcome === 'doubtful');
}

function full(count: number): bigint {
  return (1n << BigInt(count)) - 1n;
}

/** All classes, or only absence where requests for the action never have the key. */
function keyMask({ key, values }: KeyDimension, { action, keys }: ActionClass, who: Who): bigint {
  const has = goesWithAction(key, action.toLowerCase()) && (keys === undefined || hasKey(keys, key));
  return has || !canBeAbsent(key, who) ? full(values.length) : 1n;
}

function clausesByKey(readings: readonly Reading[]): ReadonlyMap<string, readonly CompiledClause[]> {
  const byKey = new Map<string, CompiledClause[]>();
  for (const { compiled } of readings) {
    for (const clause of compiled.clauses) {
      const known = byKey.get(clause.key);
      if (known === undefined) byKey.set(clause.key, [clause]);
      else known.push(clause);
    }
  }
  return byKey;
}

function keyDimension(
  key: string,
  clauses: readonly CompiledClause[],
  readings: readonly Reading[],
  who: Who,
  assignment: Assignment,
  budget: number,
): { dimension: KeyDimension; exact: boolean } {
  const variables = contextOf(assignment);
  const found = assignment.values.has(key)
    ? { values: [assignment.values.get(key)], exact: true }
    : valuesOfKey(key, clauses, variables, who, budget);
  const classes = new Map<string, { value: KeyValue; outcomes: readonly string[] }>();
  // An array's sort leaves undefined to the end: absence is to be the first class.
  const ordered = found.values.map((value) => ({ value })).sort((a, b) => costOf(a.value) - costOf(b.value));
  for (const { value } of ordered) {
    const context: RequestContext = { get: (name) => (name === key ? value : variables.get(name)) };
    const outcomes = clauses.map((clause) => evaluateClause(clause, context));
    // Absence keeps a class of its own: some actions never have the key.
    const id = `${value === undefined} ${outcomes.join()}`;
    if (!classes.has(id)) classes.set(id, { value, outcomes });
  }
  const kept = [...classes.values()];
  const masks = (accepts: (outcome: string) => boolean) =>
    readings.map(({ compiled }) => {
      let bits = full(kept.length);
      for (const [c, clause] of clauses.entries()) {
        if (!compiled.clauses.includes(clause)) continue;
        for (const [v, { outcomes }] of kept.entries()) if (!accepts(outcomes[c] ?? '')) bits &= ~(1n << BigInt(v));
      }
      return bits;
    });
  const dimension: KeyDimension = {
    key,
    name: clauses[0]?.clause.key ?? key,
    values: kept.map(({ value }) => value),
    met: masks((outcome) => outcome === 'met'),
    possible: masks((outcome) => outcome !== 'unmet'),
  };
  return { dimension, exact: found.exact };
}

/** Longer values cost more, and absence nothing. */
export function costOf(value: KeyValue): number {
  if (value === undefined) return 0;
  return typeof value === 'string' ? value.length + 1 : value.reduce((sum, text) => sum + text.length + 2, 2);
}

interface ResourceDimension {
  readonly texts: readonly string[];
  readonly met: readonly bigint[];
  readonly possible: readonly bigint[];
}

function resourceDimension(
  action: ActionClass,
  readings: readonly Reading[],
  patterns: readonly Pattern[],
  context: RequestContext,
  view: Viewpoint,
  budget: number,
): ResourceDimension | undefined {
  const candidates = resourcesOf(action, readings, patterns, budget);
  if (candidates === undefined) return undefined;
  const classes = new Map<string, { text: string; outcomes: readonly Outcome[] }>();
  for (const text of candidates) {
    const subject: Subject = { ...view.subject, request: { ...view.subject.request, resource: text }, context };
    const outcomes = readings.map(({ compiled }) => askResource(compiled, subject));
    const id = outcomes.join();
    if (!classes.has(id)) classes.set(id, { text, outcomes });
  }
  const kept = [...classes.values()];
  const met = readings.map(() => 0n);
  const possible = readings.map(() => 0n);
  for (const [t, { outcomes }] of kept.entries()) {
    for (const i of readings.keys()) {
      const bit = 1n << BigInt(t);
      if (outcomes[i] === 'applies') met[i] = (met[i] ?? 0n) | bit;
      if (outcomes[i] !== 'does-not-apply') possible[i] = (possible[i] ?? 0n) | bit;
    }
  }
  return { texts: kept.map(({ text }) => text), met, possible };
}
