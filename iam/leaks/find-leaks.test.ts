import { describe, expect, it } from 'vitest';
import { replayIdentity } from '../analyse/replays.ts';
import { identityPolicy, resourcePolicy } from '../analyse/testing/policies.ts';
import { wholeCatalogue } from '../check/testing/catalogue.ts';
import type { Policy } from '../policy.ts';
import { findLeaks, type Leak } from './find-leaks.ts';
import { siblings } from './siblings.ts';

const catalogue = wholeCatalogue();
const services = ['s3', 'ssm', 'iam', 'kms', 'dynamodb', 'lambda', 'secretsmanager', 'logs'];
const actions = new Map([...catalogue].filter(([service]) => services.includes(service)));
const B = 'arn:aws:s3:::vault';

function leaks(...statements: readonly object[]): readonly Leak[] {
  const policy = identityPolicy(statements.map((given) => ({ Effect: 'Deny', Resource: '*', ...given })));
  const found = findLeaks([policy], { actions });
  const isAllowed = replayIdentity([policy]);
  for (const { wayRound, denied } of found) {
    expect(isAllowed(wayRound)).toBe(true);
    if (denied !== undefined) expect(isAllowed(denied)).toBe(false);
  }
  return found;
}

const allow = (...Action: readonly string[]) => ({ Effect: 'Allow', Action });
const ways = (found: readonly Leak[], kind?: Leak['kind']) =>
  found.filter((leak) => kind === undefined || leak.kind === kind).map(({ wayRound }) => wayRound.action);

