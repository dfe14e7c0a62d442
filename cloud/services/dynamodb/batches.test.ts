import { beforeEach, describe, expect, it } from 'vitest';
import { key, NotesSandbox } from './testing/tables.ts';

let sandbox: NotesSandbox;
beforeEach(() => {
  sandbox = new NotesSandbox();
});
const write = (...RequestItems: readonly object[]) => ({ RequestItems: { notes: RequestItems } });
const put = (owner: string, at: number, more: object = {}) => ({
  PutRequest: { Item: { ...key(owner, at), ...more } },
});
const remove = (owner: string, at: number) => ({ DeleteRequest: { Key: key(owner, at) } });

describe('BatchWriteItem and BatchGetItem', () => {
  it('write and get', () => {
    sandbox.put('ann', 1);
    expect(sandbox.call('dynamodb:BatchWriteItem', write(put('ann', 2), put('ann', 3), remove('ann', 1)))).toEqual({
      UnprocessedItems: {},
    });
    const Keys = [key('ann', 1), key('ann', 2), key('ann', 3)];
    expect(
      sandbox.call('dynamodb:BatchGetItem', {
        RequestItems: { notes: { Keys, ProjectionExpression: '#a', ExpressionAttributeNames: { '#a': 'at' } } },
        ReturnConsumedCapacity: 'TOTAL',
      }),
    ).toEqual({
      Responses: { notes: [{ at: { N: '2' } }, { at: { N: '3' } }] },
      UnprocessedKeys: {},
      ConsumedCapacity: [{ TableName: 'notes', CapacityUnits: 1.5 }],
    });
  });

  it.each<[string, object, string]>([
    ['BatchWriteItem', write(put('ann', 1), remove('ann', 1)), 'Provided list of item keys contains duplicates'],
    [
      'BatchWriteItem',
      write({ ...put('ann', 1), ...remove('ann', 1) }),
      'Supplied WriteRequest is empty or has more than one type set, must contain exactly one of the supported types: PutRequest, DeleteRequest',
    ],
    [
      'BatchGetItem',
      { RequestItems: { notes: { Keys: [key('ann', 1), key('ann', 1)] } } },
      'Provided list of item keys contains duplicates',
    ],
    [
      'BatchGetItem',
      {
        RequestItems: {
          notes: { Keys: Array.from({ length: 60 }, (_, n) => key('a', n)) },
          other: { Keys: Array.from({ length: 60 }, (_, n) => key('a', n)) },
        },
      },
      'Too many items requested for the BatchGetItem call',
    ],
    ['BatchWriteItem', write(put('ann', 1), put('', 2)), 'empty string value. Key: owner'],
  ])('%s refuses %j', (operation, input, message) => {
    const before = sandbox.world;
    const [code, text] = sandbox.refusal(operation, input);
    expect(code).toBe('ValidationException');
    expect(text).toContain(message);
    expect(sandbox.world).toBe(before);
  });

  it('refuse a table that is not there', () => {
    expect(sandbox.refusal('BatchWriteItem', { RequestItems: { none: [put('ann', 1)] } })[0]).toBe(
      'ResourceNotFoundException',
    );
  });
});

describe('TransactWriteItems and TransactGetItems', () => {
  const on = { TableName: 'notes' };
  const transact = (...TransactItems: readonly object[]) => ({ TransactItems });
  const Put = { ...on, Item: { ...key('ann', 2), v: { N: '1' } } };
  const exists = { ConditionExpression: 'attribute_exists(v)' };

  it('do all', () => {
    sandbox.put('ann', 1, { v: { N: '1' } });
    sandbox.put('ann', 3);
    sandbox.put('ann', 4, { v: { N: '1' } });
    const Update = {
      ...on,
      Key: key('ann', 1),
      UpdateExpression: 'SET v = v + :n',
      ExpressionAttributeValues: { ':n': { N: '1' } },
    };
    const output = sandbox.call('dynamodb:TransactWriteItems', {
      ...transact(
        { Put },
        { Update },
        { Delete: { ...on, Key: key('ann', 3) } },
        { ConditionCheck: { ...on, Key: key('ann', 4), ...exists } },
      ),
      ReturnConsumedCapacity: 'TOTAL',
    });
    expect(output.ConsumedCapacity).toEqual([{ TableName: 'notes', CapacityUnits: 8 }]);
    const Get = (at: number) => ({ Get: { ...on, Key: key('ann', at) } });
    expect(sandbox.call('dynamodb:TransactGetItems', transact(Get(1), Get(2), Get(3))).Responses).toEqual([
      { Item: { ...key('ann', 1), v: { N: '2' } } },
      { Item: Put.Item },
      {},
    ]);
  });

  it('do nothing where one cannot be done', () => {
    sandbox.put('ann', 1, { v: { S: 'text' } });
    const before = sandbox.world;
    const error = sandbox.fail(
      'dynamodb:TransactWriteItems',
      transact(
        { Put },
        {
          Delete: {
            ...on,
            Key: key('ann', 1),
            ConditionExpression: 'attribute_not_exists(v)',
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          },
        },
      ),
    );
    expect([error.code, error.message]).toEqual([
      'TransactionCanceledException',
      'Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed]',
    ]);
    expect(error.details['CancellationReasons']).toEqual([
      { Code: 'None' },
      {
        Code: 'ConditionalCheckFailed',
        Message: 'The conditional request failed',
        Item: { ...key('ann', 1), v: { S: 'text' } },
      },
    ]);
    expect(sandbox.world).toBe(before);
    const twice = transact({ Put }, { Delete: { ...on, Key: key('ann', 2) } });
    expect(sandbox.refusal('TransactWriteItems', twice)).toEqual([
      'ValidationException',
      'Transaction request cannot include multiple operations on one item',
    ]);
    expect(sandbox.refusal('TransactWriteItems', transact({}))[0]).toBe('ValidationException');
  });

  it('are done once for a token, for ten minutes', () => {
    const Update = {
      ...on,
      Key: key('ann', 1),
      UpdateExpression: 'ADD v :n',
      ExpressionAttributeValues: { ':n': { N: '1' } },
    };
    const input = { ...transact({ Update }), ClientRequestToken: 'once' };
    sandbox.call('dynamodb:TransactWriteItems', input);
    sandbox.call('dynamodb:TransactWriteItems', input);
    expect(sandbox.get('ann', 1).v).toEqual({ N: '1' });
    expect(sandbox.refusal('TransactWriteItems', { ...transact({ Put }), ClientRequestToken: 'once' })[0]).toBe(
      'IdempotentParameterMismatchException',
    );
    sandbox.now += 600_000;
    sandbox.call('dynamodb:TransactWriteItems', input);
    expect(sandbox.get('ann', 1).v).toEqual({ N: '2' });
  });
});
