import { beforeEach, describe, expect, it } from 'vitest';
import { allow, type Output, root, Sandbox } from '../../testing/sandbox.ts';

let sandbox: Sandbox;
let tokens = 0;
beforeEach(() => {
  sandbox = new Sandbox();
  tokens = 0;
});

function token(): string {
  tokens += 1;
  return `00000000-0000-4000-8000-${String(tokens).padStart(12, '0')}`;
}
const create = (Name: string, more: object = {}): Output =>
  sandbox.call('secretsmanager:CreateSecret', { Name, SecretString: 'one', ClientRequestToken: token(), ...more });
const refusal = (operation: string, input: object, caller = root) => {
  const { code, message } = sandbox.fail(`secretsmanager:${operation}`, input, caller);
  return [code, message];
};

describe('lists', () => {
  it('come in pages, sorted and filtered', () => {
    for (const name of ['b', 'a', 'c']) {
      create(name, { Tags: [{ Key: 'team', Value: name }], Description: `The ${name} secret` });
      sandbox.now += 1000;
    }
    const list = (more: object = {}): Output => sandbox.call('secretsmanager:ListSecrets', more);
    const names = (more: object) => list(more).SecretList.map(({ Name }: Output) => Name);
    expect(names({})).toEqual(['b', 'a', 'c']);
    expect(names({ SortOrder: 'desc' })).toEqual(['c', 'a', 'b']);
    expect(names({ SortBy: 'name' })).toEqual(['a', 'b', 'c']);
    const first = list({ MaxResults: 2 });
    expect(names({ MaxResults: 2, NextToken: first.NextToken })).toEqual(['c']);
    expect(refusal('ListSecrets', { NextToken: 'x' })[0]).toBe('InvalidNextTokenException');
    const filtered = (Key: string, ...Values: string[]) => names({ Filters: [{ Key, Values }] });
    expect(filtered('name', 'a', 'b')).toEqual(['b', 'a']);
    expect(filtered('name', '!a')).toEqual(['b', 'c']);
    expect(filtered('tag-value', 'c')).toEqual(['c']);
    expect(filtered('description', 'THE B')).toEqual(['b']);
    expect(filtered('owning-service', 'rds')).toEqual([]);
    sandbox.region = 'eu-west-1';
    expect(names({})).toEqual([]);
  });
});

describe('passwords', () => {
  const password = (more: object = {}): string => sandbox.call('secretsmanager:GetRandomPassword', more).RandomPassword;

  it('have every kind of character, but those excluded', () => {
    for (let n = 0; n < 20; n += 1) {
      expect(password({ PasswordLength: 8, ExcludeCharacters: '"\\' })).toMatch(
        /^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)(?=.*[^\w\s])[^"\\\s]{8}$/,
      );
    }
    expect(password()).toHaveLength(32);
    expect(password({ ExcludeLowercase: true, ExcludeUppercase: true, ExcludePunctuation: true })).toMatch(/^\d{32}$/);
    expect(refusal('GetRandomPassword', { PasswordLength: 3 })[1]).toBe(
      'Password length is too short based on the required types.',
    );
  });

  it('are not rotated without a function', () => {
    create('a');
    expect(refusal('RotateSecret', { SecretId: 'a', ClientRequestToken: token() })).toEqual([
      'InvalidRequestException',
      'No Lambda rotation function ARN is associated with this secret.',
    ]);
  });
});

describe('tags', () => {
  it('are set, taken away, and decide under both keys', () => {
    create('a');
    const bea = sandbox.user(
      'Bea',
      allow('secretsmanager:GetSecretValue', '*', {
        Condition: { StringEquals: { 'secretsmanager:ResourceTag/team': 'pay', 'aws:ResourceTag/team': 'pay' } },
      }),
    );
    expect(refusal('GetSecretValue', { SecretId: 'a' }, bea)[0]).toBe('AccessDeniedException');
    sandbox.call('secretsmanager:TagResource', { SecretId: 'a', Tags: [{ Key: 'team', Value: 'pay' }] });
    sandbox.call('secretsmanager:GetSecretValue', { SecretId: 'a' }, bea);
    sandbox.call('secretsmanager:UntagResource', { SecretId: 'a', TagKeys: ['team'] });
    expect(refusal('GetSecretValue', { SecretId: 'a' }, bea)[0]).toBe('AccessDeniedException');
  });
});

describe('BatchGetSecretValue', () => {
  it('reads what each secret lets be read, and tells the rest', () => {
    const { ARN } = create('a');
    create('b');
    const bea = sandbox.user('Bea', allow('secretsmanager:BatchGetSecretValue'), allow('secretsmanager:*', ARN));
    const answer = sandbox.call('secretsmanager:BatchGetSecretValue', { SecretIdList: ['a', 'b', 'c'] }, bea);
    expect(answer.SecretValues).toMatchObject([{ Name: 'a', SecretString: 'one' }]);
    expect(answer.Errors).toMatchObject([
      { SecretId: 'b', ErrorCode: 'AccessDeniedException' },
      { SecretId: 'c', ErrorCode: 'AccessDeniedException' },
    ]);
    expect(sandbox.call('secretsmanager:BatchGetSecretValue', { SecretIdList: ['c'] }).Errors).toMatchObject([
      { SecretId: 'c', ErrorCode: 'ResourceNotFoundException' },
    ]);
    const Filters = [{ Key: 'name', Values: ['a'] }];
    expect(refusal('BatchGetSecretValue', { Filters }, bea)[1]).toContain('secretsmanager:ListSecrets');
    expect(sandbox.call('secretsmanager:BatchGetSecretValue', { Filters }).SecretValues).toHaveLength(1);
    expect(refusal('BatchGetSecretValue', {})[0]).toBe('InvalidParameterException');
    expect(refusal('BatchGetSecretValue', { SecretIdList: ['a'], MaxResults: 1 })[0]).toBe('InvalidParameterException');
  });
});
