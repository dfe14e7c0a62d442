import { expect } from 'vitest';
import type { Scenario } from './scenario.ts';

const dynamodb = (command: string, ...more: readonly string[]) => ['dynamodb', command, ...more];
const onNotes = (command: string, ...more: readonly string[]) => dynamodb(command, '--table-name', 'notes', ...more);
const keyOf = (owner: string, at: number) => JSON.stringify({ owner: { S: owner }, at: { N: String(at) } });
const ownerIs = [
  '--key-condition-expression',
  '#o = :o',
  '--expression-attribute-names',
  JSON.stringify({ '#o': 'owner' }),
  '--expression-attribute-values',
  JSON.stringify({ ':o': { S: 'ann' } }),
];

export const scenario: Scenario = {
  service: 'dynamodb',
  files: {
    'policy.json': JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: '*', Action: 'dynamodb:GetItem', Resource: '*' }],
    }),
    'batch.json': JSON.stringify({
      notes: [4, 5].map((at) => ({ PutRequest: { Item: { owner: { S: 'bob' }, at: { N: String(at) } } } })),
    }),
    'batch-get.json': JSON.stringify({ notes: { Keys: [{ owner: { S: 'bob' }, at: { N: '4' } }] } }),
    'transaction.json': JSON.stringify([
      { Put: { TableName: 'notes', Item: { owner: { S: 'cy' }, at: { N: '1' } } } },
      {
        ConditionCheck: {
          TableName: 'notes',
          Key: { owner: { S: 'dan' }, at: { N: '1' } },
          ConditionExpression: 'attribute_exists(topic)',
        },
      },
    ]),
    'transaction-get.json': JSON.stringify([
      { Get: { TableName: 'notes', Key: { owner: { S: 'bob' }, at: { N: '5' } } } },
    ]),
  },
  steps: [
    {
      run: onNotes(
        'create-table',
        '--billing-mode',
        'PAY_PER_REQUEST',
        '--attribute-definitions',
        'AttributeName=owner,AttributeType=S',
        'AttributeName=at,AttributeType=N',
        'AttributeName=topic,AttributeType=S',
        '--key-schema',
        'AttributeName=owner,KeyType=HASH',
        'AttributeName=at,KeyType=RANGE',
        '--global-secondary-indexes',
        'IndexName=by-topic,KeySchema=[{AttributeName=topic,KeyType=HASH}],Projection={ProjectionType=ALL}',
        '--tags',
        'Key=team,Value=web',
      ),
      name: 'made',
      shows: ({ TableDescription }) => expect(TableDescription.TableStatus).toBe('CREATING'),
    },
    {
      run: onNotes('describe-table'),
      shows: ({ Table }) => expect(Table.GlobalSecondaryIndexes[0].IndexStatus).toBe('ACTIVE'),
    },
    { run: dynamodb('list-tables'), shows: ({ TableNames }) => expect(TableNames).toEqual(['notes']) },
    { run: dynamodb('describe-table', '--table-name', 'none'), ends: 'ResourceNotFoundException' },
    {
      run: onNotes('put-item', '--item', JSON.stringify({ ...JSON.parse(keyOf('ann', 1)), topic: { S: 'aws' } })),
    },
    {
      run: onNotes('put-item', '--item', keyOf('ann', 1), '--condition-expression', 'attribute_not_exists(topic)'),
      ends: 'ConditionalCheckFailedException',
    },
    { run: onNotes('put-item', '--item', JSON.stringify({ owner: { S: 'ann' } })), ends: 'ValidationException' },
    {
      run: onNotes(
        'update-item',
        '--key',
        keyOf('ann', 1),
        '--update-expression',
        'ADD visits :one',
        '--expression-attribute-values',
        JSON.stringify({ ':one': { N: '1' } }),
        '--return-values',
        'UPDATED_NEW',
      ),
      shows: ({ Attributes }) => expect(Attributes).toEqual({ visits: { N: '1' } }),
    },
    {
      run: onNotes('get-item', '--key', keyOf('ann', 1), '--projection-expression', 'visits'),
      shows: ({ Item }) => expect(Item).toEqual({ visits: { N: '1' } }),
    },
    { run: dynamodb('batch-write-item', '--request-items', 'file://batch.json') },
    {
      run: dynamodb('batch-get-item', '--request-items', 'file://batch-get.json'),
      shows: ({ Responses }) => expect(Responses.notes).toHaveLength(1),
    },
    {
      run: dynamodb('transact-write-items', '--transact-items', 'file://transaction.json'),
      ends: 'TransactionCanceledException',
    },
    {
      run: dynamodb('transact-get-items', '--transact-items', 'file://transaction-get.json'),
      shows: ({ Responses }) => expect(Responses[0].Item.at).toEqual({ N: '5' }),
    },
    {
      run: onNotes('query', ...ownerIs, '--return-consumed-capacity', 'INDEXES'),
      shows: ({ Count, ConsumedCapacity }) => expect([Count, ConsumedCapacity.CapacityUnits]).toEqual([1, 0.5]),
    },
    // The CLI follows LastEvaluatedKey by itself.
    {
      run: onNotes('scan', '--page-size', '1'),
      shows: ({ Items }) => expect(Items).toHaveLength(3),
    },
    { run: onNotes('delete-item', '--key', keyOf('bob', 4)) },
    {
      run: ({ made }) => dynamodb('list-tags-of-resource', '--resource-arn', made.TableDescription.TableArn),
      shows: ({ Tags }) => expect(Tags).toEqual([{ Key: 'team', Value: 'web' }]),
    },
    {
      run: ({ made }) =>
        dynamodb(
          'put-resource-policy',
          '--resource-arn',
          made.TableDescription.TableArn,
          '--policy',
          'file://policy.json',
        ),
    },
    {
      run: ({ made }) => dynamodb('get-resource-policy', '--resource-arn', made.TableDescription.TableArn),
      shows: ({ Policy }) => expect(JSON.parse(Policy).Statement).toHaveLength(1),
    },
    { run: ({ made }) => dynamodb('delete-resource-policy', '--resource-arn', made.TableDescription.TableArn) },
    {
      run: ({ made }) => dynamodb('get-resource-policy', '--resource-arn', made.TableDescription.TableArn),
      ends: 'PolicyNotFoundException',
    },
    {
      run: onNotes('update-time-to-live', '--time-to-live-specification', 'Enabled=true,AttributeName=ends'),
    },
    {
      run: onNotes('describe-time-to-live'),
      shows: ({ TimeToLiveDescription }) => expect(TimeToLiveDescription.TimeToLiveStatus).toBe('ENABLED'),
    },
    {
      run: onNotes(
        'update-continuous-backups',
        '--point-in-time-recovery-specification',
        'PointInTimeRecoveryEnabled=true',
      ),
    },
    { run: onNotes('describe-continuous-backups') },
    { run: onNotes('update-table', '--deletion-protection-enabled') },
    { run: onNotes('delete-table'), ends: 'ValidationException' },
    { run: onNotes('update-table', '--no-deletion-protection-enabled') },
    { run: dynamodb('describe-limits') },
    {
      run: onNotes('delete-table'),
      shows: ({ TableDescription }) => expect(TableDescription.TableStatus).toBe('DELETING'),
    },
  ],
};
