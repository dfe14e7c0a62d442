/**
 * Policy variables as symbols: a variable's values are split where a policy compares them, and the analysis is made for a
 * representative of each class. What `${aws:username}` is compared with are the stretches of other patterns in which it can lie.
 */
import type { CompiledClause } from '../conditions/clause.ts';
import type { GlobPiece } from '../glob.ts';
import type { RequestContext } from '../request-context.ts';
import { isStatic, type Template, type TemplatePiece } from '../variables.ts';
import type { Frame } from './frame.ts';
import { templatesOf, textPatterns } from './key-values.ts';
import { canBeAbsent, isMultivalued, universeOf } from './known-keys.ts';
import { literal, type Pattern } from './language.ts';
import { classMembers } from './members.ts';
import { intersects, placesAfter } from './overlap.ts';
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

/**
 * Combinations of classes of the variables' values, as they are needed. Past the most that are looked at the last one is not exact.
 */
export function* assignments(readings: readonly Reading[], frame: Frame, budget: number): Generator<Assignment> {
  const places = placesOf(readings, frame);
  const names = new Set<string>();
  for (const { templates } of places) {
    for (const piece of templates.flat()) if ('variable' in piece) names.add(piece.variable);
  }
  let count = 0;
  for (const assignment of combinations(
    [...names].sort(),
    { values: new Map(), exact: true },
    { readings, places, frame, budget },
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
}

function* combinations(names: readonly string[], known: Assignment, setting: Setting): Generator<Assignment> {
  const [name, ...others] = names;
  if (name === undefined) {
    yield known;
    return;
  }
  const classes = classesOf(name, known.values, setting);
  for (const value of classes.values) {
    const values = new Map([...known.values, [name, value]]);
    yield* combinations(others, { values, exact: known.exact && classes.exact }, setting);
  }
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

/** A template with what follows from the speaker put in; undefined where it then matches nothing. */
function settled(template: Template, frame: Frame, speaker: number): Template | undefined {
  const pieces: TemplatePiece[] = [];
  for (const piece of template) {
    if (!('variable' in piece) || frame.standing(piece.variable) !== 'of-caller') {
      pieces.push(piece);
      continue;
    }
    const value = frame.valueOf(piece.variable, speaker);
    const literal = typeof value === 'string' ? value : piece.fallback;
    if (literal === undefined) return undefined;
    pieces.push({ literal });
  }
  return pieces;
}

function placesOf(readings: readonly Reading[], frame: Frame): readonly Place[] {
  const settle = (templates: readonly Template[], speaker: number) =>
    templates.flatMap((template) => {
      const known = settled(template, frame, speaker);
      return known === undefined ? [] : [known];
    });
  const resources = readings.flatMap((reading) => settle(reading.resources ?? [], reading.speaker));
  const places: Place[] = [{ templates: resources, toPattern: resourcePattern }];
  const byKey = new Map<string, { readonly clause: CompiledClause; readonly speaker: number }[]>();
  for (const { compiled, speaker } of readings) {
    for (const clause of compiled.clauses) {
      const known = byKey.get(clause.key);
      if (known === undefined) byKey.set(clause.key, [{ clause, speaker }]);
      else known.push({ clause, speaker });
    }
  }
  for (const [key, asked] of byKey) {
    const templates = asked.flatMap(({ clause, speaker }) => settle(templatesOf(clause), speaker));
    if (templates.every(isStatic)) continue;
    const standing = frame.standing(key);
    const fixed =
      standing === 'of-caller'
        ? frame.subjects.flatMap((_, speaker) => frame.valueOf(key, speaker) ?? [])
        : standing === 'of-resource'
          ? frame.settledValues(key)
          : [];
    templates.push(...fixed.map((text): Template => [{ literal: text }]));
    const isArn = asked.some(({ clause }) => clause.operator?.name.startsWith('Arn'));
    const isFolded = asked.some(({ clause }) => clause.operator?.name.endsWith('IgnoreCase'));
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
  known: ReadonlyMap<string, string | undefined>,
  { readings, places, frame, budget }: Setting,
): { values: readonly (string | undefined)[]; exact: boolean } {
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
    const split = stretches(name, place, known);
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
