/**
 * The statements of attached policies that are about an action, as decisions need them. A principal is asked about the same few actions
 * again and again by the same list of policies, so what was found is kept with the list, as long as it lives.
 */
import { type CompiledStatement, compilePolicy } from './compile.ts';
import type { AttachedPolicy, DecisiveStatement } from './model.ts';
import { isResourceControl } from './organization.ts';
import type { Statement } from './policy.ts';
import { ResourceIndex, WORTH_AN_INDEX } from './resource-index.ts';

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

/** The statements of a list that are about one action. */
export class StatementsOnAction<Of extends AttachedStatement = AttachedStatement> {
  readonly #statements: readonly Of[];
  #byResource: ResourceIndex<Of> | undefined;
  #timesAsked = 0;
  /** Whether they say the same of every request with the action: they have no principals and no conditions, and mean all resources. */
  readonly isUnconditional: boolean;

  constructor(statements: readonly Of[]) {
    this.#statements = statements;
    this.isUnconditional = statements.every(({ statement }) => isUnconditional(statement));
  }

  /** All statements that could be about the resource too, in the order of the policies. */
  about(resource: string): readonly Of[] {
    if (this.#byResource !== undefined) return this.#byResource.about(resource);
    if (this.#statements.length < WORTH_AN_INDEX) return this.#statements;
    this.#timesAsked += 1;
    // To index them costs more than to ask them once.
    if (this.#timesAsked > 1) this.#byResource = new ResourceIndex(this.#statements);
    return this.#statements;
  }
}

/** How many actions a list keeps its statements for. Whoever asks decides which actions there are: it must not grow with them. */
const MOST_ACTIONS = 256;

/** Policies that speak in one layer. */
export class PolicyList {
  readonly policies: readonly AttachedPolicy[];
  readonly #counts: (statement: Statement) => boolean;
  readonly #byAction = new Map<string, StatementsOnAction>();

  /** @param counts the statements that have a say; others match nothing */
  constructor(policies: readonly AttachedPolicy[], counts: (statement: Statement) => boolean = () => true) {
    this.policies = policies;
    this.#counts = counts;
  }

  /** `action` in lower case. */
  on(action: string): StatementsOnAction {
    return this.#byAction.get(action) ?? this.#find(action);
  }

  #find(action: string): StatementsOnAction {
    const statements: AttachedStatement[] = [];
    for (const policy of this.policies) {
      for (const statement of compilePolicy(policy.policy).statementsOn(action)) {
        if (this.#counts(statement.statement))
          statements.push({ statement, decisive: decisiveStatement(policy, statement) });
      }
    }
    const found = new StatementsOnAction(statements);
    if (this.#byAction.size >= MOST_ACTIONS) this.#byAction.clear();
    this.#byAction.set(action, found);
    return found;
  }
}

function isUnconditional({ principal, clauses, resources, plainResources, notResource }: CompiledStatement): boolean {
  if (principal !== undefined || clauses.length > 0) return false;
  if (resources === undefined) return true;
  return !notResource && plainResources !== undefined && plainResources.some(({ shape }) => shape === 'everything');
}

const lists = new WeakMap<readonly AttachedPolicy[], PolicyList>();
const joinedLists = new WeakMap<Levels, PolicyList>();
const listsOfLevels = new WeakMap<Levels, readonly PolicyList[]>();
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

/** The policies of an organization over an account, by level. */
export type Levels = readonly (readonly AttachedPolicy[])[];

/** Resource control policies of all levels together: each one denies, whichever level it is of. */
export function resourceControlList(levels: Levels): PolicyList {
  let list = joinedLists.get(levels);
  if (list === undefined) {
    list = new PolicyList(levels.flat(), isResourceControl);
    joinedLists.set(levels, list);
  }
  return list;
}

/** Service control policies, a list for each level. */
export function serviceControlLists(levels: Levels): readonly PolicyList[] {
  let found = listsOfLevels.get(levels);
  if (found === undefined) {
    found = levels.map(policyList);
    listsOfLevels.set(levels, found);
  }
  return found;
}
