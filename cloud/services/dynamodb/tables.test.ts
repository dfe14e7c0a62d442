import { beforeEach, describe, expect, it } from 'vitest';
import { Sandbox } from '../../testing/sandbox.ts';
import { arn, NotesSandbox, notes } from './testing/tables.ts';

let sandbox: NotesSandbox;
beforeEach(() => {
  sandbox = new NotesSandbox();
});
const one = {
  TableName: 'one',
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
};

describe('CreateTable', () => {
  it('is being created, and then there', () => {
    const { TableDescription } = sandbox.call('dynamodb:CreateTable', one);
    expect(TableDescription).toEqual({
      AttributeDefinitions: one.AttributeDefinitions,
      TableName: 'one',
      KeySchema: one.KeySchema,
      TableStatus: 'CREATING',
      CreationDateTime: new Date('2026-01-05T12:00:00Z'),
      ProvisionedThroughput: { NumberOfDecreasesToday: 0, ReadCapacityUnits: 0, WriteCapacityUnits: 0 },
      TableSizeBytes: 0,
      ItemCount: 0,
      TableArn: 'arn:aws:dynamodb:us-east-1:111122223333:table/one',
      TableId: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      BillingModeSummary: {
        BillingMode: 'PAY_PER_REQUEST',
        LastUpdateToPayPerRequestDateTime: new Date('2026-01-05T12:00:00Z'),
      },
      DeletionProtectionEnabled: false,
    });
    expect(sandbox.call('dynamodb:DescribeTable', { TableName: 'one' }).Table).toEqual({
      ...TableDescription,
      TableStatus: 'ACTIVE',
    });
  });

  it('has indexes, capacity, a stream and a class', () => {
    const { Table } = sandbox.on('DescribeTable');
    expect(Table.GlobalSecondaryIndexes).toMatchObject([
      {
        IndexName: 'by-topic',
        IndexArn: `${arn}/index/by-topic`,
        IndexStatus: 'ACTIVE',
        Projection: { ProjectionType: 'KEYS_ONLY' },
      },
    ]);
    expect(Table.LocalSecondaryIndexes).toMatchObject([{ IndexName: 'own-topics' }]);
    const { TableDescription } = sandbox.call('dynamodb:CreateTable', {
      ...one,
      BillingMode: 'PROVISIONED',
      ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 2 },
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
      TableClass: 'STANDARD_INFREQUENT_ACCESS',
      DeletionProtectionEnabled: true,
    });
    expect(TableDescription).toMatchObject({
      ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 2 },
      LatestStreamArn: 'arn:aws:dynamodb:us-east-1:111122223333:table/one/stream/2026-01-05T12:00:00.000',
      TableClassSummary: { TableClass: 'STANDARD_INFREQUENT_ACCESS' },
      DeletionProtectionEnabled: true,
    });
    expect(TableDescription).not.toHaveProperty('BillingModeSummary');
  });

  const values = 'One or more parameter values were invalid: ';
  const id = { AttributeName: 'id', KeyType: 'HASH' };
  it.each<[object, string]>([
    [{ TableName: 'a' }, 'TableName must be at least 3 characters long and at most 255 characters long'],
    [
      { TableName: 'a b c' },
      "1 validation error detected: Value 'a b c' at 'tableName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+",
    ],
    [
      { BillingMode: 'PROVISIONED' },
      `${values}ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED`,
    ],
    [
      { ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 } },
      `${values}Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST`,
    ],
    [
      { KeySchema: [{ AttributeName: 'no', KeyType: 'HASH' }] },
      `${values}Some index key attributes are not defined in AttributeDefinitions. Keys: [no], AttributeDefinitions: [id]`,
    ],
    [
      { KeySchema: [{ AttributeName: 'id', KeyType: 'RANGE' }] },
      'Invalid KeySchema: The first KeySchemaElement is not a HASH key type',
    ],
    [{ KeySchema: [id, id] }, 'Both the Hash Key and the Range Key element in the KeySchema have the same name'],
    [
      { AttributeDefinitions: [...one.AttributeDefinitions, { AttributeName: 'more', AttributeType: 'N' }] },
      `${values}Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions`,
    ],
    [
      { LocalSecondaryIndexes: notes.LocalSecondaryIndexes },
      `${values}Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex`,
    ],
    [
      { GlobalSecondaryIndexes: [{ IndexName: 'all', KeySchema: [id], Projection: {} }] },
      `${values}Unknown ProjectionType: null`,
    ],
    [
      {
        GlobalSecondaryIndexes: ['all', 'all'].map((IndexName) => ({
          IndexName,
          KeySchema: [id],
          Projection: { ProjectionType: 'ALL' },
        })),
      },
      `${values}Duplicate index name: all`,
    ],
  ])('refuses %j', (more, message) => {
    expect(sandbox.refusal('CreateTable', { ...one, ...more })).toEqual(['ValidationException', message]);
  });

  it('is refused where there is one of the name, in this region', () => {
    expect(sandbox.refusal('CreateTable', notes)).toEqual(['ResourceInUseException', 'Table already exists: notes']);
    sandbox.region = 'eu-west-1';
    sandbox.call('dynamodb:CreateTable', notes);
    expect(sandbox.call('dynamodb:ListTables').TableNames).toEqual(['notes']);
  });
});

