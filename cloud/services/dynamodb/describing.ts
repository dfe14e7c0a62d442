/** Tables as they are described. */
import type { TableDescription } from '@aws-sdk/client-dynamodb';
import type { IndexState, KeySchema, TableState, Throughput } from './state.ts';
import { tableArn } from './tables.ts';
import { type Item, itemSize } from './values.ts';
import { itemOf } from './wire-values.ts';

function shownKeys({ partition, sort }: KeySchema) {
  return [
    { AttributeName: partition, KeyType: 'HASH' as const },
    ...(sort === undefined ? [] : [{ AttributeName: sort, KeyType: 'RANGE' as const }]),
  ];
}

function shownThroughput({ read, write }: Throughput) {
  return { NumberOfDecreasesToday: 0, ReadCapacityUnits: read, WriteCapacityUnits: write };
}

function shownIndex(index: IndexState, arn: string, items: readonly Item[]) {
  const { name, keys, projection, included } = index;
  const within = items.filter((item) => isInIndex(item, index));
  return {
    IndexName: name,
    KeySchema: shownKeys(keys),
    Projection: { ProjectionType: projection, ...(included.length > 0 && { NonKeyAttributes: [...included] }) },
    IndexSizeBytes: within.reduce((total, item) => total + itemSize(item), 0),
    ItemCount: within.length,
    IndexArn: `${arn}/index/${name}`,
  };
}

/** An index holds the items that have its key. */
export function isInIndex(item: Item, { keys }: Pick<IndexState, 'keys'>): boolean {
  return item.has(keys.partition) && (keys.sort === undefined || item.has(keys.sort));
}

/** @param status what the table is while the request that is answered takes effect */
export function describeTable(
  table: TableState,
  accountId: string,
  status: 'ACTIVE' | 'CREATING' | 'UPDATING' | 'DELETING' = 'ACTIVE',
): TableDescription {
  const arn = tableArn(table.region, accountId, table.name);
  const items = Object.values(table.items).map(itemOf);
  const { stream, localIndexes, globalIndexes, payPerRequestAt } = table;
  const indexStatus = status === 'CREATING' ? 'CREATING' : 'ACTIVE';
  return {
    AttributeDefinitions: table.attributes.map(({ name, type }) => ({ AttributeName: name, AttributeType: type })),
    TableName: table.name,
    KeySchema: shownKeys(table.keys),
    TableStatus: status,
    CreationDateTime: new Date(table.createdAt),
    ProvisionedThroughput: shownThroughput(table.throughput),
    TableSizeBytes: items.reduce((total, item) => total + itemSize(item), 0),
    ItemCount: items.length,
    TableArn: arn,
    TableId: table.id,
    ...(payPerRequestAt !== undefined && {
      BillingModeSummary: {
        BillingMode: table.billing,
        LastUpdateToPayPerRequestDateTime: new Date(payPerRequestAt),
      },
    }),
    ...(localIndexes.length > 0 && {
      LocalSecondaryIndexes: localIndexes.map((index) => shownIndex(index, arn, items)),
    }),
    ...(globalIndexes.length > 0 && {
      GlobalSecondaryIndexes: globalIndexes.map((index) => ({
        ...shownIndex(index, arn, items),
        IndexStatus: indexStatus,
        ProvisionedThroughput: shownThroughput(index.throughput ?? { read: 0, write: 0 }),
      })),
    }),
    ...(stream && {
      StreamSpecification: { StreamEnabled: true, StreamViewType: stream.viewType as 'KEYS_ONLY' },
      LatestStreamLabel: stream.label,
      LatestStreamArn: `${arn}/stream/${stream.label}`,
    }),
    ...(table.tableClass !== undefined && {
      TableClassSummary: { TableClass: table.tableClass as 'STANDARD' },
    }),
    DeletionProtectionEnabled: table.isProtected,
  };
}
