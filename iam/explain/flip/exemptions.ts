/** A clause more, by which a Deny spares one caller. IAM User Guide, "AWS global condition context keys". */
import { type CompiledClause, compileClause } from '../../conditions/clause.ts';
import type { ConditionClause, Policy } from '../../policy.ts';
import { quote } from '../words.ts';
import type { Narrowed, Narrowing } from './narrowing.ts';

/** What tells a caller: its ARN, the name of an AWS service, the provider of its token. Who has no such name is not spared alone. */
const TELLING: readonly (readonly [key: string, lowerKey: string, operator: string])[] = [
  ['aws:PrincipalArn', 'aws:principalarn', 'ArnNotEquals'],
  ['aws:PrincipalServiceName', 'aws:principalservicename', 'StringNotEquals'],
  ['aws:FederatedProvider', 'aws:federatedprovider', 'StringNotEquals'],
];

/** The statement with such a clause; nothing where one of its kind is there already. Only of a Deny: an Allow would be a riddle. */
export function exemptions({ statement: compiled, subject, policy }: Narrowed): readonly Narrowing[] {
  const { statement, isDeny } = compiled;
  if (!isDeny) return NONE;
  for (const [key, lowerKey, operator] of TELLING) {
    const value = subject.context.get(lowerKey);
    if (typeof value !== 'string') continue;
    const clause = exempting(operator, key, value, policy.policy.version);
    if (statement.conditions.some((given) => isSame(given, clause.clause))) continue;
    const to = () => ({ ...statement, conditions: [...statement.conditions, clause.clause] });
    const how = () => `except ${quote(value)} (${operator} ${key})`;
    return [{ to, how, reach: 1, values: 2, clause }];
  }
  return NONE;
}

const NONE: readonly Narrowing[] = [];

/** The last clauses by their values: those of one caller are asked for again and again. */
const kept = new Map<string, CompiledClause>();
const MOST_KEPT = 256;

function exempting(operator: string, key: string, value: string, version: Policy['version']): CompiledClause {
  const known = kept.get(value);
  if (known !== undefined && known.clause.key === key && known.version === version) return known;
  const compiled = compileClause({ operator, ifExists: false, key, values: [value] }, version);
  if (kept.size >= MOST_KEPT) kept.clear();
  kept.set(value, compiled);
  return compiled;
}

function isSame(given: ConditionClause, clause: ConditionClause): boolean {
  return (
    given.operator === clause.operator &&
    given.set === undefined &&
    !given.ifExists &&
    given.key.toLowerCase() === clause.key.toLowerCase()
  );
}
