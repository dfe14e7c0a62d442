import { beforeEach, describe, expect, it } from 'vitest';
import { Sandbox } from '../../testing/sandbox.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
  const put = (Name: string, more: object = {}) =>
    sandbox.call('ssm:PutParameter', { Name, Value: 'v', Type: 'String', ...more });
  put('/app/db/host');
  put('/app/db/password', { Type: 'SecureString' });
  put('/app/name', { Tags: [{ Key: 'team', Value: 'web' }] });
  put('/application');
  put('plain', { Tier: 'Advanced' });
});

type Names = { Parameters: { Name: string }[]; NextToken?: string };
const namesOf = ({ Parameters }: Names) => Parameters.map(({ Name }) => Name);
const byPath = (input: object) => namesOf(sandbox.call('ssm:GetParametersByPath', input));
const described = (...ParameterFilters: readonly object[]) =>
  namesOf(sandbox.call('ssm:DescribeParameters', { ParameterFilters }));

describe('GetParametersByPath', () => {
  it('gives what lies one level below, or all below', () => {
    expect(byPath({ Path: '/app' })).toEqual(['/app/name']);
    expect(byPath({ Path: '/app/' })).toEqual(['/app/name']);
    expect(byPath({ Path: '/app', Recursive: true })).toEqual(['/app/db/host', '/app/db/password', '/app/name']);
    expect(byPath({ Path: '/' })).toEqual(['/application', 'plain']);
    expect(byPath({ Path: '/', Recursive: true })).toHaveLength(5);
    expect(byPath({ Path: '/nothing' })).toEqual([]);
  });

  it('filters, decrypts and pages', () => {
    const input = { Path: '/app', Recursive: true };
    const filter = { Key: 'Type', Values: ['SecureString'] };
    const { Parameters } = sandbox.call('ssm:GetParametersByPath', {
      ...input,
      ParameterFilters: [filter],
      WithDecryption: true,
    });
    expect(Parameters).toMatchObject([{ Name: '/app/db/password', Value: 'v' }]);
    const first: Names = sandbox.call('ssm:GetParametersByPath', { ...input, MaxResults: 2 });
    expect(namesOf(first)).toEqual(['/app/db/host', '/app/db/password']);
    expect(byPath({ ...input, MaxResults: 2, NextToken: first.NextToken })).toEqual(['/app/name']);
  });

  it('refuses paths and filters that are none', () => {
    const code = (input: object) => sandbox.fail('ssm:GetParametersByPath', input).code;
    expect(code({ Path: 'app' })).toBe('ValidationException');
    expect(code({ Path: '/a//b' })).toBe('ValidationException');
    expect(code({ Path: '/', ParameterFilters: [{ Key: 'Name', Values: ['x'] }] })).toBe('InvalidFilterKey');
    expect(code({ Path: '/', MaxResults: 11 })).toBe('ValidationException');
    expect(code({ Path: '/', NextToken: 'x' })).toBe('InvalidNextToken');
  });
});

