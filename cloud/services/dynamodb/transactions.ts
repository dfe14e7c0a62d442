/** TransactGetItems and TransactWriteItems: all or nothing (Amazon DynamoDB Developer Guide, "DynamoDB transactions"). */
import type {
  CancellationReason,
  ConsumedCapacity,
  TransactGetItemsInput,
  TransactGetItemsOutput,
  TransactWriteItem,
  TransactWriteItemsInput,
  TransactWriteItemsOutput,
} from '@aws-sdk/client-dynamodb';
import type { AccountDraft, Call, Draft } from '../../call.ts';
import { AwsError } from '../../errors.ts';
import { hexOf } from '../../hex.ts';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import { readCapacity, readUnits, summed, type WriteUnits, writeCapacity, writeUnits } from './capacity.ts';
import { validation } from './errors.ts';
import { parseProjection, project } from './expressions/paths.ts';
import { Substitutes } from './expressions/substitutes.ts';
import { itemKey, readKey } from './keys.ts';
import { dynamoDbLimits } from './limits.ts';
import { ownerOfTables, transactGetPermissions, transactWritePermissions } from './permissions.ts';
import type { TableState } from './state.ts';
import { tableWithItems } from './tables.ts';
import { itemSize } from './values.ts';
import { wireItem } from './wire-values.ts';
import { type Change, carryOut, itemAt, planWrite, readWrite, type WriteInput, type WriteKind } from './writes.ts';

/** For how long a transaction is not repeated under its token. */
const tokenLife = 600_000;

interface Named {
  readonly TableName?: string | undefined;
}

export const transactGetItems: ReadOperation<TransactGetItemsInput, TransactGetItemsOutput> = {
  kind: 'read',
  owner: ({ TransactItems = [] }, facts) =>
    ownerOfTables(
      TransactItems.map(({ Get }) => Get?.TableName),
      facts,
    ),
  permissions: transactGetPermissions,
  handle(account, { TransactItems = [], ReturnConsumedCapacity: wanted }, { request: { region } }) {
    const units = new Map<TableState, number>();
    const Responses = TransactItems.map(({ Get = { Key: {}, TableName: '' } }) => {
      const { ProjectionExpression } = Get;
      const substitutes = new Substitutes(Get, { ProjectionExpression });
      const paths = ProjectionExpression === undefined ? undefined : parseProjection(ProjectionExpression, substitutes);
      substitutes.checkAllUsed();
      const table = tableWithItems(account, Get.TableName, region);
      const item = itemAt(table, itemKey(readKey(Get.Key, table), table));
      units.set(table, (units.get(table) ?? 0) + readUnits(item === undefined ? 0 : itemSize(item), 'transaction'));
      return item === undefined ? {} : { Item: wireItem(paths === undefined ? item : project(item, paths)) };
    });
    const capacities = [...units].flatMap(([table, count]) => readCapacity(table, count, wanted) ?? []);
    return { Responses, ...(capacities.length > 0 && { ConsumedCapacity: capacities }) };
  },
};

interface Part {
  readonly kind: WriteKind;
  readonly input: WriteInput & Named;
}

/** @throws ValidationException */
function partOf({ ConditionCheck, Put, Update, Delete }: TransactWriteItem): Part {
  const given = (['check', 'put', 'update', 'delete'] as const).flatMap((kind, n): readonly Part[] => {
    const input = [ConditionCheck, Put, Update, Delete][n];
    return input === undefined ? [] : [{ kind, input }];
  });
  const [part] = given;
  if (part === undefined || given.length > 1) {
    throw validation('TransactItems can only contain one of Check, Put, Update or Delete');
  }
  return part;
}

interface Planned {
  readonly table: Draft<TableState>;
  readonly change: Change;
  readonly isWrite: boolean;
}

