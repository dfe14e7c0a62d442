/**
 * Which statements of a list of policies came near a request. Statements with the same principals and conditions are asked for these
 * once, and long rows of them are looked up by the resource, so a list of hundreds is no slower to explain than to decide by.
 */
import { type AttachedStatement, decisiveStatement, StatementsOnAction } from '../attached-statements.ts';
import { type CompiledStatement, compilePolicy } from '../compile.ts';
import { evaluateClause } from '../conditions/clause.ts';
import type { AttachedPolicy } from '../model.ts';
import { serviceOf } from '../service-of.ts';
import { type Addressing, actionApplies, askPrincipal, askResource, type Outcome, type Subject } from '../statement.ts';

/** How many are told of. */
export const MOST_NEAR = 5;

/** The element that did not speak of the request: the lower, the nearer. */
export const MISSED = { condition: 0, resource: 1, principal: 2, action: 3 } as const;
export type Missed = (typeof MISSED)[keyof typeof MISSED];

interface Candidate extends AttachedStatement {
  /** Place among the statements of the list. */
  readonly place: number;
}

/** A statement, and the one element of it that did not speak of the request. */
export interface NearStatement extends Candidate {
  readonly addressing: Addressing;
  readonly missed: Missed;
}

/** The statements of a list that came near. */
export class Near {
  /** How many there are. */
  count = 0;
  readonly #first: NearStatement[] = [];
  #isSorted = true;

  keep({ statement, decisive, place }: Candidate, missed: Missed, addressing: Addressing): void {
    const near = { statement, decisive, place, addressing, missed };
    const last = this.#first.at(-1);
    if (last !== undefined && nearerFirst(last, near) > 0) this.#isSorted = false;
    this.#first.push(near);
  }

  /** The nearest first, five at most; of what is as near in the order of the list. */
  get first(): readonly NearStatement[] {
    const first = this.#first;
    if (!this.#isSorted) first.sort(nearerFirst);
    this.#isSorted = true;
    if (first.length > MOST_NEAR) first.length = MOST_NEAR;
    return first;
  }
}

function nearerFirst(a: NearStatement, b: NearStatement): number {
  return a.missed - b.missed || a.place - b.place;
}

/** Statements with one effect, one principal and one set of conditions, all of them about an action or all about others. */
class Alike {
  readonly #statements: readonly Candidate[];
  readonly #onAction: StatementsOnAction<Candidate>;
  readonly #isOnAction: boolean;
  readonly #first: CompiledStatement;

  constructor(first: CompiledStatement, isOnAction: boolean, statements: readonly Candidate[]) {
    this.#first = first;
    this.#isOnAction = isOnAction;
    this.#statements = statements;
    this.#onAction = new StatementsOnAction(statements);
  }

  collect(subject: Subject, addressing: Addressing, found: Near): void {
    const first = this.#first;
    const isNamed = passes(askPrincipal(first, subject, addressing), first);
    const isMet = conditionsPass(first, subject);
    if (this.#isOnAction) {
      if (isNamed && isMet) this.#collectOtherResources(subject, addressing, found);
      else if (isNamed || isMet) {
        this.#collectThisResource(isNamed ? MISSED.condition : MISSED.principal, subject, addressing, found);
      }
    } else if (isNamed && isMet) this.#collectThisResource(MISSED.action, subject, addressing, found);
  }

  #collectThisResource(missed: Missed, subject: Subject, addressing: Addressing, found: Near): void {
    let kept = 0;
    for (const candidate of this.#onAction.about(subject.request.resource)) {
      const { statement } = candidate;
      if (!passes(askResource(statement, subject), statement)) continue;
      found.count++;
      if (kept++ < MOST_NEAR) found.keep(candidate, missed, addressing);
    }
  }

  #collectOtherResources(subject: Subject, addressing: Addressing, found: Near): void {
    let left = this.#statements.length;
    for (const { statement } of this.#onAction.about(subject.request.resource)) {
      if (passes(askResource(statement, subject), statement)) left--;
    }
    found.count += left;
    left = Math.min(left, MOST_NEAR);
    for (let at = 0; left > 0; at++) {
      const candidate = this.#statements[at] as Candidate;
      if (passes(askResource(candidate.statement, subject), candidate.statement)) continue;
      found.keep(candidate, MISSED.resource, addressing);
      left--;
    }
  }
}

/** A doubtful Deny denies. */
function passes(outcome: Outcome, { isDeny }: CompiledStatement): boolean {
  return outcome === 'applies' || (isDeny && outcome === 'doubtful');
}

function conditionsPass({ clauses, isDeny }: CompiledStatement, { context }: Subject): boolean {
  for (const clause of clauses) {
    const outcome = evaluateClause(clause, context);
    if (outcome !== 'met' && !(isDeny && outcome === 'doubtful')) return false;
  }
  return true;
}

/** The statements that are about an action, or name another one of its service. Another service's were never near. */
export interface NearList {
  readonly Allow: readonly Alike[];
  readonly Deny: readonly Alike[];
}

const nearLists = new WeakMap<readonly AttachedPolicy[], Map<string, NearList>>();

/** How many actions a list of policies keeps its statements for. */
const MOST_ACTIONS = 256;

/** `action` in lower case. */
export function nearList(policies: readonly AttachedPolicy[], action: string): NearList {
  let byAction = nearLists.get(policies);
  if (byAction === undefined) {
    byAction = new Map();
    nearLists.set(policies, byAction);
  }
  let list = byAction.get(action);
  if (list === undefined) {
    list = { Allow: alikeOf('Allow', policies, action), Deny: alikeOf('Deny', policies, action) };
    if (byAction.size >= MOST_ACTIONS) byAction.clear();
    byAction.set(action, list);
  }
  return list;
}

function alikeOf(effect: 'Allow' | 'Deny', policies: readonly AttachedPolicy[], action: string): readonly Alike[] {
  const byKey = new Map<string, { isOnAction: boolean; candidates: Candidate[] }>();
  let place = 0;
  for (const policy of policies) {
    for (const statement of compilePolicy(policy.policy).statements) {
      if (statement.statement.effect !== effect) continue;
      const isOnAction = actionApplies(statement, { action });
      if (!isOnAction && !namesService(statement, serviceOf(action))) continue;
      const { principal, conditions } = statement.statement;
      const key = JSON.stringify([isOnAction, principal, conditions, policy.policy.version]);
      const group = byKey.get(key) ?? { isOnAction, candidates: [] };
      byKey.set(key, group);
      group.candidates.push({ statement, decisive: decisiveStatement(policy, statement), place: place++ });
    }
  }
  return [...byKey.values()].map(({ isOnAction, candidates }) => {
    const [first] = candidates as [Candidate];
    return new Alike(first.statement, isOnAction, candidates);
  });
}

function namesService({ statement }: CompiledStatement, service: string): boolean {
  return statement.action.values.some((value) => serviceOf(value) === service);
}
