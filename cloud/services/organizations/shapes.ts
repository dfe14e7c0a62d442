/** What Organizations' answers hold. */
import type {
  Account,
  Organization,
  OrganizationalUnit,
  Policy,
  PolicySummary,
  Root,
} from '@aws-sdk/client-organizations';
import type { Named } from './arns.ts';
import { accountArn, organizationArn, policyArn, rootArn, unitArn } from './arns.ts';
import { awsPolicy } from './aws-policies.ts';
import { rootName } from './membership.ts';
import type { MemberState, OrganizationPolicyState, OrganizationState, UnitState } from './state.ts';

type At = Named & { readonly organization: OrganizationState };

export function organizationShape(at: At): Organization {
  const { organization, managementId } = at;
  const arn = accountArn(at, managementId);
  return {
    Id: organization.id,
    Arn: organizationArn(at),
    FeatureSet: organization.featureSet ?? 'ALL',
    MasterAccountArn: arn,
    MasterAccountId: managementId,
    MasterAccountEmail: organization.accounts[managementId]?.email,
    // AWS keeps this list for old clients, and says the same of every organization: ListRoots tells what is switched on.
    AvailablePolicyTypes:
      organization.featureSet === undefined ? [{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }] : [],
  };
}

export function rootShape(at: At): Root {
  const { rootId, policyTypes } = at.organization;
  return {
    Id: rootId,
    Arn: rootArn(at, rootId),
    Name: rootName,
    PolicyTypes: policyTypes.map((Type) => ({ Type, Status: 'ENABLED' as const })),
  };
}

export function unitShape(at: Named, { id, name }: UnitState): OrganizationalUnit {
  return { Id: id, Arn: unitArn(at, id), Name: name };
}

export function accountShape(at: Named, { id, name, email, joinedAt, isInvited }: MemberState): Account {
  return {
    Id: id,
    Arn: accountArn(at, id),
    Email: email,
    Name: name,
    Status: 'ACTIVE',
    State: 'ACTIVE',
    JoinedMethod: id === at.managementId || isInvited ? 'INVITED' : 'CREATED',
    JoinedTimestamp: new Date(joinedAt),
  };
}

export function policySummary(at: Named, policy: OrganizationPolicyState): PolicySummary {
  const { id, name, description, type } = policy;
  return {
    Id: id,
    Arn: policyArn(at, policy),
    Name: name,
    Description: description,
    Type: type,
    AwsManaged: awsPolicy(id) !== undefined,
  };
}

export function policyShape(at: Named, policy: OrganizationPolicyState): Policy {
  return { PolicySummary: policySummary(at, policy), Content: policy.document };
}
