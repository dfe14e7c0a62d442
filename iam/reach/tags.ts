/** Tags that open what tags gate: which keys and values the policies ask for. */
import type { AccountPrincipal, Estate } from '../account/account.ts';
import type { Tags } from '../model.ts';
import type { ConditionClause, Policy } from '../policy.ts';
import { requestContext } from '../request-context.ts';
import { parseTemplate, plainText, resolveTemplate, type Template } from '../variables.ts';
import type { Foothold } from './foothold.ts';
import { ownPolicies, speaksOf } from './statements.ts';

/** So many values of one key are tried. */
const MOST = 12;
const PRINCIPAL_TAG = 'aws:principaltag/';
/** A value that no policy is likely to name. */
const OTHER = 'other';

/**
 * Tags for a user or role that could let the statements of a principal in hand reach it: what each Allow on one of the actions asks of
 * `aws:ResourceTag/…`, with what keeps its Denies off.
 */
export function gatingTags(actor: Foothold, actions: readonly string[]): readonly Tags[] {
  const context = requestContext({
    caller: actor.caller,
    action: actions[0] ?? '',
    resource: '*',
    resourceAccountId: actor.principal.accountId,
    context: {},
  });
  const allows: Tags[] = [];
  const spared: Record<string, string> = {};
  for (const { policy } of ownPolicies(actor)) {
    for (const { effect, conditions, ...rest } of policy.statements) {
      if (!actions.some((action) => speaksOf({ effect, conditions, ...rest }, action))) continue;
      const asked: Record<string, string> = {};
      for (const clause of conditions) {
        const key = resourceTagKey(clause.key);
        const [first] = clause.values;
        if (key === undefined || first === undefined) continue;
        const pieces = resolveTemplate(parseTemplate(first, policy.version), context);
        const value = pieces === undefined ? undefined : plainText(pieces).replaceAll(/[*?]/g, 'x');
        if (value === undefined) continue;
        const isNegated = /^(string|arn)not/i.test(clause.operator);
        if (effect === 'Allow' && !isNegated) asked[key] = value;
        else if (effect === 'Deny') spared[key] = isNegated ? value : OTHER;
      }
      if (effect === 'Allow' && Object.keys(asked).length > 0) allows.push(asked);
    }
  }
  const sets = allows.map((asked) => ({ ...spared, ...asked }));
  return Object.keys(spared).length > 0 ? [...sets, spared] : sets;
}

function resourceTagKey(key: string): string | undefined {
  return /^[a-z0-9-]+:resourcetag\/(.+)$/i.exec(key)?.[1];
}

/** Single tags of a principal that policies ask for: its own, those over it, trust policies and resource policies. */
export function powerfulTags(estate: Estate, { accountId, identity, boundary }: AccountPrincipal): readonly Tags[] {
  const own = boundary === undefined ? identity : [...identity, boundary];
  const over = Object.hasOwn(estate.serviceControl, accountId) ? (estate.serviceControl[accountId] ?? []).flat() : [];
  const policies = [
    ...[...own, ...over].map(({ policy }) => policy),
    ...estate.accounts.flatMap(({ roles }) => roles.map(({ trust }) => trust.policy)),
    ...estate.resourcePolicies.map(({ policy }) => policy),
  ];
  const found = new Map<string, Set<string>>();
  const add = (key: string, value: string | undefined) => {
    const values = found.get(key) ?? new Set();
    found.set(key, values);
    if (value !== undefined && values.size < MOST) values.add(value);
  };
  for (const policy of policies) {
    for (const { resource, conditions } of policy.statements) {
      for (const clause of conditions) {
        if (clause.key.toLowerCase().startsWith(PRINCIPAL_TAG)) {
          const key = clause.key.slice(PRINCIPAL_TAG.length);
          for (const value of clause.values) add(key, staticValue(clause, value, policy.version));
        }
        for (const value of clause.values) for (const key of tagVariables(value, policy.version)) add(key, undefined);
      }
      for (const value of resource?.values ?? []) {
        for (const key of tagVariables(value, policy.version)) add(key, undefined);
      }
    }
  }
  return [...found].flatMap(([key, values]) => {
    for (const value of values.size > 0 ? [] : valuesInUse(estate, key)) if (values.size < MOST) values.add(value);
    return [...values].map((value) => ({ [key]: value }));
  });
}

function staticValue({ operator }: ConditionClause, text: string, version: Policy['version']): string | undefined {
  if (/not|null/i.test(operator)) return OTHER;
  return tagVariables(text, version).length > 0 ? undefined : text.replaceAll(/[*?]/g, 'x');
}

function tagVariables(text: string, version: Policy['version']): readonly string[] {
  if (!text.includes('${')) return [];
  const template: Template = parseTemplate(text, version);
  return template.flatMap((piece) =>
    'variable' in piece && piece.variable.startsWith(PRINCIPAL_TAG) ? [piece.variable.slice(PRINCIPAL_TAG.length)] : [],
  );
}

/** Values that users and roles have under a tag's key, in any letter case. */
function valuesInUse(estate: Estate, key: string): readonly string[] {
  const lower = key.toLowerCase();
  const principals = estate.accounts.flatMap(({ users, roles }) => [...users, ...roles]);
  const values = principals.flatMap(({ tags }) =>
    Object.entries(tags).flatMap(([name, value]) => (name.toLowerCase() === lower ? [value] : [])),
  );
  return [...new Set(values)];
}

/** The keys of a request that sets tags. */
export function taggingKeys(tags: Tags): Readonly<Record<string, string | readonly string[]>> {
  const named = Object.entries(tags).map(([key, value]) => [`aws:RequestTag/${key}`, value]);
  return { ...Object.fromEntries(named), 'aws:TagKeys': Object.keys(tags) };
}
