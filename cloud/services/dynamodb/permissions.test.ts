import { beforeEach, describe, expect, it } from 'vitest';
import type { AnyCaller } from '../../../iam/model.ts';
import { accountId, allow, deny, partnerId, partnerRoot, policy, root } from '../../testing/sandbox.ts';
import { arn, key, NotesSandbox, notes } from './testing/tables.ts';

let sandbox: NotesSandbox;
beforeEach(() => {
  sandbox = new NotesSandbox();
  sandbox.put('ann', 1, { v: { N: '1' } });
});
const context = (operation: string, input: object, caller: AnyCaller = root) => {
  const { decisions } = sandbox.perform(`dynamodb:${operation}`, input, caller);
  return decisions.map(({ request }) => [
    request.action,
    Object.fromEntries(Object.entries(request.context).filter(([name]) => name.startsWith('dynamodb:'))),
  ]);
};
const on = { TableName: 'notes' };
const denied = (operation: string, input: object, caller: AnyCaller) =>
  sandbox.refusal(operation, input, caller)[0] === 'AccessDeniedException';
const ofAnn = {
  KeyConditionExpression: '#o = :o',
  ExpressionAttributeNames: { '#o': 'owner' },
  ExpressionAttributeValues: { ':o': { S: 'ann' } },
};

describe('what is asked for', () => {
  it.each<[string, object, string[]]>([
    ['GetItem', { ...on, Key: key('ann', 1) }, [`dynamodb:GetItem ${arn}`]],
    ['GetItem', { TableName: arn, Key: key('ann', 1) }, [`dynamodb:GetItem ${arn}`]],
    ['Query', { ...on, ...ofAnn }, [`dynamodb:Query ${arn}`]],
    ['Scan', { TableName: arn, IndexName: 'by-topic' }, [`dynamodb:Scan ${arn}/index/by-topic`]],
    [
      'BatchGetItem',
      { RequestItems: { notes: { Keys: [key('ann', 1)] }, other: { Keys: [key('ann', 1)] } } },
      [`dynamodb:BatchGetItem ${arn}`, `dynamodb:BatchGetItem ${arn.replace('notes', 'other')}`],
    ],
    [
      'TransactWriteItems',
      {
        TransactItems: [
          { Put: { ...on, Item: key('ann', 2) } },
          { ConditionCheck: { ...on, Key: key('ann', 1), ConditionExpression: 'attribute_exists(v)' } },
        ],
      },
      [`dynamodb:PutItem ${arn}`, `dynamodb:ConditionCheckItem ${arn}`],
    ],
    ['ListTables', {}, ['dynamodb:ListTables *']],
    ['DescribeEndpoints', {}, []],
    ['ListTagsOfResource', { ResourceArn: arn }, [`dynamodb:ListTagsOfResource ${arn}`]],
    ['GetResourcePolicy', { ResourceArn: arn }, [`dynamodb:GetResourcePolicy ${arn}`]],
    [
      'CreateTable',
      { ...notes, TableName: 'new', Tags: [{ Key: 'k', Value: 'v' }], ResourcePolicy: '{}' },
      ['CreateTable', 'TagResource', 'PutResourcePolicy'].map(
        (action) => `dynamodb:${action} ${arn.replace('notes', 'new')}`,
      ),
    ],
  ])('%s %j', (operation, input, expected) => {
    expect(sandbox.asked(`dynamodb:${operation}`, input)).toEqual(expected);
  });
});

