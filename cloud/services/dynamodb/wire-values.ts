/** Attribute values as they come and go on the wire, and as the state keeps them. */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { bytesOfHex, hexOf } from '../../hex.ts';
import { define } from '../../own.ts';
import { invalidValues, validation } from './errors.ts';
import { dynamoDbLimits } from './limits.ts';
import { readNumber, writeNumber } from './numbers.ts';
import { type Item, orderedSet, type SetType, type Value, type ValueType } from './values.ts';

export type WireItem = Record<string, AttributeValue>;

const KNOWN: ReadonlySet<string> = new Set<ValueType>(['S', 'N', 'B', 'BOOL', 'NULL', 'SS', 'NS', 'BS', 'L', 'M']);

/** A value of a request. @throws ValidationException */
export function readValue(wire: AttributeValue | null | undefined, depth = 1): Value {
  if (depth > dynamoDbLimits.nesting) throw validation('Nesting Levels have exceeded supported limits');
  const given = Object.entries(wire ?? {}).filter(([type]) => KNOWN.has(type));
  const [first] = given;
  if (first === undefined) {
    throw validation('Supplied AttributeValue is empty, must contain exactly one of the supported datatypes');
  }
  if (given.length > 1) {
    throw validation(
      'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
    );
  }
  return readTyped(first[0] as ValueType, first[1], depth);
}

function readTyped(type: ValueType, given: unknown, depth: number): Value {
  switch (type) {
    case 'S':
      return { type, value: given as string };
    case 'N':
      return { type, value: writeNumber(readNumber(given as string)) };
    case 'B':
      return { type, value: hexOf(given as Uint8Array) };
    case 'BOOL':
      return { type, value: given as boolean };
    case 'NULL':
      if (given !== true) throw invalidValues('Null attribute value types must have the value of true');
      return { type, value: true };
    case 'L':
      return { type, value: (given as AttributeValue[]).map((item) => readValue(item, depth + 1)) };
    case 'M':
      return { type, value: readItem(given as WireItem, depth + 1) };
    default:
      return readSet(type, given as readonly unknown[]);
  }
}

/** With AWS's own two spaces. */
const EMPTY: Readonly<Record<SetType, string>> = {
  SS: 'An string set  may not be empty',
  NS: 'An number set  may not be empty',
  BS: 'Binary sets should not be empty',
};

function readSet(type: SetType, given: readonly unknown[]): Value {
  if (given.length === 0) throw invalidValues(EMPTY[type]);
  const members = given.map((member) => {
    if (type === 'SS') return member as string;
    return type === 'NS' ? writeNumber(readNumber(member as string)) : hexOf(member as Uint8Array);
  });
  if (new Set(members).size < members.length) {
    if (type === 'NS') throw validation('Input collection contains duplicates');
    throw invalidValues(
      `Input collection [${given.join(', ')}]${type === 'BS' ? 'of type BS' : ''} contains duplicates.`,
    );
  }
  return { type, value: orderedSet(type, members) };
}

/** The attributes of a request's item or map. @throws ValidationException */
export function readItem(wire: Readonly<WireItem>, depth = 1): Item {
  return new Map(Object.entries(wire).map(([name, value]) => [name, readValue(value, depth)]));
}

/** A value for an answer. */
export function wireValue(value: Value): AttributeValue {
  switch (value.type) {
    case 'S':
      return { S: value.value };
    case 'N':
      return { N: value.value };
    case 'B':
      return { B: bytesOfHex(value.value) };
    case 'BOOL':
      return { BOOL: value.value };
    case 'NULL':
      return { NULL: true };
    case 'SS':
      return { SS: [...value.value] };
    case 'NS':
      return { NS: [...value.value] };
    case 'BS':
      return { BS: value.value.map(bytesOfHex) };
    case 'L':
      return { L: value.value.map(wireValue) };
    case 'M':
      return { M: wireItem(value.value) };
  }
}

/** An item for an answer. Names come from outside: `__proto__` is one like another. */
export function wireItem(item: Item): WireItem {
  const wire: WireItem = {};
  for (const [name, value] of item) define(wire, name, wireValue(value));
  return wire;
}

type Stored = readonly [type: ValueType, value: unknown];

/**
 * An item as the state keeps it: JSON text, so that names from outside are never members of the state, and an item changes as a
 * whole.
 */
export function writeItem(item: Item): string {
  return JSON.stringify(storedItem(item));
}

function storedItem(item: Item): readonly (readonly [string, Stored])[] {
  return [...item].map(([name, value]) => [name, stored(value)]);
}

function stored(value: Value): Stored {
  if (value.type === 'L') return ['L', value.value.map(stored)];
  return [value.type, value.type === 'M' ? storedItem(value.value) : value.value];
}

/** The item that `writeItem` was given. */
export function itemOf(text: string): Item {
  return fromStored(JSON.parse(text));
}

function fromStored(entries: readonly (readonly [string, Stored])[]): Item {
  return new Map(entries.map(([name, value]) => [name, fromStoredValue(value)]));
}

function fromStoredValue([type, value]: Stored): Value {
  if (type === 'L') return { type, value: (value as readonly Stored[]).map(fromStoredValue) };
  if (type === 'M') return { type, value: fromStored(value as readonly (readonly [string, Stored])[]) };
  return { type, value } as Value;
}
