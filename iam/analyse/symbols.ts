/**
 * Policy variables as symbols: a variable's values are split where a policy compares them, and the analysis is made for a
 * representative of each class. What `${aws:username}` is compared with are the stretches of other patterns in which it can lie.
 */
import type { CompiledClause } from '../conditions/clause.ts';
import type { GlobPiece } from '../glob.ts';
import type { RequestContext } from '../request-context.ts';
import { isStatic, type Template } from '../variables.ts';
import { templatesOf, textPatterns } from './key-values.ts';
import { canBeAbsent, isMultivalued, universeOf, type Who } from './known-keys.ts';
import { classMembers, intersects, type Pattern, placesAfter } from './language.ts';
import { ANYTHING, arnPattern, foldedPattern, resourcePattern, textPattern } from './patterns.ts';
import type { Reading } from './readings.ts';

/** One value for each variable of the policies. */
export interface Assignment {
  readonly values: ReadonlyMap<string, string | undefined>;
  /** Whether the classes of values are all there. */
  readonly exact: boolean;
}

/** Stretches of one pattern, and assignments in all, past which the answer is unknown. */
const MOST_STRETCHES = 100;
const MOST_ASSIGNMENTS = 64;

/** Templates that are compared with each other: those of Resource, or those of one key. */
interface Place {
  readonly templates: readonly Template[];
  readonly toPattern: (pieces: readonly GlobPiece[]) => Pattern;
}

/** Every combination of classes of the variables' values. */
export function assignments(readings: readonly Reading[], who: Who, budget: number): readonly Assignment[] {
  const places = placesOf(readings);
  const names = new Set<string>();
  for (const { templates } of places) {
    for (const piece of templates.flat()) if ('variable' in piece) names.add(piece.variable);
  }
  let partial: Assignment[] = [{ values: new Map(), exact: true }];
  for (const name of [...names].sort()) {
    const next: Assignment[] = [];
    for (const { values, exact } of partial) {
      const classes = classesOf(name, readings, places, values, who, budget);
      for (const value of classes.values) {
        next.push({ values: new Map([...values, [name, value]]), exact: exact && classes.exact });
      }
    }
    const kept = next.slice(0, MOST_ASSIGNMENTS);
    partial = kept.length === next.length ? next : kept.map(({ values }) => ({ values, exact: false }));
  }
  return partial;
}

/** The variables' values as a request's context. */
export function contextOf({ values }: Assignment): RequestContext {
  return { get: (key) => values.get(key) };
}

function placesOf(readings: readonly Reading[]): readonly Place[] {
  const resources = readings.flatMap((reading) => reading.resources ?? []);
  const places: Place[] = [{ templates: resources, toPattern: resourcePattern }];
  const byKey = new Map<string, CompiledClause[]>();
  for (const { compiled } of readings) {
    for (const clause of compiled.clauses) byKey.set(clause.key, [...(byKey.get(clause.key) ?? []), clause]);
  }
  for (const clauses of byKey.values()) {
    const templates = clauses.flatMap(templatesOf);
    if (templates.every(isStatic)) continue;
    const isArn = clauses.some(({ operator }) => operator?.name.startsWith('Arn'));
    const isFolded = clauses.some(({ operator }) => operator?.name.endsWith('IgnoreCase'));
    places.push({
      templates,
      toPattern: (pieces) => {
        if (isFolded) return foldedPieces(pieces);
        return (isArn ? arnPattern(pieces) : undefined) ?? textPattern(pieces);
      },
    });
  }
  return places;
}

function foldedPieces(pieces: readonly GlobPiece[]): Pattern {
  return pieces.flatMap((piece) =>
    'literal' in piece
      ? foldedPattern(piece.literal)
      : textPattern([piece]).map((token) => (token.not ? token : (foldedPattern(token.chars)[0] ?? token))),
  );
}

