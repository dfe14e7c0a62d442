/** EnablePolicyType, DisablePolicyType, DescribeEffectivePolicy. */
import type {
  DescribeEffectivePolicyRequest,
  DescribeEffectivePolicyResponse,
  DisablePolicyTypeRequest,
  DisablePolicyTypeResponse,
  EnablePolicyTypeRequest,
  EnablePolicyTypeResponse,
} from '@aws-sdk/client-organizations';
import { callerAccountOf, changing, reading } from './authority.ts';
import { fullAwsAccess } from './aws-policies.ts';
import { organizationsError } from './errors.ts';
import { policyOf, targetIds, targetOf } from './membership.ts';
import { rootShape } from './shapes.ts';
import type { OrganizationPolicyType, OrganizationState } from './state.ts';

/**
 * The types that decide about access; the sandbox offers no others. @throws PolicyTypeNotAvailableForOrganizationException for those,
 * and in an organization that only shares its bills
 */
export function availableType({ featureSet }: OrganizationState, type: string | undefined): OrganizationPolicyType {
  if (featureSet !== undefined) throw organizationsError('PolicyTypeNotAvailableForOrganizationException');
  if (type === 'SERVICE_CONTROL_POLICY' || type === 'RESOURCE_CONTROL_POLICY') return type;
  throw organizationsError('PolicyTypeNotAvailableForOrganizationException');
}

/** @throws RootNotFoundException */
function checkRoot({ rootId }: OrganizationState, id: string | undefined): void {
  if (id !== rootId) throw organizationsError('RootNotFoundException');
}

/** Everything in the organization gets FullAWSAccess anew. */
export const enablePolicyType = changing(
  'EnablePolicyType',
  'delegates',
  (organization, input: EnablePolicyTypeRequest, { managementId }): EnablePolicyTypeResponse => {
    checkRoot(organization, input.RootId);
    const type = availableType(organization, input.PolicyType);
    if (organization.policyTypes.includes(type)) throw organizationsError('PolicyTypeAlreadyEnabledException');
    organization.policyTypes.push(type);
    if (type === 'SERVICE_CONTROL_POLICY') {
      for (const id of targetIds(organization)) {
        organization.attachments[id] = [...(organization.attachments[id] ?? []), fullAwsAccess.id];
      }
    }
    return { Root: rootShape({ organization, managementId }) };
  },
);

/** The policies stay; what they were attached to is forgotten, as AWS says. */
export const disablePolicyType = changing(
  'DisablePolicyType',
  'delegates',
  (organization, input: DisablePolicyTypeRequest, { managementId }): DisablePolicyTypeResponse => {
    checkRoot(organization, input.RootId);
    const type = availableType(organization, input.PolicyType);
    if (!organization.policyTypes.includes(type)) throw organizationsError('PolicyTypeNotEnabledException');
    organization.policyTypes = organization.policyTypes.filter((enabled) => enabled !== type);
    for (const [id, policies] of Object.entries(organization.attachments)) {
      const left = policies.filter((policy) => policyOf(organization, policy).type !== type);
      if (left.length === 0) delete organization.attachments[id];
      else organization.attachments[id] = left;
    }
    return { Root: rootShape({ organization, managementId }) };
  },
);

/** Only policies that configure services have one, and the sandbox has none of those. A member may ask about itself. */
export const describeEffectivePolicy = reading(
  'DescribeEffectivePolicy',
  'everyone',
  (organization, input: DescribeEffectivePolicyRequest, { managementId, call }): DescribeEffectivePolicyResponse => {
    const callerId = callerAccountOf(call);
    const { TargetId = callerId } = input;
    if (callerId !== managementId && TargetId !== callerId) throw organizationsError('AccessDeniedException');
    targetOf(organization, TargetId);
    throw organizationsError('EffectivePolicyNotFoundException');
  },
);
