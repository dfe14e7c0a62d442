/** AttachPolicy, DetachPolicy, ListPoliciesForTarget, ListTargetsForPolicy. */
import type {
  AttachPolicyRequest,
  DetachPolicyRequest,
  ListPoliciesForTargetRequest,
  ListPoliciesForTargetResponse,
  ListTargetsForPolicyRequest,
  ListTargetsForPolicyResponse,
} from '@aws-sdk/client-organizations';
import { own } from '../../own.ts';
import { accountArn, type Named, rootArn, unitArn } from './arns.ts';
import { changing, reading } from './authority.ts';
import { rcpFullAwsAccess } from './aws-policies.ts';
import { constraintViolation, invalidInput, organizationsError } from './errors.ts';
import { organizationsLimits } from './limits.ts';
import { policyOf, type Target, targetIds, targetOf } from './membership.ts';
import { pageOf } from './pages.ts';
import { policySummary } from './shapes.ts';
import type { OrganizationPolicyState, OrganizationPolicyType, OrganizationState } from './state.ts';

/** The policies of one type that are on a target, RCPFullAWSAccess among them. */
function attachedTo(
  organization: OrganizationState,
  target: string,
  type: OrganizationPolicyType,
): readonly OrganizationPolicyState[] {
  const kept = (own(organization.attachments, target) ?? []).map((id) => policyOf(organization, id));
  const always = type === rcpFullAwsAccess.type && organization.policyTypes.includes(type) ? [rcpFullAwsAccess] : [];
  return [...always, ...kept.filter((policy) => policy.type === type)];
}

/** @throws PolicyTypeNotEnabledException */
function checkEnabled({ policyTypes }: OrganizationState, { type }: OrganizationPolicyState): void {
  if (!policyTypes.includes(type)) throw organizationsError('PolicyTypeNotEnabledException');
}

/** It holds from the next decision on. */
export const attachPolicy = changing(
  'AttachPolicy',
  'delegates',
  (organization, input: AttachPolicyRequest): Record<string, never> => {
    const policy = policyOf(organization, input.PolicyId);
    const target = targetOf(organization, input.TargetId);
    checkEnabled(organization, policy);
    const attached = attachedTo(organization, target.id, policy.type);
    if (attached.some(({ id }) => id === policy.id)) throw organizationsError('DuplicatePolicyAttachmentException');
    if (attached.length >= organizationsLimits.policiesPerTarget) {
      throw constraintViolation(
        'MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED',
        'You have attached the maximum number of policies to the specified target.',
      );
    }
    organization.attachments[target.id] = [...(organization.attachments[target.id] ?? []), policy.id];
    return {};
  },
);

/** The last service control policy stays. */
export const detachPolicy = changing(
  'DetachPolicy',
  'delegates',
  (organization, input: DetachPolicyRequest): Record<string, never> => {
    const policy = policyOf(organization, input.PolicyId);
    const target = targetOf(organization, input.TargetId);
    if (policy.id === rcpFullAwsAccess.id) {
      throw invalidInput('NON_DETACHABLE_POLICY', 'You cannot detach the specified policy.');
    }
    checkEnabled(organization, policy);
    const attached = attachedTo(organization, target.id, policy.type);
    if (!attached.some(({ id }) => id === policy.id)) throw organizationsError('PolicyNotAttachedException');
    if (attached.length === 1) {
      throw constraintViolation(
        'MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED',
        'You cannot remove the last policy attached to the specified target. You must have at least one attached at all times.',
      );
    }
    const kept = organization.attachments[target.id] ?? [];
    organization.attachments[target.id] = kept.filter((id) => id !== policy.id);
    return {};
  },
);

export const listPoliciesForTarget = reading(
  'ListPoliciesForTarget',
  'administrators',
  (organization, { TargetId, Filter, ...page }: ListPoliciesForTargetRequest, at): ListPoliciesForTargetResponse => {
    const target = targetOf(organization, TargetId);
    const attached =
      Filter === 'SERVICE_CONTROL_POLICY' || Filter === 'RESOURCE_CONTROL_POLICY'
        ? attachedTo(organization, target.id, Filter)
        : [];
    const { items, position } = pageOf(attached, page, ({ id }) => id);
    return { Policies: items.map((policy) => policySummary(at, policy)), ...position };
  },
);

export const listTargetsForPolicy = reading(
  'ListTargetsForPolicy',
  'administrators',
  (organization, { PolicyId, ...page }: ListTargetsForPolicyRequest, at): ListTargetsForPolicyResponse => {
    const policy = policyOf(organization, PolicyId);
    const targets = targetIds(organization).filter((target) =>
      attachedTo(organization, target, policy.type).some(({ id }) => id === policy.id),
    );
    const { items, position } = pageOf(targets, page, (id) => id);
    return {
      Targets: items.map((id) => {
        const target = targetOf(organization, id);
        return { TargetId: id, Arn: arnOf(at, target), Name: target.name, Type: target.type };
      }),
      ...position,
    };
  },
);

function arnOf(at: Named, { type, id }: Target): string {
  switch (type) {
    case 'ROOT':
      return rootArn(at, id);
    case 'ORGANIZATIONAL_UNIT':
      return unitArn(at, id);
    case 'ACCOUNT':
      return accountArn(at, id);
  }
}
