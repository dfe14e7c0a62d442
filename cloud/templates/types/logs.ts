/** AWS::Logs::LogGroup, LogStream and ResourcePolicy. */
import { given, numberOf, type ResourceType, recordsOf, send, textOf } from '../resource-type.ts';
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
  *make(properties, { region, accountId, generatedName }) {
    const logGroupName = textOf(properties, 'LogGroupName') ?? generatedName(512);
    const tagged = recordsOf(properties, 'Tags').map((tag) => [textOf(tag, 'Key'), textOf(tag, 'Value')]);
    yield* send(
      'logs',
      'CreateLogGroup',
      given({
        logGroupName,
        kmsKeyId: textOf(properties, 'KmsKeyId'),
        logGroupClass: textOf(properties, 'LogGroupClass'),
        tags: tagged.length === 0 ? undefined : Object.fromEntries(tagged),
      }),
    );
    const retentionInDays = numberOf(properties, 'RetentionInDays');
    if (retentionInDays !== undefined) yield* send('logs', 'PutRetentionPolicy', { logGroupName, retentionInDays });
    return {
      ref: logGroupName,
      attributes: { Arn: `arn:aws:logs:${region}:${accountId}:log-group:${logGroupName}:*` },
    };
  },
};

export const logStream: ResourceType = {
  name: 'AWS::Logs::LogStream',
  properties: record({ LogGroupName: text, LogStreamName: text }, ['LogGroupName']),
  attributes: [],
  *make(properties, { generatedName }) {
    const logStreamName = textOf(properties, 'LogStreamName') ?? generatedName(512);
    yield* send('logs', 'CreateLogStream', { logGroupName: textOf(properties, 'LogGroupName'), logStreamName });
    return { ref: logStreamName, attributes: {} };
  },
};

/** Its document is a text, not a map as elsewhere. */
export const logsResourcePolicy: ResourceType = {
  name: 'AWS::Logs::ResourcePolicy',
  properties: record({ PolicyName: text, PolicyDocument: text }, ['PolicyName', 'PolicyDocument']),
  attributes: [],
  *make(properties) {
    const policyName = textOf(properties, 'PolicyName') ?? '';
    yield* send('logs', 'PutResourcePolicy', { policyName, policyDocument: textOf(properties, 'PolicyDocument') });
    return { ref: policyName, attributes: {} };
  },
};
