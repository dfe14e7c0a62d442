import { beforeEach, describe, expect, it } from 'vitest';
import { allow, deny, partnerRoot, root, Sandbox } from '../../testing/sandbox.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});

const arn = (name: string) => `arn:aws:ssm:us-east-1:111122223333:parameter/${name}`;
const put = (Name: string, Value = 'v', more: object = {}) =>
  sandbox.call('ssm:PutParameter', { Name, Value, Type: 'String', ...more });
const get = (Name: string, more: object = {}) => sandbox.call('ssm:GetParameter', { Name, ...more }).Parameter;
const refused = (more: object) => {
  const { code, message } = sandbox.fail('ssm:PutParameter', { Name: 'p', Value: 'v', Type: 'String', ...more });
  return [code, message];
};

describe('PutParameter', () => {
  it('makes versions, and gives the newest', () => {
    expect(put('/app/key', 'one')).toEqual({ Version: 1, Tier: 'Standard' });
    sandbox.now += 60_000;
    expect(put('/app/key', 'two', { Overwrite: true, Type: undefined })).toEqual({ Version: 2, Tier: 'Standard' });
    expect(get('/app/key')).toEqual({
      Name: '/app/key',
      Type: 'String',
      Value: 'two',
      Version: 2,
      LastModifiedDate: new Date('2026-01-05T12:01:00Z'),
      ARN: arn('app/key'),
      DataType: 'text',
    });
    expect(get('/app/key:1')).toMatchObject({ Value: 'one', Selector: ':1' });
    expect(get(arn('app/key')).Value).toBe('two');
    expect(get(`${arn('app/key')}:1`).Value).toBe('one');
  });

  it('refuses one that is there, unless told to overwrite', () => {
    put('p');
    expect(refused({})).toEqual([
      'ParameterAlreadyExists',
      'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
    ]);
  });

  it('are of one region: the same name in another is another parameter', () => {
    const token = arn('token');
    sandbox.call('ssm:PutParameter', { Name: '/token', Value: 'here', Type: 'String' });
    const bea = sandbox.user('Bea', allow('ssm:*'), deny('ssm:GetParameter', token));
    sandbox.region = 'eu-west-1';
    for (const Name of ['/token', token]) {
      expect(sandbox.fail('ssm:GetParameter', { Name }, root).code).toBe('ParameterNotFound');
    }
    expect(sandbox.call('ssm:GetParametersByPath', { Path: '/' }).Parameters).toEqual([]);
    expect(sandbox.call('ssm:DescribeParameters').Parameters).toEqual([]);
    expect(sandbox.call('ssm:DeleteParameters', { Names: ['/token'] }).InvalidParameters).toEqual(['/token']);
    sandbox.call('ssm:PutParameter', { Name: '/token', Value: 'there', Type: 'String' });
    expect(sandbox.call('ssm:GetParameter', { Name: '/token' }, bea).Parameter).toMatchObject({
      Value: 'there',
      ARN: token.replace('us-east-1', 'eu-west-1'),
    });
    sandbox.region = 'us-east-1';
    expect(sandbox.call('ssm:GetParameter', { Name: token }).Parameter.Value).toBe('here');
    expect(sandbox.fail('ssm:GetParameter', { Name: '/token' }, bea).code).toBe('AccessDeniedException');
  });

  it.each(['constructor', '__proto__', 'a', 'A.b_c-d', '/a/b', `/${Array(15).fill('x').join('/')}`])(
    'takes the name %s',
    (name) => {
      put(name, 'v');
      put(name, 'w', { Overwrite: true });
      expect(get(name).Value).toBe('w');
      sandbox.call('ssm:DeleteParameter', { Name: name });
      expect(sandbox.fail('ssm:GetParameter', { Name: name }).code).toBe('ParameterNotFound');
    },
  );

  it.each([
    ['/aws/x', 'AccessDeniedException', 'No access to reserved parameter name: /aws/x.'],
    ['/AWS/x', 'AccessDeniedException', 'No access to reserved parameter name: /AWS/x.'],
    ['awskey', 'ValidationException', 'Parameter name: can\'t be prefixed with "aws" or "ssm" (case-insensitive).'],
    ['SSMkey', 'ValidationException', 'Parameter name: can\'t be prefixed with "aws" or "ssm" (case-insensitive).'],
    [
      '/ssm/x',
      'ValidationException',
      'Parameter name: can\'t be prefixed with "ssm" (case-insensitive). If formed as a path',
    ],
    ['a b', 'ValidationException', 'Parameter name: '],
    ['/a//b', 'ValidationException', 'Parameter name: '],
    ['/a/', 'ValidationException', 'Parameter name: '],
    ['a/b', 'ValidationException', 'Parameter name must be a fully qualified name'],
    [
      `/${Array(16).fill('x').join('/')}`,
      'HierarchyLevelLimitExceededException',
      'The hierarchy can have a maximum of 15 levels',
    ],
  ])('refuses the name %s', (Name, code, message) => {
    const error = sandbox.fail('ssm:PutParameter', { Name, Value: 'v', Type: 'String' });
    expect(error.code).toBe(code);
    expect(error.message).toContain(message);
  });

  it('holds values to the size of the tier', () => {
    const standard = 'x'.repeat(4096);
    put('p', standard);
    expect(refused({ Name: 'q', Value: `${standard}x` })[1]).toMatch(
      /^Standard tier parameters support a maximum parameter value of 4096 characters\./,
    );
    expect(put('q', `${standard}x`, { Tier: 'Intelligent-Tiering' }).Tier).toBe('Advanced');
    expect(refused({ Name: 'q', Overwrite: true, Tier: 'Standard' })[1]).toMatch(/can't downgrade a parameter/);
    expect(refused({ Name: 'r', Tier: 'Advanced', Value: 'x'.repeat(8193) })[0]).toBe('ValidationException');
    put('r', 'x'.repeat(8192), { Tier: 'Advanced' });
  });

  it('refuses what does not go together', () => {
    expect(refused({ Type: undefined })).toEqual([
      'ValidationException',
      'A parameter type is required when you create a parameter.',
    ]);
    expect(refused({ Overwrite: true, Tags: [{ Key: 'a', Value: 'b' }] })[1]).toMatch(
      /^Invalid request: tags and overwrite can't be used together\./,
    );
    expect(refused({ KeyId: 'alias/aws/ssm' })[0]).toBe('ValidationException');
    expect(refused({ Type: 'SecureString', KeyId: 'alias/mine' })[0]).toBe('InvalidKeyId');
    expect(refused({ DataType: 'aws:ec2:image' })[0]).toBe('ValidationException');
    expect(refused({ Value: '' })[1]).toMatch(/'value' failed to satisfy constraint/);
    expect(refused({ AllowedPattern: '\\d{1,4}', Value: 'abc' })).toEqual([
      'ParameterPatternMismatchException',
      'Parameter value, cannot be validated against allowedPattern: \\d{1,4}',
    ]);
    expect(refused({ AllowedPattern: '(' })[0]).toBe('InvalidAllowedPatternException');
    put('p', '12', { AllowedPattern: '\\d{1,4}' });
    expect(refused({ Overwrite: true, Value: 'abc' })[0]).toBe('ParameterPatternMismatchException');
  });
});

describe('the limits of an account', () => {
  it('count every version of every value', () => {
    const Value = 'x'.repeat(8192);
    const more = { Tier: 'Advanced', Overwrite: true };
    for (let i = 0; i < 512; i++) put(`p${i % 10}`, Value, more);
    expect(refused({ Value, ...more })[0]).toBe('ParameterLimitExceeded');
    sandbox.call('ssm:DeleteParameter', { Name: 'p0' });
    put('p', Value, more);
  });
});

describe('a SecureString', () => {
  it('is shown only with decryption', () => {
    put('secret', 'flag{0123}', { Type: 'SecureString' });
    const { Value } = get('secret');
    expect(Value).toMatch(/^AQICAH[A-Za-z0-9+/=]+$/);
    expect(get('secret').Value).toBe(Value);
    expect(get('secret', { WithDecryption: true }).Value).toBe('flag{0123}');
    put('other', 'flag{0123}', { Type: 'SecureString' });
    expect(get('other').Value).not.toBe(Value);
    expect(sandbox.call('ssm:DescribeParameters').Parameters[0]).toMatchObject({ KeyId: 'alias/aws/ssm' });
  });
});

describe('versions and labels', () => {
  it('are found by number and by label, and a label moves', () => {
    put('p', 'one');
    put('p', 'two', { Overwrite: true });
    expect(
      sandbox.call('ssm:LabelParameterVersion', { Name: 'p', ParameterVersion: 1, Labels: ['prod', '1st', 'aws-x'] }),
    ).toEqual({
      InvalidLabels: ['1st', 'aws-x'],
      ParameterVersion: 1,
    });
    expect(get('p:prod').Value).toBe('one');
    sandbox.call('ssm:LabelParameterVersion', { Name: 'p', Labels: ['prod'] });
    expect(get('p:prod').Value).toBe('two');
    const { Parameters } = sandbox.call('ssm:GetParameterHistory', { Name: 'p' });
    expect(Parameters.map((version: { Value: string; Labels: string[] }) => [version.Value, version.Labels])).toEqual([
      ['one', []],
      ['two', ['prod']],
    ]);
    expect(sandbox.fail('ssm:GetParameter', { Name: 'p:7' })).toMatchObject({
      code: 'ParameterVersionNotFound',
      message: 'Systems Manager could not find version 7 of p. Verify the version and try again.',
    });
    expect(sandbox.fail('ssm:GetParameter', { Name: 'p:test' }).code).toBe('ParameterVersionNotFound');
  });

  it('are a hundred at most, the oldest not while it has a label', () => {
    put('p', '1');
    for (let i = 2; i <= 101; i++) put('p', String(i), { Overwrite: true });
    expect(sandbox.fail('ssm:GetParameter', { Name: 'p:1' }).code).toBe('ParameterVersionNotFound');
    sandbox.call('ssm:LabelParameterVersion', { Name: 'p', ParameterVersion: 2, Labels: ['keep'] });
    expect(refused({ Overwrite: true })[0]).toBe('ParameterMaxVersionLimitExceeded');
  });
});

describe('GetParameters and DeleteParameters', () => {
  it('tell what there is from what there is not', () => {
    put('a', '1');
    put('b', '2');
    const answer = sandbox.call('ssm:GetParameters', { Names: ['b', 'a', 'x', 'a:9'] });
    expect(answer).toMatchObject({ Parameters: [{ Name: 'a' }, { Name: 'b' }], InvalidParameters: ['x', 'a:9'] });
    expect(sandbox.call('ssm:DeleteParameters', { Names: ['a', 'x'] })).toEqual({
      DeletedParameters: ['a'],
      InvalidParameters: ['x'],
    });
    expect(sandbox.fail('ssm:DeleteParameter', { Name: 'a' }).code).toBe('ParameterNotFound');
  });

  it('need every one of the parameters to be allowed', () => {
    put('a', '1');
    put('b', '2');
    const bea = sandbox.user('Bea', allow('ssm:GetParameters', arn('a')));
    const error = sandbox.fail('ssm:GetParameters', { Names: ['a', 'b'] }, bea);
    expect(error).toMatchObject({ code: 'AccessDeniedException', status: 400 });
    expect(error.message).toBe(
      `User: arn:aws:iam::111122223333:user/Bea is not authorized to perform: ssm:GetParameters on resource: ${arn('b')} because no identity-based policy allows the ssm:GetParameters action`,
    );
    sandbox.call('ssm:GetParameters', { Names: ['a'] }, bea);
  });
});

describe('its permissions', () => {
  it('are on the parameter that is named', () => {
    put('/app/key');
    expect(sandbox.asked('ssm:GetParameter', { Name: '/app/key:1' })).toEqual([`ssm:GetParameter ${arn('app/key')}`]);
    expect(sandbox.asked('ssm:GetParametersByPath', { Path: '/app' })).toEqual([
      `ssm:GetParametersByPath ${arn('app')}`,
    ]);
    expect(sandbox.asked('ssm:DescribeParameters')).toEqual([
      'ssm:DescribeParameters arn:aws:ssm:us-east-1:111122223333:*',
    ]);
    const tagged = { Name: 'p', Value: 'v', Type: 'String', Tags: [{ Key: 'team', Value: 'web' }] };
    expect(sandbox.asked('ssm:PutParameter', tagged)).toEqual([
      `ssm:PutParameter ${arn('p')}`,
      `ssm:AddTagsToResource ${arn('p')}`,
    ]);
  });

  it('carry tags, ssm:Overwrite and ssm:Recursive', () => {
    put('p', 'v', { Tags: [{ Key: 'team', Value: 'web' }] });
    expect(sandbox.context('ssm:GetParameter', { Name: 'p' })).toEqual({
      'aws:ResourceTag/team': 'web',
      'ssm:resourceTag/team': 'web',
    });
    expect(sandbox.context('ssm:PutParameter', { Name: 'p', Value: 'v', Overwrite: true })).toMatchObject({
      'ssm:Overwrite': 'true',
    });
    expect(sandbox.context('ssm:GetParametersByPath', { Path: '/', Recursive: true })).toEqual({
      'ssm:Recursive': 'true',
    });
    const Tags = [{ Key: 'stage', Value: 'test' }];
    expect(
      sandbox.context('ssm:AddTagsToResource', { ResourceType: 'Parameter', ResourceId: 'p', Tags }),
    ).toMatchObject({
      'aws:RequestTag/stage': 'test',
      'aws:TagKeys': ['stage'],
    });
    const bea = sandbox.user(
      'Bea',
      allow('ssm:*'),
      deny('ssm:*', '*', { Condition: { StringEquals: { 'aws:ResourceTag/team': 'web' } } }),
    );
    expect(sandbox.fail('ssm:GetParameter', { Name: 'p' }, bea).code).toBe('AccessDeniedException');
  });

  it('stay inside the account', () => {
    put('p', 'v');
    expect(sandbox.fail('ssm:GetParameter', { Name: 'p' }, partnerRoot).code).toBe('ParameterNotFound');
    expect(sandbox.fail('ssm:GetParameter', { Name: arn('p') }, partnerRoot).code).toBe('AccessDeniedException');
  });
});
