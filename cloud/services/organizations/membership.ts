/** In which organization an account is, and where the things of an organization are in it. */
import { own } from '../../own.ts';
import type { World } from '../../world.ts';
import type { Named } from './arns.ts';
import { awsPolicy } from './aws-policies.ts';
import { organizationsError } from './errors.ts';
import type { MemberState, OrganizationPolicyState, OrganizationState, UnitState } from './state.ts';

export interface Membership extends Named {
  readonly organization: OrganizationState;
}

/** The organization of an account; undefined where it is in none. */
export function membershipOf(world: World, accountId: string): Membership | undefined {
  for (const { id, organizations } of Object.values(world.accounts)) {
    const { organization } = organizations;
    if (organization !== undefined && Object.hasOwn(organization.accounts, accountId)) {
      return { organization, managementId: id };
    }
  }
  return undefined;
}

/** A root, unit or account that policies can be on. */
export type Target =
  | { readonly type: 'ROOT'; readonly id: string; readonly name: string }
  | { readonly type: 'ORGANIZATIONAL_UNIT'; readonly id: string; readonly name: string }
  | { readonly type: 'ACCOUNT'; readonly id: string; readonly name: string };

/** What has this id; undefined where nothing has. */
export function findTarget(organization: OrganizationState, id: string): Target | undefined {
  if (id === organization.rootId) return { type: 'ROOT', id, name: rootName };
  const unit = own(organization.units, id);
  if (unit !== undefined) return { type: 'ORGANIZATIONAL_UNIT', id, name: unit.name };
  const account = own(organization.accounts, id);
  return account && { type: 'ACCOUNT', id, name: account.name };
}

/** AWS calls every root so. */
export const rootName = 'Root';

/** All that policies can be on. */
export function targetIds({ rootId, units, accounts }: OrganizationState): readonly string[] {
  return [rootId, ...Object.keys(units), ...Object.keys(accounts)];
}

/** @throws TargetNotFoundException */
export function targetOf(organization: OrganizationState, id = ''): Target {
  const target = findTarget(organization, id);
  if (target === undefined) throw organizationsError('TargetNotFoundException');
  return target;
}

/** Whether units and accounts can be in it: the root, or a unit. */
export function isParent({ rootId, units }: OrganizationState, id = ''): boolean {
  return id === rootId || Object.hasOwn(units, id);
}

/** @throws AccountNotFoundException */
export function memberOf<Member extends MemberState>(
  organization: { readonly accounts: Readonly<Record<string, Member>> },
  id = '',
): Member {
  const member = own(organization.accounts, id);
  if (member === undefined) throw organizationsError('AccountNotFoundException');
  return member;
}

/** @throws OrganizationalUnitNotFoundException */
export function unitOf<Unit extends UnitState>(
  organization: { readonly units: Readonly<Record<string, Unit>> },
  id = '',
): Unit {
  const unit = own(organization.units, id);
  if (unit === undefined) throw organizationsError('OrganizationalUnitNotFoundException');
  return unit;
}

/** A policy made here, or one of AWS's own. @throws PolicyNotFoundException */
export function policyOf(organization: OrganizationState, id = ''): OrganizationPolicyState {
  const policy = own(organization.policies, id) ?? awsPolicy(id);
  if (policy === undefined) throw organizationsError('PolicyNotFoundException');
  return policy;
}
