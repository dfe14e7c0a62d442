/** AWS::DynamoDB::Table. */
import { comparable, differ, retag } from '../differences.ts';
import {
  answered,
  booleanOf,
  documentOf,
  given,
  numberOf,
  type Properties,
  type ResourceType,
  recordOf,
  recordsOf,
  type Steps,
  send,
  textOf,
  textsOf,
} from '../resource-type.ts';
import { boolean, document, list, number, oneOf, record, tags, text } from '../shape.ts';

const keySchema = list(record({ AttributeName: text, KeyType: oneOf('HASH', 'RANGE') }, ['AttributeName', 'KeyType']));
const projection = record({ ProjectionType: oneOf('ALL', 'KEYS_ONLY', 'INCLUDE'), NonKeyAttributes: list(text) });
const throughput = record({ ReadCapacityUnits: number, WriteCapacityUnits: number }, [
  'ReadCapacityUnits',
  'WriteCapacityUnits',
]);
const index = { IndexName: text, KeySchema: keySchema, Projection: projection };
const ofIndex = ['IndexName', 'KeySchema', 'Projection'];

export const table: ResourceType = {
  name: 'AWS::DynamoDB::Table',
  properties: record(
    {
      TableName: text,
      AttributeDefinitions: list(
        record({ AttributeName: text, AttributeType: oneOf('S', 'N', 'B') }, ['AttributeName', 'AttributeType']),
      ),
      BillingMode: oneOf('PROVISIONED', 'PAY_PER_REQUEST'),
      DeletionProtectionEnabled: boolean,
      GlobalSecondaryIndexes: list(record({ ...index, ProvisionedThroughput: throughput }, ofIndex)),
      KeySchema: keySchema,
      LocalSecondaryIndexes: list(record(index, ofIndex)),
      PointInTimeRecoverySpecification: record({ PointInTimeRecoveryEnabled: boolean, RecoveryPeriodInDays: number }),
      ProvisionedThroughput: throughput,
      ResourcePolicy: record({ PolicyDocument: document }, ['PolicyDocument']),
      StreamSpecification: record(
        { StreamViewType: oneOf('KEYS_ONLY', 'NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES') },
        ['StreamViewType'],
      ),
      TableClass: oneOf('STANDARD', 'STANDARD_INFREQUENT_ACCESS'),
      Tags: tags,
      TimeToLiveSpecification: record({ AttributeName: text, Enabled: boolean }, ['Enabled']),
    },
    ['KeySchema'],
  ),
  attributes: ['Arn', 'StreamArn'],
  named: 'TableName',
  fixed: ['TableName', 'KeySchema', 'LocalSecondaryIndexes'],
  *make(properties, { generatedName }) {
    const name = textOf(properties, 'TableName') ?? generatedName(255);
    const made = yield* send('dynamodb', 'CreateTable', inputOf(properties, name));
    return {
      ref: name,
      attributes: {
        Arn: answered(made, 'TableDescription', 'TableArn'),
        StreamArn: answered(made, 'TableDescription', 'LatestStreamArn'),
      },
    };
  },
  settle: ({ ref }, properties) => adjust(ref, {}, properties),
  *update({ ref: TableName, attributes, properties: before }, properties) {
    yield* updateTable(TableName, before, properties);
    yield* adjust(TableName, before, properties);
    const ResourceArn = attributes['Arn'];
    if (differ(before, properties, 'ResourcePolicy')) {
      const policy = recordOf(properties, 'ResourcePolicy');
      if (policy === undefined) yield* send('dynamodb', 'DeleteResourcePolicy', { ResourceArn });
      else {
        yield* send('dynamodb', 'PutResourcePolicy', { ResourceArn, Policy: documentOf(policy, 'PolicyDocument') });
      }
    }
    yield* retag(before, properties, {
      service: 'dynamodb',
      set: (Tags) => ['TagResource', { ResourceArn, Tags }],
      remove: (TagKeys) => ['UntagResource', { ResourceArn, TagKeys }],
    });
    const described = yield* send('dynamodb', 'DescribeTable', { TableName });
    const StreamArn = answered(described, 'Table', 'LatestStreamArn');
    return { ref: TableName, attributes: { ...attributes, StreamArn } };
  },
  *remove({ ref }) {
    yield* send('dynamodb', 'DeleteTable', { TableName: ref });
  },
};

