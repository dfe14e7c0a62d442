/** Keys and indexes of tables as requests define them. Texts as AWS answers them. */
import type {
  AttributeDefinition,
  GlobalSecondaryIndex,
  KeySchemaElement,
  LocalSecondaryIndex,
  Projection,
  ProvisionedThroughput,
} from '@aws-sdk/client-dynamodb';
import { invalidValues, validation } from './errors.ts';
import { dynamoDbLimits } from './limits.ts';
import type { IndexState, KeySchema, KeyType, TableState, Throughput } from './state.ts';
import { checkedName, keyNames } from './tables.ts';

type Attributes = TableState['attributes'];

/** @throws ValidationException */
export function readAttributes(definitions: readonly AttributeDefinition[]): Attributes {
  const attributes = definitions.map(({ AttributeName = '', AttributeType }) => ({
    name: AttributeName,
    type: AttributeType as KeyType,
  }));
  const names = attributes.map(({ name }) => name);
  const twice = names.find((name, n) => names.indexOf(name) !== n);
  if (twice !== undefined) {
    throw invalidValues(`Duplicate AttributeName in AttributeDefinitions: ${twice}`);
  }
  return attributes;
}

/** @throws ValidationException */
export function readKeySchema(schema: readonly KeySchemaElement[], attributes: Attributes): KeySchema {
  const names = schema.map(({ AttributeName = '' }) => AttributeName);
  const defined = attributes.map(({ name }) => name);
  if (names.some((name) => !defined.includes(name))) {
    throw invalidValues(
      `Some index key attributes are not defined in AttributeDefinitions. Keys: [${names.join(', ')}], AttributeDefinitions: [${defined.join(', ')}]`,
    );
  }
  const [partition = '', sort] = names;
  if (partition === sort) {
    throw validation('Both the Hash Key and the Range Key element in the KeySchema have the same name');
  }
  if (schema[0]?.KeyType !== 'HASH') {
    throw validation('Invalid KeySchema: The first KeySchemaElement is not a HASH key type');
  }
  if (sort !== undefined && schema[1]?.KeyType !== 'RANGE') {
    throw validation('Invalid KeySchema: The second KeySchemaElement is not a RANGE key type');
  }
  return { partition, ...(sort !== undefined && { sort }) };
}

function readProjection(projection: Projection | undefined): Pick<IndexState, 'projection' | 'included'> {
  const { ProjectionType, NonKeyAttributes } = projection ?? {};
  if (ProjectionType === undefined) throw invalidValues('Unknown ProjectionType: null');
  if (ProjectionType !== 'INCLUDE' && NonKeyAttributes !== undefined) {
    throw invalidValues(`ProjectionType is ${ProjectionType}, but NonKeyAttributes is specified`);
  }
  if (ProjectionType === 'INCLUDE' && NonKeyAttributes === undefined) {
    throw invalidValues('ProjectionType is INCLUDE, but NonKeyAttributes is not specified');
  }
  return { projection: ProjectionType, included: NonKeyAttributes ?? [] };
}

/** @throws ValidationException */
export function readLocalIndexes(
  indexes: readonly LocalSecondaryIndex[] | undefined,
  keys: KeySchema,
  attributes: Attributes,
): readonly IndexState[] {
  if (indexes === undefined) return [];
  if (indexes.length === 0) throw invalidValues('List of LocalSecondaryIndexes is empty');
  if (keys.sort === undefined) {
    throw invalidValues(
      'Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex',
    );
  }
  if (indexes.length > dynamoDbLimits.localIndexes) {
    throw invalidValues(`Number of LocalSecondaryIndexes exceeds per-table limit of ${dynamoDbLimits.localIndexes}`);
  }
  return indexes.map(({ IndexName, KeySchema: schema = [], Projection: projection }) => {
    const name = checkedName(IndexName, 'IndexName');
    const own = readKeySchema(schema, attributes);
    if (own.sort === undefined) throw invalidValues(`Index KeySchema does not have a range key for index: ${name}`);
    if (own.partition !== keys.partition) {
      throw invalidValues(
        `Index KeySchema does not have the same leading hash key as table KeySchema for index: ${name}. index hash key: ${own.partition}, table hash key: ${keys.partition}`,
      );
    }
    return { name, keys: own, ...readProjection(projection) };
  });
}

/** @throws ValidationException */
export function readGlobalIndex(
  { IndexName, KeySchema: schema = [], Projection: projection, ProvisionedThroughput: given }: GlobalSecondaryIndex,
  attributes: Attributes,
  billing: TableState['billing'],
): IndexState {
  const name = checkedName(IndexName, 'IndexName');
  const keys = readKeySchema(schema, attributes);
  const shown = readProjection(projection);
  if (billing === 'PROVISIONED') {
    if (given === undefined) throw invalidValues(`ProvisionedThroughput is not specified for index: ${name}`);
    return { name, keys, ...shown, throughput: readThroughput(given) };
  }
  if (given !== undefined) {
    throw invalidValues(
      `ProvisionedThroughput should not be specified for index: ${name} when BillingMode is PAY_PER_REQUEST`,
    );
  }
  return { name, keys, ...shown };
}

export function readThroughput({ ReadCapacityUnits, WriteCapacityUnits }: ProvisionedThroughput): Throughput {
  return { read: ReadCapacityUnits ?? 0, write: WriteCapacityUnits ?? 0 };
}

/** What billing a request asks for. @throws ValidationException */
export function checkBilling(billing: TableState['billing'], given: ProvisionedThroughput | undefined): Throughput {
  if (billing === 'PAY_PER_REQUEST') {
    if (given !== undefined) {
      throw invalidValues(
        'Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST',
      );
    }
    return { read: 0, write: 0 };
  }
  if (given === undefined) {
    throw invalidValues(
      'ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED',
    );
  }
  return readThroughput(given);
}

/** Names are given once, and every attribute that is defined is part of a key. @throws ValidationException */
export function checkIndexes(table: Pick<TableState, 'keys' | 'attributes' | 'localIndexes' | 'globalIndexes'>): void {
  const indexes = [...table.localIndexes, ...table.globalIndexes];
  const names = indexes.map(({ name }) => name);
  const twice = names.find((name, n) => names.indexOf(name) !== n);
  if (twice !== undefined) throw invalidValues(`Duplicate index name: ${twice}`);
  if (table.globalIndexes.length > dynamoDbLimits.globalIndexes) {
    throw invalidValues(`GlobalSecondaryIndex count exceeds the per-table limit of ${dynamoDbLimits.globalIndexes}`);
  }
  const used = new Set([table.keys, ...indexes.map(({ keys }) => keys)].flatMap(keyNames));
  const defined = table.attributes.map(({ name }) => name);
  if (defined.every((name) => used.has(name))) return;
  throw invalidValues(
    indexes.length === 0
      ? 'Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions'
      : `Some AttributeDefinitions are not used. AttributeDefinitions: [${defined.join(', ')}], keys used: [${[...used].join(', ')}]`,
  );
}
