/** AWS::Lambda::Function. */
import { zipSync } from 'fflate';
import { changedNames, differ, retag, tagMap, tagsOf } from '../differences.ts';
import {
  answered,
  given,
  numberOf,
  type Properties,
  type ResourceType,
  recordOf,
  type Steps,
  send,
  textOf,
  textsOf,
} from '../resource-type.ts';
import { list, number, oneOf, record, tags, text, texts } from '../shape.ts';

const runtimes = /^nodejs/;

/** Code that stands in the template becomes `index.js`, of Python `index.py` (CloudFormation Template Reference, "Code": ZipFile). */
export function codeOf(code: Properties, runtime: string): Readonly<Record<string, unknown>> {
  const source = textOf(code, 'ZipFile');
  const file = runtimes.test(runtime) ? 'index.js' : 'index.py';
  return given({
    ZipFile: source === undefined ? undefined : zipSync({ [file]: new TextEncoder().encode(source) }),
    S3Bucket: textOf(code, 'S3Bucket'),
    S3Key: textOf(code, 'S3Key'),
    S3ObjectVersion: textOf(code, 'S3ObjectVersion'),
  });
}

export const s3Code = { S3Bucket: text, S3Key: text, S3ObjectVersion: text };

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
  named: 'FunctionName',
  fixed: ['FunctionName'],
  *make(properties, { generatedName }) {
    const FunctionName = textOf(properties, 'FunctionName') ?? generatedName(64);
    const architectures = textsOf(properties, 'Architectures');
    const tagged = tagMap(tagsOf(properties));
    const made = yield* send(
      'lambda',
      'CreateFunction',
      given({
        ...configurationOf(properties),
        FunctionName,
        Code: codeOf(recordOf(properties, 'Code') ?? {}, textOf(properties, 'Runtime') ?? ''),
        Architectures: architectures.length > 0 ? architectures : undefined,
        Tags: Object.keys(tagged).length > 0 ? tagged : undefined,
      }),
    );
    return { ref: FunctionName, attributes: { Arn: answered(made, 'FunctionArn') } };
  },
  settle: ({ ref }, properties) => reserve(ref, {}, properties),
  *update({ ref: FunctionName, attributes, properties: before }, properties) {
    if (differ(before, properties, 'Code', 'Architectures')) {
      const architectures = textsOf(properties, 'Architectures');
      yield* send(
        'lambda',
        'UpdateFunctionCode',
        given({
          FunctionName,
          ...codeOf(recordOf(properties, 'Code') ?? {}, textOf(properties, 'Runtime') ?? ''),
          Architectures: architectures.length > 0 ? architectures : undefined,
        }),
      );
    }
    const others = ['Code', 'Architectures', 'ReservedConcurrentExecutions', 'Tags'];
    if (changedNames(before, properties).some((name) => !others.includes(name))) {
      yield* send('lambda', 'UpdateFunctionConfiguration', {
        ...clearedConfiguration,
        ...configurationOf(properties),
        FunctionName,
      });
    }
    yield* reserve(FunctionName, before, properties);
    const Resource = attributes['Arn'];
    yield* retag(before, properties, {
      service: 'lambda',
      set: (tags) => ['TagResource', { Resource, Tags: tagMap(tags) }],
      remove: (TagKeys) => ['UntagResource', { Resource, TagKeys }],
    });
    return { ref: FunctionName, attributes };
  },
  *remove({ ref }) {
    yield* send('lambda', 'DeleteFunction', { FunctionName: ref });
  },
};

/** What an update says of settings that the template has no more (AWS Lambda API Reference, "UpdateFunctionConfiguration"). */
const clearedConfiguration = {
  Description: '',
  Timeout: 3,
  MemorySize: 128,
  KMSKeyArn: '',
  Environment: { Variables: {} },
  Layers: [],
  DeadLetterConfig: { TargetArn: '' },
  EphemeralStorage: { Size: 512 },
};

function configurationOf(properties: Properties): Readonly<Record<string, unknown>> {
  const variables = recordOf(recordOf(properties, 'Environment') ?? {}, 'Variables');
  const layers = textsOf(properties, 'Layers');
  const deadLetters = textOf(recordOf(properties, 'DeadLetterConfig') ?? {}, 'TargetArn');
  const storage = numberOf(recordOf(properties, 'EphemeralStorage') ?? {}, 'Size');
  return given({
    Role: textOf(properties, 'Role'),
    Runtime: textOf(properties, 'Runtime'),
    Handler: textOf(properties, 'Handler'),
    Description: textOf(properties, 'Description'),
    Timeout: numberOf(properties, 'Timeout'),
    MemorySize: numberOf(properties, 'MemorySize'),
    KMSKeyArn: textOf(properties, 'KmsKeyArn'),
    Environment: variables && {
      Variables: Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, String(value)])),
    },
    Layers: layers.length > 0 ? layers : undefined,
    DeadLetterConfig: deadLetters === undefined ? undefined : { TargetArn: deadLetters },
    EphemeralStorage: storage === undefined ? undefined : { Size: storage },
  });
}

function* reserve(FunctionName: string, before: Properties, after: Properties): Steps<void> {
  if (!differ(before, after, 'ReservedConcurrentExecutions')) return;
  const reserved = numberOf(after, 'ReservedConcurrentExecutions');
  if (reserved === undefined) yield* send('lambda', 'DeleteFunctionConcurrency', { FunctionName });
  else yield* send('lambda', 'PutFunctionConcurrency', { FunctionName, ReservedConcurrentExecutions: reserved });
}