describe('condition keys', () => {
  it('tell keys and attributes of single requests', () => {
    expect(
      context('UpdateItem', {
        ...on,
        Key: key('ann', 1),
        UpdateExpression: 'SET v = v + :n, m.inner = :n REMOVE #x',
        ConditionExpression: 'attribute_exists(w)',
        ExpressionAttributeNames: { '#x': 'x y' },
        ExpressionAttributeValues: { ':n': { N: '1' } },
        ReturnValues: 'ALL_NEW',
        ReturnConsumedCapacity: 'TOTAL',
      }),
    ).toEqual([
      [
        'dynamodb:UpdateItem',
        {
          'dynamodb:Attributes': ['owner', 'at', 'w', 'v', 'm', 'x y'],
          'dynamodb:LeadingKeys': ['ann'],
          'dynamodb:ReturnValues': 'ALL_NEW',
          'dynamodb:ReturnConsumedCapacity': 'TOTAL',
        },
      ],
    ]);
    expect(context('Query', { ...on, ...ofAnn, ProjectionExpression: 'v' })).toEqual([
      [
        'dynamodb:Query',
        {
          'dynamodb:Attributes': ['owner', 'v'],
          'dynamodb:LeadingKeys': ['ann'],
          'dynamodb:Select': 'SPECIFIC_ATTRIBUTES',
        },
      ],
    ]);
    expect(context('Scan', on)).toEqual([
      ['dynamodb:Scan', { 'dynamodb:Attributes': [], 'dynamodb:Select': 'ALL_ATTRIBUTES' }],
    ]);
  });

  it('join what a batch asks for, and tell what encloses a part', () => {
    const RequestItems = {
      notes: [{ PutRequest: { Item: { ...key('bob', 1), v: { N: '1' } } } }, { DeleteRequest: { Key: key('ann', 1) } }],
    };
    expect(context('BatchWriteItem', { RequestItems })).toEqual([
      [
        'dynamodb:BatchWriteItem',
        { 'dynamodb:Attributes': ['owner', 'at', 'v'], 'dynamodb:LeadingKeys': ['bob', 'ann'] },
      ],
    ]);
    expect(context('TransactGetItems', { TransactItems: [{ Get: { ...on, Key: key('ann', 1) } }] })).toEqual([
      [
        'dynamodb:GetItem',
        {
          'dynamodb:Attributes': ['owner', 'at'],
          'dynamodb:LeadingKeys': ['ann'],
          'dynamodb:Select': 'ALL_ATTRIBUTES',
          'dynamodb:EnclosingOperation': 'TransactGetItems',
        },
      ],
    ]);
  });

  it('keep a user to their own items', () => {
    const own = { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['${aws:username}'] } };
    const ann = sandbox.user(
      'ann',
      allow(['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:BatchGetItem'], arn, { Condition: own }),
    );
    expect(sandbox.on('GetItem', { Key: key('ann', 1) }, ann).Item).toMatchObject({ v: { N: '1' } });
    expect(sandbox.on('Query', ofAnn, ann).Count).toBe(1);
    expect(denied('GetItem', { Key: key('bob', 1) }, ann)).toBe(true);
    expect(denied('Query', { ...ofAnn, ExpressionAttributeValues: { ':o': { S: 'bob' } } }, ann)).toBe(true);
    const both = { RequestItems: { notes: { Keys: [key('ann', 1), key('bob', 1)] } } };
    expect(denied('BatchGetItem', both, ann)).toBe(true);
    expect(denied('Scan', {}, ann)).toBe(true);
  });

  it('keep a user to some attributes, and to transactions', () => {
    const some = {
      'ForAllValues:StringEquals': { 'dynamodb:Attributes': ['owner', 'at', 'v'] },
      StringEqualsIfExists: { 'dynamodb:Select': 'SPECIFIC_ATTRIBUTES' },
    };
    const eve = sandbox.user(
      'Eve',
      allow('dynamodb:GetItem', arn, { Condition: some }),
      allow('dynamodb:PutItem', arn, {
        Condition: { StringEquals: { 'dynamodb:EnclosingOperation': 'TransactWriteItems' } },
      }),
    );
    const get = { Key: key('ann', 1) };
    expect(sandbox.on('GetItem', { ...get, ProjectionExpression: 'v' }, eve).Item).toEqual({ v: { N: '1' } });
    expect(denied('GetItem', get, eve)).toBe(true);
    expect(denied('GetItem', { ...get, ProjectionExpression: 'v, secret' }, eve)).toBe(true);
    const Item = key('eve', 1);
    expect(denied('PutItem', { Item }, eve)).toBe(true);
    sandbox.call('dynamodb:TransactWriteItems', { TransactItems: [{ Put: { ...on, Item } }] }, eve);
    expect(sandbox.get('eve', 1)).toEqual(Item);
  });

  it('hold tags of the table', () => {
    const tagged = { StringEquals: { 'aws:ResourceTag/team': 'pay' } };
    const cy = sandbox.user('Cy', allow('dynamodb:*', '*', { Condition: tagged }));
    expect(denied('GetItem', { Key: key('ann', 1) }, cy)).toBe(true);
    sandbox.call('dynamodb:TagResource', { ResourceArn: arn, Tags: [{ Key: 'team', Value: 'pay' }] });
    expect(sandbox.on('GetItem', { Key: key('ann', 1) }, cy).Item).toBeDefined();
  });
});

