/** What the rule for permissions cannot tell of SNS: subscriptions stand for their topics, and have owners of their own. */
import { own } from '../../own.ts';
import { requestTagContext } from '../../permissions/input-tags.ts';
import type { Permission, PermissionFacts, ResourceRules } from '../../service.ts';
import { shownByName } from '../../state-key.ts';
import type { World } from '../../world.ts';
import { placeOfArn, topicArn, topicKey } from './names.ts';

export const topicResources: ResourceRules = {
  tagsOf: topicTags,
  context({ Protocol, Endpoint }, _facts, { operation }) {
    if (operation !== 'Subscribe') return {};
    return {
      ...(typeof Protocol === 'string' && { 'sns:Protocol': Protocol }),
      ...(typeof Endpoint === 'string' && { 'sns:Endpoint': Endpoint }),
    };
  },
};

function topicTags(world: World, arn: string): Readonly<Record<string, string>> | undefined {
  const place = placeOfArn(arn);
  const account = place && own(world.accounts, place.accountId);
  const topic = account && own(account.sns.topics, topicKey(place.region, place.name));
  return topic && shownByName(topic.tags);
}

interface CreationInput {
  readonly Name?: string | undefined;
  readonly Tags?: readonly { readonly Key: string | undefined; readonly Value: string | undefined }[] | undefined;
}

/** Tagging a topic as it is made is a permission of its own (Amazon SNS API Reference, CreateTopic, `Tags`). */
export function tagOnCreation(input: CreationInput, facts: PermissionFacts): readonly Permission[] {
  const { Name = '', Tags = [] } = input;
  if (Tags.length === 0) return [];
  return [
    {
      action: 'sns:TagResource',
      resource: topicArn(facts.region, facts.callerAccountId, Name),
      resourceAccountId: facts.callerAccountId,
      context: requestTagContext({ Tags }),
    },
  ];
}

interface SubscriptionInput {
  readonly SubscriptionArn?: string | undefined;
}

/** The account whose state holds a subscription: that of its topic. */
export function topicOwner({ SubscriptionArn = '' }: SubscriptionInput, facts: PermissionFacts): string {
  const accountId = placeOfArn(SubscriptionArn)?.accountId ?? facts.callerAccountId;
  return own(facts.world.accounts, accountId) === undefined ? facts.callerAccountId : accountId;
}

/**
 * The permission for an operation on a subscription. It is asked about the topic (Service Authorization Reference, Amazon SNS), but
 * a topic policy has no word for it: the account that subscribed may decide about it like the topic's own.
 */
export function onSubscription(action: string) {
  return (input: SubscriptionInput, facts: PermissionFacts): readonly Permission[] => {
    const place = placeOfArn(input.SubscriptionArn ?? '');
    const { callerAccountId, world } = facts;
    if (place === undefined) return [{ action, resource: '*', resourceAccountId: callerAccountId, context: {} }];
    const resource = topicArn(place.region, place.accountId, place.name);
    const held = own(world.accounts, place.accountId)?.sns.subscriptions ?? {};
    const isOwn = own(held, place.subscriptionId ?? '')?.ownerId === callerAccountId;
    const tags = Object.entries(topicTags(world, resource) ?? {});
    return [
      {
        action,
        resource,
        resourceAccountId: isOwn ? callerAccountId : place.accountId,
        context: Object.fromEntries(tags.map(([key, value]) => [`aws:ResourceTag/${key}`, value])),
      },
    ];
  };
}

/** Whoever has a subscription's token may confirm it: a signed caller needs the permission in the own account only. */
export function onConfirmation(
  { TopicArn = '' }: { TopicArn?: string | undefined },
  facts: PermissionFacts,
): readonly Permission[] {
  if (facts.caller.kind === 'anonymous') return [];
  return [
    {
      action: 'sns:ConfirmSubscription',
      resource: placeOfArn(TopicArn) === undefined ? '*' : TopicArn,
      resourceAccountId: facts.callerAccountId,
      context: {},
    },
  ];
}