describe('DescribeParameters', () => {
  it('lists all without their values', () => {
    const { Parameters } = sandbox.call('ssm:DescribeParameters');
    expect(Parameters).toHaveLength(5);
    expect(Parameters[4]).toEqual({
      Name: 'plain',
      ARN: 'arn:aws:ssm:us-east-1:111122223333:parameter/plain',
      Type: 'String',
      LastModifiedDate: new Date('2026-01-05T12:00:00Z'),
      LastModifiedUser: 'arn:aws:iam::111122223333:root',
      Version: 1,
      Tier: 'Advanced',
      Policies: [],
      DataType: 'text',
    });
  });

  it('filters by name, path, type, tier, key and tag', () => {
    expect(described({ Key: 'Name', Values: ['/app/name'] })).toEqual(['/app/name']);
    expect(described({ Key: 'Name', Option: 'BeginsWith', Values: ['/app'] })).toHaveLength(4);
    expect(described({ Key: 'Name', Option: 'Contains', Values: ['lain'] })).toEqual(['plain']);
    expect(described({ Key: 'Path', Values: ['/app'] })).toEqual(['/app/name']);
    expect(described({ Key: 'Path', Option: 'Recursive', Values: ['/app'] })).toHaveLength(3);
    expect(described({ Key: 'Type', Values: ['SecureString'] })).toEqual(['/app/db/password']);
    expect(described({ Key: 'Tier', Values: ['Advanced'] })).toEqual(['plain']);
    expect(described({ Key: 'KeyId', Option: 'BeginsWith', Values: ['alias/'] })).toEqual(['/app/db/password']);
    expect(described({ Key: 'tag:team', Values: ['web', 'ops'] })).toEqual(['/app/name']);
    expect(described({ Key: 'tag:team' })).toEqual(['/app/name']);
    expect(described({ Key: 'Type', Values: ['String'] }, { Key: 'Tier', Values: ['Standard'] })).toHaveLength(3);
    const old = { Filters: [{ Key: 'Name', Values: ['/app/db'] }] };
    expect(namesOf(sandbox.call('ssm:DescribeParameters', old))).toHaveLength(2);
  });

  it.each([
    [[{ Key: 'Label', Values: ['x'] }], 'InvalidFilterKey'],
    [[{ Key: 'Name' }], 'InvalidFilterValue'],
    [
      [
        { Key: 'Name', Values: ['a'] },
        { Key: 'Name', Values: ['b'] },
      ],
      'InvalidFilterKey',
    ],
    [[{ Key: 'Type', Option: 'Contains', Values: ['String'] }], 'InvalidFilterOption'],
    [[{ Key: 'Path', Values: ['app'] }], 'ValidationException'],
    [[{ Key: 'Path', Values: ['/aws'] }], 'ValidationException'],
    [[{ Key: 'Tier', Values: ['Cheap'] }], 'InvalidFilterOption'],
  ])('refuses %j', (ParameterFilters, code) => {
    expect(sandbox.fail('ssm:DescribeParameters', { ParameterFilters }).code).toBe(code);
  });

  it('gives everything once by page', () => {
    const seen: string[] = [];
    let NextToken: string | undefined;
    do {
      const page: Names = sandbox.call('ssm:DescribeParameters', { MaxResults: 2, NextToken });
      seen.push(...namesOf(page));
      ({ NextToken } = page);
    } while (NextToken !== undefined);
    expect(seen).toEqual([...new Set(seen)]);
    expect(seen).toHaveLength(5);
  });
});

describe('tags', () => {
  const on = { ResourceType: 'Parameter', ResourceId: 'plain' };
  const tags = () => sandbox.call('ssm:ListTagsForResource', on).TagList;

  it('are added, replaced and removed', () => {
    sandbox.call('ssm:AddTagsToResource', {
      ...on,
      Tags: [
        { Key: 'a', Value: '1' },
        { Key: 'b', Value: '2' },
      ],
    });
    sandbox.call('ssm:AddTagsToResource', { ...on, Tags: [{ Key: 'a', Value: '3' }] });
    expect(tags()).toEqual([
      { Key: 'a', Value: '3' },
      { Key: 'b', Value: '2' },
    ]);
    sandbox.call('ssm:RemoveTagsFromResource', { ...on, TagKeys: ['a', 'x'] });
    expect(tags()).toEqual([{ Key: 'b', Value: '2' }]);
  });

  it('are refused where there is nothing to tag, and in too great a number', () => {
    const code = (input: object) =>
      sandbox.fail('ssm:AddTagsToResource', { ...on, Tags: [{ Key: 'a', Value: '1' }], ...input }).code;
    expect(code({ ResourceId: 'nothing' })).toBe('InvalidResourceId');
    expect(code({ ResourceType: 'ManagedInstance' })).toBe('InvalidResourceType');
    expect(code({ Tags: [{ Key: 'aws:a', Value: '1' }] })).toBe('ValidationException');
    expect(code({ Tags: Array.from({ length: 51 }, (_, i) => ({ Key: `k${i}`, Value: '' })) })).toBe(
      'TooManyTagsError',
    );
  });
});
