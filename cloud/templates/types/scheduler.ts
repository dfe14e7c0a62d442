/** AWS::Scheduler::Schedule and ScheduleGroup. */
import { retag } from '../differences.ts';
import {
  answered,
  given,
  numberOf,
  type Properties,
  type ResourceType,
  recordOf,
  send,
  textOf,
} from '../resource-type.ts';
import { number, oneOf, record, tags, text } from '../shape.ts';

const target = record(
  {
    Arn: text,
    RoleArn: text,
    Input: text,
    DeadLetterConfig: record({ Arn: text }),
    EventBridgeParameters: record({ DetailType: text, Source: text }, ['DetailType', 'Source']),
    RetryPolicy: record({ MaximumEventAgeInSeconds: number, MaximumRetryAttempts: number }),
    SqsParameters: record({ MessageGroupId: text }),
  },
  ['Arn', 'RoleArn'],
);

export const schedule: ResourceType = {
  name: 'AWS::Scheduler::Schedule',
  properties: record(
    {
      Name: text,
      GroupName: text,
      Description: text,
      StartDate: text,
      EndDate: text,
      FlexibleTimeWindow: record({ Mode: oneOf('OFF', 'FLEXIBLE'), MaximumWindowInMinutes: number }, ['Mode']),
      KmsKeyArn: text,
      ScheduleExpression: text,
      ScheduleExpressionTimezone: text,
      State: oneOf('ENABLED', 'DISABLED'),
      Target: target,
    },
    ['FlexibleTimeWindow', 'ScheduleExpression', 'Target'],
  ),
  attributes: ['Arn'],
  named: 'Name',
  fixed: ['Name', 'GroupName'],
  *make(properties, { generatedName }) {
    const Name = textOf(properties, 'Name') ?? generatedName(64);
    const made = yield* send('scheduler', 'CreateSchedule', { ...settings(properties), Name });
    return { ref: Name, attributes: { Arn: answered(made, 'ScheduleArn') } };
  },
  *update({ ref: Name, attributes }, properties) {
    yield* send('scheduler', 'UpdateSchedule', { ...settings(properties), Name });
    return { ref: Name, attributes };
  },
  *remove({ ref: Name, properties }) {
    yield* send('scheduler', 'DeleteSchedule', given({ Name, GroupName: textOf(properties, 'GroupName') }));
  },
};

function settings(properties: Properties): Readonly<Record<string, unknown>> {
  const window = recordOf(properties, 'FlexibleTimeWindow') ?? {};
  const date = (name: string) => {
    const value = textOf(properties, name);
    return value === undefined ? undefined : new Date(value);
  };
  return given({
    GroupName: textOf(properties, 'GroupName'),
    Description: textOf(properties, 'Description'),
    StartDate: date('StartDate'),
    EndDate: date('EndDate'),
    FlexibleTimeWindow: given({
      Mode: textOf(window, 'Mode'),
      MaximumWindowInMinutes: numberOf(window, 'MaximumWindowInMinutes'),
    }),
    KmsKeyArn: textOf(properties, 'KmsKeyArn'),
    ScheduleExpression: textOf(properties, 'ScheduleExpression'),
    ScheduleExpressionTimezone: textOf(properties, 'ScheduleExpressionTimezone'),
    State: textOf(properties, 'State'),
    Target: targetOf(recordOf(properties, 'Target') ?? {}),
  });
}

function targetOf(wanted: Properties): Readonly<Record<string, unknown>> {
  const retries = recordOf(wanted, 'RetryPolicy');
  return given({
    Arn: textOf(wanted, 'Arn'),
    RoleArn: textOf(wanted, 'RoleArn'),
    Input: textOf(wanted, 'Input'),
    DeadLetterConfig: recordOf(wanted, 'DeadLetterConfig'),
    EventBridgeParameters: recordOf(wanted, 'EventBridgeParameters'),
    SqsParameters: recordOf(wanted, 'SqsParameters'),
    RetryPolicy:
      retries &&
      given({
        MaximumEventAgeInSeconds: numberOf(retries, 'MaximumEventAgeInSeconds'),
        MaximumRetryAttempts: numberOf(retries, 'MaximumRetryAttempts'),
      }),
  });
}

export const scheduleGroup: ResourceType = {
  name: 'AWS::Scheduler::ScheduleGroup',
  properties: record({ Name: text, Tags: tags }),
  attributes: ['Arn'],
  named: 'Name',
  fixed: ['Name'],
  *make(properties, { generatedName }) {
    const Name = textOf(properties, 'Name') ?? generatedName(64);
    const made = yield* send('scheduler', 'CreateScheduleGroup', given({ Name, Tags: properties['Tags'] }));
    return { ref: Name, attributes: { Arn: answered(made, 'ScheduleGroupArn') } };
  },
  *update({ ref, attributes, properties: before }, properties) {
    const ResourceArn = attributes['Arn'];
    yield* retag(before, properties, {
      service: 'scheduler',
      set: (Tags) => ['TagResource', { ResourceArn, Tags }],
      remove: (TagKeys) => ['UntagResource', { ResourceArn, TagKeys }],
    });
    return { ref, attributes };
  },
  *remove({ ref: Name }) {
    yield* send('scheduler', 'DeleteScheduleGroup', { Name });
  },
};
