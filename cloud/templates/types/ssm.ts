/** AWS::SSM::Parameter. CloudFormation makes no SecureString. */
import { given, type ResourceType, recordOf, send, textOf } from '../resource-type.ts';
import { oneOf, record, text, texts } from '../shape.ts';

export const parameter: ResourceType = {
  name: 'AWS::SSM::Parameter',
  properties: record(
    {
      Name: text,
      Type: oneOf('String', 'StringList'),
      Value: text,
      Description: text,
      AllowedPattern: text,
      DataType: oneOf('text'),
      Tier: oneOf('Standard', 'Advanced', 'Intelligent-Tiering'),
      Tags: texts,
    },
    ['Type', 'Value'],
  ),
  attributes: ['Type', 'Value'],
  *make(properties, { generatedName }) {
    const name = textOf(properties, 'Name') ?? `CFN-${generatedName(128)}`;
    const tagged = recordOf(properties, 'Tags');
    yield* send(
      'ssm',
      'PutParameter',
      given({
        Name: name,
        Type: textOf(properties, 'Type'),
        Value: textOf(properties, 'Value'),
        Description: textOf(properties, 'Description'),
        AllowedPattern: textOf(properties, 'AllowedPattern'),
        DataType: textOf(properties, 'DataType'),
        Tier: textOf(properties, 'Tier'),
        Tags: tagged && Object.entries(tagged).map(([Key, value]) => ({ Key, Value: String(value) })),
      }),
    );
    return {
      ref: name,
      attributes: { Type: textOf(properties, 'Type') ?? '', Value: textOf(properties, 'Value') ?? '' },
    };
  },
};