describe('findLeaks', () => {
  it('finds the sibling action that a Deny forgets', () => {
    const [leak, ...more] = leaks(allow('s3:Get*'), { Action: 's3:GetObject', Resource: `${B}/*` });
    expect(more).toEqual([]);
    expect(leak).toMatchObject({
      kind: 'sibling-action',
      policy: 0,
      statement: 1,
      denied: { action: 's3:GetObject', resource: expect.stringMatching(/^arn:aws:s3:::vault\/./) },
      wayRound: { action: 's3:GetObjectVersion', resource: expect.stringMatching(/^arn:aws:s3:::vault\/./) },
    });
    expect(leak?.wayRound.resource).toBe(leak?.denied?.resource);
  });

  it('finds nothing where the sibling is denied, or not allowed', () => {
    expect(leaks(allow('s3:Get*'), { Action: ['s3:GetObject', 's3:GetObjectVersion'], Resource: `${B}/*` })).toEqual(
      [],
    );
    expect(leaks(allow('s3:Get*'), { Action: 's3:GetObject*', Resource: `${B}/*` })).toEqual([]);
    expect(leaks(allow('s3:GetObject'), { Action: 's3:GetObject', Resource: `${B}/*` })).toEqual([]);
    expect(
      leaks(
        allow('s3:Get*'),
        { Action: 's3:GetObject', Resource: `${B}/*` },
        { Action: 's3:GetObjectVersion', Resource: `${B}/*` },
      ),
    ).toEqual([]);
  });

  it('finds the sibling that NotAction spares', () => {
    const spared = ['s3:GetObjectVersion', 's3:List*'];
    expect(ways(leaks(allow('s3:*'), { NotAction: spared }), 'sibling-action')).toEqual(['s3:GetObjectVersion']);
  });

  it('finds the lifecycle rule that deletes what may not be deleted', () => {
    const found = leaks(allow('s3:*'), { Action: 's3:DeleteObject*', Resource: `${B}/*` });
    expect(ways(found)).toEqual(expect.arrayContaining(['s3:PutLifecycleConfiguration', 's3:PutObject']));
    const rule = found.find(({ wayRound }) => wayRound.action === 's3:PutLifecycleConfiguration');
    expect(rule?.wayRound.resource).toBe(B);
    expect(rule?.denied?.resource).toBe(`${B}/x`);
  });

  it.each<[string, string, string, RegExp]>([
    ['a bucket without its objects', 's3:*', B, /^arn:aws:s3:::vault\/./],
    ['objects without their bucket', 's3:*', `${B}/*`, /^arn:aws:s3:::vault$/],
    [
      'a table without its indexes',
      'dynamodb:*',
      'arn:aws:dynamodb:eu-west-1:111122223333:table/T',
      /:table\/T\/index\/./,
    ],
    [
      'a function without its versions',
      'lambda:*',
      'arn:aws:lambda:eu-west-1:111122223333:function:f',
      /:function:f:./,
    ],
    [
      'a secret without its suffix',
      'secretsmanager:*',
      'arn:aws:secretsmanager:eu-west-1:111122223333:secret:db',
      /:secret:db-.{6}$/,
    ],
    ['an alias for its key', 'kms:Decrypt', 'arn:aws:kms:eu-west-1:111122223333:alias/a', /:key\/./],
    [
      'a path below the one that is read',
      'ssm:GetParameter*',
      'arn:aws:ssm:eu-west-1:111122223333:parameter/a/b/*',
      /:parameter\/a$/,
    ],
  ])('finds the other form of %s', (_what, action, resource, other) => {
    const found = leaks(allow('*'), { Action: action, Resource: resource }).filter(({ kind }) => kind === 'other-form');
    expect(found).toHaveLength(1);
    expect(found[0]?.wayRound.resource).toMatch(other);
  });

  it.each<[string, object, RegExp | undefined]>([
    ['MFA by Bool', { Bool: { 'aws:MultiFactorAuthPresent': 'false' } }, /long-term access keys/],
    ['MFA by BoolIfExists', { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } }, undefined],
    ['the age of MFA', { NumericGreaterThan: { 'aws:MultiFactorAuthAge': '3600' } }, /without MFA/],
    ['a network that is blocked', { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }, /VPC endpoint/],
    ['networks that are not the own', { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }, undefined],
  ])('asks whether the key can be absent: %s', (_what, Condition, because) => {
    const found = leaks(allow('s3:*'), { Action: 's3:*', Condition }).filter(({ kind }) => kind === 'absent-key');
    expect(found).toHaveLength(because === undefined ? 0 : 1);
    if (because !== undefined) expect(found[0]?.because).toMatch(because);
  });

  it('finds the header that grants what a canned ACL grants', () => {
    const Condition = { StringEquals: { 's3:x-amz-acl': ['public-read'] } };
    const [leak] = leaks(allow('s3:Put*'), { Action: 's3:PutObject', Condition });
    expect(leak).toMatchObject({ kind: 'other-key', denied: { context: { 's3:x-amz-acl': 'public-read' } } });
    expect(leak?.wayRound.context).toHaveProperty('s3:x-amz-grant-read');
  });

  it('knows that global services have one region', () => {
    const Condition = { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } };
    const found = leaks(allow('iam:*', 's3:*'), { Action: ['iam:*', 's3:*'], Condition });
    expect(ways(found, 'global-service')).toEqual(['iam:CreateUser']);
    expect(ways(leaks(allow('*'), { Action: '*', Condition }), 'global-service')).toEqual([]);
  });

  it('finds who may take the Deny away', () => {
    const found = leaks(allow('iam:*'), { Action: 'iam:CreateAccessKey' });
    expect(ways(found, 'removable')).toEqual(['iam:DetachUserPolicy', 'iam:DeleteUserPolicy', 'iam:PutUserPolicy']);
    expect(ways(leaks(allow('iam:Get*'), { Action: 'iam:CreateAccessKey' }), 'removable')).toEqual([]);
  });

  it('reads resource policies too', () => {
    const policy: Policy = resourcePolicy([
      { Effect: 'Allow', Principal: { AWS: '444455556666' }, Action: 's3:*', Resource: `${B}/*` },
      { Effect: 'Deny', Principal: '*', Action: 's3:GetObject', Resource: `${B}/*` },
    ]);
    const found = findLeaks([policy], { kind: 'resource', actions });
    expect(ways(found)).toEqual(['s3:GetObjectVersion']);
    expect(found[0]?.wayRound.caller).toMatchObject({ accountId: '444455556666' });
  });

  it('names actions that AWS has', () => {
    for (const { denied, instead } of siblings) {
      for (const action of [denied, instead]) {
        const [service = '', name = ''] = action.split(':');
        expect(catalogue.get(service)?.actions.get(name.toLowerCase())?.name, action).toBe(name);
      }
    }
  });
});
