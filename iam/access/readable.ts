/** Formulas as conditions that people and programs read. */
import { evaluateClause } from '../conditions/clause.ts';
import { findOperator, splitOperatorName } from '../conditions/operators.ts';
import { type AccessCondition, clauseOf, type KeyCondition } from './condition.ts';
import type { Formula, Leaf } from './formula.ts';
import type { Knowledge } from './knowledge.ts';
import { openVariables } from './partial-clause.ts';

const OPPOSITES: Readonly<Record<string, string>> = {
  StringEquals: 'StringNotEquals',
  StringEqualsIgnoreCase: 'StringNotEqualsIgnoreCase',
  StringLike: 'StringNotLike',
  ArnEquals: 'ArnNotEquals',
  ArnLike: 'ArnNotLike',
  IpAddress: 'NotIpAddress',
  NumericEquals: 'NumericNotEquals',
  DateEquals: 'DateNotEquals',
  NumericLessThan: 'NumericGreaterThanEquals',
  NumericLessThanEquals: 'NumericGreaterThan',
  DateLessThan: 'DateGreaterThanEquals',
  DateLessThanEquals: 'DateGreaterThan',
};
const OPPOSITE: ReadonlyMap<string, string> = new Map(
  Object.entries(OPPOSITES).flatMap(([name, opposite]) => [
    [name, opposite],
    [opposite, name],
  ]),
);
const OTHER_SET = { ForAllValues: 'ForAnyValue', ForAnyValue: 'ForAllValues' } as const;

/**
 * The conditions, of which every one must hold; a formula that is `never` has none and is no argument. `asked` are all clauses that were
 * asked about the request: how a clause may be written otherwise depends on the values that they tell apart.
 */
export function conditionsOf(
  formula: Formula,
  knowledge: Knowledge,
  asked: readonly Leaf[],
): readonly AccessCondition[] {
  switch (formula.kind) {
    case 'always':
      return [];
    case 'never':
      throw new Error('What can never be has no conditions.');
    case 'clause':
      return leafConditions(formula, knowledge, asked);
    case 'all':
      return joinNegated(formula.parts.flatMap((part) => conditionsOf(part, knowledge, asked)));
    case 'any': {
      const lists = joinPositive(formula.parts.map((part) => conditionsOf(part, knowledge, asked)));
      const [only, ...more] = lists;
      return only !== undefined && more.length === 0 ? only : [{ anyOf: lists }];
    }
  }
}

/** The first writing that says the same of every value that the clause can tell apart. */
function leafConditions(leaf: Leaf, knowledge: Knowledge, asked: readonly Leaf[]): readonly AccessCondition[] {
  const { clause } = leaf;
  const ofKey = asked.filter((other) => other.clause.key === clause.key).map((other) => other.clause);
  const says = (conditions: readonly KeyCondition[]) => {
    const clauses = conditions.map(clauseOf);
    // Where only the writing asks by Null, an empty value is one that the clause was asked about, and must stay right.
    const asIs = knowledge.valuesOf(clause.key, ofKey);
    const asWritten = knowledge.valuesOf(clause.key, [...ofKey, ...clauses]);
    if (!asIs.exact || !asWritten.exact) return false;
    return [...asIs.values, ...asWritten.values].every((value) => {
      const context = { get: (key: string) => (key === clause.key ? value : undefined) };
      const holds = clauses.every((written) => evaluateClause(written, context) === 'met');
      return holds === leaf.accepts.includes(evaluateClause(clause, context));
    });
  };
  const own = ownWriting(leaf);
  const accepted = leaf.accepts.length === 1 && leaf.accepts[0] === 'met';
  // Of a clause that compares two keys the values of one tell nothing.
  const isJoint = !knowledge.isOpen(clause.key) || openVariables(clause, knowledge).length > 0;
  const writings = isJoint ? [] : accepted ? sameWritings(own) : opposites(leaf);
  return writings.find(says) ?? [accepted ? own : { not: own }];
}

/** Ways to say that a clause is met, the shortest first. */
function sameWritings(own: KeyCondition): readonly (readonly KeyCondition[])[] {
  const isWithoutValue = own.values.every((text) => text.includes('${'));
  const bare = { ...own, operator: own.operator.replace(/IfExists$/, '') };
  return [...(isWithoutValue ? presences(own.key) : []), [bare], [own]];
}

