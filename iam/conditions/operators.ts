/** All condition operators by name. */
import { arnOperators } from './arn.ts';
import { binaryOperators } from './binary.ts';
import { boolOperators } from './bool.ts';
import { dateOperators } from './date.ts';
import { ipAddressOperators } from './ip-address.ts';
import { NULL_OPERATOR } from './null.ts';
import { numericOperators } from './numeric.ts';
import type { ConditionOperator } from './operator.ts';
import { stringOperators } from './string.ts';

const OPERATORS: ReadonlyMap<string, ConditionOperator> = new Map(
  [
    ...stringOperators,
    ...numericOperators,
    ...dateOperators,
    ...boolOperators,
    ...binaryOperators,
    ...ipAddressOperators,
    ...arnOperators,
  ].map((operator) => [operator.name, operator]),
);

/** The operator of that exact name, without set operator and `IfExists`. `Null` is not among them: see `null.ts`. */
export function findOperator(name: string): ConditionOperator | undefined {
  return OPERATORS.get(name);
}

/** Every name that may stand in a policy, without set operator and `IfExists`. */
export const OPERATOR_NAMES: readonly string[] = [...OPERATORS.keys(), NULL_OPERATOR];

/** The parts of a condition type as it stands in a policy. */
export interface OperatorName {
  readonly set: 'ForAllValues' | 'ForAnyValue' | undefined;
  readonly operator: string;
  readonly ifExists: boolean;
}

/** Takes `ForAnyValue:StringLikeIfExists` apart. Whether there is such an operator is another question. */
export function splitOperatorName(name: string): OperatorName {
  let operator = name;
  let set: OperatorName['set'];
  for (const candidate of ['ForAllValues', 'ForAnyValue'] as const) {
    if (!operator.startsWith(`${candidate}:`)) continue;
    set = candidate;
    operator = operator.slice(candidate.length + 1);
    break;
  }
  const ifExists = operator.endsWith('IfExists');
  return { set, operator: ifExists ? operator.slice(0, -'IfExists'.length) : operator, ifExists };
}
