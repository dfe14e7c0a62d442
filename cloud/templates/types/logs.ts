/** AWS::Logs::LogGroup, LogStream and ResourcePolicy. */
import { differ, retag, tagMap, tagsOf } from '../differences.ts';
import { given, numberOf, type Properties, type ResourceType, type Steps, send, textOf } from '../resource-type.ts';
import { number, oneOf, record, tags, text } from '../shape.ts';

export const logGroup: ResourceType = {
  name: 'AWS::Logs::LogGroup',
  properties: record({
    LogGroupName: text,
    RetentionInDays: number,
    KmsKeyId: text,
    LogGroupClass: oneOf('STANDARD', 'INFREQUENT_ACCESS', 'DELIVERY'),
    Tags: tags,
  }),
  attributes: ['Arn'],
  named: 'LogGroupName',
  // A group here keeps the key that it was made with.
  fixed: ['LogGroupName', 'LogGroupClass', 'KmsKeyId'],
  *make(properties, { region, accountId, generatedName }) {
    const logGroupName = textOf(properties, 'LogGroupName') ?? generatedName(512);
    const tagged = tagsOf(properties);
    yield* send(
      'logs',
      'CreateLogGroup',
      given({
        logGroupName,
        kmsKeyId: textOf(properties, 'KmsKeyId'),
        logGroupClass: textOf(properties, 'LogGroupClass'),
        tags: tagged.length === 0 ? undefined : tagMap(tagged),
      }),
    );
    return {
      ref: logGroupName,
      attributes: { Arn: `arn:aws:logs:${region}:${accountId}:log-group:${logGroupName}:*` },
    };
  },
  settle: ({ ref }, properties) => retain(ref, {}, properties),
  *update({ ref, attributes, properties: before }, properties, { region, accountId }) {
    yield* retain(ref, before, properties);
    const resourceArn = `arn:aws:logs:${region}:${accountId}:log-group:${ref}`;
    yield* retag(before, properties, {
      service: 'logs',
      set: (tags) => ['TagResource', { resourceArn, tags: tagMap(tags) }],
      remove: (tagKeys) => ['UntagResource', { resourceArn, tagKeys }],
    });
    return { ref, attributes };
  },
  *remove({ ref }) {
    yield* send('logs', 'DeleteLogGroup', { logGroupName: ref });
  },
};

function* retain(logGroupName: string, before: Properties, after: Properties): Steps<void> {
  if (!differ(before, after, 'RetentionInDays')) return;
  const retentionInDays = numberOf(after, 'RetentionInDays');
  if (retentionInDays === undefined) yield* send('logs', 'DeleteRetentionPolicy', { logGroupName });
  else yield* send('logs', 'PutRetentionPolicy', { logGroupName, retentionInDays });
}

export const logStream: ResourceType = {
  name: 'AWS::Logs::LogStream',
  properties: record({ LogGroupName: text, LogStreamName: text }, ['LogGroupName']),
  attributes: [],
  fixed: [],
  *make(properties, { generatedName }) {
    const logStreamName = textOf(properties, 'LogStreamName') ?? generatedName(512);
    yield* send('logs', 'CreateLogStream', { logGroupName: textOf(properties, 'LogGroupName'), logStreamName });
    return { ref: logStreamName, attributes: {} };
  },
  *remove({ ref, properties }) {
    yield* send('logs', 'DeleteLogStream', { logGroupName: textOf(properties, 'LogGroupName'), logStreamName: ref });
  },
};

/** Its document is a text, not a map as elsewhere. */
export const logsResourcePolicy: ResourceType = {
  name: 'AWS::Logs::ResourcePolicy',
  properties: record({ PolicyName: text, PolicyDocument: text }, ['PolicyName', 'PolicyDocument']),
  attributes: [],
  named: 'PolicyName',
  fixed: ['PolicyName'],
  *make(properties) {
    const policyName = textOf(properties, 'PolicyName') ?? '';
    yield* send('logs', 'PutResourcePolicy', { policyName, policyDocument: textOf(properties, 'PolicyDocument') });
    return { ref: policyName, attributes: {} };
  },
  *update({ ref, attributes }, properties) {
    const policyDocument = textOf(properties, 'PolicyDocument');
    yield* send('logs', 'PutResourcePolicy', { policyName: ref, policyDocument });
    return { ref, attributes };
  },
  *remove({ ref }) {
    yield* send('logs', 'DeleteResourcePolicy', { policyName: ref });
  },
};
