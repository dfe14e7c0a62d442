/**
 * The access matrix of a stage as plain data: the principals and the permissions that its public checks name, and the policies by which
 * each cell is decided. The page decides the cells with the same engine, while the learner types.
 */
import { type AskedResource, callerPolicies, resourcePolicies } from '../../cloud/account-model.ts';
import { aboutPermission, accessRequest } from '../../cloud/permissions/ask.ts';
import type { Permission } from '../../cloud/service.ts';
import { controlsOf } from '../../cloud/services/organizations/controls.ts';
import type { World } from '../../cloud/world.ts';
import type { AccessControl, Caller, KmsGrant, Organization, PublicAccessBlock } from '../../iam/model.ts';
import type { Check } from '../checks.ts';
import { clockOf, type Platform, platformRequest } from '../requests.ts';
import { flagName, substituteAll, type Variables, withAccount } from '../variables.ts';
import { DocumentShelf, type MatrixDocument } from './documents.ts';
import { namedIn } from './named.ts';
import { type FoundPrincipal, findPrincipal, holdersOf } from './principals.ts';
import { Reading, readsOfPrincipal } from './readable.ts';
import { readsOfResource } from './resource-reads.ts';

/** What a matrix shows at most: more than a page can. */
const MOST_PRINCIPALS = 40;
const MOST_PERMISSIONS = 80;

/** Places in `documents` by level, from the root of the organization to the account. */
type Levels = readonly (readonly number[])[];

/** A caller with its policies, as places in `documents`. */
export interface MatrixCaller {
  readonly caller: Caller;
  readonly identity: readonly number[];
  readonly boundary?: number;
  readonly session?: readonly number[];
  readonly serviceControl?: Levels;
  /** Whose identity policies it has: `user/Bea`, `group/Clerks`. */
  readonly holders: readonly string[];
}

/** A permission as it is asked, with the policies on its resource. */
export interface KnownPermission {
  readonly kind: 'known';
  readonly action: string;
  readonly resource: string;
  readonly resourceAccountId: string;
  /** Every condition key of the request that does not follow from the caller. */
  readonly context: Readonly<Record<string, string | readonly string[]>>;
  /** The names of those in `context` that the check itself gives. */
  readonly given: readonly string[];
  /** The resource's policy or the role's trust policy. */
  readonly policy?: number;
  readonly resourceControl?: Levels;
  readonly grants?: readonly KmsGrant[];
  readonly acl?: AccessControl;
  readonly publicAccessBlocks?: readonly PublicAccessBlock[];
}

/**
 * A column of the matrix. `unread`: the learner's keys may not read what decides it; `needs` are the calls that they would need.
 * `pattern`: the check names many resources by it, and the resource is one example.
 */
export type MatrixPermission = { readonly pattern?: string } & (
  | KnownPermission
  | {
      readonly kind: 'unread';
      readonly action: string;
      readonly resource: string;
      readonly given: readonly string[];
      readonly needs: readonly string[];
    }
);

/** A row of the matrix. `missing`: the account has no such user or role. `assumes`: who makes a session of it, and what that takes. */
export type MatrixPrincipal =
  | (MatrixCaller & {
      readonly kind: 'known';
      readonly name: string;
      readonly assumes?: { readonly by: MatrixCaller; readonly permissions: readonly KnownPermission[] };
    })
  | { readonly kind: 'missing'; readonly name: string }
  | { readonly kind: 'unread'; readonly name: string; readonly needs: readonly string[] };

export interface AccessMatrix {
  readonly documents: readonly MatrixDocument[];
  readonly principals: readonly MatrixPrincipal[];
  readonly permissions: readonly MatrixPermission[];
  /** The organization that accounts of the sandbox are in. */
  readonly organization?: Required<Organization>;
  /** How many principals and permissions are named besides. */
  readonly leftOff: number;
}

/** What a matrix is made of. */
export interface MatrixGrounds extends Platform {
  readonly checks: readonly Check[];
  readonly world: World;
  /** As drawn for this learner. */
  readonly variables: Variables;
  /** The learner: every caller whose keys they have. */
  readonly learner: readonly Caller[];
}

interface Making extends MatrixGrounds {
  readonly shelf: DocumentShelf;
  readonly reading: Reading;
}

/**
 * The matrix of a stage. It tells no more than the learner can find out: private checks have no part in it, a policy that none of
 * their keys may read is not there, and the flag stands nowhere.
 */
