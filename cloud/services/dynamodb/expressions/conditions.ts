/** Reads conditions: of writes, filters and keys (Amazon DynamoDB Developer Guide, "Condition and filter expressions, operators"). */
import { compareValues, type Value, type ValueType } from '../values.ts';
import { ExpressionReader } from './reader.ts';
import type { Substitutes } from './substitutes.ts';
import { type Comparator, type Condition, type Operand, shownPath } from './syntax.ts';
import type { ExpressionName } from './tokens.ts';

const COMPARATORS: ReadonlySet<string> = new Set(['=', '<>', '<', '<=', '>', '>=']);
const FUNCTIONS: Readonly<Record<string, number>> = {
  attribute_exists: 1,
  attribute_not_exists: 1,
  attribute_type: 2,
  begins_with: 2,
  contains: 2,
};
const ORDERED: readonly ValueType[] = ['S', 'N', 'B'];
const TYPES: readonly string[] = ['B', 'NULL', 'SS', 'BOOL', 'L', 'BS', 'N', 'NS', 'S', 'M'];

/** @throws ValidationException */
export function parseCondition(text: string, expression: ExpressionName, substitutes: Substitutes): Condition {
  const reader = new ExpressionReader(text, expression, substitutes);
  const condition = disjunction(reader);
  reader.expectEnd();
  return condition;
}

function disjunction(reader: ExpressionReader): Condition {
  let left = conjunction(reader);
  while (reader.take('OR')) {
    reader.countOperator();
    left = { kind: 'or', left, right: conjunction(reader) };
  }
  return left;
}

function conjunction(reader: ExpressionReader): Condition {
  let left = negation(reader);
  while (reader.take('AND')) {
    reader.countOperator();
    left = { kind: 'and', left, right: negation(reader) };
  }
  return left;
}

function negation(reader: ExpressionReader): Condition {
  if (!reader.take('NOT')) return primary(reader);
  reader.countOperator();
  return { kind: 'not', condition: negation(reader) };
}

function primary(reader: ExpressionReader): Condition {
  reader.countOperator();
  if (reader.isSymbol('(')) return reader.grouped(() => disjunction(reader));
  if (reader.peek().kind === 'name' && reader.peek(1).text === '(' && reader.peek().text !== 'size')
    return call(reader);
  return comparison(reader);
}

function call(reader: ExpressionReader): Condition {
  const name = reader.next().text;
  const wanted = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (wanted === undefined) {
    throw reader.invalid(
      ['if_not_exists', 'list_append'].includes(name)
        ? `The function is not allowed in a ${wordsOf(reader.expression)} expression; function: ${name}`
        : `Invalid function name; function: ${name}`,
    );
  }
  reader.expect('(');
  const operands = operandList(reader);
  const [operand, argument] = operands;
  if (operands.length !== wanted || operand === undefined) throw wrongCount(reader, name, operands.length);
  if (name === 'attribute_exists' || name === 'attribute_not_exists') {
    if (operand.kind !== 'path') {
      throw reader.invalid(`Operator or function requires a document path; operator or function: ${name}`);
    }
    return { kind: name, path: operand.path };
  }
  if (argument === undefined) throw wrongCount(reader, name, operands.length);
  const kind = name as 'attribute_type' | 'begins_with' | 'contains';
  checkArguments(reader, kind, operand, argument);
  return { kind, operand, argument };
}

function wordsOf(expression: ExpressionName): string {
  return expression
    .replace('Expression', '')
    .replace(/(?!^)([A-Z])/g, ' $1')
    .toLowerCase();
}

function wrongCount(reader: ExpressionReader, name: string, count: number) {
  return reader.invalid(
    `Incorrect number of operands for operator or function; operator or function: ${name}, number of operands: ${count}`,
  );
}

function wrongType(reader: ExpressionReader, name: string, type: ValueType) {
  return reader.invalid(
    `Incorrect operand type for operator or function; operator or function: ${name}, operand type: ${type}`,
  );
}

