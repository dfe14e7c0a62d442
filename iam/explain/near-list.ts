/**
 * Which statements of a list of policies came near a request. Statements with the same principals and conditions are asked for these
 * once, and long rows of them are looked up by the resource, so a list of hundreds is no slower to explain than to decide by.
 */
import { type AttachedStatement, decisiveStatement, StatementsOnAction } from '../attached-statements.ts';
import { type CompiledStatement, compilePolicy } from '../compile.ts';
import { evaluateClause } from '../conditions/clause.ts';
import type { AttachedPolicy } from '../model.ts';
import { type Addressing, actionApplies, askPrincipal, askResource, type Outcome, type Subject } from '../statement.ts';
import { serviceOf } from './elements.ts';

/** How many are told of. */
export const MOST_NEAR = 5;

/** The element that did not speak of the request; the nearest miss first. */
export const NEAREST_FIRST = ['condition', 'resource', 'principal', 'action'] as const;
export type Missed = (typeof NEAREST_FIRST)[number];

interface Candidate extends AttachedStatement {
  /** Place among the statements of the list. */
  readonly place: number;
}

/** The statements of a list by what they missed, in their order within each. */
export class NearFound {
  /** How many there are. */
  count = 0;
  readonly #lists: Partial<Record<Missed, Candidate[]>> = {};

  keep(missed: Missed, candidate: Candidate): void {
    const list = this.#lists[missed];
    if (list === undefined) this.#lists[missed] = [candidate];
    else list.push(candidate);
  }

  /** Calls back with the nearest, five at most. */
  nearest(use: (statement: AttachedStatement, missed: Missed) => void): void {
    let left = MOST_NEAR;
    for (const missed of NEAREST_FIRST) {
      const list = this.#lists[missed];
      if (list === undefined) continue;
      if (list.length > 1) list.sort((a, b) => a.place - b.place);
      for (const candidate of list) if (left-- > 0) use(candidate, missed);
    }
  }
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

  collect(subject: Subject, addressing: Addressing, found: NearFound): void {
    const first = this.#first;
    const isNamed = passes(askPrincipal(first, subject, addressing), first);
    const isMet = conditionsPass(first, subject);
    if (this.#isOnAction) {
      if (isNamed && isMet) this.#collectOtherResources(subject, found);
      else if (isNamed || isMet) this.#collectThisResource(isNamed ? 'condition' : 'principal', subject, found);
    } else if (isNamed && isMet) this.#collectThisResource('action', subject, found);
  }

  #collectThisResource(missed: Missed, subject: Subject, found: NearFound): void {
    let kept = 0;
    for (const candidate of this.#onAction.about(subject.request.resource)) {
      const { statement } = candidate;
      if (!passes(askResource(statement, subject), statement)) continue;
      found.count++;
      if (kept++ < MOST_NEAR) found.keep(missed, candidate);
    }
  }

  #collectOtherResources(subject: Subject, found: NearFound): void {
    let left = this.#statements.length;
    for (const { statement } of this.#onAction.about(subject.request.resource)) {
      if (passes(askResource(statement, subject), statement)) left--;
    }
    found.count += left;
    left = Math.min(left, MOST_NEAR);
    for (let at = 0; left > 0; at++) {
      const candidate = this.#statements[at] as Candidate;
      if (passes(askResource(candidate.statement, subject), candidate.statement)) continue;
      found.keep('resource', candidate);
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
