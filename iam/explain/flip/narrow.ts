/** The smallest change of a statement after which it no longer speaks of a request. */
import { compilePolicy, compileStatement } from '../../compile.ts';
import type { AttachedPolicy, DecisiveStatement, Layer } from '../../model.ts';
import { isResourceControl } from '../../organization.ts';
import { askStatement, type Subject } from '../../statement.ts';
import type { ChangeStatement, Reach } from './change.ts';
import { exemptions } from './exemptions.ts';
import { actionNarrowings, conditionNarrowings, principalNarrowings, resourceNarrowings } from './narrow-elements.ts';
import { isExact, isExactAction, isExactResource, type Narrowed, type Narrowing } from './narrowing.ts';
import { addressingOf } from './where.ts';

/**
 * The change of a statement with the least reach, of those the one with the fewest values. What remains was asked whether it still
 * speaks of the request; removing the statement, which always helps, comes last, or first where it speaks of nothing else.
 */
export function narrow(of: DecisiveStatement, subject: Subject): ChangeStatement {
  const { policy, index } = of;
  const narrowed = narrowedOf(of, subject);
  const least = narrowed === undefined ? undefined : leastOf(narrowed, inOrder(narrowed));
  return least ?? removal(policy, index, narrowed !== undefined && isExact(narrowed) ? 0 : 2);
}

/** The same, if it reaches no further than the request. */
export function narrowExactly(of: DecisiveStatement, subject: Subject): ChangeStatement | undefined {
  const narrowed = narrowedOf(of, subject);
  if (narrowed === undefined || !(isExactAction(narrowed) || isExactResource(narrowed))) return undefined;
  const least = narrow(of, subject);
  return least.reach === 0 ? least : undefined;
}

function narrowedOf({ policy, index }: DecisiveStatement, subject: Subject): Narrowed | undefined {
  const statement = compilePolicy(policy.policy).statements[index];
  return statement === undefined ? undefined : { policy, statement, subject };
}

/** Undefined where nothing but removing it is left. */
function leastOf(narrowed: Narrowed, candidates: readonly Narrowing[]): ChangeStatement | undefined {
  if (isExact(narrowed)) return undefined;
  const { policy, statement, subject } = narrowed;
  const { index } = statement;
  const addressing = addressingOf(policy.layer);
  for (const { to, how, reach } of [...candidates].sort((a, b) => a.reach - b.reach || a.values - b.values)) {
    if (policy.layer === 'resource-control' && !isResourceControl(to)) continue;
    if (askStatement(compileStatement(to, index, policy.policy.version), subject, addressing) !== 'does-not-apply')
      continue;
    return { kind: 'change-statement', policy, index, to, how, reach };
  }
  return undefined;
}

function removal(policy: AttachedPolicy, index: number, reach: Reach): ChangeStatement {
  return { kind: 'change-statement', policy, index, to: undefined, how: 'remove it', reach };
}

/** The layers whose policies speak of one caller, or of those whom somebody attached them to. */
const OWN: ReadonlySet<Layer> = new Set(['identity', 'boundary', 'session']);

/** What is most to the point comes first: among policies for many callers the caller's own exemption, else what is asked for. */
function inOrder(narrowed: Narrowed): Narrowing[] {
  const asked = [...resourceNarrowings(narrowed), ...actionNarrowings(narrowed)];
  const callers = [...principalNarrowings(narrowed), ...exemptions(narrowed)];
  const conditions = [...conditionNarrowings(narrowed)];
  return OWN.has(narrowed.policy.layer) ? [...conditions, ...asked, ...callers] : [...conditions, ...callers, ...asked];
}
