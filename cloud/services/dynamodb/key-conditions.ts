/** Key conditions: one partition, and of its items those between two sort keys (Developer Guide, "Key condition expressions"). */
import { invalidValues, validation } from './errors.ts';
import { parseCondition } from './expressions/conditions.ts';
import type { Substitutes } from './expressions/substitutes.ts';
import type { Condition, Operand } from './expressions/syntax.ts';
import { invalidExpression } from './expressions/tokens.ts';
import type { KeySchema, TableState } from './state.ts';
import { keyTypeOf } from './tables.ts';
import { type Value, valueSize } from './values.ts';

const expression = 'KeyConditionExpression';

/** What a query asks for of a key. */
export interface KeyCondition {
  readonly partition: Value;
  /** Holds of the items that are asked for. */
  readonly condition: Condition;
}

/** Reads the expression, before the table is known. @throws ValidationException */
export function parseKeyCondition(text: string, substitutes: Substitutes): Condition {
  const condition = parseCondition(text, expression, substitutes);
  for (const part of partsOf(condition)) checkPart(part);
  return condition;
}

function partsOf(condition: Condition): readonly Condition[] {
  return condition.kind === 'and' ? [...partsOf(condition.left), ...partsOf(condition.right)] : [condition];
}

function checkPart(part: Condition): void {
  switch (part.kind) {
    case 'or':
    case 'not':
    case 'in':
      throw invalidExpression(
        expression,
        `Invalid operator used in KeyConditionExpression: ${part.kind.toUpperCase()}`,
      );
    case 'attribute_exists':
    case 'attribute_not_exists':
    case 'attribute_type':
    case 'contains':
      throw invalidExpression(expression, `Invalid operator used in KeyConditionExpression: ${part.kind}`);
    case 'compare':
      if (part.comparator === '<>') {
        throw invalidExpression(expression, 'Invalid operator used in KeyConditionExpression: <>');
      }
  }
}

interface OnKey {
  readonly name: string;
  readonly values: readonly Value[];
  readonly part: Condition;
}

/** A condition on one attribute, compared with values. */
function onKey(part: Condition): OnKey {
  const operands: readonly Operand[] =
    part.kind === 'compare'
      ? [part.left, part.right]
      : part.kind === 'between'
        ? [part.operand, part.low, part.high]
        : part.kind === 'begins_with'
          ? [part.operand, part.argument]
          : [];
  const paths = operands.flatMap((operand) => (operand.kind === 'path' ? [operand.path] : []));
  const values = operands.flatMap((operand) => (operand.kind === 'value' ? [operand.value] : []));
  const [path] = paths;
  if (operands.some(({ kind }) => kind === 'size')) {
    throw invalidExpression(expression, 'KeyConditionExpressions cannot contain nested operations');
  }
  if (path === undefined || paths.length > 1) {
    throw invalidExpression(
      expression,
      paths.length > 1
        ? 'Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition'
        : 'Invalid condition in KeyConditionExpression: No key attribute specified',
    );
  }
  if (path.length > 1) {
    throw invalidExpression(expression, 'KeyConditionExpressions cannot have conditions on nested attributes');
  }
  return { name: path[0], values, part };
}

/** The key condition of a table or an index. @throws ValidationException */
export function keyConditionOf(condition: Condition, keys: KeySchema, table: TableState): KeyCondition {
  const parts = partsOf(condition).map(onKey);
  const names = parts.map(({ name }) => name);
  if (new Set(names).size < names.length) {
    throw validation('KeyConditionExpressions must only contain one condition per key');
  }
  if (parts.length > 2) throw validation('Conditions can be of length 1 or 2 only');
  const onPartition = parts.find(({ name }) => name === keys.partition);
  if (onPartition === undefined) throw missing(keys.partition);
  const onSort = parts.find((part) => part !== onPartition);
  if (onSort !== undefined && onSort.name !== keys.sort) {
    throw keys.sort === undefined ? validation('Query key condition not supported') : missing(keys.sort);
  }
  const { part, values } = onPartition;
  const [partition] = values;
  if (part.kind !== 'compare' || part.comparator !== '=' || partition === undefined) {
    throw validation('Query key condition not supported');
  }
  for (const { name, values: given } of parts) for (const value of given) checkValue(name, value, table);
  return { partition, condition };
}

function checkValue(name: string, value: Value, table: TableState): void {
  if (value.type !== keyTypeOf(table, name)) {
    throw invalidValues('Condition parameter type does not match schema type');
  }
  if (valueSize(value) > 0) return;
  throw invalidValues(
    `The AttributeValue for a key attribute cannot contain an empty ${value.type === 'B' ? 'binary' : 'string'} value. Key: ${name}`,
  );
}

function missing(name: string) {
  return validation(`Query condition missed key schema element: ${name}`);
}
