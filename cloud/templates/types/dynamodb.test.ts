/** Tables out of templates. */
import { beforeEach, expect, it } from 'vitest';
import { accountId, allow, partnerId, Sandbox } from '../../testing/sandbox.ts';
import { deployTemplate } from '../deploy.ts';
import { readTemplate } from '../template.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});

async function deploy(resources: Readonly<Record<string, object>>) {
  const read = readTemplate(JSON.stringify({ Resources: resources }));
  if (read.kind === 'invalid') throw new Error(JSON.stringify(read.problems, null, 1));
  const send = async (service: string, operation: string, input: object) =>
    sandbox.call(`${service}:${operation}`, input);
  return deployTemplate(read.template, {}, send, { accountId, region: 'us-east-1' });
}

const attribute = (AttributeName: string, AttributeType: string) => ({ AttributeName, AttributeType });
const hash = (AttributeName: string) => ({ AttributeName, KeyType: 'HASH' });
const range = (AttributeName: string) => ({ AttributeName, KeyType: 'RANGE' });

it('makes a table with its indexes, policy, tags and settings', async () => {
  const { refs, attributes } = await deploy({
    Notes: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        TableName: 'notes',
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [attribute('owner', 'S'), attribute('at', 'N'), attribute('topic', 'S')],
        KeySchema: [hash('owner'), range('at')],
        GlobalSecondaryIndexes: [
          {
            IndexName: 'by-topic',
            KeySchema: [hash('topic')],
            Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['text'] },
          },
        ],
        LocalSecondaryIndexes: [
          {
            IndexName: 'own-topics',
            KeySchema: [hash('owner'), range('topic')],
            Projection: { ProjectionType: 'ALL' },
          },
        ],
        StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
        TimeToLiveSpecification: { Enabled: true, AttributeName: 'ends' },
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 7 },
        Tags: [{ Key: 'team', Value: 'web' }],
        ResourcePolicy: {
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [{ ...allow('dynamodb:GetItem'), Principal: { AWS: partnerId } }],
          },
        },
      },
    },
  });
  const arn = `arn:aws:dynamodb:us-east-1:${accountId}:table/notes`;
  expect([refs['Notes'], attributes['Notes']]).toEqual([
    'notes',
    { Arn: arn, StreamArn: `${arn}/stream/2026-01-05T12:00:00.000` },
  ]);
  const on = (operation: string, input: object = { TableName: 'notes' }) =>
    sandbox.call(`dynamodb:${operation}`, input);
  expect(on('DescribeTable').Table).toMatchObject({
    GlobalSecondaryIndexes: [{ Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['text'] } }],
    LocalSecondaryIndexes: [{ IndexName: 'own-topics' }],
  });
  expect(on('DescribeTimeToLive').TimeToLiveDescription.AttributeName).toBe('ends');
  expect(
    on('DescribeContinuousBackups').ContinuousBackupsDescription.PointInTimeRecoveryDescription.RecoveryPeriodInDays,
  ).toBe(7);
  expect(on('ListTagsOfResource', { ResourceArn: arn }).Tags).toEqual([{ Key: 'team', Value: 'web' }]);
  expect(on('GetResourcePolicy', { ResourceArn: arn }).Policy).toContain(`arn:aws:iam::${partnerId}:root`);
});

it('makes a provisioned table under a name of its own', async () => {
  const { refs } = await deploy({
    Counts: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        AttributeDefinitions: [attribute('id', 'S')],
        KeySchema: [hash('id')],
        ProvisionedThroughput: { ReadCapacityUnits: 2, WriteCapacityUnits: 1 },
      },
    },
  });
  const { Table } = sandbox.call('dynamodb:DescribeTable', { TableName: refs['Counts'] });
  expect(Table.ProvisionedThroughput).toMatchObject({ ReadCapacityUnits: 2, WriteCapacityUnits: 1 });
});
