/** String operators: exact, without regard to case, and with wildcards. */
import { compileGlob, type GlobPiece, matchGlob } from '../glob.ts';
import { plainText } from '../variables.ts';
import type { ConditionOperator, ValueTest } from './operator.ts';

function equals(wanted: readonly GlobPiece[]): ValueTest {
  const text = plainText(wanted);
  return (value) => value === text;
}

function equalsIgnoreCase(wanted: readonly GlobPiece[]): ValueTest {
  const text = plainText(wanted).toLowerCase();
  return (value) => value.toLowerCase() === text;
}

function like(wanted: readonly GlobPiece[]): ValueTest {
  const glob = compileGlob(wanted, 'text');
  return (value) => matchGlob(glob, value);
}

const base = { variables: true };

/** All of them. In `StringEquals` a `*` is a star; only `StringLike` knows wildcards. */
export const stringOperators: readonly ConditionOperator[] = [
  { ...base, name: 'StringEquals', negated: false, test: equals, failure: 'is not', success: 'is' },
  { ...base, name: 'StringNotEquals', negated: true, test: equals, failure: 'is', success: 'is not' },
  { ...base, name: 'StringEqualsIgnoreCase', negated: false, test: equalsIgnoreCase, failure: 'is not', success: 'is' },
  {
    ...base,
    name: 'StringNotEqualsIgnoreCase',
    negated: true,
    test: equalsIgnoreCase,
    failure: 'is',
    success: 'is not',
  },
  { ...base, name: 'StringLike', negated: false, test: like, failure: 'does not match', success: 'matches' },
  { ...base, name: 'StringNotLike', negated: true, test: like, failure: 'matches', success: 'does not match' },
];
