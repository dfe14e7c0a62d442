/** AWS::SSM::Document. One whose `UpdateMethod` is `Replace` keeps its name all the same: it gets a new version too. */
import { differ, retag } from '../differences.ts';
import { answered, documentOf, given, type Properties, type ResourceType, send, textOf } from '../resource-type.ts';
import { document, oneOf, record, tags, text } from '../shape.ts';

export const ssmDocument: ResourceType = {
  name: 'AWS::SSM::Document',
  properties: record(
    {
      Content: document,
      DocumentFormat: oneOf('JSON', 'YAML'),
      DocumentType: oneOf('Command', 'Automation', 'Session'),
      Name: text,
      Tags: tags,
      TargetType: text,
      UpdateMethod: oneOf('Replace', 'NewVersion'),
      VersionName: text,
    },
    ['Content'],
  ),
  attributes: [],
  named: 'Name',
  fixed: ['Name', 'DocumentType'],
  *make(properties, { generatedName }) {
    const Name = textOf(properties, 'Name') ?? generatedName(128);
    const DocumentType = textOf(properties, 'DocumentType') ?? 'Command';
    yield* send(
      'ssm',
      'CreateDocument',
      given({ ...versionOf(properties), Name, DocumentType, Tags: properties['Tags'] }),
    );
    return { ref: Name, attributes: {} };
  },
  *update({ ref: Name, properties: before }, properties) {
    if (differ(before, properties, 'Content', 'DocumentFormat', 'TargetType', 'VersionName')) {
      const input = { ...versionOf(properties), Name, DocumentVersion: '$LATEST' };
      const updated = yield* send('ssm', 'UpdateDocument', input);
      const DocumentVersion = answered(updated, 'DocumentDescription', 'DocumentVersion');
      yield* send('ssm', 'UpdateDocumentDefaultVersion', { Name, DocumentVersion });
    }
    const resource = { ResourceType: 'Document', ResourceId: Name };
    yield* retag(before, properties, {
      service: 'ssm',
      set: (Tags) => ['AddTagsToResource', { ...resource, Tags }],
      remove: (TagKeys) => ['RemoveTagsFromResource', { ...resource, TagKeys }],
    });
    return { ref: Name, attributes: {} };
  },
  *remove({ ref }) {
    yield* send('ssm', 'DeleteDocument', { Name: ref });
  },
};

function versionOf(properties: Properties): Readonly<Record<string, unknown>> {
  return given({
    Content: documentOf(properties, 'Content'),
    DocumentFormat: textOf(properties, 'DocumentFormat'),
    TargetType: textOf(properties, 'TargetType'),
    VersionName: textOf(properties, 'VersionName'),
  });
}
