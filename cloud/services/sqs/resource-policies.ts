import { own } from '../../own.ts';
import type { PolicedResourceList, ResourcePolicyReader } from '../../resource-policies.ts';
import { placeOfArn, queueArn, queueKey } from './names.ts';
import { attachedQueuePolicy } from './queue-policy.ts';

/** The policy of a queue. */
export const sqsResourcePolicies: ResourcePolicyReader = (world, { resource }) => {
  const place = placeOfArn(resource);
  const account = place && own(world.accounts, place.accountId);
  const policy = account && own(account.sqs.queues, queueKey(place.region, place.name))?.policy;
  return policy === undefined ? {} : { resource: attachedQueuePolicy(policy, resource) };
};

/** Every queue. */
export const sqsPolicedResources: PolicedResourceList = ({ id, sqs }) =>
  Object.values(sqs.queues).map(({ region, name }) => ({
    arns: [queueArn(region, id, name)],
    action: 'sqs:SendMessage',
  }));
