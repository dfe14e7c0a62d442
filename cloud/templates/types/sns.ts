/** AWS::SNS::Topic, Subscription and TopicPolicy. */
import { initialTopicPolicy } from '../../services/sns/topic-policy.ts';
import { changedNames, comparable, differ, listDifference, retag } from '../differences.ts';
import {
  answered,
  documentOf,
  given,
  type Properties,
  type ResourceType,
  recordsOf,
  type Steps,
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
  named: 'TopicName',
  fixed: ['TopicName', 'FifoTopic'],
  *make(properties, { generatedName }) {
    const isFifo = textOf(properties, 'FifoTopic') === 'true';
    const name = textOf(properties, 'TopicName') ?? (isFifo ? `${generatedName(251)}.fifo` : generatedName(256));
    const made = yield* send(
      'sns',
      'CreateTopic',
      given({ Name: name, Attributes: attributesOf(properties, isFifo), Tags: properties['Tags'] }),
    );
    const arn = answered(made, 'TopicArn');
    return { ref: arn, attributes: { TopicArn: arn, TopicName: name } };
  },
  settle: ({ ref }, properties) => subscribe(ref, {}, properties),
  *update({ ref: TopicArn, attributes, properties: before }, properties) {
    for (const AttributeName of plain.filter((name) => differ(before, properties, name))) {
      const AttributeValue = textOf(properties, AttributeName) ?? '';
      yield* send('sns', 'SetTopicAttributes', { TopicArn, AttributeName, AttributeValue });
    }
    yield* subscribe(TopicArn, before, properties);
    yield* retag(before, properties, {
      service: 'sns',
      set: (Tags) => ['TagResource', { ResourceArn: TopicArn, Tags }],
      remove: (TagKeys) => ['UntagResource', { ResourceArn: TopicArn, TagKeys }],
    });
    return { ref: TopicArn, attributes };
  },
  *remove({ ref }) {
    yield* send('sns', 'DeleteTopic', { TopicArn: ref });
  },
};

/** CloudFormation makes the subscriptions of a topic that come later, and leaves those that go. */
function* subscribe(TopicArn: string, before: Properties, after: Properties): Steps<void> {
  const old = recordsOf(before, 'Subscription').map(comparable);
  for (const entry of recordsOf(after, 'Subscription').filter((wanted) => !old.includes(comparable(wanted)))) {
    const [Protocol, Endpoint] = [textOf(entry, 'Protocol'), textOf(entry, 'Endpoint')];
    yield* send('sns', 'Subscribe', { TopicArn, Protocol, Endpoint });
  }
}

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
  fixed: ['TopicArn', 'Protocol', 'Endpoint'],
  *make(properties) {
    const made = yield* send(
      'sns',
      'Subscribe',
      given({
        TopicArn: textOf(properties, 'TopicArn'),
        Protocol: textOf(properties, 'Protocol'),
        Endpoint: textOf(properties, 'Endpoint'),
        Attributes: subscriptionAttributes(properties),
        ReturnSubscriptionArn: true,
      }),
    );
    const arn = answered(made, 'SubscriptionArn');
    return { ref: arn, attributes: { Arn: arn } };
  },
  *update({ ref: SubscriptionArn, attributes, properties: before }, properties) {
    const wanted = subscriptionAttributes(properties);
    for (const AttributeName of changedNames(before, properties)) {
      const AttributeValue = wanted[AttributeName] ?? (AttributeName === 'RawMessageDelivery' ? 'false' : '');
      yield* send('sns', 'SetSubscriptionAttributes', { SubscriptionArn, AttributeName, AttributeValue });
    }
    return { ref: SubscriptionArn, attributes };
  },
  *remove({ ref }) {
    yield* send('sns', 'Unsubscribe', { SubscriptionArn: ref });
  },
};

function subscriptionAttributes(properties: Properties): Readonly<Record<string, unknown>> {
  const documents = ['FilterPolicy', 'RedrivePolicy'].filter((name) => properties[name] !== undefined);
  return given({
    ...Object.fromEntries(documents.map((name) => [name, documentOf(properties, name)])),
    FilterPolicyScope: textOf(properties, 'FilterPolicyScope'),
    RawMessageDelivery: textOf(properties, 'RawMessageDelivery'),
  });
}

export const topicPolicy: ResourceType = {
  name: 'AWS::SNS::TopicPolicy',
  properties: record({ PolicyDocument: document, Topics: list(text) }, ['PolicyDocument', 'Topics']),
  attributes: ['Id'],
  fixed: [],
  // biome-ignore lint/correctness/useYield: there is nothing by itself, only the attribute of each topic
  *make(_properties, { generatedName }) {
    const id = generatedName(256);
    return { ref: id, attributes: { Id: id } };
  },
  settle: (_made, properties) => setPolicy(textsOf(properties, 'Topics'), documentOf(properties, 'PolicyDocument')),
  *update({ ref, attributes, properties: before }, properties, { accountId }) {
    yield* resetPolicy(listDifference(before, properties, 'Topics').removed, accountId);
    yield* setPolicy(textsOf(properties, 'Topics'), documentOf(properties, 'PolicyDocument'));
    return { ref, attributes };
  },
  remove: ({ properties }, { accountId }) => resetPolicy(textsOf(properties, 'Topics'), accountId),
};

function* setPolicy(topics: readonly string[], AttributeValue: string): Steps<void> {
  for (const TopicArn of topics) {
    yield* send('sns', 'SetTopicAttributes', { TopicArn, AttributeName: 'Policy', AttributeValue });
  }
}

/** A topic is never without a policy: it goes back to the one that a new topic has. */
function* resetPolicy(topics: readonly string[], accountId: string): Steps<void> {
  for (const TopicArn of topics) yield* setPolicy([TopicArn], initialTopicPolicy(TopicArn, accountId));
}