describe('UpdateTable', () => {
  it('changes billing, protection, stream and indexes', () => {
    const ProvisionedThroughput = { ReadCapacityUnits: 1, WriteCapacityUnits: 1 };
    const changed = sandbox.on('UpdateTable', {
      BillingMode: 'PROVISIONED',
      ProvisionedThroughput,
      DeletionProtectionEnabled: true,
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' },
    }).TableDescription;
    expect(changed).toMatchObject({ TableStatus: 'UPDATING', ProvisionedThroughput, DeletionProtectionEnabled: true });
    sandbox.on('UpdateTable', { GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: 'by-topic' } }] });
    const left = sandbox.on('DescribeTable').Table;
    expect(left).not.toHaveProperty('GlobalSecondaryIndexes');
    // The local index still needs it.
    expect(left.AttributeDefinitions).toHaveLength(3);
    sandbox.on('UpdateTable', {
      AttributeDefinitions: [{ AttributeName: 'rank', AttributeType: 'N' }],
      GlobalSecondaryIndexUpdates: [
        {
          Create: {
            IndexName: 'by-rank',
            KeySchema: [{ AttributeName: 'rank', KeyType: 'HASH' }],
            Projection: { ProjectionType: 'ALL' },
            ProvisionedThroughput,
          },
        },
      ],
    });
    expect(sandbox.on('DescribeTable').Table.GlobalSecondaryIndexes).toMatchObject([{ IndexName: 'by-rank' }]);
  });

  it('refuses what changes nothing, or what is not there', () => {
    expect(sandbox.refusal('UpdateTable')[1]).toMatch(/^At least one of ProvisionedThroughput/);
    expect(
      sandbox.refusal('UpdateTable', { GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: 'none' } }] }),
    ).toEqual(['ResourceNotFoundException', 'Requested resource not found: Index: none not found']);
    expect(sandbox.refusal('UpdateTable', { StreamSpecification: { StreamEnabled: false } })[0]).toBe(
      'ValidationException',
    );
  });
});

describe('DeleteTable', () => {
  it('deletes a table that is not protected', () => {
    sandbox.on('UpdateTable', { DeletionProtectionEnabled: true });
    expect(sandbox.refusal('DeleteTable')[0]).toBe('ValidationException');
    sandbox.on('UpdateTable', { DeletionProtectionEnabled: false });
    expect(sandbox.on('DeleteTable').TableDescription.TableStatus).toBe('DELETING');
    expect(sandbox.refusal('DescribeTable')).toEqual([
      'ResourceNotFoundException',
      'Requested resource not found: Table: notes not found',
    ]);
    expect(sandbox.refusal('GetItem', { Key: { owner: { S: 'a' } } })).toEqual([
      'ResourceNotFoundException',
      'Requested resource not found',
    ]);
  });
});

