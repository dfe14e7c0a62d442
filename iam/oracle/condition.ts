/** Whether a request meets the conditions of a statement (IAM User Guide, Condition operators; Multivalued context keys). */
import type { AnyRequest } from '../model.ts';
import type { ConditionClause, Policy } from '../policy.ts';
import { type Answer, all, answer, any, not } from './answer.ts';
import { COMPARISONS, type Comparison, type Variables } from './comparison.ts';
import { type KeyValue, keyValue } from './keys.ts';

/** Every operator and every key must be met. */
export function meets(request: AnyRequest, clauses: readonly ConditionClause[], policy: Policy): Answer {
  return all(clauses.map((clause) => meetsClause(request, clause, variablesOf(request, policy))));
}

/** What variables stand for: only in the newer version, and only keys of one value. */
export function variablesOf(request: AnyRequest, policy: Policy): Variables {
  if (policy.version !== '2012-10-17') return undefined;
  return (key) => {
    const value = keyValue(request, key);
    return typeof value === 'string' ? value : undefined;
  };
}

function meetsClause(request: AnyRequest, clause: ConditionClause, variables: Variables): Answer {
  const asked = keyValue(request, clause.key);
  if (clause.operator === 'Null') return meetsNull(asked, clause.values);
  const comparison = COMPARISONS[clause.operator];
  if (comparison === undefined) return 'doubtful';
  const list = typeof asked === 'string' ? [asked] : (asked ?? []);
  if (list.length === 0) return meetsAbsent(clause, comparison);
  if (clause.values.length === 0) return comparison.negated && isBare(clause) ? 'doubtful' : 'no';
  const by = (filling: Variables) => meetsValues(asked ?? [], clause, comparison, filling);
  const met = by(variables);
  // Whether Bool has variables depends on the page: what only they meet is in doubt.
  return clause.operator === 'Bool' && met === 'yes' && by(undefined) !== 'yes' ? 'doubtful' : met;
}

function meetsValues(asked: KeyValue, clause: ConditionClause, comparison: Comparison, variables: Variables): Answer {
  const one = (value: string) => meetsValue(value, clause.values, comparison, variables);
  if (typeof asked === 'string') return one(asked);
  if (clause.set === 'ForAllValues') return all(asked.map(one));
  if (clause.set === 'ForAnyValue') return any(asked.map(one));
  // AWS asks for a set operator here, and does not say what happens without one.
  return comparison.negated ? 'doubtful' : 'no';
}

/** Without set operator and IfExists: with one, a list without values matches an absent key only. */
function isBare({ set, ifExists }: ConditionClause): boolean {
  return set === undefined && !ifExists;
}

/** A key without any value counts as absent. */
function meetsAbsent(clause: ConditionClause, comparison: Comparison): Answer {
  if (clause.ifExists || clause.set === 'ForAllValues') return 'yes';
  if (clause.set === 'ForAnyValue') return 'no';
  return answer(comparison.negated);
}

/** `true` asks that the key has no value, `false` that it has one. Whether an empty text is a value, AWS does not say. */
function meetsNull(asked: KeyValue | undefined, values: readonly string[]): Answer {
  const list = [asked ?? []].flat();
  const readings = list.length === 0 ? ['true'] : list.some((value) => value !== '') ? ['false'] : ['true', 'false'];
  const answers = readings.map((reading) => values.some((value) => value.toLowerCase() === reading));
  return answers.every((met) => met === answers[0]) ? answer(answers[0] === true) : 'doubtful';
}

/** One value against all that are written: one is enough; for a negated operator none may match. */
function meetsValue(asked: string, written: readonly string[], comparison: Comparison, variables: Variables): Answer {
  const found = any(written.map((value) => comparison.compare(asked, value, variables)));
  return comparison.negated ? not(found) : answer(found === 'yes');
}
