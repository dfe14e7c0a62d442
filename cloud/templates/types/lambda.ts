/** AWS::Lambda::Version, Alias, Permission, Url, LayerVersion and EventSourceMapping. */
import {
  answered,
  booleanOf,
  given,
  numberOf,
  type Properties,
  type ResourceType,
  recordOf,
  send,
  textOf,
  textsOf,
} from '../resource-type.ts';
import { boolean, list, number, oneOf, record, text } from '../shape.ts';
import { codeOf, s3Code } from './lambda-functions.ts';

export const lambdaVersion: ResourceType = {
  name: 'AWS::Lambda::Version',
  properties: record({ CodeSha256: text, Description: text, FunctionName: text }, ['FunctionName']),
  attributes: ['FunctionArn', 'Version'],
  fixed: [],
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
  *remove({ ref }) {
    yield* send('lambda', 'DeleteFunction', { FunctionName: ref });
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
  fixed: ['FunctionName', 'Name'],
  *make(properties) {
    const made = yield* send('lambda', 'CreateAlias', aliasInput(properties));
    const AliasArn = answered(made, 'AliasArn');
    return { ref: AliasArn, attributes: { AliasArn } };
  },
  *update({ ref, attributes }, properties) {
    yield* send('lambda', 'UpdateAlias', aliasInput(properties));
    return { ref, attributes };
  },
  *remove({ properties }) {
    const { FunctionName, Name } = aliasInput(properties);
    yield* send('lambda', 'DeleteAlias', { FunctionName, Name });
  },
};

function aliasInput(properties: Properties): Readonly<Record<string, unknown>> {
  const members = ['FunctionName', 'FunctionVersion', 'Name', 'Description'];
  return given(Object.fromEntries(members.map((name) => [name, textOf(properties, name)])));
}

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
  fixed: [],
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
  *remove({ ref, properties }) {
    yield* send('lambda', 'RemovePermission', { FunctionName: textOf(properties, 'FunctionName'), StatementId: ref });
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
  fixed: ['Qualifier', 'TargetFunctionArn'],
  *make(properties) {
    const made = yield* send('lambda', 'CreateFunctionUrlConfig', urlInput(properties));
    const FunctionArn = answered(made, 'FunctionArn');
    return { ref: FunctionArn, attributes: { FunctionArn, FunctionUrl: answered(made, 'FunctionUrl') } };
  },
  *update({ ref, attributes }, properties) {
    yield* send('lambda', 'UpdateFunctionUrlConfig', { Cors: {}, ...urlInput(properties) });
    return { ref, attributes };
  },
  *remove({ properties }) {
    const { FunctionName, Qualifier } = urlInput(properties);
    yield* send('lambda', 'DeleteFunctionUrlConfig', given({ FunctionName, Qualifier }));
  },
};

function urlInput(properties: Properties): Readonly<Record<string, unknown>> {
  const cors = recordOf(properties, 'Cors');
  const lists = ['AllowHeaders', 'AllowMethods', 'AllowOrigins', 'ExposeHeaders'] as const;
  return given({
    FunctionName: textOf(properties, 'TargetFunctionArn'),
    Qualifier: textOf(properties, 'Qualifier'),
    AuthType: textOf(properties, 'AuthType'),
    InvokeMode: textOf(properties, 'InvokeMode'),
    Cors: cors && {
      ...Object.fromEntries(lists.filter((name) => name in cors).map((name) => [name, textsOf(cors, name)])),
      ...given({ AllowCredentials: booleanOf(cors, 'AllowCredentials'), MaxAge: numberOf(cors, 'MaxAge') }),
    },
  });
}

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
  fixed: [],
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
  *remove({ ref }) {
    const [, LayerName, VersionNumber] = /^(.*):(\d+)$/.exec(ref) ?? [];
    yield* send('lambda', 'DeleteLayerVersion', { LayerName, VersionNumber: Number(VersionNumber) });
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
  fixed: ['EventSourceArn', 'StartingPosition'],
  *make(properties) {
    const made = yield* send(
      'lambda',
      'CreateEventSourceMapping',
      given({
        EventSourceArn: textOf(properties, 'EventSourceArn'),
        ...mappingInput(properties),
        StartingPosition: textOf(properties, 'StartingPosition'),
      }),
    );
    const Id = answered(made, 'UUID');
    return { ref: Id, attributes: { Id, EventSourceMappingArn: answered(made, 'EventSourceMappingArn') } };
  },
  *update({ ref, attributes }, properties) {
    yield* send('lambda', 'UpdateEventSourceMapping', { UUID: ref, ...mappingInput(properties) });
    return { ref, attributes };
  },
  *remove({ ref }) {
    yield* send('lambda', 'DeleteEventSourceMapping', { UUID: ref });
  },
};

function mappingInput(properties: Properties): Readonly<Record<string, unknown>> {
  return given({
    FunctionName: textOf(properties, 'FunctionName'),
    BatchSize: numberOf(properties, 'BatchSize'),
    Enabled: booleanOf(properties, 'Enabled'),
    MaximumBatchingWindowInSeconds: numberOf(properties, 'MaximumBatchingWindowInSeconds'),
  });
}
