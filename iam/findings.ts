/** What the policies of one layer say about a request. */
import { type CompiledStatement, compilePolicy } from './compile.ts';
import type { AttachedPolicy, DecisiveStatement } from './model.ts';
import { principalMatches } from './principal.ts';
import { type Addressing, askStatement, type Subject } from './statement.ts';

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

/** Asks every statement of a layer's policies. */
export function askLayer(policies: readonly AttachedPolicy[], subject: Subject, addressing: Addressing): LayerFindings {
  const denies: DecisiveStatement[] = [];
  const doubted: DecisiveStatement[] = [];
  const allows: Grant[] = [];
  let doubtfulAllow = false;
  for (const policy of policies) {
    for (const statement of compilePolicy(policy.policy).statements) {
      const outcome = askStatement(statement, subject, addressing);
      if (outcome === 'does-not-apply') continue;
      const decisive = decisiveStatement(policy, statement);
      if (statement.isDeny) (outcome === 'applies' ? denies : doubted).push(decisive);
      else if (outcome === 'doubtful') doubtfulAllow = true;
      else allows.push({ decisive, ...reachOf(statement, subject) });
    }
  }
  const doubtfulDeny = denies.length === 0 && doubted.length > 0;
  return { policies, addressing, denies: [...denies, ...doubted], allows, doubtfulDeny, doubtfulAllow };
}

/** A statement as a decision names it. */
export function decisiveStatement(policy: AttachedPolicy, { statement, index }: CompiledStatement): DecisiveStatement {
  const { sid, effect } = statement;
  return sid === undefined ? { policy, index, effect } : { policy, index, sid, effect };
}

/** How far a statement that allows reaches. */
export function reachOf(statement: CompiledStatement, subject: Subject): { reach: Reach; assumed: boolean } {
  const { caller } = subject.request;
  if (statement.principal === undefined) return { reach: 'direct', assumed: false };
  const matches = principalMatches(statement.principal, caller);
  const isIdentity = 'tags' in caller;
  if (!isIdentity || matches.includes('user') || matches.includes('session'))
    return { reach: 'direct', assumed: false };
  if (matches.includes('everyone')) {
    if (statement.clauses.some(namesPrincipalArn)) return { reach: 'direct', assumed: false };
    return { reach: 'limited', assumed: true };
  }
  const isLimited = matches.includes('role') || matches.includes('parent');
  return { reach: isLimited ? 'limited' : 'delegated', assumed: false };
}

function namesPrincipalArn({ key, operator, clause }: CompiledStatement['clauses'][number]): boolean {
  return key === 'aws:principalarn' && operator?.negated === false && !clause.ifExists && clause.set === undefined;
}
