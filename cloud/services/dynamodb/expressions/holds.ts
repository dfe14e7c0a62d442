/** Whether a condition holds of an item. */
import { compareValues, type Item, isEqual, type Value, valueSize } from '../values.ts';
import { valueAt } from './paths.ts';
import type { Condition, Operand } from './syntax.ts';

/** Of what is not there, or has another type, no comparison holds but `<>`. */
export function holds(condition: Condition, item: Item): boolean {
  switch (condition.kind) {
    case 'and':
      return holds(condition.left, item) && holds(condition.right, item);
    case 'or':
      return holds(condition.left, item) || holds(condition.right, item);
    case 'not':
      return !holds(condition.condition, item);
    case 'compare':
      return compares(condition.comparator, operandValue(condition.left, item), operandValue(condition.right, item));
    case 'between': {
      const value = operandValue(condition.operand, item);
      return (
        compares('>=', value, operandValue(condition.low, item)) &&
        compares('<=', value, operandValue(condition.high, item))
      );
    }
    case 'in': {
      const value = operandValue(condition.operand, item);
      return condition.among.some((each) => compares('=', value, operandValue(each, item)));
    }
    case 'attribute_exists':
      return valueAt(item, condition.path) !== undefined;
    case 'attribute_not_exists':
      return valueAt(item, condition.path) === undefined;
    default:
      return applies(condition.kind, operandValue(condition.operand, item), operandValue(condition.argument, item));
  }
}

function operandValue(operand: Operand, item: Item): Value | undefined {
  if (operand.kind === 'value') return operand.value;
  const value = valueAt(item, operand.path);
  return operand.kind === 'path' ? value : sizeOf(value);
}

/** Characters, bytes or elements; numbers and truth values have no size. */
function sizeOf(value: Value | undefined): Value | undefined {
  switch (value?.type) {
    case 'S':
    case 'B':
      return { type: 'N', value: String(valueSize(value)) };
    case 'M':
      return { type: 'N', value: String(value.value.size) };
    case 'SS':
    case 'NS':
    case 'BS':
    case 'L':
      return { type: 'N', value: String(value.value.length) };
    default:
      return undefined;
  }
}

function compares(comparator: string, left: Value | undefined, right: Value | undefined): boolean {
  if (left === undefined || right === undefined) return comparator === '<>';
  if (comparator === '=') return isEqual(left, right);
  if (comparator === '<>') return !isEqual(left, right);
  const order = compareValues(left, right);
  if (order === undefined) return false;
  if (comparator === '<') return order < 0;
  if (comparator === '<=') return order <= 0;
  return comparator === '>' ? order > 0 : order >= 0;
}

function applies(
  name: 'attribute_type' | 'begins_with' | 'contains',
  value: Value | undefined,
  argument: Value | undefined,
): boolean {
  if (value === undefined || argument === undefined) return false;
  if (name === 'attribute_type') return value.type === argument.value;
  if (name === 'begins_with') {
    if (value.type !== argument.type || (value.type !== 'S' && value.type !== 'B')) return false;
    return value.value.startsWith(String(argument.value));
  }
  return contains(value, argument);
}

const MEMBER_TYPES = { SS: 'S', NS: 'N', BS: 'B' } as const;

function contains(value: Value, argument: Value): boolean {
  switch (value.type) {
    case 'S':
      return argument.type === 'S' && value.value.includes(argument.value);
    case 'B':
      return argument.type === 'B' && containsBytes(value.value, argument.value);
    case 'SS':
    case 'NS':
    case 'BS':
      return argument.type === MEMBER_TYPES[value.type] && value.value.includes(String(argument.value));
    case 'L':
      return value.value.some((element) => isEqual(element, argument));
    default:
      return false;
  }
}

/** Both in hex: a find counts only where a byte begins. */
function containsBytes(hex: string, part: string): boolean {
  for (let at = hex.indexOf(part); at >= 0; at = hex.indexOf(part, at + 1)) if (at % 2 === 0) return true;
  return false;
}
