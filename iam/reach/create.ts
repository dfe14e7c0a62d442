/** Principals that are made to be entered. */
import type { AccountPrincipal } from '../account/account.ts';
import { principalIn } from '../account/policies-in.ts';
import { candidates } from './attachable.ts';
import { trustingCaller } from './by-trust.ts';
import {
  allowsEverything,
  attachedManaged,
  holderName,
  withBoundary,
  withInline,
  withPolicies,
} from './changed-principal.ts';
import type { Foothold, Proof, Setting } from './foothold.ts';
import { type Bound, proveAll } from './prove.ts';
import type { NewPrincipal } from './row.ts';

export interface Creation {
  readonly principal: AccountPrincipal;
  readonly proofs: readonly Proof[];
}

/** A way to give a new principal its policies. */
interface Gift {
  readonly bound: Bound;
  readonly give: (principal: AccountPrincipal) => AccountPrincipal;
}

/** The widest principal that the way can make: without a boundary, else with one that it must have. */
export function create(setting: Setting, actor: Foothold, way: NewPrincipal): Creation | undefined {
  const gifts = giftsOf(setting, actor, way);
  const isTaken = (arn: string) => principalIn(setting.estate, arn) !== undefined;
  for (const boundary of [undefined, ...candidates(setting, actor, 'iam:permissionsboundary')]) {
    const open = gifts.flatMap(({ bound, give }) => {
      const named: Bound = { ...bound, boundary: boundary?.arn, trust: trustingCaller(actor), isTaken };
      const proofs = proveAll(setting, actor, way.needs, named);
      return proofs === undefined ? [] : [{ proofs, give }];
    });
    const [first] = open;
    const arn = first?.proofs.find(({ request }) => isCreation(request.action))?.request.resource;
    if (first === undefined || arn === undefined) continue;
    const bare = newPrincipal(way.of, arn, actor);
    const bounded = boundary === undefined ? bare : withBoundary(bare, boundary.arn, boundary.policy);
    const ruling = open.find(({ give }) => give(bare).identity.some(({ policy }) => allowsEverything(policy)));
    if (ruling !== undefined) return { principal: ruling.give(bounded), proofs: ruling.proofs };
    return { principal: open.reduce((made, { give }) => give(made), bounded), proofs: first.proofs };
  }
  return undefined;
}

function isCreation(action: string): boolean {
  return action === 'iam:CreateUser' || action === 'iam:CreateRole';
}

function giftsOf(setting: Setting, actor: Foothold, { gets }: NewPrincipal): readonly Gift[] {
  switch (gets) {
    case 'inline':
      return [{ bound: {}, give: (principal) => withInline(principal, holderName(principal)) }];
    case 'managed':
      return candidates(setting, actor, 'iam:policyarn').map(({ arn, policy }) => ({
        bound: { policy: arn },
        give: (principal) => withPolicies(principal, [attachedManaged(arn, policy, holderName(principal))]),
      }));
    case 'group':
      return groupsOf(setting, actor).map(({ arn, identity }) => ({
        bound: { group: arn },
        give: (principal) => withPolicies(principal, identity),
      }));
  }
}

function groupsOf({ estate }: Setting, { principal }: Foothold) {
  const account = estate.accounts.find(({ accountId }) => accountId === principal.accountId);
  return (account?.groups ?? []).filter(({ identity }) => identity.length > 0);
}

function newPrincipal(kind: 'user' | 'role', arn: string, actor: Foothold): AccountPrincipal {
  const name = arn.slice(arn.lastIndexOf('/') + 1);
  const common = { arn, name, id: '', accountId: actor.principal.accountId, path: '/', tags: {}, identity: [] };
  if (kind === 'user') return { kind, ...common, groups: [] };
  return { kind, ...common, trust: trustingCaller(actor), instanceProfiles: [] };
}
