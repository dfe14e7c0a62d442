/** Service and resource control policies: made, changed, described, listed and deleted. */
import type {
  CreatePolicyRequest,
  CreatePolicyResponse,
  DeletePolicyRequest,
  DescribePolicyRequest,
  DescribePolicyResponse,
  ListPoliciesRequest,
  ListPoliciesResponse,
  UpdatePolicyRequest,
  UpdatePolicyResponse,
} from '@aws-sdk/client-organizations';
import { checkPolicy } from '../../../iam/check/check.ts';
import { own } from '../../own.ts';
import { changing, reading } from './authority.ts';
import { awsPolicies, awsPolicy } from './aws-policies.ts';
import { constraintViolation, invalidInput, organizationsError } from './errors.ts';
import { newPolicyId } from './ids.ts';
import { organizationsLimits } from './limits.ts';
import { policyOf } from './membership.ts';
import { pageOf } from './pages.ts';
import { availableType } from './policy-types.ts';
import { policyShape, policySummary } from './shapes.ts';
import type { OrganizationPolicyType, OrganizationState } from './state.ts';
import { dropTags, setTags } from './tags.ts';

const kinds = { SERVICE_CONTROL_POLICY: 'scp', RESOURCE_CONTROL_POLICY: 'rcp' } as const;

/** What AWS says of every fault, the parser's and those of resource control policies, that no statement may have. */
function isRefused({ code, severity, awsMessage }: ReturnType<typeof checkPolicy>[number]): boolean {
  return awsMessage !== undefined || (severity === 'error' && code.startsWith('rcp-'));
}

/** @throws ConstraintViolationException, MalformedPolicyDocumentException */
function checkContent(content: string, type: OrganizationPolicyType): void {
  if (content.length > organizationsLimits.policyCharacters) {
    throw constraintViolation('POLICY_CONTENT_LIMIT_EXCEEDED', 'You have exceeded the maximum policy size.');
  }
  if (checkPolicy(content, { kind: kinds[type] }).some(isRefused)) {
    throw organizationsError('MalformedPolicyDocumentException');
  }
}

/** Names are unique within a type, AWS's own among them. @throws DuplicatePolicyException */
function checkName(organization: OrganizationState, type: OrganizationPolicyType, name: string, except?: string) {
  const all = [...Object.values(organization.policies), ...awsPolicies];
  if (all.some((policy) => policy.type === type && policy.name === name && policy.id !== except)) {
    throw organizationsError('DuplicatePolicyException');
  }
}

/** @throws InvalidInputException for AWS's own */
function checkOwn(id: string | undefined): void {
  if (id !== undefined && awsPolicy(id) !== undefined) {
    throw invalidInput('IMMUTABLE_POLICY', 'You specified a policy that is managed by AWS and cannot be modified.');
  }
}

export const createPolicy = changing(
  'CreatePolicy',
  'delegates',
  (organization, input: CreatePolicyRequest, at): CreatePolicyResponse => {
    const { Content = '', Description = '', Name = '', Type, Tags } = input;
    const type = availableType(organization, Type);
    checkContent(Content, type);
    checkName(organization, type, Name);
    const made = Object.values(organization.policies).filter((policy) => policy.type === type);
    if (made.length >= organizationsLimits.policiesPerType) {
      throw constraintViolation(
        'POLICY_NUMBER_LIMIT_EXCEEDED',
        'You have exceeded the number of policies of this type that you can have in your organization.',
      );
    }
    const id = newPolicyId(at.call.random);
    const policy = { id, type, name: Name, description: Description, document: Content };
    organization.policies[id] = policy;
    setTags(organization, id, Tags);
    return { Policy: policyShape(at, policy) };
  },
);

export const updatePolicy = changing(
  'UpdatePolicy',
  'delegates',
  (organization, input: UpdatePolicyRequest, at): UpdatePolicyResponse => {
    const { PolicyId = '', Name, Description, Content } = input;
    checkOwn(PolicyId);
    const policy = own(organization.policies, PolicyId);
    if (policy === undefined) throw organizationsError('PolicyNotFoundException');
    if (Content !== undefined) checkContent(Content, policy.type);
    if (Name !== undefined) checkName(organization, policy.type, Name, PolicyId);
    policy.name = Name ?? policy.name;
    policy.description = Description ?? policy.description;
    policy.document = Content ?? policy.document;
    return { Policy: policyShape(at, policy) };
  },
);

export const deletePolicy = changing(
  'DeletePolicy',
  'delegates',
  (organization, { PolicyId }: DeletePolicyRequest): Record<string, never> => {
    checkOwn(PolicyId);
    const { id } = policyOf(organization, PolicyId);
    const isAttached = Object.values(organization.attachments).some((policies) => policies.includes(id));
    if (isAttached) throw organizationsError('PolicyInUseException');
    delete organization.policies[id];
    dropTags(organization, id);
    return {};
  },
);

export const describePolicy = reading(
  'DescribePolicy',
  'administrators',
  (organization, input: DescribePolicyRequest, at): DescribePolicyResponse => ({
    Policy: policyShape(at, policyOf(organization, input.PolicyId)),
  }),
);

export const listPolicies = reading(
  'ListPolicies',
  'administrators',
  (organization, { Filter, ...page }: ListPoliciesRequest, at): ListPoliciesResponse => {
    const all = organization.featureSet === undefined ? [...Object.values(organization.policies), ...awsPolicies] : [];
    const ofType = all.filter(({ type }) => type === Filter);
    const { items, position } = pageOf(ofType, page, ({ id }) => id);
    return { Policies: items.map((policy) => policySummary(at, policy)), ...position };
  },
);
