import { shownByName } from '../../../../../cloud/state-key.ts';
import { type CarriedService, type Output, plainly } from '../carried-service.ts';

/** Attributes that the embedded cloud knows: subscriptions are its own, and it shows principals that are gone by their ids. */
const OUR_ATTRIBUTES = /^(?:Policy|Subscriptions\w+)$/;
const policies = 'LocalStack adds statements of another form to the policy.';

function attributesOf(theirs: Output, own: Output): Output {
  const known = Object.entries((own['Attributes'] ?? {}) as Record<string, string>);
  const other = Object.entries((theirs['Attributes'] ?? {}) as Record<string, string>);
  return {
    Attributes: Object.fromEntries([
      ...other.filter(([name]) => !OUR_ATTRIBUTES.test(name)),
      ...known.filter(([name]) => OUR_ATTRIBUTES.test(name)),
    ]),
  };
}

/** Amazon SNS: topics, their attributes, policies and tags. */
export const sns: CarriedService = {
  operations: {
    ...plainly('CreateTopic', 'DeleteTopic', 'ListTopics', 'SetTopicAttributes'),
    ...plainly('TagResource', 'UntagResource', 'ListTagsForResource'),
    GetTopicAttributes: { answer: attributesOf },
  },
  kept: {
    AddPermission: policies,
    RemovePermission: policies,
    '*': 'Who may subscribe, and whether a message is delivered, the policies of the sandbox decide.',
  },
  async bringUp(account, there) {
    for (const { name, region, attributes, policy, tags } of Object.values(account.sns.topics)) {
      const Attributes = { ...attributes, ...(policy === undefined ? {} : { Policy: there.policy(policy) }) };
      const Tags = Object.entries(shownByName(tags)).map(([Key, Value]) => ({ Key, Value }));
      await there.call('CreateTopic', { Name: name, Attributes, Tags }, region);
    }
  },
  async empty(account, there) {
    for (const { name, region } of Object.values(account.sns.topics)) {
      await there.tried('DeleteTopic', { TopicArn: `arn:aws:sns:${region}:${account.id}:${name}` }, region);
    }
  },
};
