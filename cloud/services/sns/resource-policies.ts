import { own } from '../../own.ts';
import type { PolicedResourceList, ResourcePolicyReader } from '../../resource-policies.ts';
import { placeOfArn, topicArn, topicKey } from './names.ts';
import { attachedTopicPolicy, initialTopicPolicy } from './topic-policy.ts';

/** The policy of a topic. */
export const snsResourcePolicies: ResourcePolicyReader = (world, { resource }) => {
  const place = placeOfArn(resource);
  const account = place && own(world.accounts, place.accountId);
  const topic = account && own(account.sns.topics, topicKey(place.region, place.name));
  if (account === undefined || topic === undefined) return {};
  const arn = topicArn(topic.region, account.id, topic.name);
  return { resource: attachedTopicPolicy(topic.policy ?? initialTopicPolicy(arn, account.id), arn) };
};

/** Every topic, with its subscriptions. */
export const snsPolicedResources: PolicedResourceList = ({ id, sns }) =>
  Object.values(sns.topics).map(({ region, name }) => {
    const topic = topicArn(region, id, name);
    return { arns: [topic, `${topic}:*`], action: 'sns:Publish' };
  });
