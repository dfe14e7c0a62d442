import { zipSync } from 'fflate';
import { beforeEach, describe, expect, it, test } from 'vitest';
import { accountId, allow, partnerRoot, policy, Sandbox, text } from '../../testing/sandbox.ts';
import { functionArn, functionInput, givenRole, helloCode, roleArn, zip } from './testing/functions.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
  givenRole(sandbox);
});

const create = (name = 'hello', more: object = {}) => sandbox.call('lambda:CreateFunction', functionInput(name, more));

describe('CreateFunction', () => {
  it('answers a function that is being made, and is there afterwards', () => {
    const made = create('hello', { Environment: { Variables: { KEY: 'b', constructor: 'c' } }, Tags: { team: 'red' } });
    expect(made).toMatchObject({
      FunctionName: 'hello',
      FunctionArn: functionArn('hello'),
      State: 'Pending',
      Timeout: 3,
      MemorySize: 128,
      Version: '$LATEST',
      LastModified: '2026-01-05T12:00:00.000+0000',
      CodeSize: helloCode.length,
      Environment: { Variables: { KEY: 'b', constructor: 'c' } },
    });
    expect(made.CodeSha256).toMatch(/^[A-Za-z0-9+/]{43}=$/);
    const read = sandbox.call('lambda:GetFunction', { FunctionName: 'hello' });
    expect(read).toMatchObject({ Configuration: { State: 'Active' }, Tags: { team: 'red' } });
    expect(read.Code.Location).toMatch(/^https:\/\/awslambda-us-east-1-tasks\.s3\.us-east-1\.amazonaws\.com\/_code\//);
    expect(sandbox.call('lambda:GetFunctionConfiguration', { FunctionName: functionArn('hello') })).toEqual(
      read.Configuration,
    );
    expect(sandbox.call('lambda:ListFunctions').Functions).toHaveLength(1);
  });

  test.each<[string, object, string, RegExp]>([
    ['a second of one name', {}, 'ResourceConflictException', /^Function already exist: hello$/],
    ['no zip file', { Code: { ZipFile: text('x') } }, 'InvalidParameterValueException', /^Could not unzip uploaded/],
    ['no code', { Code: {} }, 'InvalidParameterValueException', /source for function code/],
    ['no handler', { Handler: undefined }, 'InvalidParameterValueException', /^Runtime and Handler are mandatory/],
    [
      'an old runtime',
      { Runtime: 'nodejs14.x' },
      'InvalidParameterValueException',
      /nodejs14\.x is no longer supported/,
    ],
    ['too much time', { Timeout: 901 }, 'ValidationException', /less than or equal to 900/],
    [
      'reserved variables',
      { Environment: { Variables: { AWS_REGION: 'x' } } },
      'InvalidParameterValueException',
      /Reserved keys used in this request: AWS_REGION$/,
    ],
    [
      'too many variables',
      { Environment: { Variables: { KEY: 'x'.repeat(5000) } } },
      'InvalidParameterValueException',
      /exceeded the 4KB limit/,
    ],
    ['a long name', { FunctionName: 'x'.repeat(65) }, 'InvalidParameterValueException', /less than or equal to 64/],
    [
      'a role that is not there',
      { Role: roleArn('nobody') },
      'InvalidParameterValueException',
      /cannot be assumed by L/,
    ],
    [
      'a layer that is not there',
      { Layers: [`arn:aws:lambda:us-east-1:${accountId}:layer:x:1`] },
      'InvalidParameterValueException',
      /does not exist/,
    ],
    ['AWS tags', { Tags: { 'aws:x': 'y' } }, 'InvalidParameterValueException', /reserved/],
  ])('refuses %s', (_what, more, code, message) => {
    create();
    const before = sandbox.world;
    const error = sandbox.fail(
      'lambda:CreateFunction',
      functionInput('FunctionName' in more ? 'other' : 'hello', more),
    );
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
    expect(sandbox.world).toBe(before);
  });

  it('refuses a zip bomb by what it says that it unpacks to', () => {
    const bomb = zip({ 'index.js': 'x'.repeat(65 * 1024 * 1024) });
    expect(bomb.length).toBeLessThan(100_000);
    const error = sandbox.fail('lambda:CreateFunction', functionInput('bomb', { Code: { ZipFile: bomb } }));
    expect(error.message).toMatch(/^Unzipped size must be smaller than/);
  });

  it('needs to pass the role, which must trust Lambda', () => {
    const trust = policy({ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' });
    sandbox.call('iam:CreateRole', { RoleName: 'instance', AssumeRolePolicyDocument: trust });
    expect(sandbox.fail('lambda:CreateFunction', functionInput('hello', { Role: roleArn('instance') })).message).toBe(
      'The role defined for the function cannot be assumed by Lambda.',
    );
    expect(sandbox.asked('lambda:CreateFunction', functionInput('hello'))).toEqual([
      `lambda:CreateFunction ${functionArn('hello')}`,
      `iam:PassRole ${roleArn('worker')}`,
    ]);
    const passing = (condition: object) =>
      sandbox.user(
        `u${Object.values(condition)[0]}`,
        allow('lambda:*'),
        allow('iam:PassRole', '*', { Condition: { StringEquals: condition } }),
      );
    const ec2 = passing({ 'iam:PassedToService': 'ec2.amazonaws.com' });
    const own = passing({ 'iam:PassedToService': 'lambda.amazonaws.com' });
    const error = sandbox.fail('lambda:CreateFunction', functionInput('two'), ec2);
    expect(error.code).toBe('AccessDeniedException');
    expect(error.message).toContain('is not authorized to perform: iam:PassRole on resource');
    expect(sandbox.call('lambda:CreateFunction', functionInput('two'), own).FunctionName).toBe('two');
  });

  it('reads code out of a bucket as the caller', () => {
    sandbox.call('s3:CreateBucket', { Bucket: 'code-bucket' });
    sandbox.call('s3:PutObject', { Bucket: 'code-bucket', Key: 'a.zip', Body: helloCode });
    const input = functionInput('hello', { Code: { S3Bucket: 'code-bucket', S3Key: 'a.zip' } });
    const eve = sandbox.user('eve', allow(['lambda:*', 'iam:PassRole']));
    expect(sandbox.fail('lambda:CreateFunction', input, eve)).toMatchObject({ code: 'AccessDeniedException' });
    expect(sandbox.call('lambda:CreateFunction', input).CodeSize).toBe(helloCode.length);
    const missing = functionInput('x', { Code: { S3Bucket: 'code-bucket', S3Key: 'b.zip' } });
    expect(sandbox.fail('lambda:CreateFunction', missing).message).toMatch(
      /^Error occurred while GetObject\. S3 Error Code: NoSuchKey\./,
    );
  });
});

describe('names', () => {
  test.each(['hello', `${accountId}:function:hello`, functionArn('hello'), 'function:hello'])('%s', (FunctionName) => {
    create();
    expect(sandbox.call('lambda:GetFunction', { FunctionName }).Configuration.FunctionName).toBe('hello');
  });

  it('of other regions and accounts are not found here', () => {
    create();
    const elsewhere = functionArn('hello').replace('us-east-1', 'eu-west-1');
    expect(sandbox.fail('lambda:GetFunction', { FunctionName: elsewhere }).message).toBe(
      "Functions from 'eu-west-1' are not reachable in this region ('us-east-1')",
    );
    const foreign = functionArn('hello').replace(accountId, '999999999999');
    expect(sandbox.fail('lambda:GetFunction', { FunctionName: foreign }).code).toBe('AccessDeniedException');
    sandbox.region = 'eu-west-1';
    expect(sandbox.fail('lambda:GetFunction', { FunctionName: 'hello' })).toMatchObject({
      code: 'ResourceNotFoundException',
      message: `Function not found: ${elsewhere}`,
    });
    expect(sandbox.call('lambda:ListFunctions').Functions).toEqual([]);
  });

  it('of another account need its policy', () => {
    create();
    const read = () => sandbox.perform('lambda:GetFunction', { FunctionName: functionArn('hello') }, partnerRoot);
    expect(read().outcome.kind).toBe('error');
    sandbox.call('lambda:AddPermission', {
      FunctionName: 'hello',
      StatementId: 's',
      Action: 'lambda:GetFunction',
      Principal: '444455556666',
    });
    expect(read().outcome.kind).toBe('ok');
  });
});

describe('updates', () => {
  it('of code change code, revision and digest, and may publish', () => {
    const made = create();
    const code = zip({ 'index.js': 'exports.handler = async () => 1;' });
    const stale = { FunctionName: 'hello', ZipFile: code, RevisionId: 'x' };
    expect(sandbox.fail('lambda:UpdateFunctionCode', stale).code).toBe('PreconditionFailedException');
    const updated = sandbox.call('lambda:UpdateFunctionCode', { ...stale, RevisionId: made.RevisionId, Publish: true });
    expect(updated).toMatchObject({
      Version: '1',
      FunctionArn: `${functionArn('hello')}:1`,
      LastUpdateStatus: 'InProgress',
    });
    expect(updated.CodeSha256).not.toBe(made.CodeSha256);
  });

  it('tried dry change nothing', () => {
    create();
    const before = sandbox.world;
    sandbox.call('lambda:UpdateFunctionCode', { FunctionName: 'hello', ZipFile: zip({ a: 'b' }), DryRun: true });
    expect(sandbox.world).toBe(before);
  });

  it('of the configuration leave what they do not name, and pass a role only where they name one', () => {
    create('hello', { Description: 'first', DeadLetterConfig: { TargetArn: 'arn:aws:sqs:us-east-1:111122223333:q' } });
    const input = { FunctionName: 'hello', Timeout: 9, DeadLetterConfig: { TargetArn: '' } };
    expect(sandbox.asked('lambda:UpdateFunctionConfiguration', input)).toEqual([
      `lambda:UpdateFunctionConfiguration ${functionArn('hello')}`,
    ]);
    const read = sandbox.call('lambda:GetFunctionConfiguration', { FunctionName: 'hello' });
    expect(read).toMatchObject({ Timeout: 9, Description: 'first' });
    expect(read.DeadLetterConfig).toBeUndefined();
    givenRole(sandbox, 'other');
    expect(
      sandbox.asked('lambda:UpdateFunctionConfiguration', { FunctionName: 'hello', Role: roleArn('other') })[1],
    ).toBe(`iam:PassRole ${roleArn('other')}`);
    expect(
      sandbox.fail('lambda:UpdateFunctionConfiguration', { FunctionName: 'hello', Role: roleArn('nobody') }).message,
    ).toBe('The role defined for the function cannot be assumed by Lambda.');
  });
});

it('lists by pages, and refuses a marker that is not its own', () => {
  for (const name of ['a', 'b', 'c']) create(name);
  const first = sandbox.call('lambda:ListFunctions', { MaxItems: 2 });
  const rest = sandbox.call('lambda:ListFunctions', { MaxItems: 2, Marker: first.NextMarker });
  const names = [...first.Functions, ...rest.Functions].map((shown: { FunctionName: string }) => shown.FunctionName);
  expect(names).toEqual(['a', 'b', 'c']);
  expect(rest.NextMarker).toBeUndefined();
  expect(sandbox.fail('lambda:ListFunctions', { Marker: 'x' }).code).toBe('InvalidParameterValueException');
});

it('deletes a function, and counts what is there', () => {
  create();
  expect(sandbox.call('lambda:GetAccountSettings').AccountUsage).toEqual({
    TotalCodeSize: helloCode.length,
    FunctionCount: 1,
  });
  expect(sandbox.fail('lambda:DeleteFunction', { FunctionName: 'hello', Qualifier: '$LATEST' }).message).toBe(
    '$LATEST version cannot be deleted without deleting the function.',
  );
  sandbox.call('lambda:DeleteFunction', { FunctionName: 'hello' });
  expect(sandbox.fail('lambda:GetFunction', { FunctionName: 'hello' }).code).toBe('ResourceNotFoundException');
  expect(sandbox.fail('lambda:DeleteFunction', { FunctionName: 'hello' }).code).toBe('ResourceNotFoundException');
});

it('holds an account to its code', () => {
  const code = zipSync({ 'index.js': new Uint8Array(4 * 1024 * 1024) }, { level: 0 });
  let made = 0;
  for (; made < 100; made++) {
    const { outcome } = sandbox.perform(
      'lambda:CreateFunction',
      functionInput(`f${made}`, { Code: { ZipFile: code } }),
    );
    if (outcome.kind === 'error') {
      expect(outcome.error.code).toBe('CodeStorageExceededException');
      break;
    }
  }
  expect(made * code.length).toBeGreaterThan(100 * 1024 * 1024);
});
