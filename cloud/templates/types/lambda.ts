/** AWS::Lambda::Function, Version, Alias, Permission, Url, LayerVersion and EventSourceMapping. */
import { zipSync } from 'fflate';
import {
  answered,
  booleanOf,
  given,
  numberOf,
  type Properties,
  type ResourceType,
  recordOf,
  recordsOf,
  send,
  textOf,
  textsOf,
} from '../resource-type.ts';
import { boolean, list, number, oneOf, record, tags, text, texts } from '../shape.ts';

const runtimes = /^nodejs/;

function tagMap(properties: Properties): Readonly<Record<string, string>> {
  return Object.fromEntries(
    recordsOf(properties, 'Tags').map((tag) => [textOf(tag, 'Key') ?? '', textOf(tag, 'Value') ?? '']),
  );
}

/** Code that stands in the template becomes `index.js`, of Python `index.py` (CloudFormation Template Reference, "Code": ZipFile). */
function codeOf(code: Properties, runtime: string): Readonly<Record<string, unknown>> {
  const source = textOf(code, 'ZipFile');
  const file = runtimes.test(runtime) ? 'index.js' : 'index.py';
  return given({
    ZipFile: source === undefined ? undefined : zipSync({ [file]: new TextEncoder().encode(source) }),
    S3Bucket: textOf(code, 'S3Bucket'),
    S3Key: textOf(code, 'S3Key'),
    S3ObjectVersion: textOf(code, 'S3ObjectVersion'),
  });
}

const s3Code = { S3Bucket: text, S3Key: text, S3ObjectVersion: text };

export const lambdaFunction: ResourceType = {
  name: 'AWS::Lambda::Function',
  properties: record(
    {
      Architectures: list(oneOf('x86_64', 'arm64')),
      Code: record({ ...s3Code, ZipFile: text }),
      DeadLetterConfig: record({ TargetArn: text }),
      Description: text,
      Environment: record({ Variables: texts }),
      EphemeralStorage: record({ Size: number }, ['Size']),
      FunctionName: text,
      Handler: text,
      KmsKeyArn: text,
      Layers: list(text),
      MemorySize: number,
      ReservedConcurrentExecutions: number,
      Role: text,
      Runtime: text,
      Tags: tags,
      Timeout: number,
    },
    ['Code', 'Role'],
  ),
  attributes: ['Arn'],
  *make(properties, { generatedName }) {
    const FunctionName = textOf(properties, 'FunctionName') ?? generatedName(64);
    const variables = recordOf(recordOf(properties, 'Environment') ?? {}, 'Variables');
    const architectures = textsOf(properties, 'Architectures');
    const layers = textsOf(properties, 'Layers');
    const deadLetters = textOf(recordOf(properties, 'DeadLetterConfig') ?? {}, 'TargetArn');
    const storage = numberOf(recordOf(properties, 'EphemeralStorage') ?? {}, 'Size');
    const tagged = tagMap(properties);
    const runtime = textOf(properties, 'Runtime');
    const made = yield* send(
      'lambda',
      'CreateFunction',
      given({
        FunctionName,
        Role: textOf(properties, 'Role'),
        Runtime: runtime,
        Handler: textOf(properties, 'Handler'),
        Code: codeOf(recordOf(properties, 'Code') ?? {}, runtime ?? ''),
        Description: textOf(properties, 'Description'),
        Timeout: numberOf(properties, 'Timeout'),
        MemorySize: numberOf(properties, 'MemorySize'),
        KMSKeyArn: textOf(properties, 'KmsKeyArn'),
        Environment: variables && {
          Variables: Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, String(value)])),
        },
        Architectures: architectures.length > 0 ? architectures : undefined,
        Layers: layers.length > 0 ? layers : undefined,
        DeadLetterConfig: deadLetters === undefined ? undefined : { TargetArn: deadLetters },
        EphemeralStorage: storage === undefined ? undefined : { Size: storage },
        Tags: Object.keys(tagged).length > 0 ? tagged : undefined,
      }),
    );
    const reserved = numberOf(properties, 'ReservedConcurrentExecutions');
    if (reserved !== undefined) {
      yield* send('lambda', 'PutFunctionConcurrency', { FunctionName, ReservedConcurrentExecutions: reserved });
    }
    return { ref: FunctionName, attributes: { Arn: answered(made, 'FunctionArn') } };
  },
};

export const lambdaVersion: ResourceType = {
  name: 'AWS::Lambda::Version',
  properties: record({ CodeSha256: text, Description: text, FunctionName: text }, ['FunctionName']),
  attributes: ['FunctionArn', 'Version'],
  *make(properties) {
    const made = yield* send(
      'lambda',
      'PublishVersion',
      given({
        FunctionName: textOf(properties, 'FunctionName'),
        CodeSha256: textOf(properties, 'CodeSha256'),
        Description: textOf(properties, 'Description'),
      }),
    );
    const FunctionArn = answered(made, 'FunctionArn');
    return { ref: FunctionArn, attributes: { FunctionArn, Version: answered(made, 'Version') } };
  },
};

export const lambdaAlias: ResourceType = {
  name: 'AWS::Lambda::Alias',
  properties: record({ Description: text, FunctionName: text, FunctionVersion: text, Name: text }, [
    'FunctionName',
    'FunctionVersion',
    'Name',
  ]),
  attributes: ['AliasArn'],
  *make(properties) {
    const made = yield* send(
      'lambda',
      'CreateAlias',
      given({
        FunctionName: textOf(properties, 'FunctionName'),
        FunctionVersion: textOf(properties, 'FunctionVersion'),
        Name: textOf(properties, 'Name'),
        Description: textOf(properties, 'Description'),
      }),
    );
    const AliasArn = answered(made, 'AliasArn');
    return { ref: AliasArn, attributes: { AliasArn } };
  },
};

