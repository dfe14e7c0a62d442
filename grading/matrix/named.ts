import { AwsError } from '../../cloud/errors.ts';
import { own } from '../../cloud/own.ts';
import type { Permission } from '../../cloud/service.ts';
import type { Who } from '../check-words.ts';
import type { Access, Check, LiveCall } from '../checks.ts';
import { readInput } from '../input.ts';
import { isExact, listOf, namedPermission, opensKeys } from '../named-permission.ts';
import { offeredOperation } from '../operations.ts';
import { clockOf, platformRequest } from '../requests.ts';
import type { MatrixGrounds } from './matrix.ts';
import { findPrincipal, permissionFacts } from './principals.ts';

/** A permission that a check names, and the condition keys that the check itself gives. */
export interface Named {
  readonly permission: Permission;
  readonly given: readonly string[];
}

/** What the public checks name: principals in their order, permissions by their resource. Each stands once. */
export function namedIn(
  checks: readonly Check[],
  grounds: MatrixGrounds,
): { readonly principals: readonly Who[]; readonly permissions: readonly Named[] } {
  const principals = new Map<string, Who>();
  const permissions = new Map<string, Map<string, Named>>();
  for (const check of checks) {
    if (check.private) continue;
    const named = namedBy(check, grounds);
    if (named === undefined) continue;
    principals.set(JSON.stringify(named.who), named.who);
    for (const each of named.permissions) {
      const onResource = permissions.get(each.permission.resource) ?? new Map<string, Named>();
      permissions.set(each.permission.resource, onResource);
      const key = JSON.stringify(each);
      if (!onResource.has(key)) onResource.set(key, each);
    }
  }
  return {
    principals: [...principals.values()],
    permissions: [...permissions.values()].flatMap((onResource) => [...onResource.values()]),
  };
}

function namedBy(
  check: Check,
  grounds: MatrixGrounds,
): { readonly who: Who; readonly permissions: readonly Named[] } | undefined {
  switch (check.kind) {
    case 'access':
      return { who: check.access.who, permissions: ofAccess(check.access, grounds) };
    case 'call':
      return { who: check.call.who, permissions: ofCall(check.call, grounds) };
    default:
      // What the account's owner reads and what the learner answers is about no permission; what bounds name is no single one.
      return undefined;
  }
}

function ofAccess({ can, cannot, on = '*', when = {} }: Access, grounds: MatrixGrounds): readonly Named[] {
  const { world } = grounds;
  const asking = { world, request: platformRequest(world), now: clockOf(world, grounds) };
  const given = Object.keys(when);
  // A cell is one permission: a pattern for several has none, nor has every value of a key.
  if (opensKeys(when)) return [];
  return listOf(can ?? cannot ?? [])
    .filter(isExact)
    .flatMap((action) =>
      listOf(on)
        .filter((resource) => resource === '*' || isExact(resource))
        .map((resource) => ({ permission: namedPermission(action, resource, when, asking), given })),
    );
}

/** The permissions of the call, as the service asks for them; none where the input leads to nothing that is there. */
function ofCall({ who, call, with: data = {} }: LiveCall, grounds: MatrixGrounds): readonly Named[] {
  const { world, cloud } = grounds;
  const found = findPrincipal(world, who, grounds);
  const offered = offeredOperation(call);
  const input = offered && readInput(offered.model.input, data);
  if (found.kind === 'missing' || offered === undefined || input?.kind !== 'ok') return [];
  const operation = own(own(cloud.services, offered.service)?.operations ?? {}, offered.operation);
  try {
    const permissions = operation?.permissions(input.input, permissionFacts(world, found.caller, grounds)) ?? [];
    return permissions.map((permission) => ({ permission, given: [] }));
  } catch (error) {
    if (error instanceof AwsError) return [];
    throw error;
  }
}
