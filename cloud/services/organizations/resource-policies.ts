import { own } from '../../own.ts';
import type { PolicedResourceList, ResourcePolicyReader } from '../../resource-policies.ts';
import { readStoredPolicy } from '../../stored-policy.ts';
import { organizationArn } from './arns.ts';

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

/** The organization that an account manages, with all that it has. */
export const organizationsPolicedResources: PolicedResourceList = ({ id, organizations: { organization } }) =>
  organization === undefined
    ? []
    : [
        {
          arns: [organizationArn({ organization, managementId: id }), `arn:aws:organizations::${id}:*`],
          action: 'organizations:DescribeOrganization',
        },
      ];
