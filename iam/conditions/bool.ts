/** The Bool operator: `true` and `false` as text, in any case. */
import type { GlobPiece } from '../glob.ts';
import { plainText } from '../variables.ts';
import type { ConditionOperator, ValueTest } from './operator.ts';

function sameTruth(wanted: readonly GlobPiece[]): ValueTest {
  const text = plainText(wanted).toLowerCase();
  return (value) => {
    if (text !== 'true' && text !== 'false') return undefined;
    return value === text || value.toLowerCase() === text;
  };
}

export const boolOperators: readonly ConditionOperator[] = [
  {
    name: 'Bool',
    negated: false,
    variables: true,
    doubtsVariables: true,
    test: sameTruth,
    failure: 'is not',
    success: 'is',
  },
];
