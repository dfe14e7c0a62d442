/**
 * Rules about whom a role trusts, and about the actions that its callers need. IAM Access Analyzer policy check reference; IAM Roles
 * Anywhere User Guide, "The IAM Roles Anywhere trust model"; IAM User Guide, "Pass session tags in AWS STS".
 */
import type { AdviceContext } from '../advice.ts';
import type { ListView, PrincipalView, StatementView, TextValue } from '../document.ts';
import { addTexts, removeValue, repairOf } from '../edits.ts';
import { covers } from '../pattern.ts';

export function checkTrustAdvice(context: AdviceContext): void {
  if (context.kind !== 'trust') return;
  const anywhere = actionsForRolesAnywhere(context.document.statements);
  for (const statement of context.document.statements) {
    const { principal, effect } = statement;
    if (principal === undefined || principal.not || effect !== 'Allow') continue;
    checkSessions(context, principal);
    checkToken(context, statement);
    checkSetters(context, statement);
    if (isForRolesAnywhere(principal)) checkRolesAnywhere(context, statement, anywhere);
  }
}

/** Sessions that are named beside their role. */
function checkSessions({ report }: AdviceContext, principal: PrincipalView): void {
  const list = principal.types.find(({ type }) => type === 'AWS');
  if (list === undefined) return;
  const roles = new Map<string, string>();
  for (const { text } of list.values) {
    const [, account, name] = /^arn:[^:]+:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(text) ?? [];
    if (name !== undefined) roles.set(`${account} ${name}`, text);
  }
  for (const value of list.values) {
    const [, account, name] = /^arn:[^:]+:sts::(\d{12}):assumed-role\/([^/]+)\//.exec(value.text) ?? [];
    const role = roles.get(`${account} ${name}`);
    if (role !== undefined)
      report('session-beside-its-role', value, `${role} beside it holds this session.`, without(list, value));
  }
}

const without = (list: ListView, value: TextValue) => repairOf('Remove it', removeValue(list.node, value));

const GITHUB = 'token.actions.githubusercontent.com';

/** What is asked of the token of an identity provider. */
function checkToken({ report }: AdviceContext, { conditions }: StatementView): void {
  const hasBranch = conditions.some(({ key }) => key.toLowerCase() === `${GITHUB}:ref`);
  for (const { key, name, keyMember, values } of conditions) {
    const lower = key.toLowerCase();
    if (lower.endsWith(':aud') && key.includes('.') && name.set !== undefined) {
      const code = name.set === 'ForAnyValue' ? 'for-any-value-with-audience' : 'for-all-values-with-audience';
      report(code, keyMember.keySpan, `A token has one audience, so that ${key} is one text: leave out ${name.set}.`);
    }
    if (name.operator !== 'StringLike' || lower !== `${GITHUB}:sub` || hasBranch) continue;
    for (const value of values) {
      // Of a subject that everybody has, another rule says so.
      if (!value.text.includes('*') || covers(value.text, 'repo:anybody/anything:ref:refs/heads/main')) continue;
      const message = `"${value.text}" lets in all that the star stands for. Name repository and branch, or the branch in ${GITHUB}:ref.`;
      report('github-subject-with-wildcard', value, message);
    }
  }
}

/** Keys of what a caller may set for its session, and the action by which it may. */
const SETTERS = [
  { keys: /^(aws:requesttag\/|aws:tagkeys$|sts:transitivetagkeys$)/i, action: 'sts:TagSession' },
  { keys: /^sts:sourceidentity$/i, action: 'sts:SetSourceIdentity' },
];

const has = (texts: readonly TextValue[], action: string) =>
  texts.some(({ text }) => covers(text.toLowerCase(), action.toLowerCase()));

function checkSetters({ report }: AdviceContext, { actions, conditions }: StatementView): void {
  if (actions === undefined || actions.not) return;
  for (const { key, keyMember, negated, name } of conditions) {
    const needed = SETTERS.find(({ keys }) => keys.test(key))?.action;
    if (needed === undefined || negated || name.ifExists || name.operator === 'Null') continue;
    if (has(actions.values, needed)) continue;
    report('action-needed-for-key', keyMember.keySpan, `Only ${needed} lets a caller set ${key}. Add it to Action.`);
  }
}

const ROLES_ANYWHERE = ['sts:AssumeRole', 'sts:SetSourceIdentity', 'sts:TagSession'];

function isForRolesAnywhere({ types }: PrincipalView): boolean {
  const services = types.find(({ type }) => type === 'Service')?.values ?? [];
  return services.some(({ text }) => text === 'rolesanywhere.amazonaws.com');
}

/** The actions that all statements for IAM Roles Anywhere allow it together. */
function actionsForRolesAnywhere(statements: readonly StatementView[]): readonly TextValue[] {
  return statements.flatMap(({ effect, principal, actions }) =>
    effect === 'Allow' && principal !== undefined && isForRolesAnywhere(principal) ? (actions?.values ?? []) : [],
  );
}

function checkRolesAnywhere(
  { report, document }: AdviceContext,
  { actions }: StatementView,
  allowed: readonly TextValue[],
): void {
  const missing = ROLES_ANYWHERE.filter((action) => !has(allowed, action));
  if (actions === undefined || actions.not || missing.length === 0) return;
  const message = `IAM Roles Anywhere needs ${missing.join(' and ')} too, or assumes no role.`;
  const repair = repairOf(`Add ${missing.join(', ')}`, ...addTexts(actions.node, missing, document.text));
  report('roles-anywhere-without-action', actions.span, message, repair);
}
