import { beforeEach, describe, expect, test } from 'vitest';
import type { AnyCaller } from '../../../iam/model.ts';
import { accountId, document, Sandbox, trust } from '../iam/testing/sandbox.ts';

const everyStep = ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'];
let sandbox: Sandbox;
let bea: AnyCaller;

beforeEach(() => {
  sandbox = new Sandbox();
  bea = sandbox.user('Bea', document('sts:*'));
  createRole('First', everyStep);
  createRole('Second', everyStep);
  createRole('Plain', ['sts:AssumeRole']);
});

function createRole(RoleName: string, actions: string[]): void {
  const AssumeRolePolicyDocument = trust({ AWS: accountId }, actions);
  const Tags = [{ Key: 'team', Value: 'role' }];
  sandbox.call('CreateRole', { RoleName, AssumeRolePolicyDocument, Tags });
  sandbox.call('PutRolePolicy', { RoleName, PolicyName: 'p', PolicyDocument: document('sts:*') });
}

const request = (role: string, more: object = {}) => ({
  RoleArn: `arn:aws:iam::${accountId}:role/${role}`,
  RoleSessionName: 'night',
  ...more,
});
const assume = (role: string, more: object = {}, caller = bea) =>
  sandbox.signedBy(sandbox.call('AssumeRole', request(role, more), caller).Credentials);
const refused = (role: string, more: object = {}, caller = bea) =>
  sandbox.refused('AssumeRole', request(role, more), caller);
const tag = (Key: string, Value: string) => ({ Tags: [{ Key, Value }] });

describe('rows 30 and 36: session tags', () => {
  test('override the role’s whatever their case', () => {
    expect(assume('First')).toMatchObject({ tags: { team: 'role' } });
    expect(assume('First', tag('Team', 'session'))).toMatchObject({ tags: { Team: 'session' } });
  });

  test('need sts:TagSession, on both sides', () => {
    expect(sandbox.asked('AssumeRole', request('First', tag('a', 'b')), bea)).toEqual([
      `sts:AssumeRole arn:aws:iam::${accountId}:role/First`,
      `sts:TagSession arn:aws:iam::${accountId}:role/First`,
    ]);
    expect(refused('Plain', tag('a', 'b'))).toContain('not authorized to perform: sts:TagSession');
    const cleo = sandbox.user('Cleo', document('sts:AssumeRole'));
    expect(refused('First', tag('a', 'b'), cleo)).toContain('not authorized to perform: sts:TagSession');
  });

  test('are condition keys', () => {
    const { decisions } = sandbox.perform(
      'AssumeRole',
      request('First', { ...tag('a', 'b'), TransitiveTagKeys: ['a'] }),
      bea,
    );
    for (const { request: asked } of decisions) {
      expect(asked.context).toMatchObject({
        'aws:RequestTag/a': 'b',
        'aws:TagKeys': ['a'],
        'sts:TransitiveTagKeys': ['a'],
        'iam:ResourceTag/team': 'role',
      });
    }
  });

  test('that are transitive go along the chain, and need the permission there too', () => {
    const first = assume('First', { ...tag('project', 'x'), TransitiveTagKeys: ['project'] });
    expect(assume('Second', {}, first)).toMatchObject({ tags: { team: 'role', project: 'x' } });
    expect(refused('Plain', {}, first)).toContain('not authorized to perform: sts:TagSession');
    const last = assume('First', {}, assume('Second', tag('own', 'y'), first));
    expect(last).toMatchObject({ tags: { project: 'x' } });
    expect(last).not.toHaveProperty('tags.own');
  });

  test('that are transitive cannot be set again', () => {
    const first = assume('First', { ...tag('project', 'x'), TransitiveTagKeys: ['project'] });
    expect(refused('Second', tag('PROJECT', 'y'), first)).toBe(
      "InvalidParameterValue: One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
    );
  });

  test('are checked', () => {
    expect(refused('First', { TransitiveTagKeys: ['a'] })).toBe(
      'InvalidParameterValue: The specified transitive tag key must be included in the requested tags.',
    );
    const Tags = ['a', 'A'].map((Key) => ({ Key, Value: '1' }));
    expect(refused('First', { Tags })).toBe(
      'InvalidParameterValue: Duplicate tag keys found. Please note that Tag keys are case insensitive.',
    );
  });
});

describe('the source identity', () => {
  test('needs sts:SetSourceIdentity and stays along the chain', () => {
    expect(refused('Plain', { SourceIdentity: 'Bea' })).toContain('not authorized to perform: sts:SetSourceIdentity');
    const answer = sandbox.call('AssumeRole', request('First', { SourceIdentity: 'Bea' }), bea);
    expect(answer.SourceIdentity).toBe('Bea');
    const first = sandbox.signedBy(answer.Credentials);
    expect(first).toMatchObject({ session: { sourceIdentity: 'Bea' } });
    expect(sandbox.call('AssumeRole', request('Second'), first).SourceIdentity).toBe('Bea');
    expect(refused('Plain', {}, first)).toContain('not authorized to perform: sts:SetSourceIdentity');
    expect(refused('Second', { SourceIdentity: 'Cleo' }, first)).toContain('sts:SetSourceIdentity');
  });
});

describe('role chaining', () => {
  const tooLong =
    'ValidationError: The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.';

  test('lasts an hour at most, from a role’s session and from GetSessionToken’s', () => {
    sandbox.call('UpdateRole', { RoleName: 'Second', MaxSessionDuration: 43_200 });
    assume('Second', { DurationSeconds: 43_200 });
    expect(refused('Second', { DurationSeconds: 3601 }, assume('First'))).toBe(tooLong);
    assume('Second', { DurationSeconds: 3600 }, assume('First'));
    const own = sandbox.signedBy(sandbox.call('GetSessionToken', {}, bea).Credentials);
    expect(refused('Second', { DurationSeconds: 3601 }, own)).toBe(tooLong);
  });
});
