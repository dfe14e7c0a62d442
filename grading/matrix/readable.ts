/**
 * What a learner can read of the policies that decide a cell. The matrix is for whoever works on these policies; where a challenge
 * gives keys that may not read them, finding them is part of it.
 */

import { own } from '../../cloud/own.ts';
import { controlsOf } from '../../cloud/services/organizations/controls.ts';
import type { World } from '../../cloud/world.ts';
import type { AttachedPolicy, Caller } from '../../iam/model.ts';
import { callAs } from '../requests.ts';
import type { MatrixGrounds } from './matrix.ts';

/** A call that reads something of the account. */
export interface Read {
  readonly service: string;
  readonly operation: string;
  readonly input: Readonly<Record<string, string | number>>;
}

/** The calls that read all that is attached to a user or role, and the control policies over its account. */
export function readsOfPrincipal(world: World, caller: Caller): readonly Read[] {
  const controls = 'accountId' in caller ? controlsOf(world)?.serviceControl(caller.accountId) : undefined;
  return [...readsOfAttached(world, caller), ...readsOfControls(controls)];
}

function readsOfAttached(world: World, caller: Caller): readonly Read[] {
  if (caller.kind !== 'user' && caller.kind !== 'role-session') return [];
  const iam = own(world.accounts, caller.accountId)?.iam;
  if (caller.kind === 'role-session') {
    const role = iam && own(iam.roles, caller.roleName);
    return role === undefined ? [] : readsOfHolder('Role', role.name, role);
  }
  const user = iam && own(iam.users, caller.name);
  if (iam === undefined || user === undefined) return [];
  return [
    ...readsOfHolder('User', user.name, user),
    onIam('ListGroupsForUser', { UserName: user.name }),
    ...user.groups.flatMap((name) => {
      const group = own(iam.groups, name);
      return group === undefined ? [] : readsOfHolder('Group', name, group);
    }),
  ];
}

interface Holder {
  readonly inlinePolicies: Readonly<Record<string, string>>;
  readonly attachedPolicies: readonly string[];
  readonly boundary?: string;
}

function readsOfHolder(kind: 'User' | 'Role' | 'Group', name: string, holder: Holder): readonly Read[] {
  const input = { [`${kind}Name`]: name };
  const managed =
    holder.boundary === undefined ? holder.attachedPolicies : [...holder.attachedPolicies, holder.boundary];
  return [
    // A boundary is told with its user or role.
    ...(kind === 'Group' ? [] : [onIam(`Get${kind}`, input)]),
    onIam(`List${kind}Policies`, input),
    onIam(`ListAttached${kind}Policies`, input),
    ...Object.keys(holder.inlinePolicies).map((PolicyName) => onIam(`Get${kind}Policy`, { ...input, PolicyName })),
    ...managed
      .filter((arn) => !isOfAws(arn))
      .map((PolicyArn) => onIam('GetPolicyVersion', { PolicyArn, VersionId: 'v1' })),
  ];
}

/** AWS's own managed policies are public. */
function isOfAws(arn: string): boolean {
  return /^arn:[^:]+:(iam|organizations)::aws:/.test(arn);
}

/** The calls that read the control policies over an account, save AWS's own. */
export function readsOfControls(levels: readonly (readonly AttachedPolicy[])[] = []): readonly Read[] {
  return levels
    .flat()
    .filter(({ arn }) => arn !== undefined && !isOfAws(arn))
    .map(({ arn = '' }) => ({
      service: 'organizations',
      operation: 'DescribePolicy',
      input: { PolicyId: arn.slice(arn.lastIndexOf('/') + 1) },
    }));
}

export function onIam(operation: string, input: Read['input']): Read {
  return { service: 'iam', operation, input };
}

/** One call that reads everything of IAM in an account. */
const everything = onIam('GetAccountAuthorizationDetails', {});

/** Whose keys are tried, and where. */
type ReadingGrounds = Pick<MatrixGrounds, 'world' | 'learner' | 'cloud' | 'realNow'>;

/** What the learner's keys may read of an account as it stands; each call is tried once. */
export class Reading {
  readonly #grounds: ReadingGrounds;
  readonly #tried = new Map<string, string | undefined>();

  constructor(grounds: ReadingGrounds) {
    this.#grounds = grounds;
  }

  /** Of the calls those that no key allows, as the permissions that are wanting: `iam:GetRolePolicy on …:role/Cataloguer`. */
  wanting(reads: readonly Read[]): readonly string[] {
    const wanting = reads.flatMap((read) => this.#wantingFor(read) ?? []);
    const ofIam = (need: string) => need.startsWith('iam:');
    return wanting.some(ofIam) && this.#wantingFor(everything) === undefined
      ? wanting.filter((need) => !ofIam(need))
      : wanting;
  }

  #wantingFor(read: Read): string | undefined {
    const key = JSON.stringify(read);
    if (!this.#tried.has(key)) this.#tried.set(key, this.#try(read));
    return this.#tried.get(key);
  }

  /** The permission of a read that all of the learner's callers lack; undefined where one of them may read. */
  #try({ service, operation, input }: Read): string | undefined {
    const grounds = this.#grounds;
    let lacking: string | undefined;
    for (const caller of grounds.learner) {
      const { decisions, outcome } = callAs({ world: grounds.world, caller, service, operation, input }, grounds);
      const denied = decisions.find(({ decision }) => decision.verdict !== 'allowed');
      // Organizations refuses members also what their policies allow.
      const isRefused = outcome.kind === 'error' && outcome.error.code.startsWith('AccessDenied');
      if (denied === undefined && decisions.length > 0 && !isRefused) return undefined;
      if (denied !== undefined) lacking ??= `${denied.request.action} on ${denied.request.resource}`;
    }
    return lacking ?? `${service}:${operation}`;
  }
}
