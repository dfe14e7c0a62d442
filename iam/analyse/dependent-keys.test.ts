import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../parse.ts';
import type { Policy } from '../policy.ts';
import { compare } from './compare.ts';
import { companions, dependenceOf } from './dependent-keys.ts';
import { someActions } from './testing/actions.ts';

function read(action: string, key: string, value: string, operator = 'StringEquals'): Policy {
  const Statement = { Effect: 'Allow', Action: action, Resource: '*', Condition: { [operator]: { [key]: value } } };
  const parsed = parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement }), 'identity');
  if (parsed.kind === 'malformed') throw new Error(parsed.awsMessage);
  return parsed.policy;
}

const relation = (a: Policy, b: Policy) => {
  const { aInB, bInA, disjoint } = compare([a], [b], { actions: someActions });
  return [aInB, bInA, disjoint];
};

describe('the tags of a resource', () => {
  it.each([
    ['the key of the service and that of all', 'ec2:ResourceTag/team', 'red', ['yes', 'yes', 'no']],
    ['another tag', 'ec2:ResourceTag/owner', 'red', ['no', 'no', 'no']],
    ['another value', 'ec2:ResourceTag/team', 'blue', ['no', 'no', 'yes']],
  ])('are the same under %s', (_, key, value, expected) => {
    const one = read('ec2:StopInstances', 'aws:ResourceTag/team', 'red');
    expect(relation(one, read('ec2:StopInstances', key, value))).toEqual(expected);
  });

  it('are there under both keys, or under none', () => {
    const present = read('ec2:StopInstances', 'ec2:ResourceTag/team', 'false', 'Null');
    const absent = read('ec2:StopInstances', 'aws:ResourceTag/team', 'true', 'Null');
    expect(relation(present, absent)).toEqual(['no', 'no', 'yes']);
  });

  it('of a service without a key of its own are told by that of all', () => {
    const tables = read('dynamodb:GetItem', 'aws:ResourceTag/team', 'red');
    const both = read('dynamodb:*', 'aws:ResourceTag/team', 'red');
    const instances = read('ec2:StopInstances', 'ec2:ResourceTag/team', 'red');
    expect(compare([tables], [both, instances], { actions: someActions })).toMatchObject({ aInB: 'yes', bInA: 'no' });
  });

  it('go along in a request that shows one key alone', () => {
    expect(companions(new Map([['ec2:resourcetag/team', 'red']]))).toEqual(new Map([['aws:ResourceTag/team', 'red']]));
    expect(companions(new Map([['aws:resourcetag/team', 'red']]))).toEqual(new Map());
  });

  it('depend on each other tag by tag', () => {
    expect(dependenceOf('ec2:resourcetag/a')?.id).toBe(dependenceOf('aws:resourcetag/a')?.id);
    expect(dependenceOf('ec2:resourcetag/a')?.id).not.toBe(dependenceOf('ec2:resourcetag/b')?.id);
    expect(dependenceOf('s3:resourcetag/a')).toBeUndefined();
  });
});