export function accessMatrix(grounds: MatrixGrounds): AccessMatrix {
  const { world, variables } = grounds;
  const names = withAccount(variables, { accountId: world.primaryAccountId, region: world.region });
  const named = namedIn(substituteAll(grounds.checks, names), grounds);
  const principals = named.principals.slice(0, MOST_PRINCIPALS);
  const permissions = named.permissions.slice(0, MOST_PERMISSIONS);
  const making: Making = { ...grounds, shelf: new DocumentShelf(), reading: new Reading(grounds) };
  const rows = principals.map((who) => rowOf(findPrincipal(world, who, grounds), making));
  const columns = permissions.map(({ permission, given, pattern }) => ({
    ...columnOf(permission, given, making),
    ...(pattern !== undefined && { pattern }),
  }));
  const organization = organizationOf(world, rows, columns);
  const matrix: AccessMatrix = {
    principals: rows,
    permissions: columns,
    documents: making.shelf.documents,
    ...(organization && { organization }),
    leftOff: named.principals.length + named.permissions.length - principals.length - permissions.length,
  };
  return withoutFlag(matrix, variables[flagName]);
}

/** The organization, with the places of those accounts alone that the matrix is about. */
function organizationOf(
  world: World,
  rows: readonly MatrixPrincipal[],
  columns: readonly MatrixPermission[],
): AccessMatrix['organization'] {
  const organization = controlsOf(world)?.organization;
  if (organization === undefined) return undefined;
  const { id, managementAccountId, paths = {}, delegatedAdministrators = [] } = organization;
  const callers = rows.flatMap((row) =>
    row.kind === 'known' ? [row.caller, ...(row.assumes ? [row.assumes.by.caller] : [])] : [],
  );
  const named = new Set([
    ...callers.flatMap((caller) => ('accountId' in caller ? [caller.accountId] : [])),
    ...columns.flatMap((column) => (column.kind === 'known' ? [column.resourceAccountId] : [])),
  ]);
  return {
    id,
    managementAccountId,
    paths: Object.fromEntries(Object.entries(paths).filter(([account]) => named.has(account))),
    delegatedAdministrators: delegatedAdministrators.filter((account) => named.has(account)),
  };
}

function rowOf(found: FoundPrincipal, making: Making): MatrixPrincipal {
  const { name } = found;
  if (found.kind === 'missing') return { kind: 'missing', name };
  const { caller, sessionPolicies, assumes } = found;
  const reads = [caller, ...(assumes ? [assumes.by] : [])].flatMap((each) => readsOfPrincipal(making.world, each));
  const trusts = (assumes?.permissions ?? []).map((permission) => columnOf(permission, [], making));
  const needs = [
    ...making.reading.wanting(reads),
    ...trusts.flatMap((column) => (column.kind === 'unread' ? column.needs : [])),
  ];
  if (needs.length > 0) return { kind: 'unread', name, needs: [...new Set(needs)] };
  const side = sideOf(caller, making);
  return {
    kind: 'known',
    name,
    ...side,
    ...(sessionPolicies && { session: making.shelf.put(sessionPolicies) }),
    ...(assumes && {
      assumes: {
        by: sideOf(assumes.by, making),
        permissions: trusts.filter((column) => column.kind === 'known'),
      },
    }),
  };
}

function sideOf(caller: Caller, { world, cloud, shelf }: Making): MatrixCaller {
  const { identity, boundary, session, serviceControl } = callerPolicies(world, caller, cloud.managedPolicies);
  return {
    caller,
    identity: shelf.put(identity),
    ...(boundary && { boundary: shelf.putOne(boundary) }),
    ...(session && { session: shelf.put(session) }),
    ...(serviceControl && { serviceControl: shelf.putLevels(serviceControl) }),
    holders: holdersOf(world, caller),
  };
}

function columnOf(permission: Permission, given: readonly string[], making: Making): MatrixPermission {
  const { world, shelf, reading } = making;
  const { action, resource } = permission;
  const asked = askedOf(permission, making);
  const policies = aboutPermission(permission, resourcePolicies(world, asked));
  const needs = reading.wanting(readsOfResource(world, asked, policies));
  if (needs.length > 0) return { kind: 'unread', action, resource, given, needs };
  const { resource: policy, resourceControl, ...lists } = policies;
  return {
    kind: 'known',
    ...asked,
    given,
    ...(policy && { policy: shelf.putOne(policy) }),
    ...(resourceControl && { resourceControl: shelf.putLevels(resourceControl) }),
    ...lists,
  };
}

/** A permission with the keys that every request has, but for those of its caller. */
function askedOf(permission: Permission, grounds: MatrixGrounds): AskedResource {
  const { world } = grounds;
  const { caller: _nobody, ...asked } = accessRequest(permission, {
    caller: { kind: 'anonymous' },
    request: platformRequest(world),
    now: clockOf(world, grounds),
  });
  return asked;
}

/** The flag may stand in a name, a tag or a document. It is replaced everywhere alike, so that what was equal stays equal. */
function withoutFlag(matrix: AccessMatrix, flag: string | undefined): AccessMatrix {
  const text = JSON.stringify(matrix);
  return flag === undefined || !text.includes(flag) ? matrix : JSON.parse(text.replaceAll(flag, 'flag{…}'));
}
