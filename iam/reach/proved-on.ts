/** Needs on one user or role, proved as it stands, or after it has been tagged so that the rights of the caller reach it (row 27). */
import type { AccountPrincipal } from '../account/account.ts';
import { withTags } from './changed-principal.ts';
import type { Foothold, Proof, Setting, Step } from './foothold.ts';
import { type Bound, proveAll } from './prove.ts';
import type { Need } from './row.ts';
import { mayAllow } from './statements.ts';
import { stepOf } from './steps.ts';
import { gatingTags, taggingKeys } from './tags.ts';

/** The row of tagging. */
const TAGGING = '27';

export interface ProvedOn {
  readonly proofs: readonly Proof[];
  /** The tagging that came first. */
  readonly before: readonly Step[];
  /** The target, with its tags. */
  readonly target: AccountPrincipal;
}

/** The decisions that allow the needs on the target; undefined where they cannot be had. */
export function proveOn<Target extends AccountPrincipal>(
  setting: Setting,
  actor: Foothold,
  target: Target,
  needs: readonly Need[],
  bound: Bound = {},
): ProvedOn | undefined {
  const named: Bound = { target: target.arn, boundary: target.boundary?.arn, ...bound };
  const proofs = proveAll(setting, actor, needs, named);
  if (proofs !== undefined) return { proofs, before: [], target };
  const tag: Need = { action: target.kind === 'user' ? 'iam:TagUser' : 'iam:TagRole', on: '$target' };
  const actions = needs.map(({ action }) => action);
  if (target.accountId !== actor.principal.accountId) return undefined;
  if (![tag.action, ...actions].every((action) => mayAllow(setting, actor, action))) return undefined;
  for (const tags of gatingTags(actor, actions)) {
    const tagging = proveAll(setting, actor, [tag], { ...named, keys: taggingKeys(tags) });
    if (tagging === undefined) continue;
    const tagged = withTags(target, tags);
    const after = proveAll(setting, actor, needs, { ...named, tags: tagged.tags });
    if (after !== undefined) {
      return { proofs: after, before: [stepOf(actor, target.arn, TAGGING, tagging)], target: tagged };
    }
  }
  return undefined;
}
