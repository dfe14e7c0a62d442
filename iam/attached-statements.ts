/**
 * The statements of attached policies that are about an action, as decisions need them. A principal is asked about the same few actions
 * again and again by the same list of policies, so what was found is kept with the list, as long as it lives.
 */
import { type CompiledStatement, compilePolicy } from './compile.ts';
import type { AttachedPolicy, DecisiveStatement } from './model.ts';
import { isResourceControl } from './organization.ts';
import type { Statement } from './policy.ts';

/** A statement of a policy that is attached somewhere. */
export interface AttachedStatement {
  readonly statement: CompiledStatement;
  readonly decisive: DecisiveStatement;
}

/** A statement as a decision names it. */
export function decisiveStatement(policy: AttachedPolicy, { statement, index }: CompiledStatement): DecisiveStatement {
  const { sid, effect } = statement;
  return sid === undefined ? { policy, index, effect } : { policy, index, sid, effect };
}

/** How many actions a list keeps its statements for. Whoever asks decides which actions there are: it must not grow with them. */
const MOST_ACTIONS = 256;

const NONE: readonly AttachedStatement[] = [];

/** Policies that speak in one layer. */
export class PolicyList {
  readonly policies: readonly AttachedPolicy[];
  readonly #byAction = new Map<string, readonly AttachedStatement[]>();

  readonly #counts: (statement: Statement) => boolean;

  /** @param counts the statements that have a say; others match nothing */
  constructor(policies: readonly AttachedPolicy[], counts: (statement: Statement) => boolean = () => true) {
    this.policies = policies;
    this.#counts = counts;
  }

  statementsOn(action: string): readonly AttachedStatement[] {
    return this.#byAction.get(action) ?? this.#find(action);
  }

  #find(action: string): readonly AttachedStatement[] {
    const found = this.policies.flatMap((policy) =>
      compilePolicy(policy.policy)
        .statementsOn(action)
        .filter(({ statement }) => this.#counts(statement))
        .map((statement): AttachedStatement => ({ statement, decisive: decisiveStatement(policy, statement) })),
    );
    if (this.#byAction.size >= MOST_ACTIONS) this.#byAction.clear();
    const kept = found.length === 0 ? NONE : found;
    this.#byAction.set(action, kept);
    return kept;
  }
}

const lists = new WeakMap<readonly AttachedPolicy[], PolicyList>();
const levelLists = new WeakMap<readonly (readonly AttachedPolicy[])[], PolicyList>();
const lonely = new WeakMap<AttachedPolicy, PolicyList>();

/** A list of policies, ready to be asked. */
export function policyList(policies: readonly AttachedPolicy[]): PolicyList {
  let list = lists.get(policies);
  if (list === undefined) {
    list = new PolicyList(policies);
    lists.set(policies, list);
  }
  return list;
}

/** A policy that is a layer by itself, as a list of one. */
export function policyAlone(policy: AttachedPolicy): PolicyList {
  let list = lonely.get(policy);
  if (list === undefined) {
    list = new PolicyList([policy]);
    lonely.set(policy, list);
  }
  return list;
}

/** Resource control policies of all levels together: each one denies, whichever level it is of. */
export function resourceControlList(levels: readonly (readonly AttachedPolicy[])[]): PolicyList {
  let list = levelLists.get(levels);
  if (list === undefined) {
    list = new PolicyList(levels.flat(), isResourceControl);
    levelLists.set(levels, list);
  }
  return list;
}
