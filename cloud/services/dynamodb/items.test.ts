import { beforeEach, describe, expect, it } from 'vitest';
import { key, NotesSandbox } from './testing/tables.ts';

let sandbox: NotesSandbox;
beforeEach(() => {
  sandbox = new NotesSandbox();
});
const values = 'One or more parameter values were invalid: ';

describe('PutItem and GetItem', () => {
  it('keep every type, and names of any kind', () => {
    const more = {
      text: { S: 'é' },
      bytes: { B: new Uint8Array([0, 255]) },
      yes: { BOOL: true },
      none: { NULL: true },
      words: { SS: ['b', 'a'] },
      numbers: { NS: ['10', '9.0'] },
      blobs: { BS: [new Uint8Array([1])] },
      list: { L: [{ N: '1' }, { M: { constructor: { S: 'c' } } }] },
      constructor: { S: 'own' },
    };
    sandbox.put('ann', 1, more);
    expect(sandbox.get('ann', 1)).toEqual({
      ...key('ann', 1),
      ...more,
      words: { SS: ['a', 'b'] },
      numbers: { NS: ['9', '10'] },
    });
    const proto = JSON.parse('{"__proto__": {"S": "p"}}');
    sandbox.put('ann', 2, { map: { M: proto } });
    expect(Object.keys(sandbox.get('ann', 2).map.M)).toEqual(['__proto__']);
  });

  it('answer nothing of an item that is not there', () => {
    expect(sandbox.on('GetItem', { Key: key('ann', 1) })).toEqual({});
  });

  it('show what is asked for', () => {
    sandbox.put('ann', 1, {
      m: { M: { a: { S: 'x' }, b: { S: 'y' } } },
      l: { L: [{ S: '0' }, { S: '1' }, { S: '2' }] },
    });
    const shown = (ProjectionExpression: string, more = {}) =>
      sandbox.on('GetItem', { Key: key('ann', 1), ProjectionExpression, ...more }).Item;
    expect(shown('m.b, l[2], l[0], nowhere')).toEqual({
      m: { M: { b: { S: 'y' } } },
      l: { L: [{ S: '0' }, { S: '2' }] },
    });
    expect(shown('#o', { ExpressionAttributeNames: { '#o': 'owner' } })).toEqual({ owner: { S: 'ann' } });
    expect(sandbox.refusal('GetItem', { Key: key('ann', 1), ProjectionExpression: 'm, m.a' })[1]).toBe(
      'Invalid ProjectionExpression: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [m], path two: [m, a]',
    );
  });

  it('replace, and answer what was there', () => {
    sandbox.put('ann', 1, { old: { S: 'x' } });
    const Item = { ...key('ann', 1), fresh: { S: 'y' } };
    expect(sandbox.on('PutItem', { Item, ReturnValues: 'ALL_OLD' }).Attributes).toEqual({
      ...key('ann', 1),
      old: { S: 'x' },
    });
    expect(sandbox.get('ann', 1)).toEqual(Item);
    expect(sandbox.refusal('PutItem', { Item, ReturnValues: 'ALL_NEW' })[1]).toBe(
      'ReturnValues can only be ALL_OLD or NONE',
    );
  });

  it.each<[object, string]>([
    [{ owner: { S: 'ann' } }, `${values}Missing the key at in the item`],
    [{ ...key('ann', 1), at: { S: '1' } }, `${values}Type mismatch for key at expected: N actual: S`],
    [
      { ...key('', 1) },
      `${values}The AttributeValue for a key attribute cannot contain an empty string value. Key: owner`,
    ],
    [
      { ...key('ann', 1), topic: { N: '1' } },
      `${values}Type mismatch for Index Key topic Expected: S Actual: N IndexName: own-topics`,
    ],
    [{ ...key('ann', 1), text: { S: 'x'.repeat(410_000) } }, 'Item size has exceeded the maximum allowed size'],
    [{ ...key('a'.repeat(2049), 1) }, `${values}Size of hashkey has exceeded the maximum size limit of2048 bytes`],
    [
      { ...key('ann', 1), e: {} },
      'Supplied AttributeValue is empty, must contain exactly one of the supported datatypes',
    ],
    [
      { ...key('ann', 1), e: { S: 'a', N: '1' } },
      'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
    ],
    [{ ...key('ann', 1), e: { SS: [] } }, `${values}An string set  may not be empty`],
    [{ ...key('ann', 1), e: { SS: ['a', 'a'] } }, `${values}Input collection [a, a] contains duplicates.`],
    [{ ...key('ann', 1), e: { NS: ['1', '1.0'] } }, 'Input collection contains duplicates'],
    [{ ...key('ann', 1), e: { NULL: false } }, `${values}Null attribute value types must have the value of true`],
    [{ ...key('ann', 1), e: { N: 'x' } }, 'The parameter cannot be converted to a numeric value: x'],
  ])('refuse %j', (Item, message) => {
    const before = sandbox.world;
    expect(sandbox.refusal('PutItem', { Item })).toEqual(['ValidationException', message]);
    expect(sandbox.world).toBe(before);
  });

  it('refuse keys that are none, values nested too deep, and legacy parameters', () => {
    const wrong = ['ValidationException', 'The provided key element does not match the schema'];
    expect(sandbox.refusal('GetItem', { Key: { owner: { S: 'ann' } } })).toEqual(wrong);
    expect(sandbox.refusal('GetItem', { Key: { ...key('ann', 1), more: { S: 'x' } } })).toEqual(wrong);
    expect(sandbox.refusal('GetItem', { Key: { ...key('ann', 1), at: { S: 'x' } } })).toEqual(wrong);
    let deep: object = { S: 'x' };
    for (let n = 0; n < 40; n++) deep = { L: [deep] };
    expect(sandbox.refusal('PutItem', { Item: { ...key('ann', 1), deep } })[1]).toBe(
      'Nesting Levels have exceeded supported limits',
    );
    expect(sandbox.refusal('GetItem', { Key: key('ann', 1), AttributesToGet: ['x'] })[1]).toMatch(
      /ProjectionExpression/,
    );
  });

  it('tell what they consume', () => {
    const put = { Item: { ...key('ann', 1), topic: { S: 't' }, text: { S: 'x'.repeat(5000) } } };
    expect(sandbox.on('PutItem', { ...put, ReturnConsumedCapacity: 'INDEXES' }).ConsumedCapacity).toEqual({
      TableName: 'notes',
      CapacityUnits: 15,
      Table: { CapacityUnits: 5 },
      LocalSecondaryIndexes: { 'own-topics': { CapacityUnits: 5 } },
      GlobalSecondaryIndexes: { 'by-topic': { CapacityUnits: 5 } },
    });
    const get = (more: object) =>
      sandbox.on('GetItem', { Key: key('ann', 1), ReturnConsumedCapacity: 'TOTAL', ...more }).ConsumedCapacity;
    expect(get({})).toEqual({ TableName: 'notes', CapacityUnits: 1 });
    expect(get({ ConsistentRead: true })).toEqual({ TableName: 'notes', CapacityUnits: 2 });
    expect(sandbox.on('PutItem', { ...put, ReturnItemCollectionMetrics: 'SIZE' }).ItemCollectionMetrics).toEqual({
      ItemCollectionKey: { owner: { S: 'ann' } },
      SizeEstimateRangeGB: [0, 1],
    });
  });
});

