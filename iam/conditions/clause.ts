/**
 * One condition key under one operator, compiled and asked.
 * Follows the IAM User Guide: "Conditions with multiple context keys or values", "Single-valued vs. multivalued context keys".
 */
import { lowerCase } from '../lower-case.ts';
import type { ConditionClause, Policy } from '../policy.ts';
import type { RequestContext } from '../request-context.ts';
import { isStatic, parseTemplate, resolveTemplate, type Template } from '../variables.ts';
import { isAbsent, NULL_OPERATOR, nullIsMet } from './null.ts';
import type { ConditionOperator, ValueTest } from './operator.ts';
import { findOperator } from './operators.ts';

/** `doubtful`: AWS does not say. Such an Allow does not apply, such a Deny does. */
export type ClauseOutcome = 'met' | 'unmet' | 'doubtful';

export interface CompiledClause {
  readonly clause: ConditionClause;
  /** The key in lower case. */
  readonly key: string;
  /** Undefined for `Null`, and for operators that do not exist. */
  readonly operator: ConditionOperator | undefined;
  readonly values: readonly (ValueTest | Template)[];
  /** The same, where none depends on the request. */
  readonly tests: readonly ValueTest[] | undefined;
  readonly version: Policy['version'];
}

/** Compiles a clause once, for the version of its policy. */
export function compileClause(clause: ConditionClause, version: Policy['version']): CompiledClause {
  const operator = findOperator(clause.operator);
  const values = clause.values.map((text) => {
    if (operator === undefined) return [{ pattern: text }];
    const template = operator.variables ? parseTemplate(text, version) : [{ pattern: text }];
    return isStatic(template) ? operator.test(template) : template;
  });
  return { clause, key: lowerCase(clause.key), operator, values, tests: testsAlone(values), version };
}

function testsAlone(values: CompiledClause['values']): readonly ValueTest[] | undefined {
  return values.every((value) => typeof value === 'function') ? values : undefined;
}

/** The clause with those of its values alone that are kept, each of them asked as a clause of one value. */
export function onlyValues(compiled: CompiledClause, keeps: (one: CompiledClause) => boolean): CompiledClause {
  const texts: string[] = [];
  const values: CompiledClause['values'][number][] = [];
  for (const [at, value] of compiled.values.entries()) {
    const text = compiled.clause.values[at] ?? '';
    if (!keeps(withValues(compiled, [text], [value]))) continue;
    texts.push(text);
    values.push(value);
  }
  return withValues(compiled, texts, values);
}

function withValues(
  { clause, key, operator, version }: CompiledClause,
  texts: readonly string[],
  values: CompiledClause['values'],
): CompiledClause {
  return { clause: { ...clause, values: texts }, key, operator, values, tests: testsAlone(values), version };
}

/** Asks a clause about a request. */
export function evaluateClause(compiled: CompiledClause, context: RequestContext): ClauseOutcome {
  return evaluateValue(compiled, context.get(compiled.key), context);
}

/** Asks a clause about what a request has of its key. */
export function evaluateValue(
  compiled: CompiledClause,
  value: string | readonly string[] | undefined,
  context: RequestContext,
): ClauseOutcome {
  const { clause, operator } = compiled;
  if (clause.operator === NULL_OPERATOR) return asOutcome(nullIsMet(clause.values, value));
  if (operator === undefined) return 'doubtful';
  if (value === undefined || isAbsent(value)) return outcomeWhenAbsent(clause, operator);
  if (clause.values.length === 0) {
    return operator.negated && clause.set === undefined && !clause.ifExists ? 'doubtful' : 'unmet';
  }
  if (typeof value !== 'string' && clause.set === undefined) return operator.negated ? 'doubtful' : 'unmet';
  const tests = compiled.tests ?? testsOf(compiled, operator, context);
  const outcome = compareValue(value, tests, compiled);
  if (outcome !== 'met' || compiled.tests !== undefined || operator.doubtsVariables !== true) return outcome;
  const certain = compiled.values.filter((wanted) => typeof wanted === 'function');
  return compareValue(value, certain, compiled) === 'met' ? 'met' : 'doubtful';
}

function asOutcome(met: boolean | undefined): ClauseOutcome {
  if (met === undefined) return 'doubtful';
  return met ? 'met' : 'unmet';
}

function compareValue(
  value: string | readonly string[],
  tests: readonly ValueTest[],
  { clause, operator }: CompiledClause,
): ClauseOutcome {
  const negated = operator?.negated === true;
  if (typeof value === 'string') return oneValue(value, tests, negated);
  return clause.set === 'ForAnyValue' ? anyValue(value, tests, negated) : everyValue(value, tests, negated);
}

function outcomeWhenAbsent(clause: ConditionClause, operator: ConditionOperator): ClauseOutcome {
  if (clause.set === 'ForAllValues' || clause.ifExists) return 'met';
  if (clause.set === 'ForAnyValue') return 'unmet';
  return operator.negated ? 'met' : 'unmet';
}

/** A policy value with a variable that has no value matches nothing. */
function testsOf(compiled: CompiledClause, operator: ConditionOperator, context: RequestContext): readonly ValueTest[] {
  const tests: ValueTest[] = [];
  for (const value of compiled.values) {
    if (typeof value === 'function') {
      tests.push(value);
      continue;
    }
    const pieces = resolveTemplate(value, context);
    if (pieces !== undefined) tests.push(operator.test(pieces));
  }
  return tests;
}

/** One of the policy's values must match it, or none where the operator is negated. For one value every and any are the same. */
function oneValue(value: string, tests: readonly ValueTest[], negated: boolean): ClauseOutcome {
  const matched = matchesAny(value, tests);
  if (matched === undefined) return negated ? 'doubtful' : 'unmet';
  return matched === negated ? 'unmet' : 'met';
}

function everyValue(values: readonly string[], tests: readonly ValueTest[], negated: boolean): ClauseOutcome {
  let doubtful = false;
  for (const value of values) {
    const matched = matchesAny(value, tests);
    if (!negated && matched !== true) return 'unmet';
    if (negated && matched === true) return 'unmet';
    if (matched === undefined) doubtful = true;
  }
  return doubtful ? 'doubtful' : 'met';
}

function anyValue(values: readonly string[], tests: readonly ValueTest[], negated: boolean): ClauseOutcome {
  let doubtful = false;
  for (const value of values) {
    const matched = matchesAny(value, tests);
    if (matched === !negated) return 'met';
    if (negated && matched === undefined) doubtful = true;
  }
  return doubtful ? 'doubtful' : 'unmet';
}

function matchesAny(value: string, tests: readonly ValueTest[]): boolean | undefined {
  let comparable = true;
  for (const test of tests) {
    const matched = test(value);
    if (matched === true) return true;
    if (matched === undefined) comparable = false;
  }
  return comparable ? false : undefined;
}
