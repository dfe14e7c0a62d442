/** AWS::SQS::Queue and QueuePolicy. */
import {
  answered,
  documentOf,
  given,
  type Properties,
  type ResourceType,
  recordOf,
  recordsOf,
  send,
  textOf,
  textsOf,
} from '../resource-type.ts';
import { boolean, document, list, number, oneOf, record, tags, text } from '../shape.ts';

/** Properties that are attributes of the same name. */
const plain = [
  'ContentBasedDeduplication',
  'DeduplicationScope',
  'DelaySeconds',
  'FifoThroughputLimit',
  'KmsDataKeyReusePeriodSeconds',
  'KmsMasterKeyId',
  'MaximumMessageSize',
  'MessageRetentionPeriod',
  'ReceiveMessageWaitTimeSeconds',
  'SqsManagedSseEnabled',
  'VisibilityTimeout',
] as const;

export const queue: ResourceType = {
  name: 'AWS::SQS::Queue',
  properties: record({
    QueueName: text,
    FifoQueue: boolean,
    ContentBasedDeduplication: boolean,
    DeduplicationScope: oneOf('messageGroup', 'queue'),
    DelaySeconds: number,
    FifoThroughputLimit: oneOf('perQueue', 'perMessageGroupId'),
    KmsDataKeyReusePeriodSeconds: number,
    KmsMasterKeyId: text,
    MaximumMessageSize: number,
    MessageRetentionPeriod: number,
    ReceiveMessageWaitTimeSeconds: number,
    RedriveAllowPolicy: record({
      redrivePermission: oneOf('allowAll', 'denyAll', 'byQueue'),
      sourceQueueArns: list(text),
    }),
    RedrivePolicy: record({ deadLetterTargetArn: text, maxReceiveCount: number }),
    SqsManagedSseEnabled: boolean,
    Tags: tags,
    VisibilityTimeout: number,
  }),
  attributes: ['Arn', 'QueueName', 'QueueUrl'],
  *make(properties, { region, accountId, generatedName }) {
    const isFifo = textOf(properties, 'FifoQueue') === 'true';
    const name = textOf(properties, 'QueueName') ?? (isFifo ? `${generatedName(75)}.fifo` : generatedName(80));
    const tagged = recordsOf(properties, 'Tags').map((tag) => [textOf(tag, 'Key') ?? '', textOf(tag, 'Value') ?? '']);
    const made = yield* send('sqs', 'CreateQueue', {
      QueueName: name,
      Attributes: attributesOf(properties, isFifo),
      tags: Object.fromEntries(tagged),
    });
    const url = answered(made, 'QueueUrl');
    return {
      ref: url,
      attributes: { Arn: `arn:aws:sqs:${region}:${accountId}:${name}`, QueueName: name, QueueUrl: url },
    };
  },
};

function attributesOf(properties: Properties, isFifo: boolean): Readonly<Record<string, unknown>> {
  const redrive = recordOf(properties, 'RedrivePolicy');
  const allow = recordOf(properties, 'RedriveAllowPolicy');
  return given({
    ...Object.fromEntries(plain.map((name) => [name, textOf(properties, name)])),
    FifoQueue: isFifo ? 'true' : undefined,
    RedrivePolicy: redrive && JSON.stringify(redrive),
    RedriveAllowPolicy: allow && JSON.stringify(allow),
  });
}

export const queuePolicy: ResourceType = {
  name: 'AWS::SQS::QueuePolicy',
  properties: record({ PolicyDocument: document, Queues: list(text) }, ['PolicyDocument', 'Queues']),
  attributes: ['Id'],
  *make(properties, { generatedName }) {
    const Attributes = { Policy: documentOf(properties, 'PolicyDocument') };
    for (const QueueUrl of textsOf(properties, 'Queues')) {
      yield* send('sqs', 'SetQueueAttributes', { QueueUrl, Attributes });
    }
    const id = generatedName(80);
    return { ref: id, attributes: { Id: id } };
  },
};
