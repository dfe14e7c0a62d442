/** AWS::DynamoDB::Table. */
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
  *make(properties, { generatedName }) {
    const name = textOf(properties, 'TableName') ?? generatedName(255);
    const made = yield* send('dynamodb', 'CreateTable', inputOf(properties, name));
    yield* settle(properties, name);
    return {
      ref: name,
      attributes: {
        Arn: answered(made, 'TableDescription', 'TableArn'),
        StreamArn: answered(made, 'TableDescription', 'LatestStreamArn'),
      },
    };
  },
};

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

/** What CloudFormation sets when the table is there. */
function* settle(properties: Properties, TableName: string): Steps<void> {
  const timeToLive = recordOf(properties, 'TimeToLiveSpecification');
  if (timeToLive !== undefined && booleanOf(timeToLive, 'Enabled') === true) {
    const TimeToLiveSpecification = { Enabled: true, AttributeName: textOf(timeToLive, 'AttributeName') };
    yield* send('dynamodb', 'UpdateTimeToLive', { TableName, TimeToLiveSpecification });
  }
  const recovery = recordOf(properties, 'PointInTimeRecoverySpecification');
  if (recovery === undefined) return;
  yield* send('dynamodb', 'UpdateContinuousBackups', {
    TableName,
    PointInTimeRecoverySpecification: given({
      PointInTimeRecoveryEnabled: booleanOf(recovery, 'PointInTimeRecoveryEnabled') === true,
      RecoveryPeriodInDays: numberOf(recovery, 'RecoveryPeriodInDays'),
    }),
  });
}
