/** Numeric operators, on integers and decimals. What is no number cannot be compared. */
import type { GlobPiece } from '../glob.ts';
import { plainText } from '../variables.ts';
import type { ConditionOperator, ValueTest } from './operator.ts';

/** Reads an integer or decimal, with an exponent as JSON numbers may have; undefined where the text is none. */
export function parseNumber(text: string): number | undefined {
  if (text === '') return undefined;
  for (let i = 0; i < text.length; i++) {
    if (!'0123456789+-.eE'.includes(text.charAt(i))) return undefined;
  }
  const number = Number(text);
  return Number.isFinite(number) ? number : undefined;
}

function comparing(compare: (value: number, wanted: number) => boolean) {
  return (pieces: readonly GlobPiece[]): ValueTest => {
    const wanted = parseNumber(plainText(pieces));
    return (value) => {
      const number = parseNumber(value);
      return number === undefined || wanted === undefined ? undefined : compare(number, wanted);
    };
  };
}

const equal = comparing((value, wanted) => value === wanted);
const base = { negated: false, variables: false };

export const numericOperators: readonly ConditionOperator[] = [
  { ...base, name: 'NumericEquals', test: equal, failure: 'is not', success: 'is' },
  { ...base, name: 'NumericNotEquals', negated: true, test: equal, failure: 'is', success: 'is not' },
  {
    ...base,
    name: 'NumericLessThan',
    test: comparing((a, b) => a < b),
    failure: 'is not less than',
    success: 'is less than',
  },
  {
    ...base,
    name: 'NumericLessThanEquals',
    test: comparing((a, b) => a <= b),
    failure: 'is greater than',
    success: 'is at most',
  },
  {
    ...base,
    name: 'NumericGreaterThan',
    test: comparing((a, b) => a > b),
    failure: 'is not greater than',
    success: 'is greater than',
  },
  {
    ...base,
    name: 'NumericGreaterThanEquals',
    test: comparing((a, b) => a >= b),
    failure: 'is less than',
    success: 'is at least',
  },
];
