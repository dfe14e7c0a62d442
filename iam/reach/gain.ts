/** Which changes of a principal are worth telling. */
import type { AccountPrincipal } from '../account/account.ts';
import { allowsEverything } from './changed-principal.ts';
import type { ChangeKind } from './row.ts';

/**
 * Whether a change that makes no administrator is worth telling: one that lifts a limit, brings an older version back, or gives all that
 * boundary and SCPs leave. Policies of a list and groups that may be joined are what delegation is for; where they lead on, they are
 * steps on the way.
 */
export function isGain(change: ChangeKind, before: AccountPrincipal, after: AccountPrincipal): boolean {
  const rules = ({ identity }: AccountPrincipal) => identity.some(({ policy }) => allowsEverything(policy));
  return LIFTING.has(change) || (rules(after) && !rules(before));
}

const LIFTING: ReadonlySet<ChangeKind> = new Set([
  'roll-back',
  'delete-inline',
  'detach',
  'delete-group-inline',
  'detach-from-group',
  'leave-group',
  'remove-boundary',
  'replace-boundary',
  'write-boundary',
  'roll-back-boundary',
]);
