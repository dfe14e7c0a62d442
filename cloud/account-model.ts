/** The sandbox as the policy engine sees it: which policies can speak about a request. */
import type { AccountModel, AnyCaller, ApplicablePolicies } from '../iam/model.ts';
import type { ManagedPolicyCatalogue } from './managed-policies.ts';
import { policiesOfPrincipal, sessionPolicies } from './principal-policies.ts';
import { type AskedResource, type OwnPolicies, ownPolicies } from './resource-policies.ts';
import { controlsOf } from './services/organizations/controls.ts';
import type { World } from './world.ts';

export { groupPolicies } from './principal-policies.ts';
export type { AskedResource } from './resource-policies.ts';
export { policedResources } from './resource-policies.ts';

/** What limits and allows a caller, whatever it asks for. */
export type CallerPolicies = Pick<ApplicablePolicies, 'identity' | 'boundary' | 'session' | 'serviceControl'>;

/** What is said about a resource, whoever asks. */
export type ResourcePolicies = OwnPolicies & Pick<ApplicablePolicies, 'resourceControl'>;

/** Reads the policies of a sandbox's principals, resources, sessions and organization. */
export function accountModel(world: World, managedPolicies: ManagedPolicyCatalogue): AccountModel {
  return {
    policiesFor: (request) => ({
      ...callerPolicies(world, request.caller, managedPolicies),
      ...resourcePolicies(world, request),
    }),
  };
}

/** The caller's side: its identity policies (its own and its groups'), boundary, session policies and service control policies. */
export function callerPolicies(
  world: World,
  caller: AnyCaller,
  managedPolicies: ManagedPolicyCatalogue,
): CallerPolicies {
  const principal = policiesOfPrincipal(world, caller, managedPolicies);
  const session = sessionPolicies(world, caller, managedPolicies);
  const serviceControl = 'accountId' in caller ? controlsOf(world)?.serviceControl(caller.accountId) : undefined;
  if (session === undefined && serviceControl === undefined) return principal;
  return { ...principal, ...(session && { session }), ...(serviceControl && { serviceControl }) };
}

/** The resource's side: what its own service says (a trust policy, a queue's policy …), and resource control policies. */
export function resourcePolicies(world: World, request: AskedResource): ResourcePolicies {
  const own = ownPolicies(world, request);
  const resourceControl = controlsOf(world)?.resourceControl(request.resourceAccountId);
  return resourceControl === undefined ? own : { ...own, resourceControl };
}
