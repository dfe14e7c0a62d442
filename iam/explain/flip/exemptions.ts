/** A clause more, by which a Deny spares one caller. IAM User Guide, "AWS global condition context keys". */
import { compileClause } from '../../conditions/clause.ts';
import { operatorText } from '../../document.ts';
import type { Policy } from '../../policy.ts';
import { remembered } from '../../remembered.ts';
import { quote } from '../words.ts';
import type { Narrowed, Narrowing } from './narrowing.ts';

const MOST_VALUES = 256;

/** A key that tells callers, and the clause that spares the one with a value. */
function telling(key: string, operator: string) {
  const sparing = (version: Policy['version']) => (value: string) =>
    compileClause({ operator, ifExists: false, key, values: [value] }, version);
  const clauses = {
    '2012-10-17': remembered(MOST_VALUES, sparing('2012-10-17')),
    '2008-10-17': sparing('2008-10-17'),
  };
  return { key, lowerKey: key.toLowerCase(), operator, clauses };
}

/** What tells a caller: its ARN, the name of an AWS service, the provider of its token. Who has no such name is not spared alone. */
const TELLING = [
  telling('aws:PrincipalArn', 'ArnNotEquals'),
  telling('aws:PrincipalServiceName', 'StringNotEquals'),
  telling('aws:FederatedProvider', 'StringNotEquals'),
];

const NONE: readonly Narrowing[] = [];

/** The statement with such a clause; nothing where one of its kind is there already. Only of a Deny: an Allow would be a riddle. */
export function exemptions({ statement: { statement, isDeny }, subject, policy }: Narrowed): readonly Narrowing[] {
  if (!isDeny) return NONE;
  for (const { key, lowerKey, operator, clauses } of TELLING) {
    const value = subject.context.get(lowerKey);
    if (typeof value !== 'string') continue;
    const { conditions } = statement;
    if (conditions.some((of) => operatorText(of) === operator && of.key.toLowerCase() === lowerKey)) continue;
    const clause = clauses[policy.policy.version](value);
    const to = () => ({ ...statement, conditions: [...conditions, clause.clause] });
    return [{ to, how: () => `except ${quote(value)} (${operator} ${key})`, reach: 1, values: 2, clause }];
  }
  return NONE;
}
