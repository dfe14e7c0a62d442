import { AwsError } from '../../cloud/errors.ts';
import { own } from '../../cloud/own.ts';
import { isAboutResource } from '../../cloud/permissions/about-resource.ts';
import { permissionsOf } from '../../cloud/permissions/by-rule.ts';
import type { Permission } from '../../cloud/service.ts';
import type { GivenCall, Who } from '../check-words.ts';
import type { Access, Check, LiveCall } from '../checks.ts';
import type { Bounds } from '../decided-checks.ts';
import { boundOf } from '../for-all.ts';
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
  /** The pattern of which the resource is an example. */
  readonly pattern?: string;
}

/**
 * What the public checks name: principals in their order, permissions by their resource. Each stands once. A check about a principal
 * that it makes itself on its fork names nothing, until the account has that principal.
 */
export function namedIn(
  checks: readonly Check[],
  grounds: MatrixGrounds,
): { readonly principals: readonly Who[]; readonly permissions: readonly Named[] } {
  const principals = new Map<string, Who>();
  const permissions = new Map<string, Map<string, Named>>();
  for (const check of checks) {
    if (check.private) continue;
    const named = namedBy(check, grounds);
    if (named === undefined || !isInMatrix(named.who) || isYetToCome(named, grounds)) continue;
    principals.set(JSON.stringify(named.who), named.who);
    for (const each of named.permissions) {
      const onResource = permissions.get(each.permission.resource) ?? new Map<string, Named>();
      permissions.set(each.permission.resource, onResource);
      const key = asCheckSays(each);
      const known = onResource.get(key);
      // A call knows more of its resource, its tags for instance, than a check that only names it.
      if (known === undefined || keysOf(known) < keysOf(each)) onResource.set(key, each);
    }
  }
  return {
    principals: [...principals.values()],
    permissions: [...permissions.values()].flatMap((onResource) => [...onResource.values()]),
  };
}

/** What tells permissions on one resource apart: the action, and the keys that the check itself gives. */
function asCheckSays({ permission, given }: Named): string {
  return JSON.stringify([permission.action, given.map((key) => [key, permission.context[key]])]);
}

function keysOf({ permission }: Named): number {
  return Object.keys(permission.context).length;
}

/** What one check names, after the calls that set its scene. */
interface NamedByCheck {
  readonly who: Who;
  readonly given: readonly GivenCall[] | undefined;
  readonly permissions: readonly Named[];
}

/** Federated users and bearers of tokens are sessions of the moment: they have no row. */
function isInMatrix(who: Who): boolean {
  return typeof who === 'string' || 'assume' in who;
}

/** Whether only the check's own calls make the principal, or the role or user of the session. */
function isYetToCome({ who, given = [] }: NamedByCheck, grounds: MatrixGrounds): boolean {
  const made = given.flatMap(({ call, with: input = {} }) => {
    if (call === 'iam:CreateUser') return [`user/${input['UserName']}`];
    return call === 'iam:CreateRole' ? [`role/${input['RoleName']}`] : [];
  });
  const parts = typeof who === 'string' ? [who] : 'assume' in who ? [who.assume, who.by] : [];
  return parts.some((part) => made.includes(part)) && findPrincipal(grounds.world, who, grounds).kind === 'missing';
}

function namedBy(check: Check, grounds: MatrixGrounds): NamedByCheck | undefined {
  switch (check.kind) {
    case 'access':
      return { who: check.access.who, given: check.access.given, permissions: ofAccess(check.access, grounds) };
    case 'call':
      return { who: check.call.who, given: check.call.given, permissions: ofCall(check.call, grounds) };
    case 'bounds':
      return { who: check.bounds.who, given: check.bounds.given, permissions: ofBounds(check.bounds, grounds) };
    default:
      // What the account's owner reads, what can become what and what the learner answers is about no permission.
      return undefined;
  }
}

function ofAccess({ can, cannot, on = '*', when = {} }: Access, grounds: MatrixGrounds): readonly Named[] {
  return ofPatterns(listOf(can ?? cannot ?? []), listOf(on), when, grounds);
}

function ofBounds({ atMost = [], atLeast = [], when = {} }: Bounds, grounds: MatrixGrounds): readonly Named[] {
  const statements = boundOf([...atMost, ...atLeast]).bound.flatMap((policy) => policy.statements);
  return statements.flatMap(({ action, resource }) =>
    action.not || resource?.not ? [] : ofPatterns(action.values, resource?.values ?? ['*'], when, grounds),
  );
}

/**
 * The permissions for actions on resources. A cell is one permission: of a pattern of resources it is that on one example, and there is
 * none for a pattern of actions, for every value of a key, and where an action is about another kind of resource.
 */
function ofPatterns(
  actions: readonly string[],
  resources: readonly string[],
  when: NonNullable<Access['when']>,
  grounds: MatrixGrounds,
): readonly Named[] {
  if (opensKeys(when)) return [];
  const { world } = grounds;
  const asking = { world, request: platformRequest(world), now: clockOf(world, grounds) };
  const given = Object.keys(when);
  const examples = new Map(resources.map((resource) => [resource === '*' ? resource : exampleOf(resource), resource]));
  return actions.filter(isExact).flatMap((action) =>
    [...examples]
      .filter(([example]) => isAboutResource(action, example))
      .map(([example, resource]) => ({
        permission: namedPermission(action, example, when, asking),
        given,
        ...(example !== resource && { pattern: resource }),
      })),
  );
}

/** `arn:aws:s3:::seeds/example` of `arn:aws:s3:::seeds/*`. */
function exampleOf(resource: string): string {
  return resource.replaceAll('*', 'example').replaceAll('?', 'x');
}

/** The permissions of the call, as the service asks for them; none where the input leads to nothing that is there. */
function ofCall({ who, call, with: data = {} }: LiveCall, grounds: MatrixGrounds): readonly Named[] {
  const { world, cloud } = grounds;
  const found = findPrincipal(world, who, grounds);
  const offered = offeredOperation(call);
  const input = offered && readInput(offered.model.input, data);
  if (found.kind === 'missing' || offered === undefined || input?.kind !== 'ok') return [];
  const service = own(cloud.services, offered.service);
  const operation = own(service?.operations ?? {}, offered.operation);
  if (service === undefined || operation === undefined) return [];
  try {
    const facts = permissionFacts(world, found.caller, grounds);
    const permissions = permissionsOf(service, offered.operation, operation, input.input, facts);
    return permissions.map((permission) => ({
      permission,
      given: Object.keys(permission.context).filter(isOfRequest),
    }));
  } catch (error) {
    if (error instanceof AwsError) return [];
    throw error;
  }
}

/** Whether a key of a call comes with the request, and is none of what lies there already or what the operation alone tells. */
function isOfRequest(key: string): boolean {
  return !/^s3:(?:ResourceAccount|ObjectCreationOperation)$|:(?:ResourceTag|BucketTag|ExistingObjectTag)\//i.test(key);
}
