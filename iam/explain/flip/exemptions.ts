/** A clause more, by which a Deny spares one caller. IAM User Guide, "AWS global condition context keys". */
import { operatorText } from '../../document.ts';
import type { ConditionClause } from '../../policy.ts';
import { quote } from '../words.ts';
import type { Narrowed, Narrowing } from './narrowing.ts';

/** What tells a caller: its ARN, the name of an AWS service, the provider of its token. Who has no such name is not spared alone. */
const TELLING: readonly (readonly [key: string, operator: string])[] = [
  ['aws:PrincipalArn', 'ArnNotEquals'],
  ['aws:PrincipalServiceName', 'StringNotEquals'],
  ['aws:FederatedProvider', 'StringNotEquals'],
];

/** The statement with such a clause; nothing where one of its kind is there already. Only of a Deny: an Allow would be a riddle. */
export function* exemptions({ statement: compiled, subject }: Narrowed): Generator<Narrowing> {
  const { statement, isDeny } = compiled;
  if (!isDeny) return;
  for (const [key, operator] of TELLING) {
    const value = subject.context.get(key.toLowerCase());
    if (typeof value !== 'string') continue;
    const clause: ConditionClause = { operator, ifExists: false, key, values: [value] };
    if (statement.conditions.some((given) => isSame(given, clause))) continue;
    const to = () => ({ ...statement, conditions: [...statement.conditions, clause] });
    const how = () => `except ${quote(value)} (${operator} ${key})`;
    yield { to, how, reach: 1, values: 2, clause };
    return;
  }
}

function isSame(given: ConditionClause, clause: ConditionClause): boolean {
  return operatorText(given) === operatorText(clause) && given.key.toLowerCase() === clause.key.toLowerCase();
}