/** Absence, and two ways to say presence: AWS does not say what `Null` makes of an empty text, which `StringLike` `*` matches. */
function presences(key: string): readonly (readonly [KeyCondition])[] {
  const is = (operator: string, value: string) => [{ operator, key, values: [value] }] as const;
  return [is('Null', 'true'), is('Null', 'false'), is('StringLike', '*')];
}

function ownWriting({ clause: { clause, version } }: Leaf): KeyCondition {
  const { set, operator, ifExists, key } = clause;
  const isOld = version === '2008-10-17' && findOperator(operator)?.variables === true;
  const values = isOld ? clause.values.map((text) => text.replaceAll('${', '${$}{')) : clause.values;
  return { operator: nameOf(operator, set, ifExists), key, values: [...new Set(values)] };
}

function nameOf(operator: string, set: string | undefined, ifExists: boolean): string {
  return `${set === undefined ? '' : `${set}:`}${operator}${ifExists ? 'IfExists' : ''}`;
}

/** Ways to say that a clause is not met, the shortest first. Which of them are right depends on the key. */
function opposites(leaf: Leaf): readonly (readonly KeyCondition[])[] {
  const own = ownWriting(leaf);
  const { operator, set } = leaf.clause.clause;
  const [, ...presence] = presences(own.key);
  const bare = oppositeOf(operator, own.values);
  const writings: (readonly KeyCondition[])[] = [];
  if (bare !== undefined) {
    const otherSet = set === undefined ? undefined : OTHER_SET[set];
    const plain = { ...own, ...bare, operator: nameOf(bare.operator, otherSet, false) };
    writings.push([plain], [{ ...plain, operator: `${plain.operator}IfExists` }]);
    writings.push(...presence.map((present) => [plain, ...present]));
  }
  return [...writings, ...presences(own.key)];
}

function oppositeOf(operator: string, values: readonly string[]) {
  if (operator === 'Bool') return values.length === 1 ? { operator, values: [flipped(values[0])] } : undefined;
  if (operator === 'Null') return values.length === 1 ? { operator, values: [flipped(values[0])] } : undefined;
  const opposite = OPPOSITE.get(operator);
  return opposite === undefined ? undefined : { operator: opposite, values };
}

function flipped(text: string | undefined): string {
  return text?.toLowerCase() === 'true' ? 'false' : 'true';
}

/** None of these and none of those: none of all. */
function joinNegated(conditions: readonly AccessCondition[]): readonly AccessCondition[] {
  return joined(conditions, (operator, set) => operator.negated && set !== 'ForAnyValue');
}

/** One of these or one of those: one of all. */
function joinPositive(lists: readonly (readonly AccessCondition[])[]): readonly (readonly AccessCondition[])[] {
  const single = lists.flatMap((list) => (list.length === 1 ? list : []));
  const rest = lists.filter((list) => list.length !== 1);
  const together = joined(single, (operator, set) => !operator.negated && set !== 'ForAllValues');
  return [...together.map((condition) => [condition]), ...rest];
}

/** Clauses of one operator and key made one, where that means the same. */
function joined(
  conditions: readonly AccessCondition[],
  joins: (operator: { readonly negated: boolean }, set: string | undefined) => boolean,
): readonly AccessCondition[] {
  const kept: AccessCondition[] = [];
  const places = new Map<string, number>();
  for (const condition of conditions) {
    const id = 'operator' in condition ? `${condition.operator} ${condition.key.toLowerCase()}` : undefined;
    const { set, operator } = splitOperatorName('operator' in condition ? condition.operator : '');
    const found = findOperator(operator);
    const place = id === undefined ? undefined : places.get(id);
    const same = place === undefined ? undefined : kept[place];
    if (place === undefined || same === undefined || !('values' in same) || !('values' in condition)) {
      if (id !== undefined && found !== undefined && joins(found, set)) places.set(id, kept.length);
      kept.push(condition);
      continue;
    }
    kept[place] = { ...same, values: [...new Set([...same.values, ...condition.values])] };
  }
  return kept;
}
