/** The changes that let a denied request through: what stands in the way is lifted, and the rest judged again, until it is allowed. */
import type { ApplicablePolicies, DecisiveStatement, Layer } from '../../model.ts';
import { isServiceLinked } from '../../organization.ts';
import { ownerOf } from '../../s3-access.ts';
import type { Change } from './change.ts';
import { narrow } from './narrow.ts';
import { type Standing, standingAfter } from './standing.ts';
import { addition } from './where.ts';

/** Changes, or why there are none. */
export type Found = { readonly changes: readonly Change[] } | { readonly impossible: string };

const MOST_STEPS = 32;

/**
 * The fewest changes that allow a request. Within one account the resource's policy may do what would take the caller's identity policy
 * and its limits: where the resource has a policy, both ways are tried.
 */
export function changesToAllow(denied: Standing): Found {
  const byCaller = search(denied, 'caller');
  if ('changes' in byCaller && byCaller.changes.length < 2) return byCaller;
  const { caller, resourceAccountId } = denied.subject.request;
  const isOwn = 'accountId' in caller && caller.accountId === resourceAccountId;
  if (denied.policies.resource === undefined || !isOwn) return byCaller;
  const byOwner = search(denied, 'owner');
  if ('impossible' in byCaller) return byOwner;
  return 'changes' in byOwner && byOwner.changes.length < byCaller.changes.length ? byOwner : byCaller;
}

/** Who gives first what neither has given yet. */
type Side = 'caller' | 'owner';

function search(denied: Standing, side: Side): Found {
  let changes: readonly Change[] = [];
  let standing = denied;
  while (changes.length < MOST_STEPS) {
    if (standing.judgement.kind === 'allowed') return { changes };
    const next = nextChanges(standing, denied, side, changes);
    if (typeof next === 'string') return { impossible: next };
    changes = [...changes, ...next];
    standing = standingAfter(denied, changes);
  }
  return { impossible: 'more would have to change than can be told' };
}

/** What lifts the denial that stands now, in the policies as they were; a text: why nothing does. */
function nextChanges(
  standing: Standing,
  denied: Standing,
  side: Side,
  made: readonly Change[],
): readonly Change[] | string {
  const { judgement, subject } = standing;
  if (judgement.kind === 'impossible') return judgement.because;
  if (judgement.kind === 'denied') return unique(judgement.statements).map((statement) => narrow(statement, subject));
  const { layer } = judgement;
  if (side === 'owner' && OF_CALLER.has(layer) && !made.some(isOfOwner)) {
    return given(denied.policies.resource?.layer ?? 'resource', denied, standing.policies);
  }
  if (layer !== 'service-control') return given(layer, denied, standing.policies);
  const level = standing.asked.guardrails?.serviceControl.findIndex(({ allows }) => allows.length === 0);
  return given(layer, denied, standing.policies, level);
}

/** A policy may be attached twice. */
function unique(statements: readonly DecisiveStatement[]): readonly DecisiveStatement[] {
  if (statements.length < 2) return statements;
  return statements.filter(
    ({ policy, index }, at) => at === statements.findIndex((other) => other.policy === policy && other.index === index),
  );
}

const OF_CALLER: ReadonlySet<Layer> = new Set(['identity', 'boundary', 'session']);

function isOfOwner(change: Change): boolean {
  return change.kind === 'add-statement' && (change.policy.layer === 'resource' || change.policy.layer === 'trust');
}

/** What makes a layer allow the request; `now`: the policies after the changes that are made already. */
function given(
  layer: Layer,
  { subject, policies }: Standing,
  now: ApplicablePolicies,
  level?: number,
): readonly Change[] | string {
  const { caller, resourceAccountId } = subject.request;
  switch (layer) {
    case 'block-public-access':
      return [{ kind: 'let-public-in' }];
    case 'session':
      if (caller.kind === 'root') return "the task policies of AssumeRoot are AWS's own";
      break;
    case 'identity':
      if (isServiceLinked(caller)) return "the policies of a service-linked role are AWS's own";
      break;
    case 'resource':
      if (ownerOf(subject.request, now) !== resourceAccountId) return [{ kind: 'turn-acls-off' }];
      break;
    case 'trust':
    case 'boundary':
    case 'service-control':
    case 'vpc-endpoint':
      break;
    default:
      return 'no policy gives it';
  }
  const change = addition('Allow', layer, subject, policies, level);
  return change === undefined ? 'no statement that IAM saves speaks of this resource' : [change];
}
