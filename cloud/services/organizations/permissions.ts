/** What Organizations' operations ask for, beyond the rule. Service Authorization Reference, "AWS Organizations". */
import { own } from '../../own.ts';
import { permissionsOf } from '../../permissions/by-rule.ts';
import type { AnyOperation, Permission, PermissionFacts, ResourceRules, Service } from '../../service.ts';
import { organizationsModel } from '../../wire/models.ts';
import { accountArn, policyArn, resourcePolicyArn, rootArn, unitArn } from './arns.ts';
import { awsPolicy } from './aws-policies.ts';
import { findTarget, type Membership, membershipOf } from './membership.ts';

type Input = Readonly<Record<string, unknown>>;

/** Members of inputs that hold the id of a root, unit, account or policy. */
const idMembers = [
  'PolicyId',
  'TargetId',
  'ParentId',
  'ChildId',
  'RootId',
  'AccountId',
  'OrganizationalUnitId',
  'SourceParentId',
  'DestinationParentId',
  'ResourceId',
];

/** What an id stands for: its type as the reference calls it, and its ARN. */
function named(membership: Membership, id: string): { readonly type: string; readonly arn: string } | undefined {
  const { organization } = membership;
  const policy = own(organization.policies, id) ?? awsPolicy(id);
  if (policy !== undefined) return { type: 'policy', arn: policyArn(membership, policy) };
  if (id === organization.resourcePolicy?.id) return { type: 'resourcepolicy', arn: resourcePolicyArn(membership, id) };
  switch (findTarget(organization, id)?.type) {
    case 'ROOT':
      return { type: 'root', arn: rootArn(membership, id) };
    case 'ORGANIZATIONAL_UNIT':
      return { type: 'organizationalunit', arn: unitArn(membership, id) };
    case 'ACCOUNT':
      return { type: 'account', arn: accountArn(membership, id) };
    default:
      return undefined;
  }
}

const resources: ResourceRules = {
  named(input, { world, callerAccountId }, { type }) {
    const membership = membershipOf(world, callerAccountId);
    if (membership === undefined) return [];
    return idMembers.flatMap((member) => {
      const id = input[member];
      const found = typeof id === 'string' ? named(membership, id) : undefined;
      return found?.type === type ? [found.arn] : [];
    });
  },
  tagsOf(world, arn) {
    const id = arn.slice(arn.lastIndexOf('/') + 1);
    for (const { organizations } of Object.values(world.accounts)) {
      const tags = own(organizations.organization?.tags ?? {}, id);
      if (tags !== undefined) return Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));
    }
    return undefined;
  },
  context(input, { world, callerAccountId }) {
    const { ServicePrincipal } = input;
    const type = policyType(input, membershipOf(world, callerAccountId));
    return {
      ...(type !== undefined && { 'organizations:PolicyType': type }),
      ...(typeof ServicePrincipal === 'string' && { 'organizations:ServicePrincipal': ServicePrincipal }),
    };
  },
};

/** The type that an input names, or that of the policy that it names. */
function policyType(input: Input, membership: Membership | undefined): string | undefined {
  for (const member of ['Type', 'Filter', 'PolicyType']) {
    const type = input[member];
    if (typeof type === 'string') return type;
  }
  const id = input['PolicyId'] ?? input['ResourceId'];
  if (typeof id !== 'string') return undefined;
  return (own(membership?.organization.policies ?? {}, id) ?? awsPolicy(id))?.type;
}

const rules: Service = { name: 'organizations', model: organizationsModel, operations: {}, resources };

/**
 * What an operation asks of its caller's own account. An organization is no resource of another account there: a member's policies
 * decide about its own calls, and the management account about what members may do (`authority.ts`).
 */
export function ownPermissions(operation: string): (input: object, facts: PermissionFacts) => readonly Permission[] {
  // By the rule, as long as it says nothing of its own.
  const byRule: AnyOperation = { kind: 'read', handle: () => ({}) };
  return (input, facts) =>
    permissionsOf(rules, operation, byRule, input as Input, facts).map((permission) => ({
      ...permission,
      resourceAccountId: facts.callerAccountId,
    }));
}
