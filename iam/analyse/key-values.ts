/** The values of one condition key that the clauses of the policies can tell apart, a shortest of each class. */
import type { CompiledClause } from '../conditions/clause.ts';
import { NULL_OPERATOR } from '../conditions/null.ts';
import type { RequestContext } from '../request-context.ts';
import { parseTemplate, plainText, resolveTemplate, type Template } from '../variables.ts';
import { addressesAround, datesAround, epochsAround, numbersAround } from './intervals.ts';
import {
  BOOLEAN_VALUES,
  canBeAbsent,
  canBeEmpty,
  isBooleanKey,
  isIntegerKey,
  isMultivalued,
  universeOf,
  type Who,
} from './known-keys.ts';
import { literal, type Pattern } from './language.ts';
import { classMembers } from './members.ts';
import { ANY_ARN, ANYTHING, arnPattern, foldedPattern, SOMETHING, textPattern } from './patterns.ts';

/** Undefined: the key is absent. */
export type KeyValue = string | readonly string[] | undefined;

export interface KeyValues {
  readonly values: readonly KeyValue[];
  /** Whether every class that the clauses can tell apart has its value here. */
  readonly exact: boolean;
}

/** How many lists of values of one key are tried. */
const MOST_LISTS = 600;

type Family = 'text' | 'bool' | 'number' | 'date' | 'address' | 'binary' | 'none';

function familyOf({ clause, operator }: CompiledClause): Family {
  if (operator === undefined || clause.operator === NULL_OPERATOR) return 'none';
  const { name } = operator;
  if (name.startsWith('String') || name.startsWith('Arn')) return 'text';
  if (name.startsWith('Numeric')) return 'number';
  if (name.startsWith('Date')) return 'date';
  if (name.startsWith('Binary')) return 'binary';
  return name === 'Bool' ? 'bool' : 'address';
}

/** Whether policy variables mean something in the clause's values. */
export function templatesOf({ clause, operator, version }: CompiledClause): readonly Template[] {
  return operator?.variables === true ? clause.values.map((text) => parseTemplate(text, version)) : [];
}

/** A clause, and the values of the policy variables in it. */
export interface PlacedClause {
  readonly clause: CompiledClause;
  readonly context: RequestContext;
}

/** What is told of a list besides what clauses tell: texts that it may hold, in any letter case, and its first or its last one. */
export interface ListTold {
  readonly listed: readonly string[];
  readonly ends: number;
}

/** Values of the key, absence and lists included. `placed` are all clauses that tell its values apart. */
export function valuesOfKey(
  key: string,
  placed: readonly PlacedClause[],
  who: Who,
  budget: number,
  { listed, ends }: ListTold = { listed: [], ends: 0 },
): KeyValues {
  const single = singleValues(key, placed, who, budget, listed);
  const clausesOnSets = placed.filter(({ clause }) => clause.clause.set !== undefined).length;
  const sets = clausesOnSets + listed.length + ends;
  const absent: KeyValue[] = canBeAbsent(key, who) ? [undefined] : [];
  if (sets === 0 && !isMultivalued(key)) return { values: [...absent, ...single.values], exact: single.exact };
  const ascending = listsOf(single.values, Math.max(1, sets));
  const backwards = ends === 0 ? [] : ascending.values.map((list) => [...list].reverse());
  const lists = { values: [...ascending.values, ...backwards], exact: ascending.exact };
  const values = isMultivalued(key)
    ? [...single.values.map((value) => [value]), ...lists.values]
    : [...single.values, ...lists.values];
  return { values: [...absent, ...values], exact: single.exact && lists.exact };
}

/** Lists of two values or more, up to `longest`: every clause about a list is proved or broken by one value of it. */
function listsOf(values: readonly string[], longest: number): { values: readonly string[][]; exact: boolean } {
  const lists: string[][] = [];
  let level = values.map((value, i) => ({ list: [value], from: i + 1 }));
  for (let length = 2; length <= Math.min(longest, values.length); length++) {
    const next: typeof level = [];
    for (const { list, from } of level) {
      for (let i = from; i < values.length; i++) {
        if (lists.length >= MOST_LISTS) return { values: lists, exact: false };
        const longer = [...list, values[i] ?? ''];
        lists.push(longer);
        next.push({ list: longer, from: i + 1 });
      }
    }
    level = next;
  }
  return { values: lists, exact: true };
}

