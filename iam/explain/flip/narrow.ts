/** The smallest change of a statement after which it no longer speaks of a request. */
import { compilePolicy, compileStatement } from '../../compile.ts';
import { evaluateClause } from '../../conditions/clause.ts';
import type { DecisiveStatement, Layer } from '../../model.ts';
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
  const narrowed = narrowedOf(of, subject);
  if (narrowed === undefined) return removal(of, 2);
  if (isExact(narrowed)) return removal(of, 0);
  return leastOf(narrowed, OWN.has(of.policy.layer) ? OF_OWN : OF_OTHERS) ?? removal(of, 2);
}

/** The same, if it reaches no further than the request. */
export function narrowExactly(of: DecisiveStatement, subject: Subject): ChangeStatement | undefined {
  const narrowed = narrowedOf(of, subject);
  if (narrowed === undefined) return undefined;
  if (isExact(narrowed)) return removal(of, 0);
  if (!isListed(narrowed)) return undefined;
  const least = leastOf(narrowed, OF_ELEMENTS);
  return least?.reach === 0 ? least : undefined;
}

/** Whether the request stands on a list of the statement, from which it could be taken without taking another. */
function isListed(narrowed: Narrowed): boolean {
  const { statement, subject } = narrowed;
  const { action, resource, principal } = statement.statement;
  if (isExactAction(narrowed)) {
    if (resource !== undefined && (resource.not || resource.values.includes(subject.request.resource))) return true;
    return principal !== undefined && isExactResource(narrowed);
  }
  return isExactResource(narrowed) && (action.not || action.values.length > 1);
}

function narrowedOf({ policy, index }: DecisiveStatement, subject: Subject): Narrowed | undefined {
  const statement = compilePolicy(policy.policy).statements[index];
  return statement === undefined ? undefined : { policy, statement, subject };
}

/** What no narrowing of the statement can be below. */
function leastReach(narrowed: Narrowed): Reach {
  return isExactAction(narrowed) || isExactResource(narrowed) ? 0 : 1;
}

/** The least of what the ways give after which the statement is silent. Of equal ones the first; only those that could be it are asked. */
function leastOf(narrowed: Narrowed, ways: readonly Way[]): ChangeStatement | undefined {
  const { policy, statement } = narrowed;
  const floor = leastReach(narrowed);
  let least: Narrowing | undefined;
  for (const way of ways) {
    for (const candidate of way(narrowed)) {
      if (least !== undefined && !isLess(candidate, least)) continue;
      if (policy.layer === 'resource-control' && !isResourceControl(candidate.to())) continue;
      if (isSilent(candidate, narrowed)) least = candidate;
    }
    if (least?.reach === floor && least.values === 1) break;
  }
  if (least === undefined) return undefined;
  const { to, how, reach } = least;
  return { kind: 'change-statement', policy, index: statement.index, to: to(), how: how(), reach };
}

/** Whether what remains of the statement does not speak of the request. */
function isSilent({ to, clause }: Narrowing, { policy, statement, subject }: Narrowed): boolean {
  const { version } = policy.policy;
  if (clause !== undefined) return evaluateClause(clause, subject.context) === 'unmet';
  const compiled = compileStatement(to(), statement.index, version);
  return askStatement(compiled, subject, addressingOf(policy.layer)) === 'does-not-apply';
}

function isLess(a: Narrowing, b: Narrowing): boolean {
  return a.reach === b.reach ? a.values < b.values : a.reach < b.reach;
}

function removal({ policy, index }: DecisiveStatement, reach: Reach): ChangeStatement {
  return { kind: 'change-statement', policy, index, to: undefined, how: 'remove it', reach };
}

/** The layers whose policies speak of one caller, or of those whom somebody attached them to. */
const OWN: ReadonlySet<Layer> = new Set(['identity', 'boundary', 'session']);

type Way = (narrowed: Narrowed) => readonly Narrowing[];

/** What is most to the point comes first: among policies for many callers the caller's own exemption, else what is asked for. */
const OF_OWN: readonly Way[] = [conditionNarrowings, resourceNarrowings, actionNarrowings, exemptions];
const OF_OTHERS: readonly Way[] = [
  conditionNarrowings,
  principalNarrowings,
  exemptions,
  resourceNarrowings,
  actionNarrowings,
];

/** Those that may reach no further than the request. */
const OF_ELEMENTS: readonly Way[] = [principalNarrowings, resourceNarrowings, actionNarrowings];
