/** Rules about services and identity providers as principals of resources, and about keys that only some of the actions have. */
import type { AdviceContext } from '../advice.ts';
import { actionsOf } from '../context.ts';
import type { PrincipalView, StatementView } from '../document.ts';
import { hasKey, lookUpKey } from '../keys.ts';
import { hasWildcard } from '../pattern.ts';

export function checkServices(context: AdviceContext): void {
  for (const statement of context.document.statements) {
    checkEachAction(context, statement);
    const { principal } = statement;
    if (principal === undefined || principal.not) continue;
    if (context.kind === 'resource') checkResourcePrincipals(context, statement, principal);
  }
}

const valuesOf = ({ types }: PrincipalView, wanted: string) => types.find(({ type }) => type === wanted)?.values ?? [];

/** Keys of principals of accounts: services have none of them. */
const OF_ACCOUNTS = /^aws:(principal(orgid|orgpaths|account|tag\/.*)|username)$/s;

function checkResourcePrincipals({ report }: AdviceContext, statement: StatementView, principal: PrincipalView): void {
  const [provider] = valuesOf(principal, 'Federated');
  if (provider !== undefined) {
    const message = 'Only trust policies name identity providers: here nobody comes with a token. Name the role.';
    report('federated-principal-of-resource', provider, message);
  }
  const [service] = valuesOf(principal, 'Service');
  if (service === undefined || principal.types.length > 1) return;
  const isSourced = statement.conditions.some(({ key }) => /^aws:source(arn|account|orgid|orgpaths)$/i.test(key));
  for (const { key, keyMember, negated, name } of statement.conditions) {
    const at = keyMember.keySpan;
    if (OF_ACCOUNTS.test(key.toLowerCase()) && !negated && !name.ifExists && name.operator !== 'Null')
      report(
        'key-not-for-service-principal',
        at,
        `Calls of ${service.text} have no ${key}: the statement never applies.`,
      );
    if (key.toLowerCase() === 'aws:referer' && !isSourced)
      report(
        'weak-source-key',
        at,
        `For whom ${service.text} calls is told by aws:SourceArn and aws:SourceAccount, not by ${key}.`,
      );
  }
}

/** A key that some of the actions have and others not: for those the condition is never met. Patterns are not looked at. */
function checkEachAction({ catalogue, report }: AdviceContext, { actions, conditions }: StatementView): void {
  if (actions === undefined || actions.not) return;
  for (const { key, negated, name } of conditions) {
    const prefix = key.slice(0, key.indexOf(':')).toLowerCase();
    if (prefix === 'aws' || negated || name.ifExists || name.operator === 'Null' || name.set === 'ForAllValues')
      continue;
    if (lookUpKey(catalogue, key).kind !== 'known') continue;
    const without = actions.values.filter(({ text }) => {
      const [action] = hasWildcard(text) ? [] : (actionsOf(catalogue, text) ?? []);
      return action !== undefined && text.toLowerCase().startsWith(`${prefix}:`) && !hasKey(action.conditionKeys, key);
    });
    const [first] = without;
    // Where no action has the key, another rule says so.
    if (first === undefined || without.length === actions.values.length) continue;
    const named = without.map(({ text }) => text).join(', ');
    report(
      'key-not-for-each-action',
      first,
      `Requests for ${named} never have ${key}. Give them a statement of their own.`,
    );
  }
}
