/** Query and Scan. */
import type { AttributeValue, QueryInput, QueryOutput, ScanInput, ScanOutput } from '@aws-sdk/client-dynamodb';
import type { ReadOperation } from '../../service.ts';
import { readCapacity, readUnits } from './capacity.ts';
import { isInIndex } from './describing.ts';
import { validation } from './errors.ts';
import { attributesOf } from './expressions/attributes-of.ts';
import { parseCondition } from './expressions/conditions.ts';
import { holds } from './expressions/holds.ts';
import { parseProjection } from './expressions/paths.ts';
import { Substitutes } from './expressions/substitutes.ts';
import type { Condition, Path } from './expressions/syntax.ts';
import { keyConditionOf, parseKeyCondition } from './key-conditions.ts';
import { compareByKeys } from './keys.ts';
import { refuseLegacy } from './legacy.ts';
import { dynamoDbLimits } from './limits.ts';
import { scanSegment } from './segments.ts';
import { heldBy, type Shown, type Source, shownBy, sourceOf } from './selecting.ts';
import { keyNames, keyTypeOf, tableWithItems } from './tables.ts';
import { type Item, itemSize } from './values.ts';
import { itemOf, readItem, type WireItem, wireItem } from './wire-values.ts';

/** What Query and Scan have in common. */
interface Reading {
  readonly source: Source;
  /** What is read, in order. */
  readonly items: readonly Item[];
  readonly filter: Condition | undefined;
  readonly shown: Shown;
}

type ReadingInput = Pick<QueryInput & ScanInput, 'Limit' | 'ConsistentRead' | 'IndexName' | 'ReturnConsumedCapacity'>;

interface Page {
  readonly read: readonly Item[];
  readonly bytes: number;
  /** Whether the limit or the size ended it. */
  readonly isCut: boolean;
}

/** One page: up to Limit items, and up to one megabyte, before they are filtered. */
function pageOf({ items, source }: Reading, limit: number | undefined): Page {
  const read: Item[] = [];
  let bytes = 0;
  for (const item of items) {
    bytes += itemSize(heldBy(source, item));
    read.push(item);
    if (read.length === limit || bytes >= dynamoDbLimits.pageBytes) return { read, bytes, isCut: true };
  }
  return { read, bytes, isCut: false };
}

function answer(reading: Reading, input: ReadingInput): QueryOutput & ScanOutput {
  const { source, filter, shown } = reading;
  const { read, bytes, isCut } = pageOf(reading, input.Limit);
  const found = filter === undefined ? read : read.filter((item) => holds(filter, item));
  const last = read.at(-1);
  const units = readUnits(bytes, input.ConsistentRead === true ? 'strong' : 'eventual');
  const ConsumedCapacity = readCapacity(source.table, units, input.ReturnConsumedCapacity, input.IndexName);
  return {
    ...(shown && { Items: found.map((item) => wireItem(shown(item))) }),
    Count: found.length,
    ScannedCount: read.length,
    ...(isCut && last && { LastEvaluatedKey: wireItem(startKey(last, source)) }),
    ...(ConsumedCapacity && { ConsumedCapacity }),
  };
}

function startKey(item: Item, { order }: Source): Item {
  return new Map(
    order.flatMap((name) => {
      const value = item.get(name);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}

/** The key after which a page begins. @throws ValidationException */
function readStart(wire: WireItem | undefined, { order, table }: Source): Item | undefined {
  if (wire === undefined) return undefined;
  const start = readItem(wire);
  const isKey = start.size === order.length && order.every((name) => start.get(name)?.type === keyTypeOf(table, name));
  if (!isKey) throw validation('The provided starting key is invalid');
  return start;
}

/** All that a table or an index holds, in order of its partitions and sort keys. */
function itemsOf({ table, index, order }: Source): readonly Item[] {
  const items = Object.values(table.items).map(itemOf);
  const within = index === undefined ? items : items.filter((item) => isInIndex(item, index));
  return within.sort((a, b) => compareByKeys(a, b, order));
}

interface Expressions {
  readonly filter: Condition | undefined;
  readonly paths: readonly Path[] | undefined;
}

function readExpressions(
  { FilterExpression, ProjectionExpression }: Pick<QueryInput, 'FilterExpression' | 'ProjectionExpression'>,
  substitutes: Substitutes,
): Expressions {
  const filter =
    FilterExpression === undefined ? undefined : parseCondition(FilterExpression, 'FilterExpression', substitutes);
  const paths = ProjectionExpression === undefined ? undefined : parseProjection(ProjectionExpression, substitutes);
  substitutes.checkAllUsed();
  return { filter, paths };
}

export const query: ReadOperation<QueryInput, QueryOutput> = {
  kind: 'read',
  handle(account, input, { request: { region } }) {
    refuseLegacy(input);
    const { KeyConditionExpression: text, FilterExpression, ProjectionExpression } = input;
    const substitutes = new Substitutes(input, {
      KeyConditionExpression: text,
      FilterExpression,
      ProjectionExpression,
    });
    if (text === undefined) {
      throw validation(
        'Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.',
      );
    }
    const asked = parseKeyCondition(text, substitutes);
    const { filter, paths } = readExpressions(input, substitutes);
    const table = tableWithItems(account, input.TableName, region);
    const source = sourceOf(table, input);
    const { condition, partition } = keyConditionOf(asked, source.keys, table);
    checkFilter(filter, source);
    const shown = shownBy(source, input.Select, paths);
    const start = readStart(input.ExclusiveStartKey as Record<string, AttributeValue> | undefined, source);
    if (start !== undefined && start.get(source.keys.partition)?.value !== partition.value) {
      throw validation('The provided starting key is outside query boundaries based on provided conditions');
    }
    const direction = input.ScanIndexForward === false ? -1 : 1;
    const items = itemsOf(source)
      .filter((item) => holds(condition, item))
      .filter((item) => start === undefined || compareByKeys(item, start, source.order) * direction > 0);
    return answer({ source, items: direction === 1 ? items : items.toReversed(), filter, shown }, input);
  },
};

/** What is part of the key is for the key condition. @throws ValidationException */
function checkFilter(filter: Condition | undefined, { keys }: Source): void {
  if (filter === undefined) return;
  const names = keyNames(keys);
  const key = attributesOf(filter).find((attribute) => names.includes(attribute));
  if (key === undefined) return;
  throw validation(`Filter Expression can only contain non-primary key attributes: Primary key attribute: ${key}`);
}

export const scan: ReadOperation<ScanInput, ScanOutput> = {
  kind: 'read',
  handle(account, input, { request: { region } }) {
    refuseLegacy(input);
    const { FilterExpression, ProjectionExpression } = input;
    const segment = scanSegment(input);
    const substitutes = new Substitutes(input, { FilterExpression, ProjectionExpression });
    const { filter, paths } = readExpressions(input, substitutes);
    const source = sourceOf(tableWithItems(account, input.TableName, region), input);
    const shown = shownBy(source, input.Select, paths);
    const start = readStart(input.ExclusiveStartKey as Record<string, AttributeValue> | undefined, source);
    const items = itemsOf(source)
      .filter((item) => segment(item.get(source.keys.partition)))
      .filter((item) => start === undefined || compareByKeys(item, start, source.order) > 0);
    return answer({ source, items, filter, shown }, input);
  },
};
