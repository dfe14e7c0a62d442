/** AWS::Events::EventBus, EventBusPolicy and Rule. */
import { retag } from '../differences.ts';
import {
  answered,
  documentOf,
  given,
  numberOf,
  type Properties,
  type ResourceType,
  recordOf,
  recordsOf,
  type Steps,
  send,
  textOf,
} from '../resource-type.ts';
import { document, list, number, oneOf, record, tags, text, texts } from '../shape.ts';

export const eventBus: ResourceType = {
  name: 'AWS::Events::EventBus',
  properties: record(
    {
      Name: text,
      Description: text,
      KmsKeyIdentifier: text,
      DeadLetterConfig: record({ Arn: text }),
      Policy: document,
      Tags: tags,
    },
    ['Name'],
  ),
  attributes: ['Arn', 'Name'],
  named: 'Name',
  fixed: ['Name'],
  *make(properties) {
    const Name = textOf(properties, 'Name') ?? '';
    const made = yield* send(
      'events',
      'CreateEventBus',
      given({ ...busSettings(properties), Name, Tags: properties['Tags'] }),
    );
    return { ref: Name, attributes: { Arn: answered(made, 'EventBusArn'), Name } };
  },
  settle: ({ ref }, properties) => setPolicy(ref, properties),
  *update({ ref: Name, attributes, properties: before }, properties) {
    yield* send('events', 'UpdateEventBus', given({ ...busSettings(properties), Name }));
    if (before['Policy'] !== undefined && properties['Policy'] === undefined) yield* removePolicy(Name);
    yield* setPolicy(Name, properties);
    yield* retagged(before, properties, attributes['Arn'] ?? '');
    return { ref: Name, attributes };
  },
  *remove({ ref: Name }) {
    yield* send('events', 'DeleteEventBus', { Name });
  },
};

function busSettings(properties: Properties) {
  return {
    Description: textOf(properties, 'Description'),
    KmsKeyIdentifier: textOf(properties, 'KmsKeyIdentifier'),
    DeadLetterConfig: recordOf(properties, 'DeadLetterConfig'),
  };
}

function* setPolicy(EventBusName: string, properties: Properties): Steps<void> {
  if (properties['Policy'] === undefined) return;
  yield* send('events', 'PutPermission', { EventBusName, Policy: documentOf(properties, 'Policy') });
}

function* removePolicy(EventBusName: string): Steps<void> {
  yield* send('events', 'RemovePermission', { EventBusName, RemoveAllPermissions: true });
}

function retagged(before: Properties, after: Properties, ResourceARN: string): Steps<void> {
  return retag(before, after, {
    service: 'events',
    set: (Tags) => ['TagResource', { ResourceARN, Tags }],
    remove: (TagKeys) => ['UntagResource', { ResourceARN, TagKeys }],
  });
}

/** One statement of a bus's policy. */
export const eventBusPolicy: ResourceType = {
  name: 'AWS::Events::EventBusPolicy',
  properties: record(
    {
      EventBusName: text,
      StatementId: text,
      Action: text,
      Principal: text,
      Condition: record({ Type: text, Key: text, Value: text }),
      Statement: document,
    },
    ['StatementId'],
  ),
  attributes: ['Id'],
  fixed: ['EventBusName', 'StatementId'],
  *make(properties, { generatedName }) {
    yield* putStatement(properties);
    const id = generatedName(128);
    return { ref: id, attributes: { Id: id } };
  },
  *update({ ref, attributes }, properties) {
    yield* putStatement(properties);
    return { ref, attributes };
  },
  *remove({ properties }) {
    const StatementId = textOf(properties, 'StatementId');
    yield* send('events', 'RemovePermission', given({ StatementId, EventBusName: textOf(properties, 'EventBusName') }));
  },
};

/** A whole statement is the policy by itself. */
function* putStatement(properties: Properties): Steps<void> {
  const [EventBusName, StatementId] = [textOf(properties, 'EventBusName'), textOf(properties, 'StatementId')];
  if (properties['Statement'] !== undefined) {
    const Statement = { ...JSON.parse(documentOf(properties, 'Statement')), Sid: StatementId };
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [Statement] });
    yield* send('events', 'PutPermission', given({ EventBusName, Policy }));
    return;
  }
  yield* send(
    'events',
    'PutPermission',
    given({
      EventBusName,
      StatementId,
      Action: textOf(properties, 'Action'),
      Principal: textOf(properties, 'Principal'),
      Condition: recordOf(properties, 'Condition'),
    }),
  );
}