/** One index is made or deleted a call, as DynamoDB wants it. */
function* updateTable(TableName: string, before: Properties, after: Properties): Steps<void> {
  const plain = ['BillingMode', 'DeletionProtectionEnabled', 'ProvisionedThroughput', 'TableClass'];
  const input = inputOf(after, TableName);
  const changed = plain.filter((name) => differ(before, after, name));
  if (changed.length > 0) {
    const settings = Object.fromEntries(changed.map((name) => [name, input[name]]));
    yield* send('dynamodb', 'UpdateTable', given({ TableName, ...settings }));
  }
  if (differ(before, after, 'StreamSpecification')) {
    const StreamSpecification = input['StreamSpecification'] ?? { StreamEnabled: false };
    yield* send('dynamodb', 'UpdateTable', { TableName, StreamSpecification });
  }
  const indexes = (properties: Properties) => recordsOf(properties, 'GlobalSecondaryIndexes');
  const has = (list: readonly Properties[], index: Properties) =>
    list.some((other) => comparable(other) === comparable(index));
  for (const index of indexes(before).filter((old) => !has(indexes(after), old))) {
    const Delete = { IndexName: textOf(index, 'IndexName') };
    yield* send('dynamodb', 'UpdateTable', { TableName, GlobalSecondaryIndexUpdates: [{ Delete }] });
  }
  const AttributeDefinitions = recordsOf(after, 'AttributeDefinitions');
  for (const index of indexes(after).filter((wanted) => !has(indexes(before), wanted))) {
    const GlobalSecondaryIndexUpdates = [{ Create: indexOf(index) }];
    yield* send('dynamodb', 'UpdateTable', { TableName, AttributeDefinitions, GlobalSecondaryIndexUpdates });
  }
}

function inputOf(properties: Properties, name: string): Readonly<Record<string, unknown>> {
  const policy = recordOf(properties, 'ResourcePolicy');
  const stream = recordOf(properties, 'StreamSpecification');
  const locals = recordsOf(properties, 'LocalSecondaryIndexes').map(indexOf);
  const globals = recordsOf(properties, 'GlobalSecondaryIndexes').map(indexOf);
  const tagged = recordsOf(properties, 'Tags');
  return given({
    TableName: name,
    AttributeDefinitions: recordsOf(properties, 'AttributeDefinitions'),
    KeySchema: recordsOf(properties, 'KeySchema'),
    BillingMode: textOf(properties, 'BillingMode'),
    DeletionProtectionEnabled: booleanOf(properties, 'DeletionProtectionEnabled'),
    ProvisionedThroughput: throughputOf(properties),
    TableClass: textOf(properties, 'TableClass'),
    LocalSecondaryIndexes: locals.length > 0 ? locals : undefined,
    GlobalSecondaryIndexes: globals.length > 0 ? globals : undefined,
    StreamSpecification: stream && { StreamEnabled: true, StreamViewType: textOf(stream, 'StreamViewType') },
    ResourcePolicy: policy && documentOf(policy, 'PolicyDocument'),
    Tags: tagged.length > 0 ? tagged : undefined,
  });
}

function throughputOf(properties: Properties): Readonly<Record<string, unknown>> | undefined {
  const wanted = recordOf(properties, 'ProvisionedThroughput');
  return (
    wanted && {
      ReadCapacityUnits: numberOf(wanted, 'ReadCapacityUnits'),
      WriteCapacityUnits: numberOf(wanted, 'WriteCapacityUnits'),
    }
  );
}

function indexOf(properties: Properties): Readonly<Record<string, unknown>> {
  const shown = recordOf(properties, 'Projection') ?? {};
  const included = textsOf(shown, 'NonKeyAttributes');
  return given({
    IndexName: textOf(properties, 'IndexName'),
    KeySchema: recordsOf(properties, 'KeySchema'),
    Projection: given({
      ProjectionType: textOf(shown, 'ProjectionType'),
      NonKeyAttributes: included.length > 0 ? included : undefined,
    }),
    ProvisionedThroughput: throughputOf(properties),
  });
}

/** What is set when the table is there. */
function* adjust(TableName: string, before: Properties, after: Properties): Steps<void> {
  const lives = (properties: Properties) => recordOf(properties, 'TimeToLiveSpecification') ?? {};
  const isOn = (properties: Properties) => booleanOf(lives(properties), 'Enabled') === true;
  if (differ(before, after, 'TimeToLiveSpecification') && (isOn(before) || isOn(after))) {
    const AttributeName = textOf(lives(isOn(after) ? after : before), 'AttributeName');
    const TimeToLiveSpecification = { Enabled: isOn(after), AttributeName };
    yield* send('dynamodb', 'UpdateTimeToLive', { TableName, TimeToLiveSpecification });
  }
  if (!differ(before, after, 'PointInTimeRecoverySpecification')) return;
  const recovery = recordOf(after, 'PointInTimeRecoverySpecification') ?? {};
  yield* send('dynamodb', 'UpdateContinuousBackups', {
    TableName,
    PointInTimeRecoverySpecification: given({
      PointInTimeRecoveryEnabled: booleanOf(recovery, 'PointInTimeRecoveryEnabled') === true,
      RecoveryPeriodInDays: numberOf(recovery, 'RecoveryPeriodInDays'),
    }),
  });
}
