/** AWS::CloudTrail::Trail. */
import { changedNames, differ, retag, tagsOf } from '../differences.ts';
import {
  booleanOf,
  given,
  type Properties,
  type ResourceType,
  recordsOf,
  type Steps,
  send,
  textOf,
  textsOf,
} from '../resource-type.ts';
import { boolean, list, oneOf, record, tags, text } from '../shape.ts';

const OPERATORS = ['Equals', 'StartsWith', 'EndsWith', 'NotEquals', 'NotStartsWith', 'NotEndsWith'] as const;

const basicSelector = record({
  ReadWriteType: oneOf('All', 'ReadOnly', 'WriteOnly'),
  IncludeManagementEvents: boolean,
  DataResources: list(record({ Type: text, Values: list(text) }, ['Type'])),
  ExcludeManagementEventSources: list(text),
});

const advancedSelector = record(
  {
    Name: text,
    FieldSelectors: list(
      record({ Field: text, ...Object.fromEntries(OPERATORS.map((operator) => [operator, list(text)])) }, ['Field']),
    ),
  },
  ['FieldSelectors'],
);

export const trail: ResourceType = {
  name: 'AWS::CloudTrail::Trail',
  properties: record(
    {
      TrailName: text,
      S3BucketName: text,
      S3KeyPrefix: text,
      IsLogging: boolean,
      IsMultiRegionTrail: boolean,
      IncludeGlobalServiceEvents: boolean,
      EnableLogFileValidation: boolean,
      EventSelectors: list(basicSelector),
      AdvancedEventSelectors: list(advancedSelector),
      Tags: tags,
    },
    ['S3BucketName', 'IsLogging'],
  ),
  attributes: ['Arn'],
  named: 'TrailName',
  fixed: ['TrailName'],
  *make(properties, { region, accountId, generatedName }) {
    const Name = textOf(properties, 'TrailName') ?? generatedName(128);
    yield* send('cloudtrail', 'CreateTrail', { ...trailInput(properties, Name), TagsList: tagsOf(properties) });
    return { ref: Name, attributes: { Arn: `arn:aws:cloudtrail:${region}:${accountId}:trail/${Name}` } };
  },
  *settle({ ref: Name }, properties) {
    yield* select(Name, properties);
    if (booleanOf(properties, 'IsLogging')) yield* send('cloudtrail', 'StartLogging', { Name });
  },
  *update({ ref: Name, attributes, properties: before }, properties) {
    const others = ['Tags', 'IsLogging', 'EventSelectors', 'AdvancedEventSelectors'];
    if (changedNames(before, properties).some((name) => !others.includes(name))) {
      yield* send('cloudtrail', 'UpdateTrail', trailInput(properties, Name));
    }
    if (differ(before, properties, 'EventSelectors', 'AdvancedEventSelectors')) yield* select(Name, properties);
    if (differ(before, properties, 'IsLogging')) {
      yield* send('cloudtrail', booleanOf(properties, 'IsLogging') ? 'StartLogging' : 'StopLogging', { Name });
    }
    const ResourceId = attributes['Arn'];
    yield* retag(before, properties, {
      service: 'cloudtrail',
      set: (TagsList) => ['AddTags', { ResourceId, TagsList }],
      remove: (keys) => ['RemoveTags', { ResourceId, TagsList: keys.map((Key) => ({ Key })) }],
    });
    return { ref: Name, attributes };
  },
  *remove({ ref }) {
    yield* send('cloudtrail', 'DeleteTrail', { Name: ref });
  },
};

function trailInput(properties: Properties, Name: string): Readonly<Record<string, unknown>> {
  return given({
    Name,
    S3BucketName: textOf(properties, 'S3BucketName'),
    S3KeyPrefix: textOf(properties, 'S3KeyPrefix'),
    IsMultiRegionTrail: booleanOf(properties, 'IsMultiRegionTrail'),
    IncludeGlobalServiceEvents: booleanOf(properties, 'IncludeGlobalServiceEvents'),
    EnableLogFileValidation: booleanOf(properties, 'EnableLogFileValidation'),
  });
}

function* select(TrailName: string, properties: Properties): Steps<void> {
  const EventSelectors = recordsOf(properties, 'EventSelectors').map(basicInput);
  const AdvancedEventSelectors = recordsOf(properties, 'AdvancedEventSelectors').map(advancedInput);
  if (EventSelectors.length > 0) yield* send('cloudtrail', 'PutEventSelectors', { TrailName, EventSelectors });
  if (AdvancedEventSelectors.length > 0) {
    yield* send('cloudtrail', 'PutEventSelectors', { TrailName, AdvancedEventSelectors });
  }
}

function basicInput(selector: Properties) {
  return given({
    ReadWriteType: textOf(selector, 'ReadWriteType'),
    IncludeManagementEvents: booleanOf(selector, 'IncludeManagementEvents'),
    DataResources: recordsOf(selector, 'DataResources').map((resource) => ({
      Type: textOf(resource, 'Type'),
      Values: [...textsOf(resource, 'Values')],
    })),
    ExcludeManagementEventSources: [...textsOf(selector, 'ExcludeManagementEventSources')],
  });
}

function advancedInput(selector: Properties) {
  return given({
    Name: textOf(selector, 'Name'),
    FieldSelectors: recordsOf(selector, 'FieldSelectors').map((field) =>
      given({
        Field: textOf(field, 'Field'),
        ...Object.fromEntries(
          OPERATORS.map((operator) => [operator, operator in field ? [...textsOf(field, operator)] : undefined]),
        ),
      }),
    ),
  });
}
