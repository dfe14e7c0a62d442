/** AWS::SQS::Queue and QueuePolicy. */
import { initialAttribute } from '../../services/sqs/attributes.ts';
import { changedNames, listDifference, retag, tagMap, tagsOf } from '../differences.ts';
import {
  answered,
  documentOf,
  given,
  type Properties,
  type ResourceType,
  recordOf,
  type Steps,
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
  named: 'QueueName',
  fixed: ['QueueName', 'FifoQueue'],
  *make(properties, { region, accountId, generatedName }) {
    const isFifo = textOf(properties, 'FifoQueue') === 'true';
    const name = textOf(properties, 'QueueName') ?? (isFifo ? `${generatedName(75)}.fifo` : generatedName(80));
    const made = yield* send('sqs', 'CreateQueue', {
      QueueName: name,
      Attributes: attributesOf(properties, isFifo),
      tags: tagMap(tagsOf(properties)),
    });
    const url = answered(made, 'QueueUrl');
    return {
      ref: url,
      attributes: { Arn: `arn:aws:sqs:${region}:${accountId}:${name}`, QueueName: name, QueueUrl: url },
    };
  },
  *update({ ref: QueueUrl, attributes, properties: before }, properties) {
    const { FifoQueue, ...wanted } = attributesOf(properties, false);
    const old = attributesOf(before, false);
    const left = Object.keys(old).filter((name) => !Object.hasOwn(wanted, name));
    const Attributes = { ...wanted, ...Object.fromEntries(left.map((name) => [name, initialAttribute(name)])) };
    if (changedNames(before, properties).some((name) => name !== 'Tags')) {
      yield* send('sqs', 'SetQueueAttributes', { QueueUrl, Attributes });
    }
    yield* retag(before, properties, {
      service: 'sqs',
      set: (tags) => ['TagQueue', { QueueUrl, Tags: tagMap(tags) }],
      remove: (TagKeys) => ['UntagQueue', { QueueUrl, TagKeys }],
    });
    return { ref: QueueUrl, attributes };
  },
  *remove({ ref }) {
    yield* send('sqs', 'DeleteQueue', { QueueUrl: ref });
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
  fixed: [],
  // biome-ignore lint/correctness/useYield: there is nothing by itself, only the attribute of each queue
  *make(_properties, { generatedName }) {
    const id = generatedName(80);
    return { ref: id, attributes: { Id: id } };
  },
  settle: (_made, properties) => setPolicy(textsOf(properties, 'Queues'), documentOf(properties, 'PolicyDocument')),
  *update({ ref, attributes, properties: before }, properties) {
    yield* setPolicy(listDifference(before, properties, 'Queues').removed, '');
    yield* setPolicy(textsOf(properties, 'Queues'), documentOf(properties, 'PolicyDocument'));
    return { ref, attributes };
  },
  remove: ({ properties }) => setPolicy(textsOf(properties, 'Queues'), ''),
};

/** An empty policy takes away the one that is there. */
function* setPolicy(queues: readonly string[], Policy: string): Steps<void> {
  for (const QueueUrl of queues) {
    yield* send('sqs', 'SetQueueAttributes', { QueueUrl, Attributes: { Policy } });
  }
}
