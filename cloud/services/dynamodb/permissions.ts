/**
 * What the rule for permissions cannot tell of DynamoDB: tables in maps, transactions, and the condition keys by which access to items
 * is made finer (Amazon DynamoDB Developer Guide, "Using IAM policy conditions for fine-grained access control").
 */
import type { AttributeValue, TransactGetItem, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { toBase64 } from '@smithy/core/serde';
import { own } from '../../own.ts';
import type { Permission, PermissionFacts, ResourceRules } from '../../service.ts';
import type { World } from '../../world.ts';
import { validation } from './errors.ts';
import { attributesNamed } from './expressions/attribute-names.ts';
import type { ExpressionName } from './expressions/tokens.ts';
import { partitionOfQuery } from './leading-key.ts';
import { readNumber, writeNumber } from './numbers.ts';
import type { KeySchema } from './state.ts';
import { placeOf, tableArn, tableOfArn } from './tables.ts';

type Input = Readonly<Record<string, unknown>>;
type Context = Permission['context'];
type WireItem = Readonly<Record<string, AttributeValue>>;

/** One request on the items of a table, whatever the operation that it came in. */
export interface ItemRequest {
  readonly Key?: WireItem;
  readonly Item?: WireItem;
  readonly Keys?: readonly WireItem[];
  readonly IndexName?: string;
  readonly KeyConditionExpression?: string;
  readonly FilterExpression?: string;
  readonly ConditionExpression?: string;
  readonly ProjectionExpression?: string;
  readonly UpdateExpression?: string;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues?: WireItem;
  readonly Select?: string;
  readonly ReturnValues?: string;
  readonly ReturnConsumedCapacity?: string;
}

export const tableResources: ResourceRules = {
  named(input, facts, { type }) {
    const arnOf = (table: string) => arnOfTable(table, facts);
    const { TableName, IndexName, RequestItems } = input;
    if (type === 'table' && isRecord(RequestItems)) return Object.keys(RequestItems).map(arnOf);
    if (typeof TableName !== 'string') return undefined;
    if (type === 'table') return arnOf(TableName);
    if (type !== 'index') return [];
    return typeof IndexName === 'string' ? `${arnOf(TableName)}/index/${IndexName}` : [];
  },
  tagsOf: (world, arn) => {
    const table = tableOfArn(world, arn);
    return table && Object.fromEntries(table.tags.map(({ Key, Value }) => [Key, Value]));
  },
  context: (input, facts, { operation, arn }) => contextOf(input, facts, operation, arn),
};

function isRecord(value: unknown): value is Input {
  return typeof value === 'object' && value !== null;
}

/** The ARN of a table that is named by its name or its ARN. */
function arnOfTable(text: string, { region, callerAccountId }: PermissionFacts): string {
  const place = placeOf(text, { region, accountId: callerAccountId });
  return tableArn(place.region, place.accountId, place.name);
}

function contextOf(input: Input, facts: PermissionFacts, operation: string, arn: string): Context {
  const capacity = input['ReturnConsumedCapacity'];
  const returned: Context = typeof capacity === 'string' ? { 'dynamodb:ReturnConsumedCapacity': capacity } : {};
  switch (operation) {
    case 'GetItem':
    case 'PutItem':
    case 'UpdateItem':
    case 'DeleteItem':
    case 'Query':
    case 'Scan':
      return { ...itemContext(input as ItemRequest, operation, facts.world, arn), ...returned };
    case 'BatchGetItem':
    case 'BatchWriteItem':
      return { ...batchContext(input['RequestItems'], operation, facts, arn), ...returned };
    default:
      return {};
  }
}

/** All that a batch asks of one table. */
function batchContext(items: unknown, operation: string, facts: PermissionFacts, arn: string): Context {
  const requests = Object.entries(isRecord(items) ? items : {})
    .filter(([table]) => arnOfTable(table, facts) === arn)
    .flatMap(([, request]) => (Array.isArray(request) ? request.flatMap(writesOf) : [request as ItemRequest]));
  const contexts = requests.map((request) => itemContext(request, operation, facts.world, arn));
  const [first] = contexts;
  const joined = (key: string) => [...new Set(contexts.flatMap((context) => context[key] ?? []))];
  return {
    ...first,
    ...(first && { 'dynamodb:Attributes': joined('dynamodb:Attributes') }),
    ...(first?.['dynamodb:LeadingKeys'] && { 'dynamodb:LeadingKeys': joined('dynamodb:LeadingKeys') }),
  };
}

function writesOf(write: unknown): readonly ItemRequest[] {
  if (!isRecord(write)) return [];
  return [write['PutRequest'], write['DeleteRequest']].filter(isRecord);
}

const READS: ReadonlySet<string> = new Set(['GetItem', 'BatchGetItem', 'Query', 'Scan']);
const EXPRESSIONS: readonly ExpressionName[] = [
  'KeyConditionExpression',
  'FilterExpression',
  'ConditionExpression',
  'ProjectionExpression',
  'UpdateExpression',
];

/** The condition keys of one request on items. */
export function itemContext(request: ItemRequest, operation: string, world: World, arn: string): Context {
  const { Key, Item, Keys = [], ReturnValues, ExpressionAttributeNames: names = {} } = request;
  const items = [Key, Item, ...Keys].filter((item) => item !== undefined);
  const attributes = new Set([
    ...items.flatMap((item) => Object.keys(item)),
    ...EXPRESSIONS.flatMap((expression) => {
      const text = request[expression];
      return text === undefined ? [] : attributesNamed(text, expression, names);
    }),
  ]);
  const keys = keysOf(request, world, arn);
  const leading = keys === undefined ? [] : leadingKeys(request, items, keys);
  return {
    'dynamodb:Attributes': [...attributes],
    ...(leading.length > 0 && { 'dynamodb:LeadingKeys': leading }),
    ...(READS.has(operation) && { 'dynamodb:Select': selected(request, operation) }),
    ...(ReturnValues !== undefined && { 'dynamodb:ReturnValues': ReturnValues }),
  };
}

function keysOf({ IndexName }: ItemRequest, world: World, arn: string): KeySchema | undefined {
  const table = tableOfArn(world, arn);
  if (IndexName === undefined) return table?.keys;
  return [...(table?.localIndexes ?? []), ...(table?.globalIndexes ?? [])].find(({ name }) => name === IndexName)?.keys;
}

function leadingKeys(request: ItemRequest, items: readonly WireItem[], { partition }: KeySchema): readonly string[] {
  const values = items.map((item) => own(item, partition));
  const texts = [...values, partitionOfQuery(request, partition)].flatMap((value) => keyText(value) ?? []);
  return [...new Set(texts)];
}

function keyText(value: AttributeValue | undefined): string | undefined {
  if (value?.N !== undefined) return numberText(value.N);
  return value?.S ?? (value?.B instanceof Uint8Array ? toBase64(value.B) : undefined);
}

/** In its one way of writing, so that a policy cannot be passed by with `7.0`. */
function numberText(text: string): string {
  try {
    return writeNumber(readNumber(text));
  } catch {
    return text;
  }
}

/** What is answered of items where the request does not say: all attributes, all of the index, or those that it names. */
function selected({ Select, ProjectionExpression, IndexName }: ItemRequest, operation: string): string {
  if (Select !== undefined) return Select;
  if (ProjectionExpression !== undefined) return 'SPECIFIC_ATTRIBUTES';
  const isOfIndex = IndexName !== undefined && (operation === 'Query' || operation === 'Scan');
  return isOfIndex ? 'ALL_PROJECTED_ATTRIBUTES' : 'ALL_ATTRIBUTES';
}

interface Part extends ItemRequest {
  readonly TableName?: string | undefined;
}

/**
 * The account of the tables that a request names; those named without an ARN are the caller's.
 * @throws ValidationException where they are of several accounts
 */
export function ownerOfTables(
  tables: readonly (string | undefined)[],
  { world, region, callerAccountId }: PermissionFacts,
): string {
  const owners = new Set(tables.map((table = '') => placeOf(table, { region, accountId: callerAccountId }).accountId));
  if (owners.size > 1) throw validation('The tables of one request must belong to one account');
  const [owner = callerAccountId] = owners;
  return own(world.accounts, owner) === undefined ? callerAccountId : owner;
}

/** A transaction needs the permission of each of its parts (Amazon DynamoDB Developer Guide, "Using IAM with transactions"). */
function partPermission(
  action: string,
  part: Part,
  facts: PermissionFacts,
  enclosing: 'TransactGetItems' | 'TransactWriteItems',
): Permission {
  const place = placeOf(part.TableName ?? '', { region: facts.region, accountId: facts.callerAccountId });
  const resource = tableArn(place.region, place.accountId, place.name);
  const tags = tableResources.tagsOf?.(facts.world, resource) ?? {};
  return {
    action: `dynamodb:${action}`,
    resource,
    resourceAccountId: place.accountId,
    context: {
      ...Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:ResourceTag/${key}`, value])),
      ...itemContext(part, action, facts.world, resource),
      'dynamodb:EnclosingOperation': enclosing,
    },
  };
}

export function transactGetPermissions(
  { TransactItems = [] }: { readonly TransactItems?: readonly TransactGetItem[] | undefined },
  facts: PermissionFacts,
): readonly Permission[] {
  return TransactItems.flatMap(({ Get }) =>
    Get === undefined ? [] : [partPermission('GetItem', Get as Part, facts, 'TransactGetItems')],
  );
}

export function transactWritePermissions(
  { TransactItems = [] }: { readonly TransactItems?: readonly TransactWriteItem[] | undefined },
  facts: PermissionFacts,
): readonly Permission[] {
  return TransactItems.flatMap(({ ConditionCheck, Put, Update, Delete }) =>
    Object.entries({
      ConditionCheckItem: ConditionCheck,
      PutItem: Put,
      UpdateItem: Update,
      DeleteItem: Delete,
    }).flatMap(([action, part]) =>
      part === undefined ? [] : [partPermission(action, part as Part, facts, 'TransactWriteItems')],
    ),
  );
}
