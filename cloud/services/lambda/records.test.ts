import { beforeEach, describe, expect, it } from 'vitest';
import { accountId, allow, anonymous, partnerId, partnerRoot, Sandbox } from '../../testing/sandbox.ts';
import { functionArn, functionInput, givenRole, helloCode, zip } from './testing/functions.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
  givenRole(sandbox);
  sandbox.call('lambda:CreateFunction', functionInput('hello'));
});

const FunctionName = 'hello';
const arn = functionArn('hello');

describe('versions', () => {
  it('are published once for each change, and keep what they were', () => {
    const one = sandbox.call('lambda:PublishVersion', { FunctionName, Description: 'first' });
    expect(one).toMatchObject({ Version: '1', FunctionArn: `${arn}:1`, Description: 'first' });
    expect(sandbox.call('lambda:PublishVersion', { FunctionName }).Version).toBe('1');
    sandbox.call('lambda:UpdateFunctionConfiguration', { FunctionName, Timeout: 5 });
    expect(sandbox.call('lambda:PublishVersion', { FunctionName }).Version).toBe('2');
    expect(sandbox.call('lambda:GetFunctionConfiguration', { FunctionName: `${arn}:1` }).Timeout).toBe(3);
    const { Versions } = sandbox.call('lambda:ListVersionsByFunction', { FunctionName });
    expect(Versions.map((shown: { Version: string }) => shown.Version).sort()).toEqual(['$LATEST', '1', '2']);
  });

  it('are held against the digest that the request expects', () => {
    const wrong = { FunctionName, CodeSha256: 'x' };
    expect(sandbox.fail('lambda:PublishVersion', wrong).message).toMatch(/^CodeSHA256 \(x\) is different from current/);
  });

  it('cannot be deleted while an alias leads to them', () => {
    sandbox.call('lambda:PublishVersion', { FunctionName });
    sandbox.call('lambda:CreateAlias', { FunctionName, Name: 'live', FunctionVersion: '1' });
    expect(sandbox.fail('lambda:DeleteFunction', { FunctionName, Qualifier: '1' }).code).toBe(
      'ResourceConflictException',
    );
    sandbox.call('lambda:DeleteAlias', { FunctionName, Name: 'live' });
    sandbox.call('lambda:DeleteFunction', { FunctionName, Qualifier: '1' });
    expect(sandbox.fail('lambda:GetFunction', { FunctionName, Qualifier: '1' }).message).toBe(
      `Function not found: ${arn}:1`,
    );
    sandbox.call('lambda:UpdateFunctionConfiguration', { FunctionName, Timeout: 5 });
    expect(sandbox.call('lambda:PublishVersion', { FunctionName }).Version).toBe('2');
  });
});

describe('aliases', () => {
  beforeEach(() => {
    sandbox.call('lambda:PublishVersion', { FunctionName });
    sandbox.call('lambda:CreateAlias', { FunctionName, Name: 'constructor', FunctionVersion: '1' });
  });

  it('are made, read, changed, listed and deleted', () => {
    const alias = sandbox.call('lambda:GetAlias', { FunctionName, Name: 'constructor' });
    expect(alias).toMatchObject({ AliasArn: `${arn}:constructor`, FunctionVersion: '1' });
    const changed = { FunctionName, Name: 'constructor', Description: 'now', RevisionId: alias.RevisionId };
    expect(sandbox.call('lambda:UpdateAlias', changed).Description).toBe('now');
    expect(sandbox.fail('lambda:UpdateAlias', changed).code).toBe('PreconditionFailedException');
    expect(sandbox.call('lambda:ListAliases', { FunctionName, FunctionVersion: '1' }).Aliases).toHaveLength(1);
    sandbox.call('lambda:DeleteAlias', { FunctionName, Name: 'constructor' });
    expect(sandbox.fail('lambda:GetAlias', { FunctionName, Name: 'constructor' }).message).toBe(
      `Cannot find alias arn: ${arn}:constructor`,
    );
  });

  it('of one name are refused, and of versions that are not there', () => {
    const again = { FunctionName, Name: 'constructor', FunctionVersion: '1' };
    expect(sandbox.fail('lambda:CreateAlias', again).code).toBe('ResourceConflictException');
    expect(sandbox.fail('lambda:CreateAlias', { ...again, Name: 'x', FunctionVersion: '7' }).code).toBe(
      'ResourceNotFoundException',
    );
  });
});