describe('lists and settings', () => {
  it('lists tables in pages', () => {
    const other = new Sandbox();
    for (const TableName of ['ccc', 'aaa', 'bbb']) other.call('dynamodb:CreateTable', { ...one, TableName });
    const first = other.call('dynamodb:ListTables', { Limit: 2 });
    expect(first).toEqual({ TableNames: ['aaa', 'bbb'], LastEvaluatedTableName: 'bbb' });
    expect(other.call('dynamodb:ListTables', { ExclusiveStartTableName: 'bbb' })).toEqual({ TableNames: ['ccc'] });
  });

  it('keeps tags, ten to a page', () => {
    const Tags = Array.from({ length: 12 }, (_, n) => ({ Key: `k${String(n).padStart(2, '0')}`, Value: 'v' }));
    sandbox.call('dynamodb:TagResource', { ResourceArn: arn, Tags });
    sandbox.call('dynamodb:UntagResource', { ResourceArn: arn, TagKeys: ['k00'] });
    const first = sandbox.call('dynamodb:ListTagsOfResource', { ResourceArn: arn });
    expect(first.Tags).toHaveLength(10);
    expect(sandbox.call('dynamodb:ListTagsOfResource', { ResourceArn: arn, NextToken: first.NextToken })).toEqual({
      Tags: [{ Key: 'k11', Value: 'v' }],
    });
    expect(sandbox.refusal('TagResource', { ResourceArn: arn, Tags: [{ Key: 'aws:x', Value: 'v' }] })[0]).toBe(
      'ValidationException',
    );
    expect(sandbox.refusal('ListTagsOfResource', { ResourceArn: `${arn}2` })[0]).toBe('ResourceNotFoundException');
  });

  it('keeps the time to live', () => {
    const specification = (Enabled: boolean, AttributeName: string) => ({
      TimeToLiveSpecification: { Enabled, AttributeName },
    });
    expect(sandbox.on('DescribeTimeToLive').TimeToLiveDescription).toEqual({ TimeToLiveStatus: 'DISABLED' });
    expect(sandbox.refusal('UpdateTimeToLive', specification(false, 'ends'))[1]).toBe('TimeToLive is already disabled');
    expect(sandbox.on('UpdateTimeToLive', specification(true, 'ends'))).toEqual(specification(true, 'ends'));
    expect(sandbox.on('DescribeTimeToLive').TimeToLiveDescription).toEqual({
      TimeToLiveStatus: 'ENABLED',
      AttributeName: 'ends',
    });
    expect(sandbox.refusal('UpdateTimeToLive', specification(false, 'x'))[1]).toMatch(/different AttributeName/);
  });

  it('keeps point-in-time recovery', () => {
    const status = () => sandbox.on('DescribeContinuousBackups').ContinuousBackupsDescription;
    expect(status().PointInTimeRecoveryDescription).toEqual({ PointInTimeRecoveryStatus: 'DISABLED' });
    sandbox.on('UpdateContinuousBackups', { PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } });
    expect(status()).toMatchObject({
      ContinuousBackupsStatus: 'ENABLED',
      PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'ENABLED', RecoveryPeriodInDays: 35 },
    });
    expect(sandbox.refusal('DescribeContinuousBackups', { TableName: 'none' })).toEqual([
      'TableNotFoundException',
      'Table not found: none',
    ]);
  });

  it('tells limits and endpoints', () => {
    expect(sandbox.call('dynamodb:DescribeLimits').TableMaxReadCapacityUnits).toBe(40_000);
    expect(sandbox.call('dynamodb:DescribeEndpoints', {}, sandbox.user('Nobody')).Endpoints).toEqual([
      { Address: 'dynamodb.us-east-1.amazonaws.com', CachePeriodInMinutes: 1440 },
    ]);
  });
});
