/** AWS::SNS::Topic, Subscription and TopicPolicy. */
import {
  answered,
  documentOf,
  given,
  type Properties,
  type ResourceType,
  recordsOf,
  send,
  textOf,
  textsOf,
} from '../resource-type.ts';
import { boolean, document, list, oneOf, record, tags, text } from '../shape.ts';

/** Properties of a topic that are attributes of the same name. */
const plain = [
  'ContentBasedDeduplication',
  'DisplayName',
  'FifoThroughputScope',
  'KmsMasterKeyId',
  'SignatureVersion',
  'TracingConfig',
] as const;

export const topic: ResourceType = {
  name: 'AWS::SNS::Topic',
  properties: record({
    TopicName: text,
    FifoTopic: boolean,
    ContentBasedDeduplication: boolean,
    DisplayName: text,
    FifoThroughputScope: oneOf('Topic', 'MessageGroup'),
    KmsMasterKeyId: text,
    SignatureVersion: oneOf('1', '2'),
    Subscription: list(record({ Endpoint: text, Protocol: text }, ['Endpoint', 'Protocol'])),
    Tags: tags,
    TracingConfig: oneOf('PassThrough', 'Active'),
  }),
  attributes: ['TopicArn', 'TopicName'],
  *make(properties, { generatedName }) {
    const isFifo = textOf(properties, 'FifoTopic') === 'true';
    const name = textOf(properties, 'TopicName') ?? (isFifo ? `${generatedName(251)}.fifo` : generatedName(256));
    const made = yield* send(
      'sns',
      'CreateTopic',
      given({ Name: name, Attributes: attributesOf(properties, isFifo), Tags: properties['Tags'] }),
    );
    const arn = answered(made, 'TopicArn');
    for (const entry of recordsOf(properties, 'Subscription')) {
      const [Protocol, Endpoint] = [textOf(entry, 'Protocol'), textOf(entry, 'Endpoint')];
      yield* send('sns', 'Subscribe', { TopicArn: arn, Protocol, Endpoint });
    }
    return { ref: arn, attributes: { TopicArn: arn, TopicName: name } };
  },
};

function attributesOf(properties: Properties, isFifo: boolean): Readonly<Record<string, unknown>> {
  return given({
    ...Object.fromEntries(plain.map((name) => [name, textOf(properties, name)])),
    FifoTopic: isFifo ? 'true' : undefined,
  });
}

export const subscription: ResourceType = {
  name: 'AWS::SNS::Subscription',
  properties: record(
    {
      TopicArn: text,
      Protocol: text,
      Endpoint: text,
      FilterPolicy: document,
      FilterPolicyScope: oneOf('MessageAttributes', 'MessageBody'),
      RawMessageDelivery: boolean,
      RedrivePolicy: document,
    },
    ['TopicArn', 'Protocol'],
  ),
  attributes: ['Arn'],
  *make(properties) {
    const Attributes = given({
      FilterPolicy: properties['FilterPolicy'] === undefined ? undefined : documentOf(properties, 'FilterPolicy'),
      FilterPolicyScope: textOf(properties, 'FilterPolicyScope'),
      RawMessageDelivery: textOf(properties, 'RawMessageDelivery'),
      RedrivePolicy: properties['RedrivePolicy'] === undefined ? undefined : documentOf(properties, 'RedrivePolicy'),
    });
    const made = yield* send(
      'sns',
      'Subscribe',
      given({
        TopicArn: textOf(properties, 'TopicArn'),
        Protocol: textOf(properties, 'Protocol'),
        Endpoint: textOf(properties, 'Endpoint'),
        Attributes,
        ReturnSubscriptionArn: true,
      }),
    );
    const arn = answered(made, 'SubscriptionArn');
    return { ref: arn, attributes: { Arn: arn } };
  },
};

export const topicPolicy: ResourceType = {
  name: 'AWS::SNS::TopicPolicy',
  properties: record({ PolicyDocument: document, Topics: list(text) }, ['PolicyDocument', 'Topics']),
  attributes: ['Id'],
  *make(properties, { generatedName }) {
    const AttributeValue = documentOf(properties, 'PolicyDocument');
    for (const TopicArn of textsOf(properties, 'Topics')) {
      yield* send('sns', 'SetTopicAttributes', { TopicArn, AttributeName: 'Policy', AttributeValue });
    }
    const id = generatedName(256);
    return { ref: id, attributes: { Id: id } };
  },
};
