/** The smallest change of a statement after which it no longer speaks of a request. */
import { compilePolicy, compileStatement } from '../../compile.ts';
import type { DecisiveStatement, Layer } from '../../model.ts';
import { isResourceControl } from '../../organization.ts';
import { askStatement, type Subject } from '../../statement.ts';
import type { ChangeStatement } from './change.ts';
import { exemptions } from './exemptions.ts';
import { actionNarrowings, conditionNarrowings, principalNarrowings, resourceNarrowings } from './narrow-elements.ts';
import { isExact, type Narrowed, type Narrowing } from './narrowing.ts';
import { addressingOf } from './where.ts';

/**
 * The narrowing with the least reach, of those the one with the fewest values. Each is asked whether it still speaks of the request;
 * removing the statement, which always helps, comes last, or first where it speaks of nothing else.
 */
export function narrow({ policy, index }: DecisiveStatement, subject: Subject): ChangeStatement {
  const { layer } = policy;
  const { version } = policy.policy;
  const change = { kind: 'change-statement', policy, index } as const;
  const statement = compilePolicy(policy.policy).statements[index];
  if (statement === undefined) return { ...change, to: undefined, how: 'remove it', reach: 2 };
  const narrowed: Narrowed = { statement, subject, layer, version };
  if (isExact(narrowed)) return { ...change, to: undefined, how: 'remove it', reach: 0 };
  const candidates = inOrder(narrowed).sort((a, b) => a.reach - b.reach || a.values - b.values);
  const least = candidates.find(({ to }) => {
    if (layer === 'resource-control' && !isResourceControl(to)) return false;
    const compiled = compileStatement(to, index, version);
    return askStatement(compiled, subject, addressingOf(layer)) === 'does-not-apply';
  });
  if (least === undefined) return { ...change, to: undefined, how: 'remove it', reach: 2 };
  const { to, how, reach } = least;
  return { ...change, to, how, reach };
}

/** The layers whose policies speak of one caller, or of those whom somebody attached them to. */
const OWN: ReadonlySet<Layer> = new Set(['identity', 'boundary', 'session']);

/** What is most to the point comes first: among policies for many callers the caller's own exemption, else what is asked for. */
function inOrder(narrowed: Narrowed): Narrowing[] {
  const asked = [...resourceNarrowings(narrowed), ...actionNarrowings(narrowed)];
  const callers = [...principalNarrowings(narrowed), ...exemptions(narrowed)];
  const conditions = [...conditionNarrowings(narrowed)];
  return OWN.has(narrowed.layer) ? [...conditions, ...asked, ...callers] : [...conditions, ...callers, ...asked];
}
