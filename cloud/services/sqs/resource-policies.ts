import { own } from '../../own.ts';
import type { ResourcePolicyReader } from '../../resource-policies.ts';
import { placeOfArn, queueKey } from './names.ts';
import { attachedQueuePolicy } from './queue-policy.ts';

/** The policy of a queue. */
export const sqsResourcePolicies: ResourcePolicyReader = (world, { resource }) => {
  const place = placeOfArn(resource);
  const account = place && own(world.accounts, place.accountId);
  const policy = account && own(account.sqs.queues, queueKey(place.region, place.name))?.policy;
  return policy === undefined ? {} : { resource: attachedQueuePolicy(policy, resource) };
};
