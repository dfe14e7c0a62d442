/**
 * The organization's resource policy: what the management account lets members do in its place. AWS Organizations User Guide,
 * "Create or update a resource-based delegation policy".
 */
import type {
  DescribeResourcePolicyResponse,
  PutResourcePolicyRequest,
  PutResourcePolicyResponse,
  ResourcePolicy,
} from '@aws-sdk/client-organizations';
import { parsePolicy } from '../../../iam/parse.ts';
import { AwsError } from '../../errors.ts';
import { principalNames, storePrincipals } from '../iam/trust.ts';
import { resourcePolicyArn } from './arns.ts';
import { type At, changing, reading } from './authority.ts';
import { invalidInput, organizationsError } from './errors.ts';
import { newResourcePolicyId } from './ids.ts';
import { dropTags, setTags } from './tags.ts';

/** Everything else stays with the management account. */
const delegable =
  /^organizations:(?:(?:Describe|List)[A-Za-z*?]*|CreatePolicy|UpdatePolicy|DeletePolicy|AttachPolicy|DetachPolicy|EnablePolicyType|DisablePolicyType|TagResource|UntagResource)$/i;

/** The text to store. @throws InvalidInputException */
function checkedContent(content: string, { call }: At): string {
  const parsed = parsePolicy(content, 'resource');
  if (parsed.kind === 'malformed') {
    throw invalidInput('INVALID_RESOURCE_POLICY_JSON', 'The provided resource policy document is not valid.');
  }
  for (const { action } of parsed.policy.statements) {
    if (!action.values.every((value) => delegable.test(value))) {
      throw invalidInput(
        'UNSUPPORTED_ACTION_IN_RESOURCE_POLICY',
        'The provided resource policy has an action that is not supported.',
      );
    }
  }
  try {
    return storePrincipals(content, call.world);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw invalidInput('INVALID_PRINCIPAL', 'The provided resource policy has a principal that is not valid.');
  }
}

function shape(at: At, { id, document }: { readonly id: string; readonly document: string }): ResourcePolicy {
  return {
    ResourcePolicySummary: { Id: id, Arn: resourcePolicyArn(at, id) },
    Content: principalNames(at.call.world).show(document),
  };
}

export const putResourcePolicy = changing(
  'PutResourcePolicy',
  'management',
  (organization, input: PutResourcePolicyRequest, at): PutResourcePolicyResponse => {
    const document = checkedContent(input.Content ?? '', at);
    const id = organization.resourcePolicy?.id ?? newResourcePolicyId(at.call.random);
    organization.resourcePolicy = { id, document };
    setTags(organization, id, input.Tags);
    return { ResourcePolicy: shape(at, { id, document }) };
  },
);

export const describeResourcePolicy = reading(
  'DescribeResourcePolicy',
  'administrators',
  (organization, _input, at): DescribeResourcePolicyResponse => {
    if (organization.resourcePolicy === undefined) throw organizationsError('ResourcePolicyNotFoundException');
    return { ResourcePolicy: shape(at, organization.resourcePolicy) };
  },
);

export const deleteResourcePolicy = changing(
  'DeleteResourcePolicy',
  'management',
  (organization): Record<string, never> => {
    if (organization.resourcePolicy === undefined) throw organizationsError('ResourcePolicyNotFoundException');
    dropTags(organization, organization.resourcePolicy.id);
    delete organization.resourcePolicy;
    return {};
  },
);
