/** What narrowing a statement takes and gives. */
import type { CompiledStatement } from '../../compile.ts';
import type { CompiledClause } from '../../conditions/clause.ts';
import type { AttachedPolicy } from '../../model.ts';
import type { PrincipalElement, Statement } from '../../policy.ts';
import type { Subject } from '../../statement.ts';
import type { Reach } from './change.ts';
import { principalElement } from './least-statement.ts';

/** A statement that speaks of a request, and shall not. */
export interface Narrowed {
  readonly policy: AttachedPolicy;
  readonly statement: CompiledStatement;
  readonly subject: Subject;
}

/** A statement made narrower. What it becomes is written down only of those that could be the least. */
export interface Narrowing {
  readonly to: () => Statement;
  /** `take s3:GetObject out of Action`. */
  readonly how: () => string;
  readonly reach: Reach;
  /** How many values come or go. */
  readonly values: number;
  /** What is changed or new of the one clause, where that is all: unmet, it silences the statement whatever else it says. */
  readonly clause?: CompiledClause;
}

/** Whether a statement speaks of this request alone. */
export function isExact(narrowed: Narrowed): boolean {
  return isExactAction(narrowed) && isExactResource(narrowed) && isExactPrincipal(narrowed);
}

/** Whether a statement names this action and no other. */
export function isExactAction({ statement: { statement }, subject }: Narrowed): boolean {
  const { not, values } = statement.action;
  return !not && values.length === 1 && values[0]?.toLowerCase() === subject.action;
}

/** The same of the resource. An action without a resource of its own is asked for with `*`, which says no more than that. */
export function isExactResource({ statement: { statement }, subject }: Narrowed): boolean {
  const { resource } = statement;
  if (resource === undefined) return true;
  return !resource.not && resource.values.length === 1 && resource.values[0] === subject.request.resource;
}

function isExactPrincipal({ statement: { statement }, subject }: Narrowed): boolean {
  const { principal } = statement;
  if (principal === undefined) return true;
  if (principal.not || principal.everyone) return false;
  const [name, ...more] = namesOf(principal);
  return more.length === 0 && name !== undefined && namesOf(principalElement(subject.request.caller)).includes(name);
}

const names = new WeakMap<PrincipalElement, readonly string[]>();

/** All that a Principal element names. */
export function namesOf(element: PrincipalElement): readonly string[] {
  let known = names.get(element);
  if (known === undefined) {
    const { aws, service, federated, canonicalUser } = element;
    known = [...aws, ...service, ...federated, ...canonicalUser];
    names.set(element, known);
  }
  return known;
}
