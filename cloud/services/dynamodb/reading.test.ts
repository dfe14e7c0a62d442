import { beforeEach, describe, expect, it } from 'vitest';
import type { Output } from '../../testing/sandbox.ts';
import { key, NotesSandbox } from './testing/tables.ts';

let sandbox: NotesSandbox;
beforeEach(() => {
  sandbox = new NotesSandbox();
  for (const at of [10, 9, 100, -1]) sandbox.put('ann', at, { topic: { S: `t${at % 2}` }, n: { N: String(at) } });
  sandbox.put('bob', 5, { topic: { S: 't0' }, n: { N: '5' } });
  sandbox.put('bob', 6, { n: { N: '6' } });
});
const named = { '#o': 'owner', '#at': 'at' };
const ofAnn = {
  KeyConditionExpression: '#o = :o',
  ExpressionAttributeNames: { '#o': 'owner' },
  ExpressionAttributeValues: { ':o': { S: 'ann' } },
};
const times = (output: Output): readonly number[] => output.Items.map(({ at }: Output) => Number(at.N));

describe('Query', () => {
  it('reads a partition in the order of numbers, or backwards', () => {
    expect(times(sandbox.on('Query', ofAnn))).toEqual([-1, 9, 10, 100]);
    expect(times(sandbox.on('Query', { ...ofAnn, ScanIndexForward: false }))).toEqual([100, 10, 9, -1]);
  });

  it.each<[string, object, number[]]>([
    ['#at > :a', { ':a': { N: '9' } }, [10, 100]],
    ['#at <= :a', { ':a': { N: '9' } }, [-1, 9]],
    ['#at BETWEEN :a AND :b', { ':a': { N: '9' }, ':b': { N: '10' } }, [9, 10]],
    [':a < #at', { ':a': { N: '10' } }, [100]],
    ['(#at = :a)', { ':a': { N: '9.0' } }, [9]],
  ])('reads between sort keys: %s', (condition, more, expected) => {
    const input = {
      KeyConditionExpression: `#o = :o AND ${condition}`,
      ExpressionAttributeNames: named,
      ExpressionAttributeValues: { ':o': { S: 'ann' }, ...more },
    };
    expect(times(sandbox.on('Query', input))).toEqual(expected);
  });

  it('goes on in pages, whichever way, also where the last item is gone', () => {
    const page = sandbox.on('Query', { ...ofAnn, Limit: 2 });
    expect(page).toMatchObject({ Count: 2, ScannedCount: 2, LastEvaluatedKey: key('ann', 9) });
    sandbox.on('DeleteItem', { Key: key('ann', 9) });
    const next = sandbox.on('Query', { ...ofAnn, ExclusiveStartKey: page.LastEvaluatedKey });
    expect(times(next)).toEqual([10, 100]);
    expect(next).not.toHaveProperty('LastEvaluatedKey');
    const back = sandbox.on('Query', { ...ofAnn, ScanIndexForward: false, ExclusiveStartKey: key('ann', 10) });
    expect(times(back)).toEqual([-1]);
    expect(sandbox.refusal('Query', { ...ofAnn, ExclusiveStartKey: key('bob', 1) })[1]).toBe(
      'The provided starting key is outside query boundaries based on provided conditions',
    );
    expect(sandbox.refusal('Query', { ...ofAnn, ExclusiveStartKey: { owner: { S: 'ann' } } })[1]).toBe(
      'The provided starting key is invalid',
    );
  });

  it('filters after it has read', () => {
    const filtered = {
      ...ofAnn,
      FilterExpression: 'n > :n',
      ExpressionAttributeValues: { ':o': { S: 'ann' }, ':n': { N: '9' } },
    };
    expect(sandbox.on('Query', { ...filtered, Select: 'COUNT' })).toEqual({ Count: 2, ScannedCount: 4 });
    expect(sandbox.on('Query', { ...filtered, Limit: 2 })).toMatchObject({ Count: 0, Items: [], ScannedCount: 2 });
    expect(
      sandbox.refusal('Query', {
        ...ofAnn,
        FilterExpression: '#at > :n',
        ExpressionAttributeNames: named,
        ExpressionAttributeValues: filtered.ExpressionAttributeValues,
      })[1],
    ).toBe('Filter Expression can only contain non-primary key attributes: Primary key attribute: at');
  });

  it('ends a page at a megabyte', () => {
    for (let n = 0; n < 4; n++) sandbox.put('big', n, { text: { S: 'x'.repeat(390_000) } });
    const big = sandbox.on('Query', { ...ofAnn, ExpressionAttributeValues: { ':o': { S: 'big' } } });
    expect([big.Count, big.LastEvaluatedKey]).toEqual([3, key('big', 2)]);
  });

  it('reads a global index, as far as it goes', () => {
    const byTopic = {
      IndexName: 'by-topic',
      KeyConditionExpression: 'topic = :t',
      ExpressionAttributeValues: { ':t': { S: 't0' } },
    };
    const { Items } = sandbox.on('Query', byTopic);
    expect(Items).toHaveLength(3);
    expect(Items[2]).toEqual({ ...key('bob', 5), topic: { S: 't0' } });
    const page = sandbox.on('Query', { ...byTopic, Limit: 1 });
    expect(page.LastEvaluatedKey).toEqual({ topic: { S: 't0' }, ...key('ann', 10) });
    expect(sandbox.on('Query', { ...byTopic, ExclusiveStartKey: page.LastEvaluatedKey }).Count).toBe(2);
    expect(sandbox.refusal('Query', { ...byTopic, ConsistentRead: true })[1]).toBe(
      'Consistent reads are not supported on global secondary indexes',
    );
    expect(sandbox.refusal('Query', { ...byTopic, Select: 'ALL_ATTRIBUTES' })[1]).toMatch(
      /projection type is not ALL$/,
    );
    expect(sandbox.refusal('Query', { ...byTopic, ProjectionExpression: 'n' })[1]).toBe(
      'One or more parameter values were invalid: Global secondary index by-topic does not project [n]',
    );
    expect(sandbox.refusal('Query', { ...byTopic, IndexName: 'none' })[1]).toBe(
      'The table does not have the specified index: none',
    );
  });

  it('reads a local index by its own sort key', () => {
    const input = {
      IndexName: 'own-topics',
      KeyConditionExpression: '#o = :o AND begins_with(topic, :t)',
      ExpressionAttributeNames: { '#o': 'owner' },
      ExpressionAttributeValues: { ':o': { S: 'ann' }, ':t': { S: 't' } },
      ReturnConsumedCapacity: 'INDEXES',
    };
    const output = sandbox.on('Query', input);
    expect(times(output)).toEqual([-1, 10, 100, 9]);
    expect(output.ConsumedCapacity.LocalSecondaryIndexes).toEqual({ 'own-topics': { CapacityUnits: 0.5 } });
  });

  it.each<[string, object, string]>([
    ['#at = :a', { ':a': { N: '1' } }, 'Query condition missed key schema element: owner'],
    ['#o > :o', { ':o': { S: 'a' } }, 'Query key condition not supported'],
    ['#o = :o AND n = :a', { ':o': { S: 'a' }, ':a': { N: '1' } }, 'Query condition missed key schema element: at'],
    [
      '#o = :o AND #o = :a',
      { ':o': { S: 'a' }, ':a': { S: 'b' } },
      'KeyConditionExpressions must only contain one condition per key',
    ],
    [
      '#o = :o OR #at = :a',
      { ':o': { S: 'a' }, ':a': { N: '1' } },
      'Invalid KeyConditionExpression: Invalid operator used in KeyConditionExpression: OR',
    ],
    [
      '#o = :o',
      { ':o': { N: '1' } },
      'One or more parameter values were invalid: Condition parameter type does not match schema type',
    ],
  ])('refuses %s', (KeyConditionExpression, ExpressionAttributeValues, message) => {
    const used = Object.entries(named).filter(([name]) => KeyConditionExpression.includes(name));
    const input = {
      KeyConditionExpression,
      ExpressionAttributeNames: Object.fromEntries(used),
      ExpressionAttributeValues,
    };
    expect(sandbox.refusal('Query', input)).toEqual(['ValidationException', message]);
  });

  it('needs a key condition', () => {
    expect(sandbox.refusal('Query')[1]).toBe(
      'Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.',
    );
  });
});

