/** The policies that AWS puts into every organization. AWS Organizations User Guide, "SCP syntax" and "Resource control policies (RCPs)". */
import type { OrganizationPolicyType } from './state.ts';

/** A policy of AWS's own: it is in no state, and nobody can change it. */
export interface AwsPolicy {
  readonly id: string;
  readonly type: OrganizationPolicyType;
  readonly name: string;
  readonly description: string;
  readonly document: string;
}

/** What is attached to root, units and accounts from the start. It can be detached where another policy stays. */
export const fullAwsAccess: AwsPolicy = {
  id: 'p-FullAWSAccess',
  type: 'SERVICE_CONTROL_POLICY',
  name: 'FullAWSAccess',
  description: 'Allows access to every operation',
  document: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',
};

/** What is attached to all of them while resource control policies are switched on. It cannot be detached, so no list keeps it. */
export const rcpFullAwsAccess: AwsPolicy = {
  id: 'p-RCPFullAWSAccess',
  type: 'RESOURCE_CONTROL_POLICY',
  name: 'RCPFullAWSAccess',
  description: 'Allows access to every resource',
  document: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}',
};

export const awsPolicies: readonly AwsPolicy[] = [fullAwsAccess, rcpFullAwsAccess];

/** A policy of AWS's own by its id. */
export function awsPolicy(id: string): AwsPolicy | undefined {
  return awsPolicies.find((policy) => policy.id === id);
}