describe('conditions of writes', () => {
  const guarded = (ConditionExpression: string, more: object = {}) => ({
    Item: { ...key('ann', 1), v: { N: '2' } },
    ConditionExpression,
    ...more,
  });

  it('put an item once', () => {
    const put = guarded('attribute_not_exists(#o)', { ExpressionAttributeNames: { '#o': 'owner' } });
    sandbox.on('PutItem', put);
    const error = sandbox.fail('dynamodb:PutItem', {
      TableName: 'notes',
      ...put,
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    expect([error.code, error.message]).toEqual(['ConditionalCheckFailedException', 'The conditional request failed']);
    expect(error.details['Item']).toEqual({ ...key('ann', 1), v: { N: '2' } });
  });

  it('delete what is as it should be', () => {
    sandbox.put('ann', 1, { v: { N: '2' } });
    const remove = (value: string) => ({
      Key: key('ann', 1),
      ConditionExpression: 'v = :v',
      ExpressionAttributeValues: { ':v': { N: value } },
      ReturnValues: 'ALL_OLD',
    });
    expect(sandbox.refusal('DeleteItem', remove('3'))[0]).toBe('ConditionalCheckFailedException');
    expect(sandbox.on('DeleteItem', remove('2.0')).Attributes).toEqual({ ...key('ann', 1), v: { N: '2' } });
    expect(sandbox.get('ann', 1)).toBeUndefined();
    // What is not there is deleted all the same.
    expect(sandbox.on('DeleteItem', { Key: key('ann', 1) })).toEqual({});
  });
});

describe('UpdateItem', () => {
  const update = (UpdateExpression: string, values: object = {}, more: object = {}) =>
    sandbox.on('UpdateItem', {
      Key: key('ann', 1),
      UpdateExpression,
      ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
      ReturnValues: 'ALL_NEW',
      ...more,
    }).Attributes;

  it('makes an item that is not there', () => {
    expect(sandbox.on('UpdateItem', { Key: key('ann', 1), ReturnValues: 'UPDATED_NEW' }).Attributes).toEqual(
      key('ann', 1),
    );
    expect(sandbox.get('ann', 1)).toEqual(key('ann', 1));
  });

  it('sets, counts, appends, and reads what was before', () => {
    sandbox.put('ann', 1, { a: { N: '1' }, l: { L: [{ S: 'x' }] }, m: { M: {} } });
    expect(
      update('SET a = a + :one, b = a, l = list_append(l, :l), m.k = if_not_exists(m.k, :one)', {
        ':one': { N: '1' },
        ':l': { L: [{ S: 'y' }] },
      }),
    ).toEqual({
      ...key('ann', 1),
      a: { N: '2' },
      b: { N: '1' },
      l: { L: [{ S: 'x' }, { S: 'y' }] },
      m: { M: { k: { N: '1' } } },
    });
  });

  it('adds to numbers and sets, and deletes from sets', () => {
    const ints = { ':n': { N: '5' }, ':s': { SS: ['a', 'b'] } };
    update('ADD n :n, s :s', ints);
    expect(update('ADD n :n DELETE s :s', { ':n': { N: '-2' }, ':s': { SS: ['a'] } })).toMatchObject({
      n: { N: '3' },
      s: { SS: ['b'] },
    });
    expect(update('DELETE s :s', { ':s': { SS: ['b'] } })).not.toHaveProperty('s');
  });

  it('changes lists by the places that they had', () => {
    sandbox.put('ann', 1, { l: { L: ['a', 'b', 'c', 'd'].map((S) => ({ S })) } });
    expect(update('REMOVE l[0], l[2] SET l[9] = :v', { ':v': { S: 'e' } }).l).toEqual({
      L: ['b', 'd', 'e'].map((S) => ({ S })),
    });
  });

  it('answers what it updated', () => {
    sandbox.put('ann', 1, { a: { N: '1' }, b: { N: '2' } });
    const add = { ':one': { N: '1' } };
    const returned = (ReturnValues: string) => update('ADD a :one', add, { ReturnValues });
    expect(returned('UPDATED_NEW')).toEqual({ a: { N: '2' } });
    expect(returned('UPDATED_OLD')).toEqual({ a: { N: '2' } });
    expect(returned('ALL_OLD')).toEqual({ ...key('ann', 1), a: { N: '3' }, b: { N: '2' } });
    expect(returned('NONE')).toBeUndefined();
  });

  const v = { ':v': { S: 'x' } };
  it.each<[string, object, string]>([
    ['SET #o = :v', v, `${values}Cannot update attribute owner. This attribute is part of the key`],
    ['SET a = b', {}, 'The provided expression refers to an attribute that does not exist in the item'],
    ['SET t = t + :n', { ':n': { N: '1' } }, 'An operand in the update expression has an incorrect data type'],
    ['SET m.k = :v', v, 'The document path provided in the update expression is invalid for update'],
    ['ADD t :n', { ':n': { N: '1' } }, 'An operand in the update expression has an incorrect data type'],
    [
      'ADD t :v',
      v,
      'Invalid UpdateExpression: Incorrect operand type for operator or function; operator: ADD, operand type: STRING, typeSet: ALLOWED_FOR_ADD_OPERAND',
    ],
    [
      'SET a = :v SET b = :v',
      v,
      'Invalid UpdateExpression: The "SET" section can only be used once in an update expression;',
    ],
    [
      'SET a.b = :v REMOVE a',
      v,
      'Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a, b], path two: [a]',
    ],
    [
      'SET a.b = :v REMOVE a[1]',
      v,
      'Invalid UpdateExpression: Two document paths conflict with each other; must remove or rewrite one of these paths; path one: [a, b], path two: [a, [1]]',
    ],
    ['GIVE a :v', v, 'Invalid UpdateExpression: Syntax error; token: "GIVE", near: "GIVE a"'],
    [
      'SET a = size(t)',
      {},
      'Invalid UpdateExpression: The function is not allowed in an update expression; function: size',
    ],
    ['SET a = huge(t)', {}, 'Invalid UpdateExpression: Invalid function name; function: huge'],
    [
      'SET t = :v',
      { ...v, ':w': v[':v'] },
      'Value provided in ExpressionAttributeValues unused in expressions: keys: {:w}',
    ],
    [
      'SET topic = :t',
      { ':t': { S: '' } },
      `${values}A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty string value. IndexName: own-topics, IndexKey: topic`,
    ],
  ])('refuses %s', (UpdateExpression, ExpressionAttributeValues, message) => {
    sandbox.put('ann', 1, { t: { S: 'text' } });
    const before = sandbox.world;
    const input = {
      Key: key('ann', 1),
      UpdateExpression,
      ...(UpdateExpression.includes('#o') && { ExpressionAttributeNames: { '#o': 'owner' } }),
      ...(Object.keys(ExpressionAttributeValues).length > 0 && { ExpressionAttributeValues }),
    };
    expect(sandbox.refusal('UpdateItem', input)).toEqual(['ValidationException', message]);
    expect(sandbox.world).toBe(before);
  });
});