function singleValues(
  key: string,
  placed: readonly PlacedClause[],
  who: Who,
  budget: number,
  listed: readonly string[],
): { values: readonly string[]; exact: boolean } {
  const clauses = placed.map(({ clause }) => clause);
  const universe = withoutEmpty(key, clauses, universeOf(key, who));
  if (universe.length === 0) return { values: [], exact: true };
  const families = new Set(clauses.map(familyOf));
  families.delete('none');
  if (isBooleanKey(key) || (families.size === 1 && families.has('bool'))) {
    const [only, ...more] = isBooleanKey(key) ? universe : [];
    const possible = only === undefined || more.length > 0 ? BOOLEAN_VALUES : [only.map(({ chars }) => chars).join('')];
    return { values: possible, exact: true };
  }
  if (families.has('bool')) families.add('text').delete('bool');
  const ordered = orderedValues(key, clauses, families);
  if (families.size > 0 && !families.has('text')) return { values: ordered, exact: families.size === 1 };
  const patterns = placed.flatMap(({ clause, context }) => textPatterns(clause, context));
  patterns.push(...listed.map(foldedPattern));
  const excluded = key === 'aws:principalarn' ? (who.unlike ?? []) : [];
  const members = classMembers([...patterns, ...excluded.map(literal)], universe, budget);
  const texts = members?.map(({ text }) => text).filter((text) => !excluded.includes(text)) ?? [];
  return { values: [...texts, ...ordered], exact: members !== undefined && families.size <= 1 };
}

/**
 * Few keys can hold an empty text. Where a policy asks by Null whether such a key is there, an empty one is not looked at, unless it is
 * named: AWS does not say whether it counts as there.
 */
function withoutEmpty(
  key: string,
  clauses: readonly CompiledClause[],
  universe: readonly Pattern[],
): readonly Pattern[] {
  const isNamed = clauses.some(({ clause }) => clause.operator !== NULL_OPERATOR && clause.values.includes(''));
  const isAskedFor = clauses.some(({ clause }) => clause.operator === NULL_OPERATOR);
  if (isNamed || (canBeEmpty(key) && !isAskedFor)) return universe;
  return universe.flatMap((pattern) => {
    if (pattern.length === 0) return [];
    return pattern === ANYTHING ? [SOMETHING] : [pattern];
  });
}

function orderedValues(key: string, clauses: readonly CompiledClause[], families: ReadonlySet<Family>): string[] {
  const textsOf = (family: Family) =>
    clauses.filter((clause) => familyOf(clause) === family).flatMap(({ clause }) => clause.values);
  const values: string[] = [];
  if (families.has('number')) values.push(...numbersAround(textsOf('number'), isIntegerKey(key) ? 'whole' : 'any'));
  if (families.has('date')) {
    values.push(...(key === 'aws:epochtime' ? epochsAround(textsOf('date')) : datesAround(textsOf('date'))));
  }
  if (families.has('address')) values.push(...addressesAround(textsOf('address')));
  if (families.has('binary')) values.push(...new Set(textsOf('binary')), 'bGVhc3R3aXNl');
  return values;
}

/** What a clause tells apart among texts. */
export function textPatterns(compiled: CompiledClause, context: RequestContext): readonly Pattern[] {
  const { clause, operator } = compiled;
  if (clause.operator === NULL_OPERATOR) return [literal('')];
  const patterns = templatesOf(compiled).flatMap((template) => {
    const pieces = resolveTemplate(template, context);
    if (pieces === undefined || operator === undefined) return [];
    if (operator.name.startsWith('Arn')) {
      const pattern = arnPattern(pieces);
      return pattern === undefined ? [] : [pattern];
    }
    if (operator.name.endsWith('IgnoreCase') || operator.name === 'Bool') return [foldedPattern(plainText(pieces))];
    return [operator.name.endsWith('Like') ? textPattern(pieces) : literal(plainText(pieces))];
  });
  return operator?.name.startsWith('Arn') ? [...patterns, ANY_ARN] : patterns;
}
