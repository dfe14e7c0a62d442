/** GetItem, PutItem, UpdateItem, DeleteItem. */
import type {
  DeleteItemInput,
  DeleteItemOutput,
  GetItemInput,
  GetItemOutput,
  PutItemInput,
  PutItemOutput,
  UpdateItemInput,
  UpdateItemOutput,
} from '@aws-sdk/client-dynamodb';
import type { AccountDraft, Call } from '../../call.ts';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import { collectionMetrics, readCapacity, readUnits, writeCapacity, writeUnits } from './capacity.ts';
import { validation } from './errors.ts';
import { parseProjection, project } from './expressions/paths.ts';
import { Substitutes } from './expressions/substitutes.ts';
import type { Path, Update } from './expressions/syntax.ts';
import { pathsOf } from './expressions/updates.ts';
import { itemKey, keyOf, readKey } from './keys.ts';
import { refuseLegacy } from './legacy.ts';
import type { TableState } from './state.ts';
import { tableWithItems } from './tables.ts';
import { type Item, itemSize } from './values.ts';
import { wireItem } from './wire-values.ts';
import { type Change, carryOut, itemAt, planWrite, readWrite, type WriteInput, type WriteKind } from './writes.ts';

export const getItem: ReadOperation<GetItemInput, GetItemOutput> = {
  kind: 'read',
  handle(account, input, { request: { region } }) {
    refuseLegacy(input);
    const { ProjectionExpression, ConsistentRead } = input;
    const substitutes = new Substitutes(input, { ProjectionExpression });
    const paths = ProjectionExpression === undefined ? undefined : parseProjection(ProjectionExpression, substitutes);
    substitutes.checkAllUsed();
    const table = tableWithItems(account, input.TableName, region);
    const item = itemAt(table, itemKey(readKey(input.Key, table), table));
    const units = readUnits(item === undefined ? 0 : itemSize(item), ConsistentRead === true ? 'strong' : 'eventual');
    const ConsumedCapacity = readCapacity(table, units, input.ReturnConsumedCapacity);
    return {
      ...(item && { Item: wireItem(paths === undefined ? item : project(item, paths)) }),
      ...(ConsumedCapacity && { ConsumedCapacity }),
    };
  },
};

interface SingleWrite extends WriteInput {
  readonly TableName?: string | undefined;
  readonly ReturnConsumedCapacity?: string | undefined;
  readonly ReturnItemCollectionMetrics?: string | undefined;
  readonly ReturnValues?: string | undefined;
}

type WriteAnswer = Pick<PutItemOutput, 'Attributes' | 'ConsumedCapacity' | 'ItemCollectionMetrics'>;

function write(account: AccountDraft, kind: WriteKind, input: SingleWrite, { request: { region } }: Call): WriteAnswer {
  refuseLegacy(input);
  const { ReturnValues = 'NONE' } = input;
  if (kind !== 'update' && ReturnValues !== 'NONE' && ReturnValues !== 'ALL_OLD') {
    throw validation('ReturnValues can only be ALL_OLD or NONE');
  }
  const expressions = readWrite(input, kind);
  const draft = tableWithItems(account, input.TableName, region);
  const table: TableState = draft;
  const change = planWrite(table, kind, input, expressions);
  const capacity = writeCapacity(table, writeUnits(table, change), input.ReturnConsumedCapacity);
  carryOut(account.dynamodb, draft, change);
  const metrics = collectionMetrics(table, change.after ?? change.before, input.ReturnItemCollectionMetrics);
  const returned = returnedValues(change, ReturnValues, { table, update: expressions.update });
  return {
    ...(returned && returned.size > 0 && { Attributes: wireItem(returned) }),
    ...(capacity && { ConsumedCapacity: capacity }),
    ...(metrics && { ItemCollectionMetrics: metrics }),
  };
}

/** `UPDATED_…` shows what the update expression names; of a new item without one its key. */
function returnedValues(
  { before, after }: Change,
  wanted: string,
  { table, update }: { readonly table: TableState; readonly update: Update | undefined },
): Item | undefined {
  if (wanted === 'ALL_OLD') return before;
  if (wanted === 'ALL_NEW') return after;
  const paths: readonly Path[] = update === undefined ? [] : pathsOf(update);
  if (wanted === 'UPDATED_OLD') return before && project(before, paths);
  if (wanted !== 'UPDATED_NEW' || after === undefined) return undefined;
  return update === undefined && before === undefined ? keyOf(after, table.keys) : project(after, paths);
}

export const putItem: ChangeOperation<PutItemInput, PutItemOutput> = {
  kind: 'change',
  handle: (account, input, call) => write(account, 'put', input, call),
};

export const updateItem: ChangeOperation<UpdateItemInput, UpdateItemOutput> = {
  kind: 'change',
  handle: (account, input, call) => write(account, 'update', input, call),
};

export const deleteItem: ChangeOperation<DeleteItemInput, DeleteItemOutput> = {
  kind: 'change',
  handle: (account, input, call) => write(account, 'delete', input, call),
};