function checkArguments(
  reader: ExpressionReader,
  name: 'attribute_type' | 'begins_with' | 'contains',
  operand: Operand,
  argument: Operand,
): void {
  if (name === 'begins_with') {
    for (const each of [operand, argument]) {
      if (each.kind === 'value' && each.value.type !== 'S' && each.value.type !== 'B') {
        throw wrongType(reader, name, each.value.type);
      }
    }
  }
  if (name !== 'attribute_type') return;
  if (argument.kind !== 'value' || argument.value.type !== 'S') {
    throw wrongType(reader, name, argument.kind === 'value' ? argument.value.type : 'NULL');
  }
  if (!TYPES.includes(argument.value.value)) {
    throw reader.invalid(
      `Invalid attribute type name found; type: ${argument.value.value}, valid types: {${TYPES.join(',')}}`,
    );
  }
}

/** Operands up to the closing parenthesis. */
function operandList(reader: ExpressionReader): readonly Operand[] {
  const operands = [operandOf(reader)];
  while (reader.take(',')) operands.push(operandOf(reader));
  reader.expect(')');
  return operands;
}

function operandOf(reader: ExpressionReader): Operand {
  const token = reader.peek();
  if (token.kind === 'value') return { kind: 'value', value: reader.value() };
  if (token.kind !== 'name' || reader.peek(1).text !== '(') return { kind: 'path', path: reader.path() };
  if (token.text !== 'size') {
    throw reader.invalid(
      Object.hasOwn(FUNCTIONS, token.text)
        ? `The function is not allowed to be used this way in an expression; function: ${token.text}`
        : `Invalid function name; function: ${token.text}`,
    );
  }
  reader.countOperator();
  reader.next();
  reader.expect('(');
  const operands = operandList(reader);
  const [operand] = operands;
  if (operand === undefined || operands.length !== 1) throw wrongCount(reader, 'size', operands.length);
  if (operand.kind === 'value') throw wrongType(reader, 'size', operand.value.type);
  return { kind: 'size', path: operand.path };
}

function comparison(reader: ExpressionReader): Condition {
  const left = operandOf(reader);
  if (reader.take('BETWEEN')) {
    const low = operandOf(reader);
    reader.expect('AND');
    const high = operandOf(reader);
    checkBounds(reader, low, high);
    return { kind: 'between', operand: left, low, high };
  }
  if (reader.take('IN')) {
    reader.expect('(');
    const among = operandList(reader);
    if (among.length > 100) throw wrongCount(reader, 'IN', among.length + 1);
    return { kind: 'in', operand: left, among };
  }
  if (!COMPARATORS.has(reader.peek().text)) throw reader.unexpected();
  const comparator = reader.next().text as Comparator;
  const right = operandOf(reader);
  if (comparator !== '=' && comparator !== '<>') {
    for (const each of [left, right]) {
      if (each.kind === 'value' && !ORDERED.includes(each.value.type)) {
        throw wrongType(reader, comparator, each.value.type);
      }
    }
  }
  if (left.kind === 'path' && right.kind === 'path' && shownPath(left.path) === shownPath(right.path)) {
    throw reader.invalid(
      `The first operand must be distinct from the remaining operands for this operator or function; operator: ${comparator}, first operand: ${shownPath(left.path)}`,
    );
  }
  return { kind: 'compare', comparator, left, right };
}

function checkBounds(reader: ExpressionReader, low: Operand, high: Operand): void {
  for (const each of [low, high]) {
    if (each.kind === 'value' && !ORDERED.includes(each.value.type))
      throw wrongType(reader, 'BETWEEN', each.value.type);
  }
  if (low.kind !== 'value' || high.kind !== 'value') return;
  const shown = ({ type, value }: Value) => `AttributeValue: {${type}:${String(value)}}`;
  const bounds = `lower bound operand: ${shown(low.value)}, upper bound operand: ${shown(high.value)}`;
  const order = compareValues(low.value, high.value);
  if (order === undefined) {
    throw reader.invalid(`The BETWEEN operator requires same data type for lower and upper bounds; ${bounds}`);
  }
  if (order > 0) {
    throw reader.invalid(
      `The BETWEEN operator requires upper bound to be greater than or equal to lower bound; ${bounds}`,
    );
  }
}
