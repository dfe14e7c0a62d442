/**
 * What an organization says about its accounts, as the policy engine takes it: the levels of service and resource control policies,
 * and where each account is. AWS Organizations User Guide, "SCP evaluation" and "RCP evaluation".
 */
import type { AttachedPolicy, Organization } from '../../../iam/model.ts';
import type { PolicyKind } from '../../../iam/policy.ts';
import { own } from '../../own.ts';
import { readStoredPolicy } from '../../stored-policy.ts';
import type { World } from '../../world.ts';
import { policyArn } from './arns.ts';
import { fullAwsAccess } from './aws-policies.ts';
import type { OrganizationPolicyType, OrganizationState } from './state.ts';

type Levels = readonly (readonly AttachedPolicy[])[];

/** The organization of a sandbox, in the engine's words. */
export interface OrganizationControls {
  readonly organization: Organization;
  /** The service control policies over an account, from the root down; undefined where none can be. */
  readonly serviceControl: (accountId: string) => Levels | undefined;
  /** The resource control policies over an account; RCPFullAWSAccess is always there besides, and is not listed. */
  readonly resourceControl: (accountId: string) => Levels | undefined;
}

const known = new WeakMap<OrganizationState, OrganizationControls>();

/**
 * The organization of a sandbox; undefined where there is none. Where several accounts manage one, the one with members: an account
 * that makes an organization of its own, by CreateOrganization, is alone in it, and nothing there has a say.
 */
export function controlsOf(world: World): OrganizationControls | undefined {
  let found: OrganizationState | undefined;
  let managementAccountId = '';
  for (const { id, organizations } of Object.values(world.accounts)) {
    const { organization } = organizations;
    if (organization === undefined || sizeOf(organization) <= sizeOf(found)) continue;
    found = organization;
    managementAccountId = id;
  }
  if (found === undefined) return undefined;
  const controls = known.get(found) ?? readControls(found, managementAccountId);
  known.set(found, controls);
  return controls;
}

function sizeOf(organization: OrganizationState | undefined): number {
  return organization === undefined ? 0 : Object.keys(organization.accounts).length;
}

function readControls(state: OrganizationState, managementAccountId: string): OrganizationControls {
  const levels = new Map<string, Levels | undefined>();
  const levelsOf = (accountId: string, type: OrganizationPolicyType): Levels | undefined => {
    const key = `${type} ${accountId}`;
    if (!levels.has(key)) levels.set(key, levelsOver(state, managementAccountId, accountId, type));
    return levels.get(key);
  };
  const paths = Object.keys(state.accounts).map((id) => [id, pathTo(state, id)] as const);
  const administrators = Object.entries(state.delegatedAdministrators)
    .filter(([, services]) => services.includes('iam.amazonaws.com'))
    .map(([id]) => id);
  return {
    organization: {
      id: state.id,
      managementAccountId,
      paths: Object.fromEntries(paths),
      delegatedAdministrators: administrators,
    },
    serviceControl: (accountId) => levelsOf(accountId, 'SERVICE_CONTROL_POLICY'),
    resourceControl: (accountId) => levelsOf(accountId, 'RESOURCE_CONTROL_POLICY'),
  };
}

/** Root, units and account, from the top. */
function targetsOver(state: OrganizationState, accountId: string): readonly string[] {
  const targets = [accountId];
  let parent = own(state.accounts, accountId)?.parentId;
  while (parent !== undefined && !targets.includes(parent)) {
    targets.unshift(parent);
    parent = own(state.units, parent)?.parentId;
  }
  return targets;
}

/** `o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/`. */
function pathTo(state: OrganizationState, accountId: string): string {
  return [state.id, ...targetsOver(state, accountId).slice(0, -1), ''].join('/');
}

function levelsOver(
  state: OrganizationState,
  managementAccountId: string,
  accountId: string,
  type: OrganizationPolicyType,
): Levels | undefined {
  const isMember = Object.hasOwn(state.accounts, accountId) && accountId !== managementAccountId;
  if (!isMember || !state.policyTypes.includes(type)) return undefined;
  return targetsOver(state, accountId).map((target) =>
    (own(state.attachments, target) ?? []).flatMap((id) => attached(state, managementAccountId, id, type, target)),
  );
}

function attached(
  state: OrganizationState,
  managementAccountId: string,
  id: string,
  type: OrganizationPolicyType,
  target: string,
): readonly AttachedPolicy[] {
  const policy = id === fullAwsAccess.id ? fullAwsAccess : own(state.policies, id);
  if (policy === undefined || policy.type !== type) return [];
  return [
    {
      layer: type === 'SERVICE_CONTROL_POLICY' ? 'service-control' : 'resource-control',
      name: policy.name,
      kind: 'managed',
      arn: policyArn({ organization: state, managementId: managementAccountId }, policy),
      attachedTo: target,
      policy: readStoredPolicy(policy.document, kinds[type]),
    },
  ];
}

/** Resource control policies have principals, as resource policies do. */
const kinds: Readonly<Record<OrganizationPolicyType, PolicyKind>> = {
  SERVICE_CONTROL_POLICY: 'identity',
  RESOURCE_CONTROL_POLICY: 'resource',
};
