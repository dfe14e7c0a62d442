/** AWS::SSM::Parameter. CloudFormation makes no SecureString. */
import { changedNames, retag, tagsOf } from '../differences.ts';
import { given, type Made, type Properties, type ResourceType, send, textOf } from '../resource-type.ts';
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
  named: 'Name',
  fixed: ['Name'],
  *make(properties, { generatedName }) {
    const name = textOf(properties, 'Name') ?? `CFN-${generatedName(128)}`;
    const Tags = properties['Tags'] === undefined ? undefined : tagsOf(properties);
    yield* send('ssm', 'PutParameter', given({ ...inputOf(properties), Name: name, Tags }));
    return madeOf(name, properties);
  },
  *update({ ref: Name, properties: before }, properties) {
    if (changedNames(before, properties).some((name) => name !== 'Tags')) {
      yield* send('ssm', 'PutParameter', { ...inputOf(properties), Name, Overwrite: true });
    }
    const resource = { ResourceType: 'Parameter', ResourceId: Name };
    yield* retag(before, properties, {
      service: 'ssm',
      set: (Tags) => ['AddTagsToResource', { ...resource, Tags }],
      remove: (TagKeys) => ['RemoveTagsFromResource', { ...resource, TagKeys }],
    });
    return madeOf(Name, properties);
  },
  *remove({ ref }) {
    yield* send('ssm', 'DeleteParameter', { Name: ref });
  },
};

function inputOf(properties: Properties): Readonly<Record<string, unknown>> {
  const members = ['Type', 'Value', 'Description', 'AllowedPattern', 'DataType', 'Tier'];
  return given(Object.fromEntries(members.map((name) => [name, textOf(properties, name)])));
}

function madeOf(ref: string, properties: Properties): Made {
  return { ref, attributes: { Type: textOf(properties, 'Type') ?? '', Value: textOf(properties, 'Value') ?? '' } };
}
