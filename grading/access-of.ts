/** The sandbox as the analysis of the policy engine takes it: a caller with its policies, and the resources with theirs. */
import { callerPolicies, resourcePolicies } from '../cloud/account-model.ts';
import type { ManagedPolicyCatalogue } from '../cloud/managed-policies.ts';
import { bucketArn, objectArn } from '../cloud/services/s3/buckets-by-name.ts';
import type { BucketState } from '../cloud/services/s3/state.ts';
import { nameOfKey } from '../cloud/state-key.ts';
import type { World } from '../cloud/world.ts';
import type { Access, ProtectedResource } from '../iam/analyse/access.ts';
import { decide } from '../iam/decide.ts';
import type { AnyCaller, AnyRequest, Decision } from '../iam/model.ts';

/** What a caller of the sandbox may do, for all requests: the same policies as those by which its calls are decided. */
export function accessOf(world: World, caller: AnyCaller, managedPolicies: ManagedPolicyCatalogue): Access {
  return { caller, policies: callerPolicies(world, caller, managedPolicies), resources: protectedResources(world) };
}

/** How one request is decided, of a caller whose own policies are given and on the sandbox's resources. */
export function decideIn(world: World, policies: Access['policies'], request: AnyRequest): Decision {
  return decide(request, { ...policies, ...resourcePolicies(world, request) });
}

const known = new WeakMap<World, readonly ProtectedResource[]>();

/** Every bucket and role of the sandbox, with the policies on it; objects that have lists of their own before their bucket. */
export function protectedResources(world: World): readonly ProtectedResource[] {
  const before = known.get(world);
  if (before !== undefined) return before;
  const found = Object.values(world.accounts).flatMap(({ id, iam, s3 }) => [
    ...Object.values(iam.roles).map((role) => {
      const arn = `arn:aws:iam::${id}:role${role.path}${role.name}`;
      return protectedAs(world, [arn], id, 'sts:AssumeRole');
    }),
    ...Object.values(s3.buckets).flatMap((bucket) => [
      ...objectsWithLists(bucket).map((arn) => protectedAs(world, [arn], id, 's3:GetObject')),
      protectedAs(world, [bucketArn(bucket.name), objectArn(bucket.name, '*')], id, 's3:ListBucket'),
    ]),
  ]);
  known.set(world, found);
  return found;
}

function protectedAs(world: World, arns: readonly string[], accountId: string, action: string): ProtectedResource {
  const [resource = ''] = arns;
  const policies = resourcePolicies(world, { action, resource, resourceAccountId: accountId, context: {} });
  return { arns, accountId, policies };
}

/** A key that holds a wildcard would stand for others as well: such an object is taken with its bucket. */
function objectsWithLists({ name, ownership, objects }: BucketState): readonly string[] {
  if (ownership === 'BucketOwnerEnforced') return [];
  return Object.entries(objects)
    .filter(([key, [latest]]) => latest?.acl !== undefined && !/[*?]|\$\{/.test(key))
    .map(([key]) => objectArn(name, nameOfKey(key)));
}
