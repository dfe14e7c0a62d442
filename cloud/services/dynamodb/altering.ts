/** UpdateTable, DeleteTable, DescribeTable, ListTables. */
import type {
  DeleteTableInput,
  DeleteTableOutput,
  DescribeTableInput,
  DescribeTableOutput,
  GlobalSecondaryIndexUpdate,
  ListTablesInput,
  ListTablesOutput,
  UpdateTableInput,
  UpdateTableOutput,
} from '@aws-sdk/client-dynamodb';
import type { Draft } from '../../call.ts';
import { AwsError } from '../../errors.ts';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import { newStream, refuseOwnKeys } from './creating.ts';
import { describeTable } from './describing.ts';
import { invalidValues, limitExceeded, validation } from './errors.ts';
import { checkBilling, checkIndexes, readAttributes, readGlobalIndex, readThroughput } from './key-schemas.ts';
import type { IndexState, TableState } from './state.ts';
import { tableKey, tableOf, tablesIn } from './tables.ts';

type Attributes = TableState['attributes'];

export const describeTableOperation: ReadOperation<DescribeTableInput, DescribeTableOutput> = {
  kind: 'read',
  handle: (account, { TableName }, { request: { region } }) => ({
    Table: describeTable(tableOf(account, TableName, region), account.id),
  }),
};

export const listTables: ReadOperation<ListTablesInput, ListTablesOutput> = {
  kind: 'read',
  handle({ dynamodb }, { ExclusiveStartTableName: after = '', Limit = 100 }, { request: { region } }) {
    const left = tablesIn(dynamodb, region).filter(({ name }) => name > after);
    const names = left.slice(0, Limit).map(({ name }) => name);
    const last = names.at(-1);
    return {
      TableNames: names,
      ...(last !== undefined && left.length > names.length && { LastEvaluatedTableName: last }),
    };
  },
};

export const deleteTable: ChangeOperation<DeleteTableInput, DeleteTableOutput> = {
  kind: 'change',
  handle(account, { TableName }, { request: { region } }) {
    const table = tableOf(account, TableName, region);
    if (table.isProtected) {
      throw validation(
        `Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.`,
      );
    }
    const TableDescription = describeTable(table, account.id, 'DELETING');
    delete account.dynamodb.tables[tableKey(region, table.name)];
    return { TableDescription };
  },
};

/** The indexes after one of them was made, changed or deleted. @throws ValidationException, ResourceNotFoundException */
function changedIndexes(
  table: TableState,
  updates: readonly GlobalSecondaryIndexUpdate[],
  attributes: Attributes,
  billing: TableState['billing'],
): readonly IndexState[] {
  let indexes = table.globalIndexes;
  if (updates.filter(({ Update }) => Update === undefined).length > 1) {
    throw limitExceeded(
      'Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table',
    );
  }
  for (const { Create, Update, Delete } of updates) {
    const given = [Create, Update, Delete].filter((each) => each !== undefined);
    if (given.length !== 1) {
      throw invalidValues('Only one of Create, Update or Delete can be given in an update of a global secondary index');
    }
    const name = given[0]?.IndexName ?? '';
    const present = indexes.find((index) => index.name === name);
    if (Create !== undefined) {
      if (present !== undefined) {
        throw validation(`Attempting to create an index which already exists; Index name: ${name}`);
      }
      indexes = [...indexes, readGlobalIndex(Create, attributes, billing)];
    } else if (present === undefined) {
      throw new AwsError('ResourceNotFoundException', `Requested resource not found: Index: ${name} not found`);
    } else if (Delete !== undefined) {
      indexes = indexes.filter((index) => index !== present);
    } else {
      const throughput = checkBilling(billing, Update?.ProvisionedThroughput);
      indexes = indexes.map((index) => (index === present ? { ...index, throughput } : index));
    }
  }
  return indexes;
}

