/** What Query and Scan read: a table or one of its indexes, which attributes, and in which order. */
import type { Select } from '@aws-sdk/client-dynamodb';
import { invalidValues, validation } from './errors.ts';
import { project } from './expressions/paths.ts';
import type { Path } from './expressions/syntax.ts';
import type { IndexState, KeySchema, TableState } from './state.ts';
import { keyNames } from './tables.ts';
import type { Item } from './values.ts';

/** A table or an index as it is read. */
export interface Source {
  readonly table: TableState;
  readonly index?: IndexState;
  readonly isGlobal: boolean;
  readonly keys: KeySchema;
  /** By these items are in order, and by these a page begins: its own key, then the table's. */
  readonly order: readonly string[];
}

interface SourceInput {
  readonly IndexName?: string | undefined;
  readonly ConsistentRead?: boolean | undefined;
}

/** @throws ValidationException */
export function sourceOf(table: TableState, { IndexName, ConsistentRead }: SourceInput): Source {
  if (IndexName === undefined) return { table, isGlobal: false, keys: table.keys, order: keyNames(table.keys) };
  const global = table.globalIndexes.find(({ name }) => name === IndexName);
  const index = global ?? table.localIndexes.find(({ name }) => name === IndexName);
  if (index === undefined) throw validation(`The table does not have the specified index: ${IndexName}`);
  if (global !== undefined && ConsistentRead === true) {
    throw validation('Consistent reads are not supported on global secondary indexes');
  }
  const order = [...new Set([...keyNames(index.keys), ...keyNames(table.keys)])];
  return { table, index, isGlobal: global !== undefined, keys: index.keys, order };
}

/** What an index holds of an item. */
export function heldBy({ table, index }: Source, item: Item): Item {
  if (index === undefined || index.projection === 'ALL') return item;
  const names = [...keyNames(index.keys), ...keyNames(table.keys), ...index.included];
  return project(
    item,
    [...new Set(names)].map((name): Path => [name]),
  );
}

/** How an answer shows an item; undefined where it only counts. */
export type Shown = ((item: Item) => Item) | undefined;

/** @throws ValidationException */
export function shownBy(source: Source, select: Select | undefined, paths: readonly Path[] | undefined): Shown {
  const { index, isGlobal } = source;
  if (select === 'SPECIFIC_ATTRIBUTES' && paths === undefined) {
    throw invalidValues(
      'Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES',
    );
  }
  if (select !== undefined && select !== 'SPECIFIC_ATTRIBUTES' && paths !== undefined) {
    throw validation(`Cannot specify the ProjectionExpression when choosing to get ${select}`);
  }
  if (select === 'ALL_PROJECTED_ATTRIBUTES' && index === undefined) {
    throw invalidValues('ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName');
  }
  if (select === 'COUNT') return undefined;
  if (select === 'ALL_ATTRIBUTES') {
    if (isGlobal && index?.projection !== 'ALL') {
      throw invalidValues(
        `Select type ALL_ATTRIBUTES is not supported for global secondary index ${index?.name} because its projection type is not ALL`,
      );
    }
    return (item) => item;
  }
  if (paths === undefined) return (item) => heldBy(source, item);
  // A local index fetches from its table what it does not hold; a global one has nothing else.
  if (isGlobal && index !== undefined && index.projection !== 'ALL') checkHeld(source, index, paths);
  return (item) => project(item, paths);
}

function checkHeld({ table, keys }: Source, index: IndexState, paths: readonly Path[]): void {
  const held = new Set([...keyNames(keys), ...keyNames(table.keys), ...index.included]);
  const others = paths.map(([attribute]) => attribute).filter((attribute) => !held.has(attribute));
  if (others.length === 0) return;
  throw invalidValues(`Global secondary index ${index.name} does not project [${[...new Set(others)].join(', ')}]`);
}