/** What one part would do, or why the transaction cannot be. */
function plan(account: AccountDraft, { kind, input }: Part, region: string): Planned | CancellationReason {
  const expressions = readWrite(input, kind);
  const table = tableWithItems(account, input.TableName, region);
  try {
    return { table, change: planWrite(table, kind, input, expressions), isWrite: kind !== 'check' };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const isCondition = error.code === 'ConditionalCheckFailedException';
    return {
      Code: isCondition ? 'ConditionalCheckFailed' : 'ValidationError',
      Message: error.message,
      ...(isCondition && error.details['Item'] !== undefined ? { Item: error.details['Item'] as never } : {}),
    };
  }
}

/** @throws TransactionCanceledException where one of the parts cannot be */
function checkAll(outcomes: readonly (Planned | CancellationReason)[]): readonly Planned[] {
  const planned = outcomes.flatMap((outcome) => ('table' in outcome ? [outcome] : []));
  if (planned.length === outcomes.length) return planned;
  const reasons = outcomes.map((outcome): CancellationReason => ('table' in outcome ? { Code: 'None' } : outcome));
  throw new AwsError(
    'TransactionCanceledException',
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${reasons.map(({ Code }) => Code).join(', ')}]`,
    { details: { CancellationReasons: reasons } },
  );
}

function checkDistinct(planned: readonly Planned[]): void {
  const names = planned.map(({ table, change }) => `${table.id} ${change.key}`);
  if (new Set(names).size < names.length) {
    throw validation('Transaction request cannot include multiple operations on one item');
  }
}

/**
 * Whether the transaction of a token was carried out already; remembers it else.
 * @throws IdempotentParameterMismatchException where another one was
 */
function isRepeated(account: AccountDraft, input: TransactWriteItemsInput, { now, hashes }: Call): boolean {
  const { ClientRequestToken: token, TransactItems } = input;
  if (token === undefined) return false;
  const digest = hexOf(hashes.sha256(new TextEncoder().encode(JSON.stringify(TransactItems))));
  const recent = account.dynamodb.transactions.filter(({ at }) => now < at + tokenLife);
  const known = recent.find((transaction) => transaction.token === token);
  if (known !== undefined && known.digest !== digest) {
    throw new AwsError(
      'IdempotentParameterMismatchException',
      'Request failed because the same client token was used with different parameters',
    );
  }
  if (known !== undefined) return true;
  account.dynamodb.transactions = [...recent, { token, digest, at: now }].slice(-dynamoDbLimits.rememberedTransactions);
  return false;
}

export const transactWriteItems: ChangeOperation<TransactWriteItemsInput, TransactWriteItemsOutput> = {
  kind: 'change',
  owner: ({ TransactItems = [] }, facts) =>
    ownerOfTables(
      TransactItems.map(
        ({ ConditionCheck, Put, Update, Delete }) => (ConditionCheck ?? Put ?? Update ?? Delete)?.TableName,
      ),
      facts,
    ),
  permissions: transactWritePermissions,
  handle(account, input, call) {
    const parts = (input.TransactItems ?? []).map(partOf);
    if (isRepeated(account, input, call)) return {};
    const outcomes = parts.map((part) => plan(account, part, call.request.region));
    checkDistinct(outcomes.filter((outcome) => 'table' in outcome));
    const planned = checkAll(outcomes);
    const bytes = planned.reduce((sum, { change }) => sum + itemSize(change.after ?? change.before ?? new Map()), 0);
    if (bytes > dynamoDbLimits.transactionBytes) {
      throw validation('Collection size exceeds the maximum aggregate size of a transaction: 4 MB');
    }
    const units = new Map<Draft<TableState>, WriteUnits[]>();
    for (const { table, change, isWrite } of planned) {
      units.set(table, [...(units.get(table) ?? []), writeUnits(table, change)]);
      if (isWrite) carryOut(account.dynamodb, table, change);
    }
    const capacities: readonly ConsumedCapacity[] = [...units].flatMap(
      ([table, all]) => writeCapacity(table, summed(all, 2), input.ReturnConsumedCapacity) ?? [],
    );
    return capacities.length > 0 ? { ConsumedCapacity: [...capacities] } : {};
  },
};
