/** What the policies of one layer say about a request. */
import {
  type AttachedStatement,
  type PolicyList,
  policyAlone,
  policyList,
  type StatementsOnAction,
} from './attached-statements.ts';
import type { CompiledStatement } from './compile.ts';
import type { AttachedPolicy, DecisiveStatement } from './model.ts';
import { NAMED, namingOf } from './principal.ts';
import { type Addressing, askOnAction, type Subject } from './statement.ts';

export interface LayerFindings {
  readonly policies: readonly AttachedPolicy[];
  readonly addressing: Addressing;
  readonly denies: readonly DecisiveStatement[];
  readonly allows: readonly Grant[];
  /** Whether no Deny applies beyond doubt. */
  readonly doubtfulDeny: boolean;
  /** Whether an Allow did not apply because AWS does not say that it would. */
  readonly doubtfulAllow: boolean;
}

/**
 * How far an Allow reaches inside one account. `direct`: implicit denies of the caller's identity policies, boundary and session do
 * not limit it. `limited`: those of boundary and session do. `delegated`: the caller's own policies must allow too.
 * IAM User Guide, "Policy evaluation logic: resource-based policies".
 */
export type Reach = 'direct' | 'limited' | 'delegated';

export interface Grant {
  readonly decisive: DecisiveStatement;
  readonly reach: Reach;
  /** Whether the reach is a cautious reading. */
  readonly assumed: boolean;
}

const NO_DENIES: readonly DecisiveStatement[] = [];
const NO_GRANTS: readonly Grant[] = [];

/** Asks the statements of a layer's policies. */
export function askLayer(policies: readonly AttachedPolicy[], subject: Subject, addressing: Addressing): LayerFindings {
  return askList(policyList(policies), subject, addressing);
}

/** Asks a layer that is one policy. */
export function askPolicy(policy: AttachedPolicy, subject: Subject, addressing: Addressing): LayerFindings {
  return askList(policyAlone(policy), subject, addressing);
}

/** What a layer without policies says. */
export const NO_POLICY: LayerFindings = {
  policies: [],
  addressing: 'by-principal',
  denies: NO_DENIES,
  allows: NO_GRANTS,
  doubtfulDeny: false,
  doubtfulAllow: false,
};

/** What lists say about an action where they say it of every request. */
const settled = new WeakMap<StatementsOnAction, LayerFindings>();

/** Asks the statements of a list that are about the action: no others can apply. */
export function askList(list: PolicyList, subject: Subject, addressing: Addressing): LayerFindings {
  const on = list.on(subject.action);
  const statements = on.about(subject.request.resource);
  if (!on.isUnconditional) return askStatements(statements, list.policies, subject, addressing);
  const known = settled.get(on);
  if (known?.addressing === addressing) return known;
  const findings = askStatements(statements, list.policies, subject, addressing);
  settled.set(on, findings);
  return findings;
}

function askStatements(
  statements: readonly AttachedStatement[],
  policies: readonly AttachedPolicy[],
  subject: Subject,
  addressing: Addressing,
): LayerFindings {
  let denies: DecisiveStatement[] | undefined;
  let doubted: DecisiveStatement[] | undefined;
  let allows: Grant[] | undefined;
  let doubtfulAllow = false;
  for (const { statement, decisive } of statements) {
    const outcome = askOnAction(statement, subject, addressing);
    if (outcome === 'does-not-apply') continue;
    if (statement.isDeny) {
      if (outcome === 'applies') denies = added(denies, decisive);
      else doubted = added(doubted, decisive);
    } else if (outcome === 'doubtful') doubtfulAllow = true;
    else allows = added(allows, grantOf(decisive, statement, subject));
  }
  return {
    policies,
    addressing,
    denies: doubted === undefined ? (denies ?? NO_DENIES) : [...(denies ?? NO_DENIES), ...doubted],
    allows: allows ?? NO_GRANTS,
    doubtfulDeny: denies === undefined && doubted !== undefined,
    doubtfulAllow,
  };
}

/** The list with one more. Most layers find nothing: a list is made for the first. */
function added<T>(list: T[] | undefined, item: T): T[] {
  if (list === undefined) return [item];
  list.push(item);
  return list;
}

function grantOf(decisive: DecisiveStatement, statement: CompiledStatement, subject: Subject): Grant {
  const { reach, assumed } = reachOf(statement, subject);
  return { decisive, reach, assumed };
}

const DIRECT = { reach: 'direct', assumed: false } as const;
const LIMITED = { reach: 'limited', assumed: false } as const;
const LIMITED_AS_ASSUMED = { reach: 'limited', assumed: true } as const;
const DELEGATED = { reach: 'delegated', assumed: false } as const;

/** How far a statement that allows reaches. */
export function reachOf(statement: CompiledStatement, subject: Subject): { reach: Reach; assumed: boolean } {
  const { caller } = subject.request;
  if (statement.principal === undefined || !('tags' in caller)) return DIRECT;
  const naming = namingOf(statement.principal, caller);
  if ((naming & (NAMED.user | NAMED.session)) !== 0) return DIRECT;
  if ((naming & NAMED.everyone) !== 0) {
    return statement.clauses.some(namesPrincipalArn) ? DIRECT : LIMITED_AS_ASSUMED;
  }
  return (naming & (NAMED.role | NAMED.parent)) !== 0 ? LIMITED : DELEGATED;
}

function namesPrincipalArn({ key, operator, clause }: CompiledStatement['clauses'][number]): boolean {
  return key === 'aws:principalarn' && operator?.negated === false && !clause.ifExists && clause.set === undefined;
}
