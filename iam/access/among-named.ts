/** Whether a caller of whom little is known is among those whom a statement names: asked of the keys that tell who calls. */
import { isAccountId, parseArn } from '../arn.ts';
import { compileClause } from '../conditions/clause.ts';
import type { AnyCaller } from '../model.ts';
import type { PrincipalElement } from '../policy.ts';
import { any, type Formula, NEVER } from './formula.ts';
import type { Knowledge } from './knowledge.ts';
import { clauseFormula } from './partial-clause.ts';

/**
 * When the caller is of one of the accounts, or one of the users and roles, that a Principal element names. Never, where its ARN is
 * known: then the element itself answers. Sessions that are named by themselves are passed over, as no key tells them.
 */
export function whenAmongNamed({ aws }: PrincipalElement, caller: AnyCaller, knowledge: Knowledge): Formula {
  if (!knowledge.isOpen('aws:principalarn')) return NEVER;
  const accounts: string[] = [];
  const principals: string[] = [];
  for (const name of aws) {
    const arn = parseArn(name);
    const accountId = arn?.accountId ?? name;
    if (!isAccountId(accountId) || ('accountId' in caller && caller.accountId !== accountId)) continue;
    if (arn === undefined || arn.resource === 'root') accounts.push(accountId);
    else if (arn.service === 'iam') principals.push(name);
  }
  const oneOf = (key: string, values: readonly string[]) => {
    const clause = { operator: 'StringEquals', ifExists: false, key, values };
    return values.length === 0 ? NEVER : clauseFormula(compileClause(clause, '2012-10-17'), knowledge, ['met']);
  };
  return any([oneOf('aws:PrincipalAccount', accounts), oneOf('aws:PrincipalArn', principals)]);
}