function classesOf(
  name: string,
  readings: readonly Reading[],
  places: readonly Place[],
  known: ReadonlyMap<string, string | undefined>,
  who: Who,
  budget: number,
): { values: readonly (string | undefined)[]; exact: boolean } {
  const absent = canBeAbsent(name, who) || universeOf(name, who).length === 0 ? [undefined] : [];
  // Multivalued keys have no value as variables.
  if (isMultivalued(name) || universeOf(name, who).length === 0) return { values: [undefined], exact: true };
  const context: RequestContext = { get: (key) => known.get(key) };
  const own = readings.flatMap(({ compiled }) => compiled.clauses.filter(({ key }) => key === name));
  const patterns: Pattern[] = own.flatMap((clause) => textPatterns(clause, context));
  let exact = own.every(({ operator }) => operator === undefined || /^(String|Arn)/.test(operator.name));
  const fallbacks = new Set<string>();
  for (const place of places) {
    const split = stretches(name, place, known);
    patterns.push(...split.patterns);
    exact &&= split.exact;
    for (const piece of place.templates.flat()) {
      if ('variable' in piece && piece.variable === name && piece.fallback !== undefined) fallbacks.add(piece.fallback);
    }
  }
  patterns.push(...[...fallbacks].map((text) => textPattern([{ literal: text }])));
  if (patterns.length > MOST_STRETCHES) return { values: absent, exact: false };
  const members = classMembers(patterns, universeOf(name, who), budget);
  if (members === undefined) return { values: absent, exact: false };
  return { values: [...members.map(({ text }) => text), ...absent], exact };
}

/** The stretches of the other patterns in which a value of the variable can lie. */
function stretches(
  name: string,
  { templates, toPattern }: Place,
  known: ReadonlyMap<string, string | undefined>,
): { patterns: readonly Pattern[]; exact: boolean } {
  const holes = templates.flatMap((template) =>
    template.flatMap((piece, i) =>
      'variable' in piece && piece.variable === name
        ? [{ template, before: template.slice(0, i), after: template.slice(i + 1) }]
        : [],
    ),
  );
  const patterns: Pattern[] = [];
  const opened = templates.map((template) => toPattern(fill(template, known)));
  const prefixes = new Set(holes.map(({ before }) => JSON.stringify(before)));
  let exact = true;
  for (const { template, before, after } of holes) {
    const pre = toPattern(fill(before, known));
    const whole = toPattern(fill(template, known));
    for (const [i, other] of templates.entries()) {
      const pattern = opened[i] ?? ANYTHING;
      if (other === template || !intersects(whole, pattern)) continue;
      const holds = other.some((piece) => 'variable' in piece && piece.variable === name);
      // Two patterns with the symbol in different places can both accept a text by a chance of its letters.
      if (holds && prefixes.size > 1) exact = false;
      const starts = placesAfter(pre, pattern);
      const ends = placesAfter(reversed(toPattern(fill(after, known))), reversed(pattern));
      for (const from of starts) {
        for (const fromEnd of ends) {
          const to = pattern.length - fromEnd;
          if (to >= from) patterns.push(pattern.slice(from, to));
        }
      }
    }
  }
  return { patterns: distinct(patterns), exact };
}

function reversed(pattern: Pattern): Pattern {
  return [...pattern].reverse();
}

function distinct(patterns: readonly Pattern[]): readonly Pattern[] {
  return [...new Map(patterns.map((pattern) => [JSON.stringify(pattern), pattern])).values()];
}

/** Known variables filled in; those that are still open stand for anything. */
function fill(template: Template, known: ReadonlyMap<string, string | undefined>): readonly GlobPiece[] {
  return template.map((piece) => {
    if (!('variable' in piece)) return piece;
    if (!known.has(piece.variable)) return { pattern: '*' };
    const value = known.get(piece.variable) ?? piece.fallback;
    return value === undefined ? { literal: '' } : { literal: value };
  });
}
