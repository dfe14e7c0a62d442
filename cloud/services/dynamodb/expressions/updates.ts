/** Reads update expressions (Amazon DynamoDB Developer Guide, "Using update expressions in DynamoDB"). */
import type { Value, ValueType } from '../values.ts';
import { checkDisjoint } from './paths.ts';
import { ExpressionReader } from './reader.ts';
import type { Substitutes } from './substitutes.ts';
import type { Path, Setting, Update } from './syntax.ts';

type Section = 'SET' | 'REMOVE' | 'ADD' | 'DELETE';
const SECTIONS: readonly Section[] = ['SET', 'REMOVE', 'ADD', 'DELETE'];

/** As the errors of ADD and DELETE call the types. */
const TYPE_NAMES: Readonly<Record<ValueType, string>> = {
  S: 'STRING',
  N: 'NUMBER',
  B: 'BINARY',
  SS: 'STRING_SET',
  NS: 'NUMBER_SET',
  BS: 'BINARY_SET',
  L: 'LIST',
  M: 'MAP',
  BOOL: 'BOOLEAN',
  NULL: 'NULL',
};

interface Growing {
  readonly set: { readonly path: Path; readonly to: Setting }[];
  readonly remove: Path[];
  readonly add: { readonly path: Path; readonly value: Value }[];
  readonly delete: { readonly path: Path; readonly value: Value }[];
}

/** @throws ValidationException */
export function parseUpdate(text: string, substitutes: Substitutes): Update {
  const reader = new ExpressionReader(text, 'UpdateExpression', substitutes);
  const update: Growing = { set: [], remove: [], add: [], delete: [] };
  const seen = new Set<Section>();
  do {
    const section = SECTIONS.find((each) => reader.isKeyword(each));
    if (section === undefined) throw reader.unexpected();
    if (seen.has(section)) {
      throw reader.invalid(`The "${section}" section can only be used once in an update expression;`);
    }
    seen.add(section);
    reader.next();
    do readAction(reader, section, update);
    while (reader.take(','));
  } while (reader.peek().kind !== 'end');
  checkDisjoint(pathsOf(update), 'UpdateExpression');
  return update;
}

/** The paths that an update changes. */
export function pathsOf(update: Update): readonly Path[] {
  return [...update.set, ...update.remove.map((path) => ({ path })), ...update.add, ...update.delete].map(
    ({ path }) => path,
  );
}

function readAction(reader: ExpressionReader, section: Section, update: Growing): void {
  reader.countOperator();
  const path = reader.path();
  if (section === 'REMOVE') {
    update.remove.push(path);
    return;
  }
  if (section === 'SET') {
    reader.expect('=');
    update.set.push({ path, to: setting(reader) });
    return;
  }
  const value = reader.value();
  const isSet = value.type === 'SS' || value.type === 'NS' || value.type === 'BS';
  if (!isSet && !(section === 'ADD' && value.type === 'N')) {
    throw reader.invalid(
      `Incorrect operand type for operator or function; operator: ${section}, operand type: ${TYPE_NAMES[value.type]}, typeSet: ALLOWED_FOR_${section}_OPERAND`,
    );
  }
  (section === 'ADD' ? update.add : update.delete).push({ path, value });
}

function setting(reader: ExpressionReader): Setting {
  const left = term(reader);
  const sign = (['+', '-'] as const).find((each) => reader.isSymbol(each));
  if (sign === undefined) return left;
  reader.next();
  reader.countOperator();
  const right = term(reader);
  for (const operand of [left, right]) {
    if (operand.kind === 'value' && operand.value.type !== 'N') throw wrongType(reader, sign, operand.value.type);
  }
  return { kind: sign === '+' ? 'plus' : 'minus', left, right };
}

function term(reader: ExpressionReader): Setting {
  const token = reader.peek();
  if (reader.isSymbol('(')) {
    reader.countOperator();
    return reader.grouped(() => setting(reader));
  }
  if (token.kind === 'value') return { kind: 'value', value: reader.value() };
  if (token.kind !== 'name' || reader.peek(1).text !== '(') return { kind: 'path', path: reader.path() };
  reader.countOperator();
  return call(reader);
}

function call(reader: ExpressionReader): Setting {
  const name = reader.next().text;
  if (name !== 'if_not_exists' && name !== 'list_append') {
    throw reader.invalid(
      ['attribute_exists', 'attribute_not_exists', 'attribute_type', 'begins_with', 'contains', 'size'].includes(name)
        ? `The function is not allowed in an update expression; function: ${name}`
        : `Invalid function name; function: ${name}`,
    );
  }
  reader.expect('(');
  const operands = [setting(reader)];
  while (reader.take(',')) operands.push(setting(reader));
  reader.expect(')');
  const [left, right] = operands;
  if (left === undefined || right === undefined || operands.length > 2) {
    throw reader.invalid(
      `Incorrect number of operands for operator or function; operator or function: ${name}, number of operands: ${operands.length}`,
    );
  }
  if (name === 'if_not_exists') {
    if (left.kind !== 'path') {
      throw reader.invalid('Operator or function requires a document path; operator or function: if_not_exists');
    }
    return { kind: name, path: left.path, otherwise: right };
  }
  for (const operand of [left, right]) {
    if (operand.kind === 'value' && operand.value.type !== 'L') throw wrongType(reader, name, operand.value.type);
  }
  return { kind: name, left, right };
}

function wrongType(reader: ExpressionReader, name: string, type: ValueType) {
  return reader.invalid(
    `Incorrect operand type for operator or function; operator or function: ${name}, operand type: ${type}`,
  );
}
