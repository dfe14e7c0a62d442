import { describe, expect, it } from 'vitest';
import type { ConditionClause } from '../policy.ts';
import type { RequestContext } from '../request-context.ts';
import { compileClause, evaluateClause } from './clause.ts';
import { splitOperatorName } from './operators.ts';

type Value = string | readonly string[] | undefined;

function ask(type: string, values: readonly string[], value: Value) {
  const { set, operator, ifExists } = splitOperatorName(type);
  const plain = { operator, ifExists, key: 'aws:Key', values };
  const clause: ConditionClause = set === undefined ? plain : { ...plain, set };
  const context: RequestContext = { get: (key) => (key === 'aws:key' ? value : undefined) };
  return evaluateClause(compileClause(clause, '2012-10-17'), context);
}

describe('a clause', () => {
  it.each<[string, string[], Value, string]>([
    ['StringEquals', ['a', 'b'], 'b', 'met'],
    ['StringEquals', ['a'], undefined, 'unmet'],
    ['StringEqualsIfExists', ['a'], undefined, 'met'],
    ['StringNotEquals', ['a', 'b'], 'b', 'unmet'],
    ['StringNotEquals', ['a'], undefined, 'met'],
    ['StringNotEquals', [], 'a', 'doubtful'],
    ['StringEquals', [], 'a', 'unmet'],
    ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'b'], 'met'],
    ['ForAllValues:StringEquals', ['a'], ['a', 'c'], 'unmet'],
    ['ForAllValues:StringEquals', ['a'], [], 'met'],
    ['ForAllValues:StringNotEquals', ['a'], ['b', 'c'], 'met'],
    ['ForAnyValue:StringEquals', ['a'], ['b', 'a'], 'met'],
    ['ForAnyValue:StringEquals', ['a'], undefined, 'unmet'],
    ['ForAnyValue:StringEqualsIfExists', ['a'], undefined, 'met'],
    ['ForAnyValue:StringNotEquals', ['a'], ['a'], 'unmet'],
    ['ForAnyValue:StringNotEquals', ['a'], undefined, 'unmet'],
    ['StringEquals', ['a'], ['a'], 'unmet'],
    ['StringNotEquals', ['a'], ['b'], 'doubtful'],
    ['NumericNotEquals', ['1'], 'one', 'doubtful'],
    ['NumericEquals', ['1'], 'one', 'unmet'],
    ['StringContains', ['a'], 'a', 'doubtful'],
    ['Null', ['true'], undefined, 'met'],
  ])('%s %j on %j is %s', (type, values, value, expected) => {
    expect(ask(type, values, value)).toBe(expected);
  });
});

describe('the name of an operator', () => {
  it('comes apart', () => {
    expect(splitOperatorName('ForAnyValue:StringLikeIfExists')).toEqual({
      set: 'ForAnyValue',
      operator: 'StringLike',
      ifExists: true,
    });
    expect(splitOperatorName('Bool')).toEqual({ set: undefined, operator: 'Bool', ifExists: false });
  });
});
