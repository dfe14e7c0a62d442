/** One write of an item: what it asks for, whether it may, and what comes of it. Shared by single writes, batches and transactions. */
import type { Draft } from '../../call.ts';
import { own } from '../../own.ts';
import { conditionFailed, invalidValues, limitExceeded } from './errors.ts';
import { applyUpdate } from './expressions/apply-update.ts';
import { parseCondition } from './expressions/conditions.ts';
import { holds } from './expressions/holds.ts';
import { Substitutes, type SubstitutesInput } from './expressions/substitutes.ts';
import type { Condition, Update } from './expressions/syntax.ts';
import { parseUpdate, pathsOf } from './expressions/updates.ts';
import { checkItem, itemKey, readKey } from './keys.ts';
import { dynamoDbLimits } from './limits.ts';
import type { DynamoDbState, TableState } from './state.ts';
import { keyNames } from './tables.ts';
import type { Item } from './values.ts';
import { itemOf, readItem, type WireItem, wireItem, writeItem } from './wire-values.ts';

/** The members that writes have in common, whatever operation they come in. */
export interface WriteInput extends SubstitutesInput {
  readonly Item?: WireItem | undefined;
  readonly Key?: WireItem | undefined;
  readonly ConditionExpression?: string | undefined;
  readonly UpdateExpression?: string | undefined;
  readonly ReturnValuesOnConditionCheckFailure?: string | undefined;
}

export type WriteKind = 'put' | 'update' | 'delete' | 'check';

/** The expressions of a write, read. */
export interface ReadExpressions {
  readonly condition?: Condition;
  readonly update?: Update;
}

/** @throws ValidationException */
export function readWrite(input: WriteInput, kind: WriteKind): ReadExpressions {
  const { ConditionExpression, UpdateExpression } = input;
  const substitutes = new Substitutes(
    input,
    kind === 'update' ? { UpdateExpression, ConditionExpression } : { ConditionExpression },
  );
  const update = UpdateExpression === undefined ? undefined : parseUpdate(UpdateExpression, substitutes);
  const condition =
    ConditionExpression === undefined
      ? undefined
      : parseCondition(ConditionExpression, 'ConditionExpression', substitutes);
  substitutes.checkAllUsed();
  return { ...(condition && { condition }), ...(update && { update }) };
}

/** What a write does. */
export interface Change {
  /** Names the item in its table. */
  readonly key: string;
  readonly before?: Item;
  readonly after?: Item;
}

/** The item of a key as it is now. */
export function itemAt(table: Pick<TableState, 'items'>, key: string): Item | undefined {
  const text = own(table.items, key);
  return text === undefined ? undefined : itemOf(text);
}

/**
 * What a write would do; nothing is changed yet.
 * @throws ValidationException, ConditionalCheckFailedException
 */
export function planWrite(
  table: TableState,
  kind: WriteKind,
  input: WriteInput,
  { condition, update }: ReadExpressions,
): Change {
  if (kind === 'put') {
    const item = readItem(input.Item ?? {});
    checkItem(item, table, 'new');
    const key = itemKey(item, table);
    return { ...checked(table, key, condition, input), after: item };
  }
  const given = readKey(input.Key, table);
  if (update !== undefined) checkKeyStays(table, update);
  const present = checked(table, itemKey(given, table), condition, input);
  if (kind === 'delete') return present;
  if (kind === 'check') return { ...present, ...(present.before && { after: present.before }) };
  const start = present.before ?? given;
  const after = update === undefined ? start : applyUpdate(start, update);
  checkItem(after, table, 'updated');
  return { ...present, after };
}

function checked(table: TableState, key: string, condition: Condition | undefined, input: WriteInput): Change {
  const before = itemAt(table, key);
  if (condition !== undefined && !holds(condition, before ?? new Map())) {
    const isShown = input.ReturnValuesOnConditionCheckFailure === 'ALL_OLD' && before !== undefined;
    throw conditionFailed(isShown ? wireItem(before) : undefined);
  }
  return { key, ...(before && { before }) };
}

function checkKeyStays({ keys }: TableState, update: Update): void {
  const names = keyNames(keys);
  const changed = pathsOf(update).find(([attribute]) => names.includes(attribute));
  if (changed !== undefined) {
    throw invalidValues(`Cannot update attribute ${changed[0]}. This attribute is part of the key`);
  }
}

/** Does what was planned. @throws LimitExceededException where there is no room */
export function carryOut(state: DynamoDbState, table: Draft<TableState>, { key, after }: Change): void {
  if (after === undefined) {
    delete table.items[key];
    return;
  }
  const text = writeItem(after);
  const before = own(table.items, key);
  if (text === before) return;
  if (before === undefined && Object.keys(table.items).length >= dynamoDbLimits.itemsPerTable) {
    throw limitExceeded(`The table has ${dynamoDbLimits.itemsPerTable} items already. Delete one, and try again.`);
  }
  if (text.length > (before?.length ?? 0) && textOf(state) + text.length > dynamoDbLimits.itemTextPerAccount) {
    throw limitExceeded('The tables of the account are full. Delete items, and try again.');
  }
  table.items[key] = text;
}

/** Characters of all items. */
function textOf({ tables }: DynamoDbState): number {
  let length = 0;
  for (const { items } of Object.values(tables)) for (const text of Object.values(items)) length += text.length;
  return length;
}
