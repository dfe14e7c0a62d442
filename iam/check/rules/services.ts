/**
 * Rules about services and identity providers as principals, and about the actions that go with them. IAM Access Analyzer policy check
 * reference; IAM Roles Anywhere User Guide, "The IAM Roles Anywhere trust model"; IAM User Guide, "Pass session tags in AWS STS".
 */
import type { AdviceContext } from '../advice.ts';
import { actionsOf } from '../context.ts';
import type { ListView, PrincipalView, StatementView } from '../document.ts';
import { addTexts, removeValue, repairOf } from '../edits.ts';
import { hasKey, lookUpKey } from '../keys.ts';
import { covers, hasWildcard } from '../pattern.ts';

export function checkServices(context: AdviceContext): void {
  for (const statement of context.document.statements) {
    checkEachAction(context, statement);
    const { principal } = statement;
    if (principal === undefined || principal.not) continue;
    if (context.kind === 'resource') checkResourcePrincipals(context, statement, principal);
    if (context.kind === 'trust' && statement.effect === 'Allow') checkRolePrincipals(context, statement, principal);
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

const GITHUB = 'token.actions.githubusercontent.com';
const ROLES_ANYWHERE = ['sts:AssumeRole', 'sts:SetSourceIdentity', 'sts:TagSession'];

function checkRolePrincipals(
  { report, document }: AdviceContext,
  statement: StatementView,
  principal: PrincipalView,
): void {
  const { actions, conditions } = statement;
  for (const [i, value] of valuesOf(principal, 'AWS').entries()) checkSession(i, value);
  for (const { key, name, keyMember } of conditions) {
    if (!key.toLowerCase().endsWith(':aud') || !key.includes('.') || name.set === undefined) continue;
    const code = name.set === 'ForAnyValue' ? 'for-any-value-with-audience' : 'for-all-values-with-audience';
    report(
      code,
      keyMember.keySpan,
      `A token has one audience where ${key} is one text: compare it without ${name.set}.`,
    );
  }
  for (const { key, name, values } of conditions) {
    const isOpen = name.operator === 'StringLike' && key.toLowerCase() === `${GITHUB}:sub`;
    if (!isOpen || conditions.some((other) => other.key.toLowerCase() === `${GITHUB}:ref`)) continue;
    for (const value of values) {
      // Of a subject that everybody has, another rule says so.
      if (!value.text.includes('*') || covers(value.text, 'repo:anybody/anything:ref:refs/heads/main')) continue;
      const message = `"${value.text}" lets in all that the star stands for. Name repository and branch, or the branch in ${GITHUB}:ref.`;
      report('github-subject-with-wildcard', value, message);
    }
  }
  if (actions === undefined || actions.not) return;
  const lacks = (action: string) =>
    !actions.values.some(({ text }) => covers(text.toLowerCase(), action.toLowerCase()));
  const anywhere = valuesOf(principal, 'Service').find(({ text }) => text === 'rolesanywhere.amazonaws.com');
  const missing = anywhere === undefined ? [] : ROLES_ANYWHERE.filter(lacks);
  if (missing.length > 0 && !isCompletedBy(document.statements, missing)) {
    const message = `IAM Roles Anywhere needs ${missing.join(' and ')} too, or assumes no role.`;
    const repair = repairOf(`Add ${missing.join(', ')}`, ...addTexts(actions.node, missing, document.text));
    report('roles-anywhere-without-action', actions.span, message, repair);
  }
  for (const { key, keyMember, negated, name } of conditions) {
    const needed = SETTERS.find(({ keys }) => keys.test(key))?.action;
    if (needed === undefined || negated || name.ifExists || name.operator === 'Null' || !lacks(needed)) continue;
    report('action-needed-for-key', keyMember.keySpan, `Only ${needed} lets a caller set ${key}. Add it to Action.`);
  }

  function checkSession(i: number, value: ListView['values'][number]): void {
    const list = principal.types.find(({ type }) => type === 'AWS');
    const [, account, role] = /^arn:[^:]+:sts::(\d{12}):assumed-role\/([^/]+)\//.exec(value.text) ?? [];
    const parent = list?.values.find(({ text }) => text.includes(`:${account}:role/`) && text.endsWith(`/${role}`));
    if (role === undefined || parent === undefined || list?.values[i] !== value) return;
    const message = `${parent.text} beside it holds all sessions of the role.`;
    report('session-beside-its-role', value, message, repairOf('Remove it', removeValue(list.node, value)));
  }
}

/** Whether another statement for the same service has the actions. */
function isCompletedBy(statements: readonly StatementView[], missing: readonly string[]): boolean {
  const others = statements.filter(
    ({ effect, principal }) =>
      effect === 'Allow' &&
      principal !== undefined &&
      valuesOf(principal, 'Service').some(({ text }) => text === 'rolesanywhere.amazonaws.com'),
  );
  return missing.every((action) =>
    others.some(({ actions }) => actions?.values.some(({ text }) => covers(text.toLowerCase(), action.toLowerCase()))),
  );
}

/** Keys of what a caller may set for its session, and the action by which it may. */
const SETTERS = [
  { keys: /^(aws:requesttag\/|aws:tagkeys$|sts:transitivetagkeys$)/i, action: 'sts:TagSession' },
  { keys: /^sts:sourceidentity$/i, action: 'sts:SetSourceIdentity' },
];

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
