/** Names that the policies of a principal in hand tell apart, for resources that it may name itself. */
import { literal, oneOrMore, type Pattern } from '../analyse/language.ts';
import { classMembers } from '../analyse/members.ts';
import { resourcePattern } from '../analyse/patterns.ts';
import { readStatements } from '../analyse/readings.ts';
import { requestContext } from '../request-context.ts';
import { plainText, resolveTemplate } from '../variables.ts';
import type { Foothold, Setting } from './foothold.ts';
import type { Need } from './row.ts';
import { ownPolicies, speaksOf } from './statements.ts';

/** States that are walked for the names of one ARN. */
const BUDGET = 20_000;
/** What stands for an id that a service draws. */
const DRAWN = '0123456789abcdef0';
/** Slots whose names can have paths. */
const WITH_PATH: ReadonlySet<string> = new Set(['user', 'role', 'key', 'profile']);

type Part = { readonly text: string } | { readonly slot: string; readonly isDrawn: boolean };

/** An ARN of a row with names for its slots: `new-function`, and an id for `{#instance}`. */
export function exampleArn(template: string): string {
  return partsOf(template)
    .map((part) => ('text' in part ? part.text : part.isDrawn ? DRAWN : `new-${part.slot}`))
    .join('');
}

function partsOf(template: string): readonly Part[] {
  return template.split(/(\{[^}]*\})/).map((piece) => {
    if (!piece.startsWith('{')) return { text: piece };
    const isDrawn = piece.startsWith('{#');
    return { slot: piece.slice(isDrawn ? 2 : 1, -1), isDrawn };
  });
}

/** Partition, region and account put into an ARN of a row. */
export function fillArn(text: string, { principal }: Foothold, region: string): string {
  const [, partition = '', service = '', ofRegion = '', account = '', ...resource] = text.split(':');
  const own = principal.arn.split(':')[1] ?? 'aws';
  return [
    'arn',
    partition === '*' ? own : partition,
    service,
    ofRegion === '*' ? region : ofRegion,
    account === '*' ? principal.accountId : account,
    ...resource,
  ].join(':');
}

function universeOf(parts: readonly Part[]): Pattern {
  return parts.flatMap((part): Pattern => {
    if ('text' in part) return literal(part.text);
    if (part.isDrawn) return literal(DRAWN);
    const name = oneOrMore({ not: true, chars: ':/*?' });
    return WITH_PATH.has(part.slot) ? [{ run: true, not: true, chars: ':*?' }, ...name] : name;
  });
}

/** A name for a filled template that a policy's pattern takes in; undefined where there is none. */
export function arnMatching(template: string, pattern: string): string | undefined {
  const members = classMembers([resourcePattern([{ pattern }])], [universeOf(partsOf(template))], BUDGET) ?? [];
  return members.find(({ accepted }) => accepted.startsWith('1'))?.text;
}

/** One ARN of each class that the principal's own policies tell apart for the needs' actions. What a service draws stays as it is. */
export function arnsWithin(template: string, actor: Foothold, needs: readonly Need[]): readonly string[] {
  const parts = partsOf(template);
  if (parts.every((part) => 'text' in part || part.isDrawn)) return [];
  const patterns = patternsFor(actor, needs);
  if (patterns.length === 0) return [];
  const members = classMembers(patterns, [universeOf(parts)], BUDGET) ?? [];
  return members.map(({ text }) => text);
}

function patternsFor(actor: Foothold, needs: readonly Need[]): readonly Pattern[] {
  const context = requestContext({
    caller: actor.caller,
    action: needs[0]?.action ?? '',
    resource: '*',
    resourceAccountId: actor.principal.accountId,
    context: {},
  });
  const seen = new Map<string, Pattern>();
  for (const { compiled, resources = [] } of readStatements(ownPolicies(actor).map(({ policy }) => policy))) {
    if (!needs.some(({ action }) => speaksOf(compiled.statement, action))) continue;
    for (const template of resources) {
      const pieces = resolveTemplate(template, context);
      // What takes in everything tells nothing apart.
      if (pieces !== undefined && plainText(pieces) !== '*') seen.set(JSON.stringify(pieces), resourcePattern(pieces));
    }
  }
  return [...seen.values()];
}

const REGION = /^[a-z]{2,}(-[a-z]+)+-[0-9]$/;
const regions = new WeakMap<object, readonly string[]>();

/** Regions that a principal's policies and the SCPs over it name, in ARNs or for `aws:RequestedRegion`. */
export function regionsNamed({ estate }: Setting, actor: Foothold): readonly string[] {
  const known = regions.get(actor.principal);
  if (known !== undefined) return known;
  const over = Object.hasOwn(estate.serviceControl, actor.principal.accountId)
    ? (estate.serviceControl[actor.principal.accountId] ?? []).flat()
    : [];
  const found = new Set<string>();
  for (const { policy } of [...ownPolicies(actor), ...over]) {
    for (const { resource, conditions } of policy.statements) {
      for (const value of resource?.values ?? []) found.add(value.split(':')[3] ?? '');
      for (const { key, values } of conditions) {
        if (key.toLowerCase() === 'aws:requestedregion') for (const value of values) found.add(value);
      }
    }
  }
  const named = [...found].filter((region) => REGION.test(region)).sort();
  regions.set(actor.principal, named);
  return named;
}
