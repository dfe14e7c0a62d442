/** AWS::CloudTrail::Trail. */
import {
  booleanOf,
  given,
  type Properties,
  type ResourceType,
  recordsOf,
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
  *make(properties, { region, accountId, generatedName }) {
    const Name = textOf(properties, 'TrailName') ?? generatedName(128);
    const tagged = recordsOf(properties, 'Tags');
    yield* send(
      'cloudtrail',
      'CreateTrail',
      given({
        Name,
        S3BucketName: textOf(properties, 'S3BucketName'),
        S3KeyPrefix: textOf(properties, 'S3KeyPrefix'),
        IsMultiRegionTrail: booleanOf(properties, 'IsMultiRegionTrail'),
        IncludeGlobalServiceEvents: booleanOf(properties, 'IncludeGlobalServiceEvents'),
        EnableLogFileValidation: booleanOf(properties, 'EnableLogFileValidation'),
        TagsList: tagged.map((tag) => ({ Key: textOf(tag, 'Key'), Value: textOf(tag, 'Value') })),
      }),
    );
    const basic = recordsOf(properties, 'EventSelectors').map(basicInput);
    const advanced = recordsOf(properties, 'AdvancedEventSelectors').map(advancedInput);
    if (basic.length > 0) yield* send('cloudtrail', 'PutEventSelectors', { TrailName: Name, EventSelectors: basic });
    if (advanced.length > 0) {
      yield* send('cloudtrail', 'PutEventSelectors', { TrailName: Name, AdvancedEventSelectors: advanced });
    }
    if (booleanOf(properties, 'IsLogging')) yield* send('cloudtrail', 'StartLogging', { Name });
    return { ref: Name, attributes: { Arn: `arn:aws:cloudtrail:${region}:${accountId}:trail/${Name}` } };
  },
};

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