describe('policies', () => {
  const grant = (more: object = {}) => ({
    FunctionName,
    StatementId: 's',
    Action: 'lambda:InvokeFunction',
    Principal: 's3.amazonaws.com',
    ...more,
  });

  it('are written as Lambda writes them', () => {
    const added = sandbox.call(
      'lambda:AddPermission',
      grant({ SourceArn: 'arn:aws:s3:::bucket', SourceAccount: accountId, EventSourceToken: 'token' }),
    );
    const statement = {
      Sid: 's',
      Effect: 'Allow',
      Principal: { Service: 's3.amazonaws.com' },
      Action: 'lambda:InvokeFunction',
      Resource: arn,
      Condition: {
        StringEquals: { 'AWS:SourceAccount': accountId, 'lambda:EventSourceToken': 'token' },
        ArnLike: { 'AWS:SourceArn': 'arn:aws:s3:::bucket' },
      },
    };
    expect(JSON.parse(added.Statement)).toEqual(statement);
    const read = sandbox.call('lambda:GetPolicy', { FunctionName });
    expect(JSON.parse(read.Policy)).toEqual({ Version: '2012-10-17', Id: 'default', Statement: [statement] });
    expect(read.RevisionId).toBe(sandbox.call('lambda:GetFunctionConfiguration', { FunctionName }).RevisionId);
    expect(sandbox.fail('lambda:AddPermission', grant()).message).toBe(
      'The statement id (s) provided already exists. Please provide a new statement id, or remove the existing statement.',
    );
    sandbox.call('lambda:RemovePermission', { FunctionName, StatementId: 's' });
    expect(sandbox.fail('lambda:GetPolicy', { FunctionName })).toMatchObject({
      code: 'ResourceNotFoundException',
      message: 'The resource you requested does not exist.',
    });
  });

  it.each([
    ['nobody', { Principal: 'nobody' }, /^The provided principal was invalid/],
    ['a user that is not there', { Principal: `arn:aws:iam::${accountId}:user/nobody` }, /^The provided principal was/],
    ['$LATEST', { Qualifier: '$LATEST' }, /^We currently do not support adding policies for \$LATEST/],
    [
      'a type of URL for another action',
      { FunctionUrlAuthType: 'NONE' },
      /only supported for lambda:InvokeFunctionUrl/,
    ],
  ])('refuse %s', (_what, more, message) => {
    const before = sandbox.world;
    expect(sandbox.fail('lambda:AddPermission', grant(more)).message).toMatch(message);
    expect(sandbox.world).toBe(before);
  });

  it('forget who was deleted, though one of the name comes again', () => {
    sandbox.user('bea');
    sandbox.call('lambda:AddPermission', grant({ Principal: `arn:aws:iam::${accountId}:user/bea` }));
    sandbox.call('iam:DeleteUser', { UserName: 'bea' });
    const bea = sandbox.user('bea');
    expect(sandbox.fail('lambda:Invoke', { FunctionName, InvocationType: 'DryRun' }, bea).code).toBe(
      'AccessDeniedException',
    );
  });

  it('let another account in, by account and by alias, and not without them', () => {
    sandbox.call('lambda:PublishVersion', { FunctionName });
    sandbox.call('lambda:CreateAlias', { FunctionName, Name: 'live', FunctionVersion: '1' });
    const invoke = (name: string) =>
      sandbox.perform('lambda:Invoke', { FunctionName: name, InvocationType: 'DryRun' }, partnerRoot).outcome.kind;
    expect(invoke(arn)).toBe('error');
    sandbox.call('lambda:AddPermission', grant({ Principal: partnerId, Qualifier: 'live' }));
    expect(invoke(`${arn}:live`)).toBe('ok');
    expect(invoke(arn)).toBe('error');
  });

  it('can be restricted to principals and types of URL', () => {
    const eve = sandbox.user(
      'eve',
      allow('lambda:AddPermission', '*', { Condition: { StringEquals: { 'lambda:Principal': 's3.amazonaws.com' } } }),
    );
    expect(sandbox.fail('lambda:AddPermission', grant({ Principal: '*' }), eve).code).toBe('AccessDeniedException');
    sandbox.call('lambda:AddPermission', grant(), eve);
  });
});