/** A definition that is not given anew stays while an index uses it. */
function mergedAttributes(table: TableState, given: Attributes): Attributes {
  for (const { name, type } of table.attributes) {
    const anew = given.find((attribute) => attribute.name === name);
    if (anew !== undefined && anew.type !== type) {
      throw invalidValues(`Attribute ${name} is defined as ${type}; its type cannot be changed`);
    }
  }
  const known = table.attributes.map(({ name }) => name);
  return [...table.attributes, ...given.filter(({ name }) => !known.includes(name))];
}

function used({ keys, localIndexes, globalIndexes }: TableState, name: string): boolean {
  return [keys, ...[...localIndexes, ...globalIndexes].map((index) => index.keys)].some(
    ({ partition, sort }) => partition === name || sort === name,
  );
}

function changesNothing({ TableName: _, AttributeDefinitions: __, ...changes }: UpdateTableInput): boolean {
  return Object.values(changes).every((change) => change === undefined);
}

/** The table after a request. @throws ValidationException */
function altered(table: TableState, input: UpdateTableInput, now: number): TableState {
  if (changesNothing(input)) {
    throw validation(
      'At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required',
    );
  }
  if (input.ReplicaUpdates !== undefined) throw validation('Replicas of tables are not offered here');
  refuseOwnKeys(input.SSESpecification);
  const { BillingMode: billing = table.billing, ProvisionedThroughput: given, StreamSpecification } = input;
  const keepsThroughput = given === undefined && billing === table.billing;
  const throughput = keepsThroughput ? table.throughput : checkBilling(billing, given);
  if (
    given !== undefined &&
    billing === table.billing &&
    throughput.read === table.throughput.read &&
    throughput.write === table.throughput.write &&
    input.GlobalSecondaryIndexUpdates === undefined
  ) {
    const { read, write } = readThroughput(given);
    throw validation(
      `The provisioned throughput for the table will not change. The requested value equals the current value. Current ReadCapacityUnits provisioned for the table: ${read}. Requested ReadCapacityUnits: ${read}. Current WriteCapacityUnits provisioned for the table: ${write}. Requested WriteCapacityUnits: ${write}. Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.`,
    );
  }
  if (StreamSpecification?.StreamEnabled === true && table.stream !== undefined) {
    throw validation(`Table already has an enabled stream: TableName: ${table.name}`);
  }
  if (StreamSpecification?.StreamEnabled === false && table.stream === undefined) {
    throw validation(`Table is already in the process of disabling its stream or has none: TableName: ${table.name}`);
  }
  const attributes = mergedAttributes(table, readAttributes(input.AttributeDefinitions ?? []));
  const stream = StreamSpecification === undefined ? table.stream : newStream(StreamSpecification, now);
  const { stream: _, ...rest } = table;
  const next: TableState = {
    ...rest,
    attributes,
    globalIndexes: changedIndexes(table, input.GlobalSecondaryIndexUpdates ?? [], attributes, billing),
    billing,
    ...(billing === 'PAY_PER_REQUEST' && table.billing !== billing && { payPerRequestAt: now }),
    throughput,
    ...(input.TableClass !== undefined && { tableClass: input.TableClass }),
    isProtected: input.DeletionProtectionEnabled ?? table.isProtected,
    ...(stream && { stream }),
  };
  const kept = { ...next, attributes: attributes.filter(({ name }) => used(next, name)) };
  checkIndexes(kept);
  return kept;
}

export const updateTable: ChangeOperation<UpdateTableInput, UpdateTableOutput> = {
  kind: 'change',
  handle(account, input, call) {
    const { region } = call.request;
    const { name } = tableOf(account, input.TableName, region);
    const key = tableKey(region, name);
    const before = call.world.accounts[account.id]?.dynamodb.tables[key];
    if (before === undefined) throw new Error(`The table ${name} is not in the sandbox`);
    const after = altered(before, input, call.now);
    account.dynamodb.tables[key] = after as Draft<TableState>;
    return { TableDescription: describeTable(after, account.id, 'UPDATING') };
  },
};
