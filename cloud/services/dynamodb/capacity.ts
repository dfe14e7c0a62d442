/** What requests consume (Amazon DynamoDB Developer Guide, "DynamoDB read and write operations"). */
import type { ConsumedCapacity, ItemCollectionMetrics } from '@aws-sdk/client-dynamodb';
import { isInIndex } from './describing.ts';
import type { TableState } from './state.ts';
import { indexesOf } from './tables.ts';
import { type Item, itemSize } from './values.ts';
import { wireItem } from './wire-values.ts';

/** Bytes that one unit reads or writes. */
const readUnit = 4096;
const writeUnit = 1024;

/** Half a unit for what is read without strong consistency; in transactions everything counts twice. */
export function readUnits(bytes: number, how: 'eventual' | 'strong' | 'transaction'): number {
  const units = Math.max(1, Math.ceil(bytes / readUnit));
  return how === 'eventual' ? units / 2 : how === 'strong' ? units : units * 2;
}

/** What a write consumes of its table and of each index that holds the item before or after. */
export interface WriteUnits {
  readonly table: number;
  readonly indexes: Readonly<Record<string, number>>;
}

export function writeUnits(
  table: TableState,
  { before, after }: { readonly before?: Item | undefined; readonly after?: Item | undefined },
): WriteUnits {
  const units = Math.max(1, ...[before, after].map((item) => (item ? Math.ceil(itemSize(item) / writeUnit) : 0)));
  const touched = indexesOf(table).filter((index) =>
    [before, after].some((item) => item !== undefined && isInIndex(item, index)),
  );
  return { table: units, indexes: Object.fromEntries(touched.map(({ name }) => [name, units])) };
}

/** The units of several writes of one table. */
export function summed(all: readonly WriteUnits[], times: 1 | 2): WriteUnits {
  const indexes: Record<string, number> = {};
  for (const units of all) {
    for (const [name, count] of Object.entries(units.indexes)) indexes[name] = (indexes[name] ?? 0) + count * times;
  }
  return { table: all.reduce((total, { table }) => total + table, 0) * times, indexes };
}

type Wanted = string | undefined;

/** As an answer tells it; undefined where the request does not want to know. */
export function writeCapacity(
  table: TableState,
  { table: units, indexes }: WriteUnits,
  wanted: Wanted,
): ConsumedCapacity | undefined {
  if (wanted !== 'TOTAL' && wanted !== 'INDEXES') return undefined;
  const total = Object.values(indexes).reduce((sum, count) => sum + count, units);
  if (wanted === 'TOTAL') return { TableName: table.name, CapacityUnits: total };
  const those = (kind: 'localIndexes' | 'globalIndexes') =>
    Object.fromEntries(
      table[kind].flatMap(({ name }) => {
        const count = indexes[name];
        return count === undefined ? [] : [[name, { CapacityUnits: count }]];
      }),
    );
  const locals = those('localIndexes');
  const globals = those('globalIndexes');
  return {
    TableName: table.name,
    CapacityUnits: total,
    Table: { CapacityUnits: units },
    ...(Object.keys(locals).length > 0 && { LocalSecondaryIndexes: locals }),
    ...(Object.keys(globals).length > 0 && { GlobalSecondaryIndexes: globals }),
  };
}

/** As an answer tells it, of a read of a table or one of its indexes. */
export function readCapacity(
  table: TableState,
  units: number,
  wanted: Wanted,
  indexName?: string,
): ConsumedCapacity | undefined {
  if (wanted !== 'TOTAL' && wanted !== 'INDEXES') return undefined;
  const total = { TableName: table.name, CapacityUnits: units };
  if (wanted === 'TOTAL') return total;
  if (indexName === undefined) return { ...total, Table: { CapacityUnits: units } };
  const isLocal = table.localIndexes.some(({ name }) => name === indexName);
  return {
    ...total,
    Table: { CapacityUnits: 0 },
    [isLocal ? 'LocalSecondaryIndexes' : 'GlobalSecondaryIndexes']: { [indexName]: { CapacityUnits: units } },
  };
}

const GiB = 2 ** 30;

/** The size of the items with one partition key, of a table with local indexes; to whole gigabytes. */
export function collectionMetrics(
  table: TableState,
  item: Item | undefined,
  wanted: Wanted,
): ItemCollectionMetrics | undefined {
  const { partition } = table.keys;
  const value = item?.get(partition);
  if (wanted !== 'SIZE' || table.localIndexes.length === 0 || value === undefined) return undefined;
  const most = Math.max(1, Math.ceil(Object.values(table.items).reduce((sum, text) => sum + text.length, 0) / GiB));
  return { ItemCollectionKey: wireItem(new Map([[partition, value]])), SizeEstimateRangeGB: [most - 1, most] };
}
