/** Attribute values: as expressions work on them, as they are compared, and what they weigh. */
import { compareNumbers, digitsOf, readNumber } from './numbers.ts';

export type SetType = 'SS' | 'NS' | 'BS';

/** Numbers are in their one way of writing, bytes in lower-case hex, sets in order: what is equal reads the same. */
export type Value =
  | { readonly type: 'S' | 'N' | 'B'; readonly value: string }
  | { readonly type: 'BOOL'; readonly value: boolean }
  | { readonly type: 'NULL'; readonly value: true }
  | { readonly type: SetType; readonly value: readonly string[] }
  | { readonly type: 'L'; readonly value: readonly Value[] }
  | { readonly type: 'M'; readonly value: Item };

export type ValueType = Value['type'];

/** Attributes by name. */
export type Item = ReadonlyMap<string, Value>;

/** UTF-8 bytes of a text; DynamoDB sorts and measures by them. */
export function byteLength(text: string): number {
  let length = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    length += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return length;
}

/** In the order of their UTF-8 bytes, which is that of code points. */
export function compareTexts(a: string, b: string): number {
  const left = a[Symbol.iterator]();
  const right = b[Symbol.iterator]();
  for (;;) {
    const { value: x } = left.next();
    const { value: y } = right.next();
    if (x === undefined || y === undefined) return x === y ? 0 : x === undefined ? -1 : 1;
    if (x !== y) return (x.codePointAt(0) ?? 0) - (y.codePointAt(0) ?? 0);
  }
}

/** Numbers, texts or bytes in their order; undefined where the types differ or have none. */
export function compareValues(a: Value, b: Value): number | undefined {
  if (a.type === 'N' && b.type === 'N') return compareNumbers(readNumber(a.value), readNumber(b.value));
  if ((a.type === 'S' && b.type === 'S') || (a.type === 'B' && b.type === 'B')) return compareTexts(a.value, b.value);
  return undefined;
}

export function isEqual(a: Value, b: Value): boolean {
  if (a.type === 'L' && b.type === 'L') {
    return a.value.length === b.value.length && a.value.every((item, n) => isEqualOrNone(item, b.value[n]));
  }
  if (a.type === 'M' && b.type === 'M') {
    return (
      a.value.size === b.value.size && [...a.value].every(([name, item]) => isEqualOrNone(item, b.value.get(name)))
    );
  }
  if (Array.isArray(a.value) && Array.isArray(b.value)) {
    const other: readonly unknown[] = b.value;
    return a.type === b.type && a.value.length === other.length && a.value.every((item, n) => item === other[n]);
  }
  return a.type === b.type && a.value === b.value;
}

function isEqualOrNone(a: Value, b: Value | undefined): boolean {
  return b !== undefined && isEqual(a, b);
}

function numberSize(text: string): number {
  const number = readNumber(text);
  return Math.ceil(digitsOf(number) / 2) + 1 + (number.coefficient < 0n ? 1 : 0);
}

/** Bytes of a value (Amazon DynamoDB Developer Guide, "DynamoDB item sizes and formats"). */
export function valueSize(value: Value): number {
  switch (value.type) {
    case 'S':
      return byteLength(value.value);
    case 'N':
      return numberSize(value.value);
    case 'B':
      return value.value.length / 2;
    case 'BOOL':
    case 'NULL':
      return 1;
    case 'SS':
      return sum(value.value.map(byteLength));
    case 'NS':
      return sum(value.value.map(numberSize));
    case 'BS':
      return sum(value.value.map((bytes) => bytes.length / 2));
    case 'L':
      return 3 + sum(value.value.map((item) => valueSize(item) + 1));
    case 'M':
      return 3 + sum([...value.value].map(([name, item]) => byteLength(name) + valueSize(item) + 1));
  }
}

/** Bytes of an item: its names and values. */
export function itemSize(item: Item): number {
  return sum([...item].map(([name, value]) => byteLength(name) + valueSize(value)));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** A set in its order. */
export function orderedSet(type: SetType, members: readonly string[]): readonly string[] {
  if (type !== 'NS') return [...members].sort(compareTexts);
  // Each is read once: a set may have a hundred thousand.
  const numbers = members.map((text) => ({ text, number: readNumber(text) }));
  return numbers.sort((a, b) => compareNumbers(a.number, b.number)).map(({ text }) => text);
}
