/**
 * Rules about statements that allow too much: everything, everything else, roles passed and service-linked roles created without
 * bounds. IAM Access Analyzer policy check reference, "Pass role …" and "Create SLR …".
 */

import { actionsOf, type CheckContext } from '../context.ts';
import type { StatementView } from '../document.ts';
import { covers, hasWildcard, isEverything } from '../pattern.ts';
import type { CheckCode } from '../severities.ts';

export function checkPowers(context: CheckContext): void {
  if (context.kind !== 'identity') return;
  for (const statement of context.document.statements) {
    if (statement.effect !== 'Allow') continue;
    checkBreadth(context, statement);
    checkRoleAction(context, statement, PASS_ROLE);
    checkRoleAction(context, statement, SERVICE_LINKED);
  }
}

function checkBreadth({ catalogue, report }: CheckContext, statement: StatementView): void {
  const { actions, resources, conditions } = statement;
  if (actions?.not) {
    const message =
      'Allow with NotAction allows all other actions of all services, those to come included. Name in Action what is needed.';
    report('allow-with-not-action', actions.keySpan, message);
  }
  if (resources?.not) {
    const message =
      'Allow with NotResource allows all other resources, those to come included. Name in Resource what is needed.';
    report('allow-with-not-resource', resources.keySpan, message);
  }
  if (actions === undefined || resources === undefined || actions.not || resources.not || conditions.length > 0) return;
  if (!resources.values.some(({ text }) => isEverything(text))) return;
  for (const value of actions.values) {
    if (isEverything(value.text) || value.text === '*:*') {
      const message =
        'This allows every action on every resource: whoever has it is an administrator. Name what is needed.';
      report('allow-everything', value, message);
      continue;
    }
    if (hasWildcard(value.text)) continue;
    const [action] = actionsOf(catalogue, value.text) ?? [];
    if (action?.accessLevel !== 'Permissions management' || action.resourceTypes.length === 0) continue;
    const message = `${value.text} manages permissions, and is allowed on every resource. Name the resources.`;
    report('permissions-management-on-everything', value, message);
  }
}

interface RoleAction {
  readonly action: string;
  readonly code: 'pass-role' | 'create-slr';
  /** A condition on this key bounds it. */
  readonly key: string;
  /** Who covers both covers every role that matters. */
  readonly roles: readonly [string, string];
  readonly advice: string;
}

const PASS_ROLE: RoleAction = {
  action: 'iam:passrole',
  code: 'pass-role',
  key: 'iam:passedtoservice',
  roles: ['arn:aws:iam::111122223333:role/a', 'arn:aws:iam::444455556666:role/z/9'],
  advice: 'This can pass every role to every service. Name the roles, or add a condition on iam:PassedToService.',
};

const SERVICE_ROLE = 'role/aws-service-role';
const SERVICE_LINKED: RoleAction = {
  action: 'iam:createservicelinkedrole',
  code: 'create-slr',
  key: 'iam:awsservicename',
  roles: [
    `arn:aws:iam::111122223333:${SERVICE_ROLE}/a.amazonaws.com/AWSServiceRoleForA`,
    `arn:aws:iam::444455556666:${SERVICE_ROLE}/z.example.com/9`,
  ],
  advice:
    'This can create the service-linked roles of every service. Name the roles, or add a condition on iam:AWSServiceName.',
};

function checkRoleAction({ report }: CheckContext, statement: StatementView, wanted: RoleAction): void {
  const { actions, resources, conditions } = statement;
  if (actions === undefined || resources === undefined) return;
  if (conditions.some(({ key, negated }) => key.toLowerCase() === wanted.key && !negated)) return;
  const everyRole = resources.values.find(({ text }) => wanted.roles.every((role) => covers(text, role)));
  if (!resources.not && everyRole === undefined) return;
  const matching = actions.values.filter(({ text }) => covers(text.toLowerCase(), wanted.action));
  if (actions.not ? matching.length > 0 : matching.length === 0) return;
  const exact = matching.some(({ text }) => !hasWildcard(text));
  const by = actions.not ? 'not-action' : exact ? 'action' : 'star-in-action';
  report(roleCode(wanted.code, by, resources.not), everyRole ?? resources.keySpan, wanted.advice);
}

function roleCode(code: RoleAction['code'], by: 'action' | 'star-in-action' | 'not-action', not: boolean): CheckCode {
  if (by === 'action') return not ? `${code}-with-not-resource` : `${code}-with-star-in-resource`;
  if (by === 'star-in-action')
    return not ? `${code}-with-star-in-action-and-not-resource` : `${code}-with-star-in-action-and-resource`;
  return not ? `${code}-with-not-action-and-not-resource` : `${code}-with-star-in-resource-and-not-action`;
}