describe('resource policies', () => {
  const open = (Action: string | string[], Principal: object | string = { AWS: partnerId }) =>
    policy({ Effect: 'Allow', Principal, Action, Resource: [arn, `${arn}/index/*`] });
  const save = (Policy: string, more: object = {}) =>
    sandbox.call('dynamodb:PutResourcePolicy', { ResourceArn: arn, Policy, ...more });

  it('let another account in, as far as they go', () => {
    const get = { TableName: arn, Key: key('ann', 1) };
    expect(denied('GetItem', get, partnerRoot)).toBe(true);
    save(open(['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:BatchGetItem']));
    expect(sandbox.call('dynamodb:GetItem', get, partnerRoot).Item.v).toEqual({ N: '1' });
    expect(sandbox.call('dynamodb:Query', { TableName: arn, ...ofAnn }, partnerRoot).Count).toBe(1);
    const batch = sandbox.call('dynamodb:BatchGetItem', { RequestItems: { [arn]: { Keys: [get.Key] } } }, partnerRoot);
    expect(batch.Responses[arn]).toHaveLength(1);
    expect(denied('PutItem', { TableName: arn, Item: key('mole', 1) }, partnerRoot)).toBe(true);
    // A name without an ARN is the caller's own.
    expect(sandbox.refusal('GetItem', { ...get, TableName: 'notes' }, partnerRoot)[0]).toBe(
      'ResourceNotFoundException',
    );
  });

  it('are not passed by with a table of one account and one of another', () => {
    sandbox.call('dynamodb:CreateTable', notes, partnerRoot);
    save(open('dynamodb:*'));
    sandbox.call('dynamodb:CreateTable', { ...notes, TableName: 'mine' }, partnerRoot);
    sandbox.call('dynamodb:CreateTable', { ...notes, TableName: 'mine' });
    const parts = [arn, 'mine'].map((TableName) => ({ Put: { TableName, Item: key('mole', 1) } }));
    expect(sandbox.refusal('TransactWriteItems', { TransactItems: parts }, partnerRoot)[0]).toBe('ValidationException');
    const RequestItems = Object.fromEntries([arn, 'mine'].map((table) => [table, { Keys: [key('ann', 1)] }]));
    expect(sandbox.refusal('BatchGetItem', { RequestItems }, partnerRoot)[0]).toBe('ValidationException');
    expect(sandbox.call('dynamodb:Scan', { TableName: 'mine' }).Count).toBe(0);
  });

  it('allow and deny within the account', () => {
    const dan = sandbox.user('Dan');
    const Principal = { AWS: `arn:aws:iam::${accountId}:user/Dan` };
    save(open('dynamodb:GetItem', Principal));
    expect(sandbox.on('GetItem', { Key: key('ann', 1) }, dan).Item).toBeDefined();
    save(policy({ ...deny('dynamodb:GetItem', arn), Principal: '*' }));
    expect(denied('GetItem', { Key: key('ann', 1) }, sandbox.user('Fay', allow('dynamodb:*')))).toBe(true);
  });

  it('have revisions', () => {
    const missing = ['PolicyNotFoundException', `Resource-based policy not found for the provided ResourceArn: ${arn}`];
    expect(sandbox.refusal('GetResourcePolicy', { ResourceArn: arn })).toEqual(missing);
    const { RevisionId } = save(open('dynamodb:GetItem'), { ExpectedRevisionId: 'NO_POLICY' });
    const got = sandbox.call('dynamodb:GetResourcePolicy', { ResourceArn: arn });
    expect([JSON.parse(got.Policy).Statement[0].Action, got.RevisionId]).toEqual(['dynamodb:GetItem', RevisionId]);
    expect(save(open('dynamodb:GetItem')).RevisionId).toBe(RevisionId);
    const second = save(open('dynamodb:PutItem')).RevisionId;
    expect(Number(second)).toBeGreaterThan(Number(RevisionId));
    const stale = { ResourceArn: arn, ExpectedRevisionId: RevisionId };
    expect(sandbox.refusal('DeleteResourcePolicy', stale)[1]).toContain(`has revision id ${second}.`);
    expect(
      sandbox.refusal('PutResourcePolicy', { ResourceArn: arn, Policy: '{}', ExpectedRevisionId: 'NO_POLICY' })[0],
    ).toBe('PolicyNotFoundException');
    expect(sandbox.call('dynamodb:DeleteResourcePolicy', { ResourceArn: arn })).toEqual({ RevisionId: second });
    expect(sandbox.call('dynamodb:DeleteResourcePolicy', { ResourceArn: arn })).toEqual({});
  });

  it.each<[string, string]>([
    ['{', ''],
    [open('dynamodb:ListStreams'), 'The following action names are invalid: "dynamodb:ListStreams"'],
    [open('s3:GetObject'), 'The following action names are invalid: "s3:GetObject"'],
    [open('dynamodb:GetItem', { AWS: `arn:aws:iam::${accountId}:user/Nobody` }), ''],
    [policy(allow('dynamodb:GetItem', arn)), ''],
  ])('are refused: %s', (Policy, why) => {
    const [code, message] = sandbox.refusal('PutResourcePolicy', { ResourceArn: arn, Policy });
    expect(code).toBe('ValidationException');
    expect(message).toContain(`One or more parameter values were invalid: Invalid policy document: ${why}`);
  });

  it('need a table', () => {
    const input = { ResourceArn: `${arn}2`, Policy: open('dynamodb:GetItem') };
    expect(sandbox.refusal('PutResourcePolicy', input)).toEqual([
      'ResourceNotFoundException',
      'Requested resource not found: Table: notes2 not found',
    ]);
    expect(sandbox.refusal('PutResourcePolicy', { ...input, ResourceArn: 'arn:aws:s3:::b' })[0]).toBe(
      'ValidationException',
    );
  });
});
