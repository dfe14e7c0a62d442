/** Conditions that are left where a part of a request is known: data for programs, in the words of a policy's Condition element. */
import { compileClause, evaluateClause } from '../conditions/clause.ts';
import { splitOperatorName } from '../conditions/operators.ts';
import type { RequestContext } from '../request-context.ts';

/**
 * One key, as a clause of a Condition element in a policy of version 2012-10-17 asks it: one of the values, or under a negated
 * operator none of them. Variables in the values are those of IAM.
 */
export interface KeyCondition {
  /** As it stands in a policy: `IpAddress`, `ForAnyValue:StringLikeIfExists`. */
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** The clause must not be met: for operators of which IAM has no opposite. */
export interface NotCondition {
  readonly not: KeyCondition;
}

/** One of the lists must hold whole. */
export interface AnyOfConditions {
  readonly anyOf: readonly (readonly AccessCondition[])[];
}

/** Of a list of conditions every one must hold; an empty list always does. */
export type AccessCondition = KeyCondition | NotCondition | AnyOfConditions;

/** Whether every condition of a list holds for the values of a request. What AWS leaves open does not hold. */
export function conditionsHold(conditions: readonly AccessCondition[], context: RequestContext): boolean {
  return conditions.every((condition) => {
    if ('anyOf' in condition) return condition.anyOf.some((list) => conditionsHold(list, context));
    if ('not' in condition) return evaluateClause(clauseOf(condition.not), context) === 'unmet';
    return evaluateClause(clauseOf(condition), context) === 'met';
  });
}

/** The condition as the engine asks it. */
export function clauseOf({ operator: name, key, values }: KeyCondition) {
  const { set, operator, ifExists } = splitOperatorName(name);
  return compileClause({ operator, ...(set === undefined ? {} : { set }), ifExists, key, values }, '2012-10-17');
}
