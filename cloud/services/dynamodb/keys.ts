/** Keys of items: as requests give them, as the state keeps them, and what an item needs to have of them. */
import { invalidValues, validation } from './errors.ts';
import { dynamoDbLimits } from './limits.ts';
import type { IndexState, KeySchema, TableState } from './state.ts';
import { indexesOf, keyNames, keyTypeOf } from './tables.ts';
import { compareValues, type Item, itemSize, type Value, valueSize } from './values.ts';
import { readItem, type WireItem } from './wire-values.ts';

type Keyed = Pick<TableState, 'keys' | 'attributes'>;

/** The attributes of a key, out of an item that has them. */
export function keyOf(item: Item, keys: KeySchema): Item {
  return new Map(
    keyNames(keys).flatMap((name) => {
      const value = item.get(name);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}

/** The name of an item in the state of its table. */
export function itemKey(item: Item, { keys }: Pick<TableState, 'keys'>): string {
  return JSON.stringify(keyNames(keys).map((name) => item.get(name)?.value));
}

/** The key that a request gives. @throws ValidationException */
export function readKey(wire: WireItem | undefined, table: Keyed): Item {
  const key = readItem(wire ?? {});
  const names = keyNames(table.keys);
  if (key.size !== names.length) throw wrongKey();
  for (const name of names) {
    const value = key.get(name);
    if (value?.type !== keyTypeOf(table, name)) throw wrongKey();
    checkKeyValue(name, value, table.keys);
  }
  return key;
}

function wrongKey() {
  return validation('The provided key element does not match the schema');
}

function checkKeyValue(name: string, value: Value, { partition }: KeySchema): void {
  const size = valueSize(value);
  if (size === 0) {
    const kind = value.type === 'B' ? 'binary' : 'string';
    throw invalidValues(`The AttributeValue for a key attribute cannot contain an empty ${kind} value. Key: ${name}`);
  }
  if (name === partition && size > dynamoDbLimits.partitionKeyBytes) {
    throw invalidValues(
      `Size of hashkey has exceeded the maximum size limit of${dynamoDbLimits.partitionKeyBytes} bytes`,
    );
  }
  if (name !== partition && size > dynamoDbLimits.sortKeyBytes) {
    throw invalidValues(
      `Aggregated size of all range keys has exceeded the size limit of ${dynamoDbLimits.sortKeyBytes} bytes`,
    );
  }
}

/** An item that is to be stored. @throws ValidationException */
export function checkItem(item: Item, table: TableState, size: 'new' | 'updated'): void {
  for (const name of keyNames(table.keys)) {
    const value = item.get(name);
    const expected = keyTypeOf(table, name);
    if (value === undefined) throw invalidValues(`Missing the key ${name} in the item`);
    if (value.type !== expected) {
      throw invalidValues(`Type mismatch for key ${name} expected: ${expected} actual: ${value.type}`);
    }
    checkKeyValue(name, value, table.keys);
  }
  for (const index of indexesOf(table)) checkIndexKeys(item, index, table);
  if (itemSize(item) > dynamoDbLimits.itemBytes) {
    throw validation(`Item size${size === 'new' ? '' : ' to update'} has exceeded the maximum allowed size`);
  }
}

function checkIndexKeys(item: Item, index: IndexState, table: TableState): void {
  for (const name of keyNames(index.keys)) {
    const value = item.get(name);
    const expected = keyTypeOf(table, name);
    if (value === undefined) continue;
    if (value.type !== expected) {
      throw invalidValues(
        `Type mismatch for Index Key ${name} Expected: ${expected} Actual: ${value.type} IndexName: ${index.name}`,
      );
    }
    if (valueSize(value) > 0) continue;
    const kind = value.type === 'B' ? 'binary' : 'string';
    throw invalidValues(
      `A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty ${kind} value. IndexName: ${index.name}, IndexKey: ${name}`,
    );
  }
}

/** Items of a table or an index in order: by its key, and where that is the same by the table's. */
export function compareByKeys(a: Item, b: Item, names: readonly string[]): number {
  for (const name of names) {
    const left = a.get(name);
    const right = b.get(name);
    const order = left && right ? (compareValues(left, right) ?? 0) : 0;
    if (order !== 0) return order;
  }
  return 0;
}
