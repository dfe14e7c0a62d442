/** Rules about condition keys: whether they exist, and whether the statement's actions have them. */
import { type CheckContext, knownActionsOf, splitAction } from '../context.ts';
import type { ConditionView, StatementView } from '../document.ts';
import { rewrite, writeText } from '../edits.ts';
import { hasKey, lookUpKey } from '../keys.ts';
import { GLOBAL_KEYS } from '../known-services.ts';
import { nearest } from '../pattern.ts';

export function checkKeys(context: CheckContext): void {
  for (const statement of context.document.statements) {
    for (const condition of statement.conditions) {
      if (checkName(context, condition)) checkActionsHaveKey(context, statement, condition);
    }
  }
}

/** Keys that are a tag's only with its key behind a slash. */
const TAG_KEYS = new Set(['aws:principaltag', 'aws:resourcetag', 'aws:requesttag']);

/** Reports a key that does not exist; whether it does. */
function checkName({ catalogue, services, report }: CheckContext, { key, keyMember }: ConditionView): boolean {
  const at = keyMember.keySpan;
  if (!key.includes(':')) {
    const meant = nearest(
      `aws:${key}`,
      GLOBAL_KEYS.map(({ name }) => name),
    );
    const message = `"${key}" is no condition key: a key is its service, a colon and its name${meant === undefined ? '.' : `. Did you mean ${meant}?`}`;
    report('condition-key-format', at, message, meant === undefined ? undefined : rewrite(at, meant));
    return false;
  }
  const lower = key.toLowerCase();
  if (lower === 'aws:arn') {
    const message = 'No request has aws:ARN. The ARN of who calls is aws:PrincipalArn.';
    report('unsupported-global-key', at, message, rewrite(at, 'aws:PrincipalArn'));
    return false;
  }
  if (TAG_KEYS.has(lower.endsWith('/') ? lower.slice(0, -1) : lower)) {
    report(
      'missing-tag-key',
      at,
      `${key} names no tag: the tag's key follows a slash, as in ${key.replace('/', '')}/team.`,
    );
    return false;
  }
  const knowledge = lookUpKey(catalogue, key, services);
  const prefix = lower.slice(0, lower.indexOf(':'));
  switch (knowledge.kind) {
    case 'known':
      if (knowledge.name !== key) {
        const message = `The key is documented as ${knowledge.name}. Letter case does not matter to IAM, but to who searches for it.`;
        report('condition-key-letter-case', at, message, {
          title: `Write ${knowledge.name}`,
          edits: [writeText(at, knowledge.name)],
        });
      }
      return true;
    case 'unknown-global': {
      const meant = nearest(
        key,
        GLOBAL_KEYS.map(({ name }) => name),
      );
      const message = `There is no global condition key "${key}".${meant === undefined ? '' : ` Did you mean ${meant}?`}`;
      report(
        'unknown-global-key',
        at,
        message,
        meant === undefined || meant.endsWith('/tag-key') ? undefined : rewrite(at, meant),
      );
      return false;
    }
    case 'unknown': {
      const meant = nearest(
        key,
        (catalogue.get(prefix)?.conditionKeys ?? []).map(({ name }) => name),
      );
      const message = `${prefix} has no condition key "${key}".${meant === undefined ? '' : ` Did you mean ${meant}?`}`;
      report(
        'unknown-service-key',
        at,
        message,
        meant === undefined || meant.includes('$') ? undefined : rewrite(at, meant),
      );
      return false;
    }
    case 'unknown-service':
      report('condition-key-unknown-service', at, `There is no service "${prefix}", and no condition key "${key}".`);
      return false;
    case 'not-looked-up':
      return false;
  }
}

/** Keys of resources that only some services put into requests; all other global keys do not depend on the action. */
const RESOURCE_TAG = 'aws:resourcetag/';

function checkActionsHaveKey(context: CheckContext, statement: StatementView, condition: ConditionView): void {
  const { catalogue, report, kind } = context;
  const { key, keyMember, negated, name } = condition;
  const lower = key.toLowerCase();
  const at = keyMember.keySpan;
  if (kind === 'trust') return;
  if (lower.startsWith(RESOURCE_TAG)) {
    checkResourceTag(context, statement, condition);
    return;
  }
  const prefix = lower.slice(0, lower.indexOf(':'));
  const isOfActions = prefix !== 'aws' && !GLOBAL_KEYS.some((global) => global.name.toLowerCase() === lower);
  if (!isOfActions || name.operator === 'Null' || name.ifExists || negated || name.set === 'ForAllValues') return;
  const actions = knownActionsOf(catalogue, statement);
  if (actions === undefined || actions.some(({ conditionKeys }) => hasKey(conditionKeys, key))) return;
  const named =
    statement.actions?.values
      .map(({ text }) => text)
      .slice(0, 3)
      .join(', ') ?? '';
  const message = `Requests for ${named} never have ${key}: the condition is never met, and the statement does nothing.`;
  report('condition-key-not-for-action', at, message);
}

function checkResourceTag(
  { catalogue, report }: CheckContext,
  statement: StatementView,
  condition: ConditionView,
): void {
  const { actions, effect } = statement;
  const { key, keyMember, negated } = condition;
  if (actions === undefined || actions.not || effect === undefined) return;
  const services = new Set(actions.values.map(({ text }) => splitAction(text)?.prefix ?? ''));
  for (const prefix of services) {
    const service = catalogue.get(prefix);
    if (service === undefined || hasKey(service.conditionKeys, key)) continue;
    const hasTagKey = service.conditionKeys.some(
      ({ name }) => name.toLowerCase().includes('resourcetag') || name.toLowerCase().includes('existingobjecttag'),
    );
    if (hasTagKey && !negated && effect === 'Allow') continue;
    if (effect === 'Deny') {
      const message = `${prefix} does not tell the tags of its resources in ${key}: this Deny ${negated ? 'denies all' : 'never applies'}.`;
      report('deny-with-unsupported-resource-tag', keyMember.keySpan, message);
    } else {
      const message = `${prefix} does not tell the tags of its resources in ${key}: this Allow ${negated ? 'is not limited by it' : 'never applies'}.`;
      report('allow-with-unsupported-resource-tag', keyMember.keySpan, message);
    }
    return;
  }
}
