/** How tables are named and found. */
import { parseArn } from '../../../iam/arn.ts';
import type { AwsError } from '../../errors.ts';
import { own } from '../../own.ts';
import type { World } from '../../world.ts';
import { invalidValues, resourceNotFound, resourceNotFoundAt, tableNotFound, validation } from './errors.ts';
import type { DynamoDbState, IndexState, KeySchema, KeyType, TableState } from './state.ts';

const NAME = /^[a-zA-Z0-9_.-]+$/;

/** The key of a table in its account's state. A name holds no slash. */
export function tableKey(region: string, name: string): string {
  return `${region}/${name}`;
}

export function tableArn(region: string, accountId: string, name: string): string {
  return `arn:aws:dynamodb:${region}:${accountId}:table/${name}`;
}

/** Where a table is. */
export interface TablePlace {
  readonly region: string;
  readonly accountId: string;
  readonly name: string;
}

/** The table of an ARN: its own, or that of an index or a stream of it. */
export function placeOfArn(arn: string): TablePlace | undefined {
  const { service, region = '', accountId = '', resource = '' } = parseArn(arn) ?? {};
  const [, name] = /^table\/([^/]+)(?:\/(?:index|stream)\/[^/]+)?$/.exec(resource) ?? [];
  if (service !== 'dynamodb' || name === undefined || !/^\d{12}$/.test(accountId)) return undefined;
  return { region, accountId, name };
}

/** The table that a request names, by its name or its ARN. */
export function placeOf(text: string, here: Omit<TablePlace, 'name'>): TablePlace {
  const { region, accountId } = here;
  return placeOfArn(text) ?? { region, accountId, name: text };
}

/** The table of an ARN, wherever in the sandbox. */
export function tableOfArn(world: World, arn: string): TableState | undefined {
  const place = placeOfArn(arn);
  const account = place && own(world.accounts, place.accountId);
  return account && own(account.dynamodb.tables, tableKey(place.region, place.name));
}

/** An account, or a draft of one. */
export interface Tables<Table> {
  readonly id: string;
  readonly dynamodb: { readonly tables: Readonly<Record<string, Table>> };
}

function find<Table>(account: Tables<Table>, text: string, region: string): Table | undefined {
  const place = placeOf(text, { region, accountId: account.id });
  if (place.accountId !== account.id || place.region !== region) return undefined;
  return own(account.dynamodb.tables, tableKey(region, place.name));
}

/** The table whose items a request is about. @throws ResourceNotFoundException, ValidationException */
export function tableWithItems<Table>(account: Tables<Table>, text: string | undefined, region: string): Table {
  return found(find(account, checkedName(text), region), resourceNotFound);
}

/** The table that a request is about. @throws ResourceNotFoundException, ValidationException */
export function tableOf<Table>(account: Tables<Table>, text: string | undefined, region: string): Table {
  const name = checkedName(text);
  return found(find(account, name, region), () => tableNotFound(placeOfArn(name)?.name ?? name));
}

/**
 * The table of an ARN that a request is about.
 * @param missing the error where there is none
 * @throws ResourceNotFoundException, ValidationException
 */
export function tableAt<Table>(
  account: Tables<Table>,
  arn: string | undefined,
  region: string,
  missing: (arn: string) => AwsError = resourceNotFoundAt,
): Table {
  const place = placeOfArn(arn ?? '');
  if (place === undefined || arn === undefined) {
    throw invalidValues(`Provided Arn is not a DynamoDB resource arn: ${arn ?? 'null'}`);
  }
  const isTable = arn === tableArn(place.region, place.accountId, place.name);
  return found(isTable ? find(account, arn, region) : undefined, () => missing(arn));
}

function found<Table>(table: Table | undefined, error: () => AwsError): Table {
  if (table === undefined) throw error();
  return table;
}

/** A name that a request gives. @throws ValidationException */
export function checkedName(text = '', member: 'TableName' | 'IndexName' = 'TableName'): string {
  if (member === 'TableName' && placeOfArn(text) !== undefined) return text;
  if (text.length < 3 || text.length > 255) {
    throw validation(`${member} must be at least 3 characters long and at most 255 characters long`);
  }
  if (!NAME.test(text)) {
    const at = member === 'TableName' ? 'tableName' : 'indexName';
    throw validation(
      `1 validation error detected: Value '${text}' at '${at}' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+`,
    );
  }
  return text;
}

/** The names of a key's attributes. */
export function keyNames({ partition, sort }: KeySchema): readonly string[] {
  return sort === undefined ? [partition] : [partition, sort];
}

/** The type that a key's attribute must have. */
export function keyTypeOf({ attributes }: Pick<TableState, 'attributes'>, attribute: string): KeyType {
  const type = attributes.find(({ name }) => name === attribute)?.type;
  if (type === undefined) throw new Error(`The attribute ${attribute} is not defined`);
  return type;
}

export function indexesOf({ localIndexes, globalIndexes }: TableState): readonly IndexState[] {
  return [...localIndexes, ...globalIndexes];
}

/** The tables of a region by name. */
export function tablesIn({ tables }: DynamoDbState, region: string): readonly TableState[] {
  return Object.values(tables)
    .filter((table) => table.region === region)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