describe('Scan', () => {
  it('reads everything, or what an index holds', () => {
    expect(sandbox.on('Scan').Count).toBe(6);
    expect(sandbox.on('Scan', { IndexName: 'by-topic' }).Count).toBe(5);
    const filter = { FilterExpression: 'attribute_not_exists(topic)' };
    expect(sandbox.on('Scan', filter)).toMatchObject({ Count: 1, ScannedCount: 6 });
    expect(sandbox.on('Scan', { ProjectionExpression: 'n', Limit: 1 }).Items).toEqual([{ n: { N: '-1' } }]);
  });

  it('reads every item once, in pages and segments', () => {
    const seen: string[] = [];
    for (const Segment of [0, 1, 2]) {
      let ExclusiveStartKey: unknown;
      do {
        const input = {
          Segment,
          TotalSegments: 3,
          Limit: 1,
          ...(ExclusiveStartKey !== undefined && { ExclusiveStartKey }),
        };
        const page = sandbox.on('Scan', input);
        seen.push(...page.Items.map(({ owner, at }: Output) => `${owner.S}${at.N}`));
        ExclusiveStartKey = page.LastEvaluatedKey;
      } while (ExclusiveStartKey !== undefined);
    }
    expect(seen.sort()).toEqual(['ann-1', 'ann10', 'ann100', 'ann9', 'bob5', 'bob6']);
    expect(sandbox.refusal('Scan', { Segment: 3, TotalSegments: 3 })[1]).toMatch(/is not less than TotalSegments: 3$/);
    expect(sandbox.refusal('Scan', { Segment: 0 })[0]).toBe('ValidationException');
  });

  it('refuses selections that contradict themselves', () => {
    expect(sandbox.refusal('Scan', { Select: 'SPECIFIC_ATTRIBUTES' })[0]).toBe('ValidationException');
    expect(sandbox.refusal('Scan', { Select: 'COUNT', ProjectionExpression: 'n' })[1]).toBe(
      'Cannot specify the ProjectionExpression when choosing to get COUNT',
    );
    expect(sandbox.refusal('Scan', { Select: 'ALL_PROJECTED_ATTRIBUTES' })[0]).toBe('ValidationException');
  });
});