export const lambdaPermission: ResourceType = {
  name: 'AWS::Lambda::Permission',
  properties: record(
    {
      Action: text,
      EventSourceToken: text,
      FunctionName: text,
      FunctionUrlAuthType: oneOf('AWS_IAM', 'NONE'),
      InvokedViaFunctionUrl: boolean,
      Principal: text,
      PrincipalOrgID: text,
      SourceAccount: text,
      SourceArn: text,
    },
    ['Action', 'FunctionName', 'Principal'],
  ),
  attributes: ['Id'],
  *make(properties, { generatedName }) {
    const StatementId = generatedName(100);
    const plain = ['Action', 'EventSourceToken', 'FunctionName', 'FunctionUrlAuthType', 'Principal', 'PrincipalOrgID'];
    const members = [...plain, 'SourceAccount', 'SourceArn'].map((name) => [name, textOf(properties, name)] as const);
    yield* send(
      'lambda',
      'AddPermission',
      given({
        ...Object.fromEntries(members),
        StatementId,
        InvokedViaFunctionUrl: booleanOf(properties, 'InvokedViaFunctionUrl'),
      }),
    );
    return { ref: StatementId, attributes: { Id: StatementId } };
  },
};

export const lambdaUrl: ResourceType = {
  name: 'AWS::Lambda::Url',
  properties: record(
    {
      AuthType: oneOf('AWS_IAM', 'NONE'),
      Cors: record({
        AllowCredentials: boolean,
        AllowHeaders: list(text),
        AllowMethods: list(text),
        AllowOrigins: list(text),
        ExposeHeaders: list(text),
        MaxAge: number,
      }),
      InvokeMode: oneOf('BUFFERED', 'RESPONSE_STREAM'),
      Qualifier: text,
      TargetFunctionArn: text,
    },
    ['AuthType', 'TargetFunctionArn'],
  ),
  attributes: ['FunctionArn', 'FunctionUrl'],
  *make(properties) {
    const cors = recordOf(properties, 'Cors');
    const lists = ['AllowHeaders', 'AllowMethods', 'AllowOrigins', 'ExposeHeaders'] as const;
    const made = yield* send(
      'lambda',
      'CreateFunctionUrlConfig',
      given({
        FunctionName: textOf(properties, 'TargetFunctionArn'),
        Qualifier: textOf(properties, 'Qualifier'),
        AuthType: textOf(properties, 'AuthType'),
        InvokeMode: textOf(properties, 'InvokeMode'),
        Cors: cors && {
          ...Object.fromEntries(lists.filter((name) => name in cors).map((name) => [name, textsOf(cors, name)])),
          ...given({ AllowCredentials: booleanOf(cors, 'AllowCredentials'), MaxAge: numberOf(cors, 'MaxAge') }),
        },
      }),
    );
    const FunctionArn = answered(made, 'FunctionArn');
    return { ref: FunctionArn, attributes: { FunctionArn, FunctionUrl: answered(made, 'FunctionUrl') } };
  },
};

export const lambdaLayerVersion: ResourceType = {
  name: 'AWS::Lambda::LayerVersion',
  properties: record(
    {
      CompatibleArchitectures: list(text),
      CompatibleRuntimes: list(text),
      Content: record(s3Code, ['S3Bucket', 'S3Key']),
      Description: text,
      LayerName: text,
      LicenseInfo: text,
    },
    ['Content'],
  ),
  attributes: ['LayerVersionArn'],
  *make(properties, { generatedName }) {
    const runtimes = textsOf(properties, 'CompatibleRuntimes');
    const architectures = textsOf(properties, 'CompatibleArchitectures');
    const made = yield* send(
      'lambda',
      'PublishLayerVersion',
      given({
        LayerName: textOf(properties, 'LayerName') ?? generatedName(140),
        Content: codeOf(recordOf(properties, 'Content') ?? {}, ''),
        Description: textOf(properties, 'Description'),
        LicenseInfo: textOf(properties, 'LicenseInfo'),
        CompatibleRuntimes: runtimes.length > 0 ? runtimes : undefined,
        CompatibleArchitectures: architectures.length > 0 ? architectures : undefined,
      }),
    );
    const LayerVersionArn = answered(made, 'LayerVersionArn');
    return { ref: LayerVersionArn, attributes: { LayerVersionArn } };
  },
};

export const lambdaEventSourceMapping: ResourceType = {
  name: 'AWS::Lambda::EventSourceMapping',
  properties: record(
    {
      BatchSize: number,
      Enabled: boolean,
      EventSourceArn: text,
      FunctionName: text,
      MaximumBatchingWindowInSeconds: number,
      StartingPosition: oneOf('LATEST', 'TRIM_HORIZON', 'AT_TIMESTAMP'),
    },
    ['EventSourceArn', 'FunctionName'],
  ),
  attributes: ['Id', 'EventSourceMappingArn'],
  *make(properties) {
    const made = yield* send(
      'lambda',
      'CreateEventSourceMapping',
      given({
        EventSourceArn: textOf(properties, 'EventSourceArn'),
        FunctionName: textOf(properties, 'FunctionName'),
        BatchSize: numberOf(properties, 'BatchSize'),
        Enabled: booleanOf(properties, 'Enabled'),
        MaximumBatchingWindowInSeconds: numberOf(properties, 'MaximumBatchingWindowInSeconds'),
        StartingPosition: textOf(properties, 'StartingPosition'),
      }),
    );
    const Id = answered(made, 'UUID');
    return { ref: Id, attributes: { Id, EventSourceMappingArn: answered(made, 'EventSourceMappingArn') } };
  },
};
