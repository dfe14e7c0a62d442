/** The statements that came near: all of their elements but one speak of the request. */
import { decisiveStatement } from '../attached-statements.ts';
import { type CompiledStatement, compilePolicy } from '../compile.ts';
import { evaluateClause } from '../conditions/clause.ts';
import type { LayerFindings } from '../findings.ts';
import type { AttachedPolicy, DecisiveStatement, NearMiss } from '../model.ts';
import type { Policy } from '../policy.ts';
import { type Addressing, actionApplies, askPrincipal, askResource, type Subject } from '../statement.ts';
import { explainElements, serviceOf } from './elements.ts';
import type { ElementExplanation } from './explanation.ts';

const MOST = 5;

/** A statement, and the one element of it that did not speak of the request. */
export interface NearStatement {
  readonly decisive: DecisiveStatement;
  readonly statement: CompiledStatement;
  readonly addressing: Addressing;
  readonly missed: Missed;
}

type Missed = 'condition' | 'resource' | 'principal' | 'action';
const NEAREST_FIRST: readonly Missed[] = ['condition', 'resource', 'principal', 'action'];

/** The near misses of the layers looked at: failed conditions first, then resources, principals and actions; five at most. */
export function nearMisses(looked: readonly LayerFindings[], subject: Subject): readonly NearMiss[] {
  const near = looked.flatMap(({ policies, addressing }) => nearStatements(policies, addressing, 'Allow', subject));
  return nearestFirst(near)
    .slice(0, MOST)
    .map((of) => toNearMiss(of, subject));
}

function toNearMiss({ decisive, statement, addressing }: NearStatement, subject: Subject): NearMiss {
  return nearMiss(decisive, explainElements(statement, subject, addressing));
}

/** A statement that came near as decisions name it: by the one of its elements that does not match. */
export function nearMiss(statement: DecisiveStatement, elements: readonly ElementExplanation[]): NearMiss {
  const missed = elements.find(({ outcome }) => outcome !== 'matches');
  return { statement, element: missed?.element ?? 'Action', because: missed?.because ?? 'it speaks of the request' };
}

/** Sorts by what was missed, and keeps the order of the policies otherwise. */
export function nearestFirst(near: readonly NearStatement[]): readonly NearStatement[] {
  const [first] = near;
  if (first === undefined || near.every(({ missed }) => missed === first.missed)) return near;
  return NEAREST_FIRST.flatMap((missed) => near.filter((of) => of.missed === missed));
}

/** The statements of that effect that came near, in the order in which they stand. */
export function nearStatements(
  policies: readonly AttachedPolicy[],
  addressing: Addressing,
  effect: 'Allow' | 'Deny',
  subject: Subject,
): readonly NearStatement[] {
  let found: NearStatement[] | undefined;
  for (const policy of policies) {
    for (const { statement, isOnAction } of statementsAbout(policy.policy, subject)) {
      if (statement.isDeny !== (effect === 'Deny')) continue;
      const missed = onlyMissed(statement, isOnAction ? undefined : 'action', subject, addressing);
      if (missed === undefined) continue;
      found ??= [];
      found.push({ decisive: decisiveStatement(policy, statement), statement, addressing, missed });
    }
  }
  return found ?? NONE;
}

const NONE: readonly NearStatement[] = [];

interface AboutAction {
  readonly statement: CompiledStatement;
  /** Whether its Action or NotAction element applies; else it names other actions of the service. */
  readonly isOnAction: boolean;
}

const byAction = new WeakMap<Policy, Map<string, readonly AboutAction[]>>();

/** How many actions a policy keeps its statements for. */
const MOST_ACTIONS = 256;

/** The statements that are about an action, or name another one of its service. Another service's were never near. */
function statementsAbout(policy: Policy, { action }: Subject): readonly AboutAction[] {
  let known = byAction.get(policy);
  if (known === undefined) {
    known = new Map();
    byAction.set(policy, known);
  }
  let about = known.get(action);
  if (about === undefined) {
    const service = serviceOf(action);
    about = compilePolicy(policy).statements.flatMap((statement): AboutAction[] => {
      if (actionApplies(statement, { action })) return [{ statement, isOnAction: true }];
      const isNamed = statement.statement.action.values.some((value) => serviceOf(value) === service);
      return isNamed ? [{ statement, isOnAction: false }] : [];
    });
    if (known.size >= MOST_ACTIONS) known.clear();
    known.set(action, about);
  }
  return about;
}

/** Undefined where it missed more than one element, or none. `already`: what it missed. */
function onlyMissed(
  statement: CompiledStatement,
  already: Missed | undefined,
  subject: Subject,
  addressing: Addressing,
): Missed | undefined {
  const { isDeny } = statement;
  let missed = already;
  const resource = askResource(statement, subject);
  if (resource !== 'applies' && !(isDeny && resource === 'doubtful')) {
    if (missed !== undefined) return undefined;
    missed = 'resource';
  }
  const principal = askPrincipal(statement, subject, addressing);
  if (principal !== 'applies' && !(isDeny && principal === 'doubtful')) {
    if (missed !== undefined) return undefined;
    missed = 'principal';
  }
  for (const clause of statement.clauses) {
    const outcome = evaluateClause(clause, subject.context);
    if (outcome === 'met' || (isDeny && outcome === 'doubtful')) continue;
    if (missed !== undefined && missed !== 'condition') return undefined;
    missed = 'condition';
  }
  return missed;
}
