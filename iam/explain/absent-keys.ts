/** The condition keys that the request does not have, and whether having them would have turned the answer. */
import { askAll } from '../asked.ts';
import { judgeAsked } from '../decide.ts';
import type { AnyRequest, ApplicablePolicies } from '../model.ts';
import { requestContext } from '../request-context.ts';
import type { Subject } from '../statement.ts';
import type { Judgement } from './decision.ts';
import type { AbsentKey, KeyAsked, LayerExplanation, StatementExplanation } from './explanation.ts';

const MOST_KEYS = 5;
const MOST_STATEMENTS = 5;
const MOST_TRIES = 8;
const MOST_ROUNDS = 3;

interface Asked {
  readonly key: string;
  readonly askedBy: KeyAsked[];
}

/**
 * The absent keys that the statements asked for which spoke, or came near: by an operator, or as a policy variable. Whether they
 * could turn the answer is decided: with values that the statements name, and with one that they do not, each key alone, and where
 * none does it alone all together.
 */
export function findAbsentKeys(
  layers: readonly LayerExplanation[],
  judgement: Judgement,
  subject: Subject,
  policies: ApplicablePolicies,
): readonly AbsentKey[] {
  let keys: Map<string, Asked> | undefined;
  for (const { statements, near } of layers) {
    for (const statement of statements) keys = collect(statement, keys);
    for (const statement of near) keys = collect(statement, keys);
  }
  if (keys === undefined) return NONE;
  const absent = [...keys.values()]
    .slice(0, MOST_KEYS)
    .map(({ key, askedBy }) => ({ key, askedBy, tries: candidates(askedBy, subject.request) }));
  const isAllowed = judgement.kind === 'allowed';
  const turnsWith = (given: Given) => {
    const having = withKeys(subject, given, policies);
    return (judgeAsked(askAll(having, policies), having, policies).kind === 'allowed') !== isAllowed;
  };
  const alone = absent.map(({ key, askedBy, tries }): AbsentKey => {
    const value = tries.find((tried) => turnsWith([[key, tried]]));
    const told = askedBy.slice(0, MOST_STATEMENTS);
    return value === undefined ? { key, askedBy: told, turns: 'never' } : { key, askedBy: told, turns: 'alone', value };
  });
  if (alone.length === 1 || alone.some(({ turns: by }) => by === 'alone')) return alone;
  return together(absent, turnsWith, alone);
}

/** The keys with values that turn the answer only all at once, if there are such; the candidates are tried in step. */
function together(
  absent: readonly { readonly key: string; readonly tries: readonly string[] }[],
  turnsWith: (given: Given) => boolean,
  alone: readonly AbsentKey[],
): readonly AbsentKey[] {
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const given = absent.map(({ key, tries }) => [key, tries[round] ?? tries[0] ?? ''] as const);
    if (turnsWith(given)) return alone.map((key, at) => ({ ...key, turns: 'together', value: given[at]?.[1] ?? '' }));
  }
  return alone;
}

type Given = readonly (readonly [key: string, value: string])[];

/** The request with keys more: no rule that is settled before policies are read goes by them. */
function withKeys({ request, action, hasBoundary }: Subject, given: Given, { grants }: ApplicablePolicies): Subject {
  const context = requestContext(request, new Map(given.map(([key, value]) => [key.toLowerCase(), value])));
  // Grants of a key read what the request itself names, in its case.
  if (grants === undefined) return { request, action, context, hasBoundary };
  const named = { ...request, context: { ...request.context, ...Object.fromEntries(given) } };
  return { request: named, action, context, hasBoundary };
}

const NONE: readonly AbsentKey[] = [];

/** Most requests have every key that they are asked for: the map is made for the first that is absent. */
function collect(
  statement: StatementExplanation,
  known: Map<string, Asked> | undefined,
): Map<string, Asked> | undefined {
  let keys = known;
  for (const { element, clause, unresolved } of statement.elements) {
    if (clause?.value === null) {
      keys ??= new Map();
      add(keys, clause.key, statement, clause.operator, clause.wanted);
    }
    if (unresolved === undefined) continue;
    keys ??= new Map();
    for (const key of unresolved) add(keys, key, statement, element, []);
  }
  return keys;
}

function add(
  keys: Map<string, Asked>,
  key: string,
  { layer, policy, name, statement, sid, effect }: StatementExplanation,
  by: string,
  wanted: readonly string[],
): void {
  const lower = key.toLowerCase();
  let known = keys.get(lower);
  if (known === undefined) {
    known = { key, askedBy: [] };
    keys.set(lower, known);
  }
  known.askedBy.push(
    sid === undefined
      ? { layer, policy, name, statement, effect, by, wanted }
      : { layer, policy, name, statement, sid, effect, by, wanted },
  );
}

/** Values worth a try: what is asked for, what lies beside it, the parts of the resource for variables, and something else. */
function candidates(askedBy: readonly KeyAsked[], { resource }: AnyRequest): readonly string[] {
  const found: string[] = [];
  for (const { by, wanted } of askedBy) {
    for (const value of wanted.length > 0 ? besideWanted(by, wanted) : resource.split(/[:/]/).reverse()) {
      if (value !== '' && !found.includes(value)) found.push(value);
    }
  }
  if (found.length >= MOST_TRIES) found.length = MOST_TRIES - 1;
  found.push('another-value');
  return found;
}

const beside = new WeakMap<readonly string[], { readonly operator: string; readonly values: readonly string[] }>();

/** What a clause asks for, and what lies beside it: found once for its list of values. */
function besideWanted(operator: string, wanted: readonly string[]): readonly string[] {
  let known = beside.get(wanted);
  if (known?.operator !== operator) {
    known = { operator, values: wanted.flatMap((value) => near(operator, value)) };
    beside.set(wanted, known);
  }
  return known.values;
}

function near(operator: string, value: string): readonly string[] {
  if (operator.includes('Numeric')) return [value, String(Number(value) - 1), String(Number(value) + 1)];
  if (operator.includes('Date')) return [value, '2000-01-01T00:00:00Z', '2100-01-01T00:00:00Z'];
  if (operator.includes('IpAddress')) return [value.split('/')[0] ?? value, '192.0.2.1'];
  if (operator.includes('Bool')) return ['true', 'false'];
  if (operator.includes('Null')) return ['value'];
  return [value.replaceAll('*', '').replaceAll('?', 'x')];
}
