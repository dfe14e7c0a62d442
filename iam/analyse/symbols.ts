/**
 * Policy variables as symbols: a variable's values are split where a policy compares them, and the analysis is made for a
 * representative of each class. What `${aws:username}` is compared with are the stretches of other patterns in which it can lie.
 */
import type { RequestContext } from '../request-context.ts';
import type { Template } from '../variables.ts';
import type { Frame } from './frame.ts';
import { templatesOf, textPatterns } from './key-values.ts';
import { canBeAbsent, isMultivalued, universeOf } from './known-keys.ts';
import { literal, type Pattern } from './language.ts';
import { classMembers } from './members.ts';
import type { Reading } from './readings.ts';
import { type Place, placesOf, type Stretches, stretches } from './stretches.ts';

/** One value for each variable of the policies. */
export interface Assignment {
  readonly values: ReadonlyMap<string, string | undefined>;
  /** Whether the classes of values are all there. */
  readonly exact: boolean;
}

/** Stretches of one pattern, and assignments in all, past which the answer is unknown. */
const MOST_STRETCHES = 100;
const MOST_ASSIGNMENTS = 64;

/** Stretches that were found before: most are the same for every caller, and whatever other variables hold. */
export type SymbolMemory = Map<string, Stretches>;

/**
 * Combinations of classes of the variables' values, as they are needed. Past the most that are looked at the last one is not exact.
 */
export function* assignments(
  readings: readonly Reading[],
  frame: Frame,
  budget: number,
  memory: SymbolMemory,
): Generator<Assignment> {
  const places = placesOf(readings, frame);
  const names = new Set<string>();
  for (const { templates } of places) {
    for (const piece of templates.flat()) if ('variable' in piece) names.add(piece.variable);
  }
  let count = 0;
  for (const assignment of combinations(
    [...names].sort(),
    { values: new Map(), exact: true },
    { readings, places, frame, budget, memory, classes: new Map() },
  )) {
    count++;
    if (count === MOST_ASSIGNMENTS) {
      yield { ...assignment, exact: false };
      return;
    }
    yield assignment;
  }
}

interface Setting {
  readonly readings: readonly Reading[];
  readonly places: readonly Place[];
  readonly frame: Frame;
  readonly budget: number;
  readonly memory: SymbolMemory;
  /** By the variable, and the values of those that are asked about together with it. */
  readonly classes: Map<string, Classes>;
}

interface Classes {
  readonly values: readonly (string | undefined)[];
  readonly exact: boolean;
}

function* combinations(names: readonly string[], known: Assignment, setting: Setting): Generator<Assignment> {
  const [name, ...others] = names;
  if (name === undefined) {
    yield known;
    return;
  }
  const id = `${name} ${valuesIn(templatesAbout(name, setting), known)}`;
  const classes = setting.classes.get(id) ?? classesOf(name, known.values, setting);
  setting.classes.set(id, classes);
  for (const value of classes.values) {
    const values = new Map([...known.values, [name, value]]);
    yield* combinations(others, { values, exact: known.exact && classes.exact }, setting);
  }
}

/** The templates that the variable's classes depend on: where it stands, and what its key is compared with. */
function templatesAbout(name: string, { readings, places }: Setting): readonly Template[] {
  const isIn = (template: Template) => template.some((piece) => 'variable' in piece && piece.variable === name);
  return [
    ...places.flatMap(({ templates }) => (templates.some(isIn) ? templates : [])),
    ...readings.flatMap(({ compiled }) =>
      compiled.clauses.flatMap((clause) => (clause.key === name ? templatesOf(clause) : [])),
    ),
  ];
}

/** What is known of a request's context before its open keys: the variables' values, and what follows from the speaker. */
export function contextFor(frame: Frame, speaker: number, { values }: Assignment): RequestContext {
  return {
    get(key) {
      if (values.has(key)) return values.get(key);
      return frame.standing(key) === 'of-caller' ? frame.valueOf(key, speaker) : undefined;
    },
  };
}

/** The values of those variables that the templates hold. */
export function valuesIn(templates: readonly Template[], { values }: Assignment): string {
  if (values.size === 0) return '';
  const names = new Set(templates.flat().flatMap((piece) => ('variable' in piece ? [piece.variable] : [])));
  return JSON.stringify([...names].sort().map((name) => [name, values.get(name)]));
}

function classesOf(
  name: string,
  known: ReadonlyMap<string, string | undefined>,
  { readings, places, frame, budget, memory }: Setting,
): Classes {
  const { who } = frame;
  const absent = canBeAbsent(name, who) || universeOf(name, who).length === 0 ? [undefined] : [];
  // Multivalued keys have no value as variables.
  if (isMultivalued(name) || universeOf(name, who).length === 0) return { values: [undefined], exact: true };
  const patterns: Pattern[] = frame.settledValues(name).map(literal);
  let exact = true;
  for (const { compiled, speaker } of readings) {
    for (const clause of compiled.clauses) {
      if (clause.key !== name) continue;
      patterns.push(...textPatterns(clause, contextFor(frame, speaker, { values: known, exact })));
      exact &&= clause.operator === undefined || /^(String|Arn)/.test(clause.operator.name);
    }
  }
  const fallbacks = new Set<string>();
  for (const place of places) {
    const id = `${name} ${place.id} ${valuesIn(place.templates, { values: known, exact })}`;
    const split = memory.get(id) ?? stretches(name, place, known);
    memory.set(id, split);
    patterns.push(...split.patterns);
    exact &&= split.exact;
    for (const piece of place.templates.flat()) {
      if ('variable' in piece && piece.variable === name && piece.fallback !== undefined) fallbacks.add(piece.fallback);
    }
  }
  patterns.push(...[...fallbacks].map(literal));
  if (patterns.length > MOST_STRETCHES) return { values: absent, exact: false };
  const members = classMembers(patterns, universeOf(name, who), budget);
  if (members === undefined) return { values: absent, exact: false };
  return { values: [...members.map(({ text }) => text), ...absent], exact };
}
