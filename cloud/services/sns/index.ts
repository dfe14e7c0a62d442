/** Amazon Simple Notification Service, as far as lessons reach. */
import type { Service } from '../../service.ts';
import { accountOfArn } from '../../unsigned.ts';
import { snsModel } from '../../wire/models.ts';
import { topicResources } from './permissions.ts';
import { publish, publishBatch } from './publishing.ts';
import { confirmSubscription, subscribe, unsubscribe } from './subscribing.ts';
import { getSubscriptionAttributes, setSubscriptionAttributes } from './subscription-attributes.ts';
import { listSubscriptions, listSubscriptionsByTopic } from './subscription-lists.ts';
import { listTagsForResource, tagResource, untagResource } from './tags.ts';
import { getTopicAttributes, setTopicAttributes } from './topic-attributes.ts';
import { addPermission, removePermission } from './topic-permissions.ts';
import { createTopic, deleteTopic, listTopics } from './topics.ts';

const byTopic = { accountOf: ({ TopicArn }: { TopicArn?: string }) => accountOfArn(TopicArn) };

export const snsService: Service = {
  name: 'sns',
  model: snsModel,
  operations: {
    AddPermission: addPermission,
    ConfirmSubscription: confirmSubscription,
    CreateTopic: createTopic,
    DeleteTopic: deleteTopic,
    GetSubscriptionAttributes: getSubscriptionAttributes,
    GetTopicAttributes: getTopicAttributes,
    ListSubscriptions: listSubscriptions,
    ListSubscriptionsByTopic: listSubscriptionsByTopic,
    ListTagsForResource: listTagsForResource,
    ListTopics: listTopics,
    Publish: publish,
    PublishBatch: publishBatch,
    RemovePermission: removePermission,
    SetSubscriptionAttributes: setSubscriptionAttributes,
    SetTopicAttributes: setTopicAttributes,
    Subscribe: subscribe,
    TagResource: tagResource,
    Unsubscribe: unsubscribe,
    UntagResource: untagResource,
  },
  resources: topicResources,
  // What the links in messages do, and what a topic's policy can let everyone do.
  unsigned: {
    ConfirmSubscription: byTopic,
    GetTopicAttributes: byTopic,
    ListSubscriptionsByTopic: byTopic,
    Publish: byTopic,
    PublishBatch: byTopic,
    Subscribe: byTopic,
    Unsubscribe: { accountOf: ({ SubscriptionArn }: { SubscriptionArn?: string }) => accountOfArn(SubscriptionArn) },
  },
};
