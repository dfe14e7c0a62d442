/** Condition keys whose values the caller of an API may choose, set as the policies want them. */

import type { AnyRequest, ApplicablePolicies, AttachedPolicy } from '../model.ts';
import type { ConditionClause, Policy, Statement } from '../policy.ts';
import { requestContext } from '../request-context.ts';
import { parseTemplate, plainText, resolveTemplate } from '../variables.ts';
import { allPolicies, speaksOf } from './statements.ts';

/** So many statements are tried. */
const MOST = 16;

type Keys = Readonly<Record<string, string | readonly string[]>>;

/**
 * Sets of keys that each make one Allow statement apply as far as the caller can, and keep off the Deny statements: request tags, the
 * name of a role session, and the settings of the thing that is made. Not among them: what the request's own resource, principal or
 * network tells, and what a need gives already.
 */
export function chosenKeys(request: AnyRequest, policies: ApplicablePolicies): readonly Keys[] {
  const speaking = allPolicies(policies).flatMap((attached) => statementsOn(attached, request.action));
  if (!speaking.some(({ statement }) => statement.conditions.some(({ key }) => isChosen(key, request)))) return [];
  const limits = speaking.filter(({ attached }) => attached.layer !== 'identity' && attached.layer !== 'resource');
  const fixed = Object.assign({}, ...[...limits, ...speaking.filter(isDeny)].map((said) => keysFor(said, request)));
  const grants = speaking.filter((said) => !isDeny(said) && !limits.includes(said)).slice(0, MOST);
  const sets = grants.map((said) => ({ ...fixed, ...keysFor(said, request) }));
  return sets.filter((keys) => Object.keys(keys).length > 0);
}

interface Said {
  readonly attached: AttachedPolicy;
  readonly statement: Statement;
  readonly version: Policy['version'];
}

function statementsOn(attached: AttachedPolicy, action: string): readonly Said[] {
  const { statements, version } = attached.policy;
  return statements
    .filter((statement) => speaksOf(statement, action))
    .map((statement) => ({ attached, statement, version }));
}

function isDeny({ statement }: Said): boolean {
  return statement.effect === 'Deny';
}

function isChosen(key: string, { action, context }: AnyRequest): boolean {
  const lower = key.toLowerCase();
  if (lower.startsWith('aws:requesttag/') || lower === 'aws:tagkeys') return true;
  if (lower === 'sts:rolesessionname' || lower === 'iam:associatedresourcearn') return true;
  const service = action.slice(0, action.indexOf(':')).toLowerCase();
  if (service === 'iam' || service === 'sts' || service === 's3' || service === 'kms') return false;
  if (!lower.startsWith(`${service}:`) || lower.includes('resourcetag/')) return false;
  return !Object.keys(context).some((given) => given.toLowerCase() === lower);
}

/** What makes an Allow apply, or keeps a Deny from it. */
function keysFor({ statement, version }: Said, request: AnyRequest): Keys {
  const keys: Record<string, string | readonly string[]> = {};
  const tagKeys: string[] = [];
  const isAllow = statement.effect === 'Allow';
  for (const clause of statement.conditions) {
    if (!isChosen(clause.key, request)) continue;
    const value = isAllow ? valueMeeting(clause, version, request) : valueAgainst(clause, version, request);
    if (value === undefined) continue;
    keys[clause.key] = clause.set === undefined ? value : [value];
    const [, tag] = /^aws:requesttag\/(.*)$/i.exec(clause.key) ?? [];
    if (tag !== undefined) tagKeys.push(tag);
  }
  if (tagKeys.length > 0) keys['aws:TagKeys'] = tagKeys;
  return keys;
}

/** Values for a key (in lower case) that the Allow statements of policies ask for, each once. */
export function valuesAsked(key: string, policies: readonly AttachedPolicy[], request: AnyRequest): readonly string[] {
  const values = policies.flatMap(({ policy: { statements, version } }) =>
    statements
      .filter(({ effect }) => effect === 'Allow')
      .flatMap(({ conditions }) => conditions)
      .filter((clause) => clause.key.toLowerCase() === key)
      .flatMap((clause) => valueMeeting(clause, version, request) ?? []),
  );
  return [...new Set(values)];
}

function valueMeeting(clause: ConditionClause, version: Policy['version'], request: AnyRequest): string | undefined {
  const [first] = clause.values;
  if (first === undefined || clause.ifExists) return undefined;
  switch (clause.operator.toLowerCase()) {
    case 'null':
      return first === 'false' ? 'x' : undefined;
    case 'numericlessthan':
      return String(Number(first) - 1);
    case 'numericgreaterthan':
      return String(Number(first) + 1);
    case 'stringequals':
    case 'stringequalsignorecase':
    case 'stringlike':
    case 'arnequals':
    case 'arnlike':
    case 'bool':
    case 'numericequals':
    case 'numericlessthanequals':
    case 'numericgreaterthanequals':
      return withoutWildcards(first, version, request);
    default:
      return undefined;
  }
}

/** A Deny on a negated operator spares the values that it names; one on an absent key spares who sets it. */
function valueAgainst(clause: ConditionClause, version: Policy['version'], request: AnyRequest): string | undefined {
  const [first] = clause.values;
  const operator = clause.operator.toLowerCase();
  if (first === undefined) return undefined;
  if (operator === 'null') return first === 'true' ? 'x' : undefined;
  return /^(string|arn|numeric)not/.test(operator) ? withoutWildcards(first, version, request) : undefined;
}

/** One value that a policy's value takes in: its variables filled in, nothing in the place of a wildcard but where one is needed. */
function withoutWildcards(text: string, version: Policy['version'], request: AnyRequest): string | undefined {
  const pieces = resolveTemplate(parseTemplate(text, version), requestContext(request));
  return pieces === undefined ? undefined : plainText(pieces).replaceAll('*', 'x').replaceAll('?', 'x');
}
