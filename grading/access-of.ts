/** The sandbox as the analysis of the policy engine takes it: a caller with its policies, and the resources with theirs. */
import { callerPolicies, policedResources, resourcePolicies } from '../cloud/account-model.ts';
import type { ManagedPolicyCatalogue } from '../cloud/managed-policies.ts';
import { controlsOf } from '../cloud/services/organizations/controls.ts';
import type { World } from '../cloud/world.ts';
import type { Access, ProtectedResource } from '../iam/analyse/access.ts';
import { splitArn } from '../iam/arn.ts';
import { decide } from '../iam/decide.ts';
import type { AnyCaller, AnyRequest, Decision } from '../iam/model.ts';

/** What a caller of the sandbox may do, for all requests: the same policies as those by which its calls are decided. */
export function accessOf(world: World, caller: AnyCaller, managedPolicies: ManagedPolicyCatalogue): Access {
  return accessWith(world, caller, callerPolicies(world, caller, managedPolicies));
}

/** What a caller may do on the sandbox's resources, whose own policies are given. */
export function accessWith(world: World, caller: AnyCaller, policies: Access['policies']): Access {
  const organization = controlsOf(world)?.organization;
  const resources = protectedResources(world).filter(tellsSomething);
  return { caller, policies, resources, ...(organization && { organization }) };
}

/** Not so one on which there are no policies, and whose account its ARN tells: it is as one that nobody knows. */
function tellsSomething({ arns: [arn = ''], policies }: ProtectedResource): boolean {
  return Object.keys(policies).length > 0 || splitArn(arn)?.[4] === '';
}

/** How one request is decided, of a caller whose own policies are given and on the sandbox's resources. */
export function decideIn(world: World, policies: Access['policies'], request: AnyRequest): Decision {
  return decide(request, { ...policies, ...resourcePolicies(world, request) });
}

const known = new WeakMap<World, readonly ProtectedResource[]>();

/** Every resource of the sandbox on which there can be policies, with those on it; what comes first counts for an ARN. */
export function protectedResources(world: World): readonly ProtectedResource[] {
  const before = known.get(world);
  if (before !== undefined) return before;
  const found = Object.values(world.accounts).flatMap((account) =>
    policedResources(account).map(({ arns, action }): ProtectedResource => {
      const policies = resourcePolicies(world, {
        action,
        resource: arns[0],
        resourceAccountId: account.id,
        context: {},
      });
      return { arns, accountId: account.id, policies };
    }),
  );
  known.set(world, found);
  return found;
}
