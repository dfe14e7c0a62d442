/** GetSubscriptionAttributes, SetSubscriptionAttributes. */
import type {
  GetSubscriptionAttributesInput,
  GetSubscriptionAttributesResponse,
  SetSubscriptionAttributesInput,
} from '@aws-sdk/client-sns';
import { callerArn } from '../../../iam/caller-arn.ts';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import { placeOfArn as placeOfQueue } from '../sqs/names.ts';
import { checkRoom } from './attribute-room.ts';
import { invalidParameter } from './errors.ts';
import { checkFilterPolicy } from './filter-check.ts';
import { isObject } from './filter-policy.ts';
import { subscriptionArn, subscriptionOf, topicArn } from './names.ts';
import { onSubscription, topicOwner } from './permissions.ts';
import type { SubscriptionState } from './state.ts';

type Attributes = Readonly<Record<string, string>>;

const rawProtocols: readonly string[] = ['sqs', 'http', 'https', 'firehose'];

/** The attributes of a subscription after some are set; an empty text takes one away. @throws InvalidParameter */
export function withSubscriptionAttributes(
  current: Attributes,
  asked: Attributes,
  protocol: string,
): Record<string, string> {
  const attributes: Record<string, string> = { ...current };
  for (const [name, value] of Object.entries(asked)) {
    const checked = checkedAttribute(name, value, protocol);
    if (checked === '') delete attributes[name];
    else attributes[name] = checked;
  }
  const scope = attributes['FilterPolicyScope'] === 'MessageBody' ? 'MessageBody' : 'MessageAttributes';
  if (attributes['FilterPolicy'] !== undefined) checkFilterPolicy(attributes['FilterPolicy'], scope);
  return attributes;
}

function checkedAttribute(name: string, value: string, protocol: string): string {
  switch (name) {
    case 'RawMessageDelivery': {
      const isRaw = value.toLowerCase();
      if (isRaw !== 'true' && isRaw !== 'false')
        throw invalidParameter(`${name}: Invalid value [${value}]. Must be true or false.`);
      if (isRaw === 'true' && !rawProtocols.includes(protocol)) {
        throw invalidParameter(`Delivery protocol [${protocol}] does not support raw message delivery.`);
      }
      return isRaw;
    }
    case 'FilterPolicyScope':
      if (value !== 'MessageAttributes' && value !== 'MessageBody') {
        throw invalidParameter(`${name}: Invalid value [${value}]. Please use either MessageBody or MessageAttributes`);
      }
      return value;
    case 'FilterPolicy':
      // An object without names lets every message through, as none does.
      return value.trim() === '{}' ? '' : value;
    case 'RedrivePolicy':
      if (value !== '' && deadLetterArn(value) === undefined) throw invalidParameter(`${name}: failed to parse JSON.`);
      return value;
    case 'DeliveryPolicy':
      if (value !== '' && !isObject(parsed(value))) throw invalidParameter(`${name}: failed to parse JSON.`);
      return value;
    case 'SubscriptionRoleArn':
      return value;
    default:
      throw invalidParameter('AttributeName');
  }
}

/** The queue that a subscription's RedrivePolicy names; undefined where it names none. */
export function deadLetterArn(redrivePolicy: string): string | undefined {
  const policy = parsed(redrivePolicy);
  const arn = isObject(policy) ? policy['deadLetterTargetArn'] : undefined;
  return typeof arn === 'string' && placeOfQueue(arn) !== undefined ? arn : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const getSubscriptionAttributes: ReadOperation<
  GetSubscriptionAttributesInput,
  GetSubscriptionAttributesResponse
> = {
  kind: 'read',
  owner: topicOwner,
  permissions: onSubscription('sns:GetSubscriptionAttributes'),
  handle(account, input, call) {
    const subscription = subscriptionOf(account, input.SubscriptionArn ?? '', call);
    const { attributes, region, topicName, ownerId, protocol, endpoint, principal, isConfirmed } = subscription;
    return {
      Attributes: {
        SubscriptionArn: subscriptionArn(account.id, subscription),
        TopicArn: topicArn(region, account.id, topicName),
        Owner: ownerId,
        Protocol: protocol,
        Endpoint: endpoint,
        SubscriptionPrincipal: principal,
        PendingConfirmation: String(!isConfirmed),
        ConfirmationWasAuthenticated: String(isConfirmed && subscription.isAuthenticated),
        RawMessageDelivery: 'false',
        ...attributes,
        ...(attributes['FilterPolicy'] !== undefined && {
          FilterPolicyScope: attributes['FilterPolicyScope'] ?? 'MessageAttributes',
        }),
        ...mailbox(subscription, callerArn(call.caller)),
      },
    };
  },
};

/**
 * The token of a pending subscription, for the principal that subscribed and no other. At AWS it goes to the endpoint, which a sandbox
 * cannot reach: who names an endpoint is taken to read what arrives there.
 */
function mailbox({ token, isConfirmed, principal }: SubscriptionState, asker: string): Attributes {
  return token !== undefined && !isConfirmed && principal === asker ? { ConfirmationToken: token } : {};
}

export const setSubscriptionAttributes: ChangeOperation<SetSubscriptionAttributesInput, Record<string, never>> = {
  kind: 'change',
  owner: topicOwner,
  permissions: onSubscription('sns:SetSubscriptionAttributes'),
  handle(account, input, call) {
    const subscription = subscriptionOf(account, input.SubscriptionArn ?? '', call);
    const { AttributeName: name = '', AttributeValue: value = '' } = input;
    checkRoom(call.world.accounts[account.id], value);
    subscription.attributes = withSubscriptionAttributes(
      subscription.attributes,
      { [name]: value },
      subscription.protocol,
    );
    return {};
  },
};