describe('function URLs', () => {
  const url = () => sandbox.call('lambda:CreateFunctionUrlConfig', { FunctionName, AuthType: 'NONE' });

  it('are made, read, changed, listed and deleted', () => {
    const made = url();
    expect(made.FunctionUrl).toMatch(/^https:\/\/[a-z2-7]{32}\.lambda-url\.us-east-1\.on\.aws\/$/);
    expect(made).toMatchObject({ FunctionArn: arn, AuthType: 'NONE', InvokeMode: 'BUFFERED' });
    expect(sandbox.fail('lambda:CreateFunctionUrlConfig', { FunctionName, AuthType: 'NONE' }).message).toBe(
      `Failed to create function url config for [functionArn = ${arn}]. Error message:  FunctionUrlConfig exists for this Lambda function`,
    );
    const Cors = { AllowOrigins: ['*'] };
    sandbox.call('lambda:UpdateFunctionUrlConfig', { FunctionName, AuthType: 'AWS_IAM', Cors });
    const read = sandbox.call('lambda:GetFunctionUrlConfig', { FunctionName });
    expect(read).toMatchObject({ FunctionUrl: made.FunctionUrl, AuthType: 'AWS_IAM', Cors });
    expect(sandbox.call('lambda:ListFunctionUrlConfigs', { FunctionName }).FunctionUrlConfigs).toEqual([read]);
    sandbox.call('lambda:DeleteFunctionUrlConfig', { FunctionName });
    expect(sandbox.fail('lambda:GetFunctionUrlConfig', { FunctionName }).code).toBe('ResourceNotFoundException');
  });

  it('can be restricted to a type', () => {
    const signed = { Condition: { StringEquals: { 'lambda:FunctionUrlAuthType': 'AWS_IAM' } } };
    const eve = sandbox.user('eve', allow('lambda:*FunctionUrlConfig', '*', signed));
    const input = { FunctionName, AuthType: 'NONE' };
    expect(sandbox.fail('lambda:CreateFunctionUrlConfig', input, eve).code).toBe('AccessDeniedException');
    sandbox.call('lambda:CreateFunctionUrlConfig', { FunctionName, AuthType: 'AWS_IAM' }, eve);
    sandbox.call('lambda:GetFunctionUrlConfig', { FunctionName }, eve);
    expect(sandbox.fail('lambda:UpdateFunctionUrlConfig', input, eve).code).toBe('AccessDeniedException');
  });

  it('need both permissions, of everybody too', () => {
    const UrlId = /^https:\/\/([^.]+)/.exec(url().FunctionUrl)?.[1];
    const input = { UrlId, Method: 'GET', Target: '/', Headers: [], Body: new Uint8Array(0) };
    const asked = () => sandbox.perform('lambda:InvokeFunctionUrl', input, anonymous);
    const public_ = { FunctionName, Principal: '*' };
    expect(asked().outcome).toMatchObject({ error: { code: 'AccessDeniedException' } });
    const both = [
      { StatementId: 'url', Action: 'lambda:InvokeFunctionUrl', FunctionUrlAuthType: 'NONE' },
      { StatementId: 'invoke', Action: 'lambda:InvokeFunction', InvokedViaFunctionUrl: true },
    ];
    sandbox.call('lambda:AddPermission', { ...public_, ...both[0] });
    const half = asked();
    expect(half.outcome).toMatchObject({ error: { code: 'AccessDeniedException' } });
    expect(half.decisions.map(({ decision }) => decision.verdict)).toEqual(['allowed', 'implicitly-denied']);
    sandbox.call('lambda:AddPermission', { ...public_, ...both[1] });
    expect(asked().decisions.map(({ decision }) => decision.verdict)).toEqual(['allowed', 'allowed']);
    // What is given by way of the URL alone is not given otherwise.
    expect(sandbox.fail('lambda:Invoke', { FunctionName: arn }, partnerRoot).code).toBe('AccessDeniedException');
    sandbox.call('lambda:UpdateFunctionUrlConfig', { FunctionName, AuthType: 'AWS_IAM' });
    expect(asked().outcome).toMatchObject({ error: { code: 'AccessDeniedException' } });
  });
});

