import { own } from '../../own.ts';
import type { ResourcePolicyReader } from '../../resource-policies.ts';
import { readStoredPolicy } from '../../stored-policy.ts';

/**
 * The resource policy of an organization, by which its management account lets members administer it. It speaks about all that the
 * organization has, also where the ARN is one of AWS's own policies.
 */
export const organizationsResourcePolicies: ResourcePolicyReader = (world, { resource, resourceAccountId }) => {
  const policy = own(world.accounts, resourceAccountId)?.organizations.organization?.resourcePolicy;
  if (policy === undefined) return {};
  const read = readStoredPolicy(policy.document, 'resource');
  return { resource: { layer: 'resource', name: policy.id, kind: 'resource', attachedTo: resource, policy: read } };
};
