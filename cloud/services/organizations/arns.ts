/** ARNs of Organizations. Service Authorization Reference, "AWS Organizations", resource types. */
import { awsPolicy } from './aws-policies.ts';
import type { OrganizationPolicyType, OrganizationState } from './state.ts';

/** An organization as its ARNs name it. */
export interface Named {
  readonly organization: Pick<OrganizationState, 'id'>;
  readonly managementId: string;
}

function arn({ organization, managementId }: Named, type: string, rest: string): string {
  return `arn:aws:organizations::${managementId}:${type}/${organization.id}${rest}`;
}

export function organizationArn(named: Named): string {
  return arn(named, 'organization', '');
}

export function rootArn(named: Named, rootId: string): string {
  return arn(named, 'root', `/${rootId}`);
}

export function unitArn(named: Named, unitId: string): string {
  return arn(named, 'ou', `/${unitId}`);
}

export function accountArn(named: Named, accountId: string): string {
  return arn(named, 'account', `/${accountId}`);
}

/** An invitation's. */
export function handshakeArn(named: Named, id: string): string {
  return arn(named, 'handshake', `/invite/${id}`);
}

export function resourcePolicyArn(named: Named, id: string): string {
  return arn(named, 'resourcepolicy', `/${id}`);
}

/** Policies of AWS's own are in no organization. */
export function policyArn(named: Named, { id, type }: { readonly id: string; readonly type: OrganizationPolicyType }) {
  const kind = type.toLowerCase();
  return awsPolicy(id) === undefined
    ? arn(named, 'policy', `/${kind}/${id}`)
    : `arn:aws:organizations::aws:policy/${kind}/${id}`;
}