describe('layers', () => {
  const publish = () =>
    sandbox.call('lambda:PublishLayerVersion', { LayerName: 'tools', Content: { ZipFile: helloCode } });
  const layer = `arn:aws:lambda:us-east-1:${accountId}:layer:tools`;

  it('have versions, which are read, listed and deleted', () => {
    expect(publish()).toMatchObject({ Version: 1, LayerArn: layer, LayerVersionArn: `${layer}:1` });
    publish();
    expect(sandbox.call('lambda:GetLayerVersion', { LayerName: 'tools', VersionNumber: 2 }).Version).toBe(2);
    expect(sandbox.call('lambda:GetLayerVersionByArn', { Arn: `${layer}:1` }).Version).toBe(1);
    const { LayerVersions } = sandbox.call('lambda:ListLayerVersions', { LayerName: 'tools' });
    expect(LayerVersions.map(({ Version }: { Version: number }) => Version)).toEqual([2, 1]);
    sandbox.call('lambda:DeleteLayerVersion', { LayerName: 'tools', VersionNumber: 2 });
    expect(sandbox.call('lambda:ListLayers').Layers[0].LatestMatchingVersion.Version).toBe(1);
    expect(publish().Version).toBe(3);
  });

  it('are used by whom they are given to', () => {
    publish();
    const use = () => sandbox.perform('lambda:GetLayerVersionByArn', { Arn: `${layer}:1` }, partnerRoot).outcome.kind;
    expect(use()).toBe('error');
    const grant = { LayerName: 'tools', VersionNumber: 1, StatementId: 's', Action: 'lambda:GetLayerVersion' };
    sandbox.call('lambda:AddLayerVersionPermission', { ...grant, Principal: partnerId });
    expect(use()).toBe('ok');
    expect(JSON.parse(sandbox.call('lambda:GetLayerVersionPolicy', grant).Policy).Statement[0].Resource).toBe(
      `${layer}:1`,
    );
    sandbox.call('lambda:RemoveLayerVersionPermission', grant);
    expect(use()).toBe('error');
  });

  it('of functions can be restricted', () => {
    publish();
    const input = { FunctionName, Layers: [`${layer}:1`] };
    expect(sandbox.asked('lambda:UpdateFunctionConfiguration', input)).toEqual([
      `lambda:UpdateFunctionConfiguration ${arn}`,
      `lambda:GetLayerVersion ${layer}:1`,
    ]);
    expect(sandbox.call('lambda:GetFunctionConfiguration', { FunctionName }).Layers).toEqual([
      { Arn: `${layer}:1`, CodeSize: helloCode.length },
    ]);
    const two = { FunctionName, Layers: [`${layer}:1`, `${layer}:1`] };
    expect(sandbox.fail('lambda:UpdateFunctionConfiguration', two).message).toMatch(/^Two different versions/);
  });
});

describe('event source mappings', () => {
  const EventSourceArn = `arn:aws:sqs:us-east-1:${accountId}:jobs`;
  const create = (more: object = {}) =>
    sandbox.call('lambda:CreateEventSourceMapping', { FunctionName, EventSourceArn, ...more });

  it('are made, read, changed, listed and deleted', () => {
    const { UUID, State } = create({ Tags: { team: 'red' } });
    expect(State).toBe('Creating');
    const read = sandbox.call('lambda:GetEventSourceMapping', { UUID });
    expect(read).toMatchObject({ FunctionArn: arn, BatchSize: 10, State: 'Enabled' });
    expect(sandbox.call('lambda:ListTags', { Resource: read.EventSourceMappingArn }).Tags).toEqual({ team: 'red' });
    sandbox.call('lambda:UpdateEventSourceMapping', { UUID, Enabled: false });
    expect(sandbox.call('lambda:ListEventSourceMappings', { FunctionName }).EventSourceMappings).toMatchObject([
      { UUID, State: 'Disabled' },
    ]);
    expect(sandbox.fail('lambda:CreateEventSourceMapping', { FunctionName, EventSourceArn }).code).toBe(
      'ResourceConflictException',
    );
    expect(sandbox.call('lambda:DeleteEventSourceMapping', { UUID }).State).toBe('Deleting');
    expect(sandbox.fail('lambda:GetEventSourceMapping', { UUID }).code).toBe('ResourceNotFoundException');
  });

  it('need a stream’s position, a function, and a source that is known', () => {
    const fail = (more: object) =>
      sandbox.fail('lambda:CreateEventSourceMapping', { FunctionName, EventSourceArn, ...more }).message;
    expect(fail({ EventSourceArn: `arn:aws:dynamodb:us-east-1:${accountId}:table/t/stream/x` })).toMatch(
      /startingPosition/,
    );
    expect(fail({ FunctionName: 'other' })).toBe('Function does not exist');
    expect(fail({ EventSourceArn: `arn:aws:sns:us-east-1:${accountId}:t` })).toBe('Unrecognized event source.');
    expect(fail({ BatchSize: 100 })).toMatch(/^Maximum batch window/);
  });

  it('can be restricted to a function', () => {
    const only = { Condition: { ArnEquals: { 'lambda:FunctionArn': functionArn('other') } } };
    const eve = sandbox.user('eve', allow('lambda:*EventSourceMapping', '*', only));
    const input = { FunctionName, EventSourceArn };
    expect(sandbox.fail('lambda:CreateEventSourceMapping', input, eve).code).toBe('AccessDeniedException');
    sandbox.call('lambda:CreateFunction', functionInput('other'));
    const { UUID } = sandbox.call('lambda:CreateEventSourceMapping', { ...input, FunctionName: 'other' }, eve);
    sandbox.call('lambda:GetEventSourceMapping', { UUID }, eve);
  });
});

