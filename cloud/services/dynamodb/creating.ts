/** CreateTable. */
import type { CreateTableInput, CreateTableOutput, StreamSpecification } from '@aws-sdk/client-dynamodb';
import type { Call, Draft } from '../../call.ts';
import { hexOf } from '../../hex.ts';
import { own } from '../../own.ts';
import { permission } from '../../permissions/defaults.ts';
import { requestTagContext } from '../../permissions/input-tags.ts';
import type { ChangeOperation, Permission, PermissionFacts } from '../../service.ts';
import { describeTable } from './describing.ts';
import { invalidValues, limitExceeded, resourceInUse, validation } from './errors.ts';
import {
  checkBilling,
  checkIndexes,
  readAttributes,
  readGlobalIndex,
  readKeySchema,
  readLocalIndexes,
} from './key-schemas.ts';
import { dynamoDbLimits } from './limits.ts';
import { newPolicy } from './policies.ts';
import type { TableState } from './state.ts';
import { checkedName, placeOf, tableArn, tableKey, tablesIn } from './tables.ts';
import { checkTags } from './tags.ts';

/** What a table is created with is a permission of its own (Amazon DynamoDB API Reference, CreateTable). */
function creationNeeds(input: CreateTableInput, facts: PermissionFacts): readonly Permission[] {
  const { TableName = '', Tags = [], ResourcePolicy } = input;
  const { name } = placeOf(TableName, { region: facts.region, accountId: facts.callerAccountId });
  const arn = tableArn(facts.region, facts.callerAccountId, name);
  return [
    ...(Tags.length > 0
      ? [permission('dynamodb:TagResource', arn, facts, { context: requestTagContext({ Tags }) })]
      : []),
    ...(ResourcePolicy === undefined ? [] : [permission('dynamodb:PutResourcePolicy', arn, facts)]),
  ];
}

/** A UUID, version 4. */
function uuid(bytes: Uint8Array): string {
  const hex = hexOf(bytes);
  const variant = '89ab'[(bytes[8] ?? 0) % 4];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The stream of a table: its label is when it began. @throws ValidationException */
export function newStream(given: StreamSpecification | undefined, now: number): TableState['stream'] {
  if (given === undefined) return undefined;
  if (given.StreamEnabled !== true) {
    if (given.StreamViewType !== undefined) {
      throw invalidValues('StreamViewType cannot be specified when StreamEnabled is false');
    }
    return undefined;
  }
  if (given.StreamViewType === undefined)
    throw invalidValues('StreamViewType must be specified when StreamEnabled is true');
  return { viewType: given.StreamViewType, label: new Date(now).toISOString().replace('Z', '') };
}

/** Under another key than DynamoDB's own. @throws ValidationException */
export function refuseOwnKeys(specification: { readonly Enabled?: boolean | undefined } | undefined): void {
  if (specification?.Enabled !== true) return;
  throw validation('Encryption of tables under keys of KMS is not offered here: leave SSESpecification out');
}

function newTable(input: CreateTableInput, name: string, call: Call): TableState {
  const { BillingMode: billing = 'PROVISIONED', DeletionProtectionEnabled, TableClass } = input;
  const throughput = checkBilling(billing, input.ProvisionedThroughput);
  refuseOwnKeys(input.SSESpecification);
  const attributes = readAttributes(input.AttributeDefinitions ?? []);
  const keys = readKeySchema(input.KeySchema ?? [], attributes);
  const { GlobalSecondaryIndexes: globals } = input;
  if (globals?.length === 0) throw invalidValues('List of GlobalSecondaryIndexes is empty');
  const stream = newStream(input.StreamSpecification, call.now);
  const table: TableState = {
    name,
    region: call.request.region,
    id: uuid(call.random.bytes(16)),
    createdAt: call.now,
    attributes,
    keys,
    localIndexes: readLocalIndexes(input.LocalSecondaryIndexes, keys, attributes),
    globalIndexes: (globals ?? []).map((index) => readGlobalIndex(index, attributes, billing)),
    billing,
    ...(billing === 'PAY_PER_REQUEST' && { payPerRequestAt: call.now }),
    throughput,
    ...(TableClass !== undefined && { tableClass: TableClass }),
    isProtected: DeletionProtectionEnabled === true,
    ...(stream && { stream }),
    tags: checkTags(input.Tags ?? [], []),
    ...(input.ResourcePolicy !== undefined && { policy: newPolicy(input.ResourcePolicy, call) }),
    items: {},
  };
  checkIndexes(table);
  return table;
}

export const createTable: ChangeOperation<CreateTableInput, CreateTableOutput> = {
  kind: 'change',
  // A table is made in the caller's account, whatever is there already.
  owner: (_input, { callerAccountId }) => callerAccountId,
  alsoNeeds: creationNeeds,
  handle(account, input, call) {
    const { region } = call.request;
    const place = placeOf(checkedName(input.TableName), { region, accountId: account.id });
    if (place.accountId !== account.id || place.region !== region) {
      throw validation('A table can be created in the account and the region of the request only');
    }
    const table = newTable(input, place.name, call);
    const key = tableKey(region, place.name);
    if (own(account.dynamodb.tables, key) !== undefined) {
      throw resourceInUse(`Table already exists: ${place.name}`);
    }
    if (tablesIn(account.dynamodb, region).length >= dynamoDbLimits.tablesPerRegion) {
      throw limitExceeded(
        `Subscriber limit exceeded: Only ${dynamoDbLimits.tablesPerRegion} tables can exist in a Region.`,
      );
    }
    account.dynamodb.tables[key] = table as Draft<TableState>;
    return { TableDescription: describeTable(table, account.id, 'CREATING') };
  },
};
