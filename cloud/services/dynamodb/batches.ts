/** BatchGetItem and BatchWriteItem. */
import type {
  BatchGetItemInput,
  BatchGetItemOutput,
  BatchWriteItemInput,
  BatchWriteItemOutput,
  ConsumedCapacity,
  ItemCollectionMetrics,
  KeysAndAttributes,
  WriteRequest,
} from '@aws-sdk/client-dynamodb';
import type { AccountDraft } from '../../call.ts';
import { define } from '../../own.ts';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import type { Account } from '../../world.ts';
import {
  collectionMetrics,
  readCapacity,
  readUnits,
  summed,
  type WriteUnits,
  writeCapacity,
  writeUnits,
} from './capacity.ts';
import { validation } from './errors.ts';
import { parseProjection, project } from './expressions/paths.ts';
import { Substitutes } from './expressions/substitutes.ts';
import { itemKey, readKey } from './keys.ts';
import { refuseLegacy } from './legacy.ts';
import { dynamoDbLimits } from './limits.ts';
import { ownerOfTables } from './permissions.ts';
import { tableWithItems } from './tables.ts';
import { itemSize } from './values.ts';
import { type WireItem, wireItem } from './wire-values.ts';
import { carryOut, itemAt, planWrite } from './writes.ts';

interface Got {
  readonly items: readonly WireItem[];
  readonly capacity: ConsumedCapacity | undefined;
}

function duplicates() {
  return validation('Provided list of item keys contains duplicates');
}

/**
 * The items of one table. All that an account may hold fits into the sixteen megabytes of an answer.
 * @throws ValidationException, ResourceNotFoundException
 */
function getFrom(
  account: Account,
  tableName: string,
  request: KeysAndAttributes,
  { region, wanted }: { readonly region: string; readonly wanted: string | undefined },
): Got {
  refuseLegacy(request);
  const { ProjectionExpression, Keys = [], ConsistentRead } = request;
  const substitutes = new Substitutes(request, { ProjectionExpression });
  const paths = ProjectionExpression === undefined ? undefined : parseProjection(ProjectionExpression, substitutes);
  substitutes.checkAllUsed();
  const table = tableWithItems(account, tableName, region);
  const keys = Keys.map((key) => itemKey(readKey(key, table), table));
  if (new Set(keys).size < keys.length) throw duplicates();
  const items: WireItem[] = [];
  let units = 0;
  for (const key of keys) {
    const item = itemAt(table, key);
    const size = item === undefined ? 0 : itemSize(item);
    units += readUnits(size, ConsistentRead === true ? 'strong' : 'eventual');
    if (item !== undefined) items.push(wireItem(paths === undefined ? item : project(item, paths)));
  }
  return { items, capacity: readCapacity(table, units, wanted) };
}

export const batchGetItem: ReadOperation<BatchGetItemInput, BatchGetItemOutput> = {
  kind: 'read',
  owner: ({ RequestItems = {} }, facts) => ownerOfTables(Object.keys(RequestItems), facts),
  handle(account, { RequestItems = {}, ReturnConsumedCapacity: wanted }, { request: { region } }) {
    const requests = Object.entries(RequestItems);
    if (requests.reduce((count, [, { Keys = [] }]) => count + Keys.length, 0) > dynamoDbLimits.batchGets) {
      throw validation('Too many items requested for the BatchGetItem call');
    }
    const Responses: Record<string, WireItem[]> = {};
    const capacities: ConsumedCapacity[] = [];
    for (const [tableName, request] of requests) {
      const { items, capacity } = getFrom(account, tableName, request, { region, wanted });
      define(Responses, tableName, items);
      if (capacity !== undefined) capacities.push(capacity);
    }
    return {
      Responses,
      UnprocessedKeys: {},
      ...(capacities.length > 0 && { ConsumedCapacity: capacities }),
    };
  },
};

interface Written {
  readonly capacity: ConsumedCapacity | undefined;
  readonly metrics: readonly ItemCollectionMetrics[];
}

function writeTo(
  account: AccountDraft,
  tableName: string,
  requests: readonly WriteRequest[],
  { region, input }: { readonly region: string; readonly input: BatchWriteItemInput },
): Written {
  const table = tableWithItems(account, tableName, region);
  const changes = requests.map(({ PutRequest, DeleteRequest }) => {
    if ((PutRequest === undefined) === (DeleteRequest === undefined)) {
      throw validation(
        'Supplied WriteRequest is empty or has more than one type set, must contain exactly one of the supported types: PutRequest, DeleteRequest',
      );
    }
    const request = PutRequest ?? DeleteRequest ?? {};
    return planWrite(table, PutRequest === undefined ? 'delete' : 'put', request, {});
  });
  if (new Set(changes.map(({ key }) => key)).size < changes.length) throw duplicates();
  const units: readonly WriteUnits[] = changes.map((change) => writeUnits(table, change));
  for (const change of changes) carryOut(account.dynamodb, table, change);
  const metrics = changes.flatMap(
    ({ before, after }) => collectionMetrics(table, after ?? before, input.ReturnItemCollectionMetrics) ?? [],
  );
  return { capacity: writeCapacity(table, summed(units, 1), input.ReturnConsumedCapacity), metrics };
}

export const batchWriteItem: ChangeOperation<BatchWriteItemInput, BatchWriteItemOutput> = {
  kind: 'change',
  owner: ({ RequestItems = {} }, facts) => ownerOfTables(Object.keys(RequestItems), facts),
  handle(account, input, { request: { region } }) {
    const requests = Object.entries(input.RequestItems ?? {});
    if (requests.reduce((count, [, writes]) => count + writes.length, 0) > dynamoDbLimits.batchWrites) {
      throw validation('Too many items requested for the BatchWriteItem call');
    }
    const ItemCollectionMetrics: Record<string, ItemCollectionMetrics[]> = {};
    const capacities: ConsumedCapacity[] = [];
    for (const [tableName, writes] of requests) {
      const { capacity, metrics } = writeTo(account, tableName, writes, { region, input });
      if (capacity !== undefined) capacities.push(capacity);
      if (metrics.length > 0) define(ItemCollectionMetrics, tableName, metrics);
    }
    return {
      UnprocessedItems: {},
      ...(Object.keys(ItemCollectionMetrics).length > 0 && { ItemCollectionMetrics }),
      ...(capacities.length > 0 && { ConsumedCapacity: capacities }),
    };
  },
};