it('keeps tags, by which access can be given', () => {
  sandbox.call('lambda:TagResource', { Resource: arn, Tags: { team: 'red', constructor: 'x' } });
  expect(sandbox.call('lambda:ListTags', { Resource: arn }).Tags).toEqual({ team: 'red', constructor: 'x' });
  const red = { Condition: { StringEquals: { 'aws:ResourceTag/team': 'red' } } };
  const eve = sandbox.user('eve', allow('lambda:InvokeFunction', '*', red));
  sandbox.call('lambda:Invoke', { FunctionName, InvocationType: 'DryRun' }, eve);
  sandbox.call('lambda:UntagResource', { Resource: arn, TagKeys: ['team'] });
  expect(sandbox.fail('lambda:Invoke', { FunctionName, InvocationType: 'DryRun' }, eve).code).toBe(
    'AccessDeniedException',
  );
});

it('reserves concurrency, and none is a stop', () => {
  sandbox.call('lambda:PutFunctionConcurrency', { FunctionName, ReservedConcurrentExecutions: 0 });
  expect(sandbox.fail('lambda:Invoke', { FunctionName })).toMatchObject({ code: 'TooManyRequestsException' });
  const all = { FunctionName, ReservedConcurrentExecutions: 901 };
  expect(sandbox.fail('lambda:PutFunctionConcurrency', all).message).toMatch(/below its minimum value of \[100\]/);
  sandbox.call('lambda:DeleteFunctionConcurrency', { FunctionName });
  expect(sandbox.call('lambda:GetFunctionConcurrency', { FunctionName })).toEqual({});
});

it('keeps how asynchronous invocations are retried', () => {
  expect(sandbox.fail('lambda:GetFunctionEventInvokeConfig', { FunctionName }).message).toBe(
    `The function ${arn}:$LATEST doesn't have an EventInvokeConfig`,
  );
  sandbox.call('lambda:PutFunctionEventInvokeConfig', { FunctionName, MaximumRetryAttempts: 1 });
  sandbox.call('lambda:UpdateFunctionEventInvokeConfig', { FunctionName, MaximumEventAgeInSeconds: 60 });
  expect(sandbox.call('lambda:GetFunctionEventInvokeConfig', { FunctionName })).toMatchObject({
    MaximumRetryAttempts: 1,
    MaximumEventAgeInSeconds: 60,
  });
  const listed = sandbox.call('lambda:ListFunctionEventInvokeConfigs', { FunctionName });
  expect(listed.FunctionEventInvokeConfigs).toHaveLength(1);
  sandbox.call('lambda:DeleteFunctionEventInvokeConfig', { FunctionName });
});

describe('Invoke', () => {
  it('asks for the function as it was named, and refuses what is no JSON', () => {
    sandbox.call('lambda:PublishVersion', { FunctionName });
    const dry = { FunctionName, Qualifier: '1', InvocationType: 'DryRun' };
    expect(sandbox.asked('lambda:Invoke', dry)).toEqual([`lambda:InvokeFunction ${arn}:1`]);
    expect(sandbox.call('lambda:Invoke', dry)).toEqual({ StatusCode: 204 });
    const Payload = new TextEncoder().encode('{');
    expect(sandbox.fail('lambda:Invoke', { FunctionName, Payload }).code).toBe('InvalidRequestContentException');
    const big = { FunctionName, InvocationType: 'Event', Payload: new Uint8Array(300_000) };
    expect(sandbox.fail('lambda:Invoke', big).code).toBe('RequestTooLargeException');
  });

  it('runs nothing where a call is tried out, and nothing of other runtimes', () => {
    expect(sandbox.fail('lambda:Invoke', { FunctionName })).toMatchObject({ code: 'ServiceException' });
    const python = functionInput('snake', { Runtime: 'python3.13', Code: { ZipFile: zip({ 'index.py': '' }) } });
    sandbox.call('lambda:CreateFunction', python);
    expect(sandbox.fail('lambda:Invoke', { FunctionName: 'snake' }).code).toBe('InvalidRuntimeException');
  });

  it('asks the role’s trust policy each time', () => {
    sandbox.call('iam:DeleteRole', { RoleName: 'worker' });
    expect(sandbox.fail('lambda:Invoke', { FunctionName })).toMatchObject({
      code: 'AccessDeniedException',
      message: 'The role defined for the function cannot be assumed by Lambda.',
    });
  });
});