const target = record(
  {
    Id: text,
    Arn: text,
    RoleArn: text,
    Input: text,
    InputPath: text,
    InputTransformer: record({ InputPathsMap: texts, InputTemplate: text }, ['InputTemplate']),
    DeadLetterConfig: record({ Arn: text }),
    RetryPolicy: record({ MaximumEventAgeInSeconds: number, MaximumRetryAttempts: number }),
    SqsParameters: record({ MessageGroupId: text }, ['MessageGroupId']),
  },
  ['Id', 'Arn'],
);

export const rule: ResourceType = {
  name: 'AWS::Events::Rule',
  properties: record({
    Name: text,
    EventBusName: text,
    Description: text,
    EventPattern: document,
    RoleArn: text,
    ScheduleExpression: text,
    State: oneOf('ENABLED', 'DISABLED', 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS'),
    Tags: tags,
    Targets: list(target),
  }),
  attributes: ['Arn'],
  named: 'Name',
  fixed: ['Name', 'EventBusName'],
  *make(properties, { generatedName }) {
    const Name = textOf(properties, 'Name') ?? generatedName(64);
    const made = yield* send(
      'events',
      'PutRule',
      given({ ...ruleSettings(properties), Name, Tags: properties['Tags'] }),
    );
    const bus = textOf(properties, 'EventBusName') ?? 'default';
    const ref = bus === 'default' ? Name : `${bus}|${Name}`;
    return { ref, attributes: { Arn: answered(made, 'RuleArn') } };
  },
  settle: ({ ref }, properties) => putTargets(ref, properties),
  *update({ ref, attributes, properties: before }, properties) {
    yield* send('events', 'PutRule', given({ ...ruleSettings(properties), Name: nameOf(ref) }));
    const kept = targetIds(properties);
    yield* removeTargets(
      ref,
      properties,
      targetIds(before).filter((id) => !kept.includes(id)),
    );
    yield* putTargets(ref, properties);
    yield* retagged(before, properties, attributes['Arn'] ?? '');
    return { ref, attributes };
  },
  *remove({ ref, properties }) {
    yield* removeTargets(ref, properties, targetIds(properties));
    yield* send('events', 'DeleteRule', given({ Name: nameOf(ref), EventBusName: textOf(properties, 'EventBusName') }));
  },
};

/** Of a rule on another bus than the default one the reference is both names. */
function nameOf(ref: string): string {
  return ref.split('|').at(-1) ?? '';
}

function ruleSettings(properties: Properties) {
  return {
    EventBusName: textOf(properties, 'EventBusName'),
    Description: textOf(properties, 'Description'),
    EventPattern: properties['EventPattern'] === undefined ? undefined : documentOf(properties, 'EventPattern'),
    RoleArn: textOf(properties, 'RoleArn'),
    ScheduleExpression: textOf(properties, 'ScheduleExpression'),
    State: textOf(properties, 'State'),
  };
}

function targetIds(properties: Properties): readonly string[] {
  return recordsOf(properties, 'Targets').map((one) => textOf(one, 'Id') ?? '');
}

function* putTargets(ref: string, properties: Properties): Steps<void> {
  const Targets = recordsOf(properties, 'Targets').map(targetOf);
  if (Targets.length === 0) return;
  const EventBusName = textOf(properties, 'EventBusName');
  yield* send('events', 'PutTargets', given({ Rule: nameOf(ref), EventBusName, Targets }));
}

function* removeTargets(ref: string, properties: Properties, Ids: readonly string[]): Steps<void> {
  if (Ids.length === 0) return;
  const EventBusName = textOf(properties, 'EventBusName');
  yield* send('events', 'RemoveTargets', given({ Rule: nameOf(ref), EventBusName, Ids }));
}

function targetOf(wanted: Properties): Readonly<Record<string, unknown>> {
  const retries = recordOf(wanted, 'RetryPolicy');
  return given({
    Id: textOf(wanted, 'Id'),
    Arn: textOf(wanted, 'Arn'),
    RoleArn: textOf(wanted, 'RoleArn'),
    Input: textOf(wanted, 'Input'),
    InputPath: textOf(wanted, 'InputPath'),
    InputTransformer: recordOf(wanted, 'InputTransformer'),
    DeadLetterConfig: recordOf(wanted, 'DeadLetterConfig'),
    SqsParameters: recordOf(wanted, 'SqsParameters'),
    RetryPolicy:
      retries &&
      given({
        MaximumEventAgeInSeconds: numberOf(retries, 'MaximumEventAgeInSeconds'),
        MaximumRetryAttempts: numberOf(retries, 'MaximumRetryAttempts'),
      }),
  });
}
