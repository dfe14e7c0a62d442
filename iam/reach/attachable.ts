/** The managed policies that a principal in hand could attach, or set as a boundary. */
import type { AccountPrincipal } from '../account/account.ts';
import type { Policy } from '../policy.ts';
import { EVERYTHING, type Foothold, type Proof, type Setting, type Step } from './foothold.ts';
import type { Bound } from './prove.ts';
import { proveOn } from './proved-on.ts';
import type { Need } from './row.ts';
import { ownPolicies } from './statements.ts';

export interface ManagedDocument {
  readonly arn: string;
  readonly policy: Policy;
}

export interface Attachable extends ManagedDocument {
  readonly proofs: readonly Proof[];
  readonly before: readonly Step[];
}

/**
 * The policies for which the needs are allowed: AdministratorAccess alone where it is among them, else all that deny nothing. AWS
 * managed policies besides it and IAMFullAccess are tried where a policy of the caller's names them.
 */
export function attachable(
  setting: Setting,
  actor: Foothold,
  target: AccountPrincipal,
  needs: readonly Need[],
  bound: Bound,
): readonly Attachable[] {
  const found: Attachable[] = [];
  for (const document of candidates(setting, actor, 'iam:policyarn')) {
    const proved = proveOn(setting, actor, target, needs, { ...bound, policy: document.arn });
    if (proved === undefined) continue;
    const { proofs, before } = proved;
    if (document.policy === EVERYTHING) return [{ ...document, proofs, before }];
    found.push({ ...document, proofs, before });
  }
  return found.filter(({ policy }) => policy.statements.every(({ effect }) => effect === 'Allow'));
}

/**
 * Managed policies that one of the keys could tell apart: AdministratorAccess, IAMFullAccess, the account's own, and those that
 * policies of the caller's name. Where no policy tells ARNs apart by the key, what holds of AdministratorAccess holds of all.
 */
export function candidates(
  setting: Setting,
  actor: Foothold,
  key: 'iam:policyarn' | 'iam:permissionsboundary',
): readonly ManagedDocument[] {
  const { estate, awsManaged } = setting;
  const { accountId, arn } = actor.principal;
  const partition = arn.split(':')[1] ?? 'aws';
  const everything = { arn: `arn:${partition}:iam::aws:policy/AdministratorAccess`, policy: EVERYTHING };
  const over = Object.hasOwn(estate.serviceControl, accountId) ? (estate.serviceControl[accountId] ?? []).flat() : [];
  const told = [...ownPolicies(actor), ...over].flatMap(({ policy }) =>
    policy.statements.flatMap(({ conditions }) => conditions.filter((clause) => clause.key.toLowerCase() === key)),
  );
  if (told.length === 0) return [everything];
  const account = estate.accounts.find((candidate) => candidate.accountId === accountId);
  const found = new Map<string, Policy>([[everything.arn, everything.policy]]);
  for (const managed of account?.managedPolicies ?? []) {
    const inForce = managed.versions.find(({ isDefault }) => isDefault);
    if (inForce !== undefined && !found.has(managed.arn)) found.set(managed.arn, inForce.policy);
  }
  // A list of the forbidden seldom has more than AdministratorAccess.
  for (const named of [`arn:${partition}:iam::aws:policy/IAMFullAccess`, ...told.flatMap(({ values }) => values)]) {
    const policy = found.has(named) ? undefined : awsManaged(named);
    if (policy !== undefined) found.set(named, policy);
  }
  return [...found].map(([named, policy]) => ({ arn: named, policy }));
}
