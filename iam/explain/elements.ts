/** Each element of a statement held against a request: whether it speaks of it, and why. */
import type { CompiledStatement } from '../compile.ts';
import { type ClauseOutcome, type CompiledClause, evaluateClause } from '../conditions/clause.ts';
import { isAbsent, NULL_OPERATOR } from '../conditions/null.ts';
import { operatorText } from '../document.ts';
import {
  type Addressing,
  actionApplies,
  askPrincipal,
  askResource,
  type Outcome,
  resourceMatches,
  type Subject,
} from '../statement.ts';
import { isStatic, parseTemplate, plainText, resolveTemplate, type Template } from '../variables.ts';
import type { ElementExplanation, ElementOutcome } from './explanation.ts';
import { callerName, listOf, listShown, quote, shortArn, show } from './words.ts';

const MOST_VALUES = 10;

/** Whether a statement is known to have spoken of the request beyond doubt: then each of its elements matched, and none is asked again. */
export type Spoken = 'beyond-doubt' | 'not-known';

/** All elements that a statement has, in the order in which they stand in AWS's grammar. */
export function explainElements(
  statement: CompiledStatement,
  subject: Subject,
  addressing: Addressing,
  spoken: Spoken = 'not-known',
): readonly ElementExplanation[] {
  const elements: ElementExplanation[] = [];
  const principal = explainPrincipal(statement, subject, addressing, spoken);
  if (principal !== undefined) elements.push(principal);
  elements.push(explainAction(statement, subject));
  const resource = explainResource(statement, subject, spoken);
  if (resource !== undefined) elements.push(resource);
  for (const clause of statement.clauses) elements.push(explainClause(clause, subject, spoken));
  return elements;
}

const actionElements = new WeakMap<CompiledStatement, Map<string, ElementExplanation>>();

/** How many actions a statement keeps its answers for. */
const MOST_ACTIONS = 64;

/** The Action or NotAction element: the same for every request with the action, and so put together once. */
function explainAction(statement: CompiledStatement, subject: Subject): ElementExplanation {
  let known = actionElements.get(statement);
  if (known === undefined) {
    known = new Map();
    actionElements.set(statement, known);
  }
  const { action } = subject.request;
  let explained = known.get(action);
  if (explained === undefined) {
    const { not, values } = statement.statement.action;
    const element = not ? 'NotAction' : 'Action';
    const applies = actionApplies(statement, subject);
    const because = `${action} is ${applies !== not ? '' : 'not '}in ${element} ${actionList(values, action)}`;
    explained = { element, outcome: applies ? 'matches' : 'does-not-match', because };
    if (known.size >= MOST_ACTIONS) known.clear();
    known.set(action, explained);
  }
  return explained;
}

/** The service of an action or of a pattern of actions, in lower case. */
export function serviceOf(action: string): string {
  return action.slice(0, action.indexOf(':')).toLowerCase();
}

/** The values that are of the action's service or of all services, else all, as a sentence shows them. */
function actionList(values: readonly string[], action: string): string {
  const service = serviceOf(action);
  const ofService = values.filter((value) => serviceOf(value) === service || value === '*');
  return listOf(ofService.length === 0 ? values : ofService);
}

/** The Resource or NotResource element; undefined where the statement has none. */
function explainResource(
  statement: CompiledStatement,
  subject: Subject,
  spoken: Spoken,
): ElementExplanation | undefined {
  const { resources } = statement;
  if (resources === undefined) return undefined;
  const { resource } = subject.request;
  const { not, values } = statement.statement.resource ?? { not: false, values: [] };
  const element = not ? 'NotResource' : 'Resource';
  const outcome = spoken === 'beyond-doubt' ? 'matches' : asElement(askResource(statement, subject));
  if (outcome === 'doubtful') {
    const because = `AWS does not say whether ${shownResource(subject)} is in ${element} ${resourceList(statement, values)}`;
    return { element, outcome, because };
  }
  const isListed = (outcome === 'matches') !== not;
  const at = isListed && values.length > 1 ? resources.findIndex((value) => resourceMatches(value, subject)) : -1;
  const list = at >= 0 ? show(shortArn(values[at] ?? '')) : resourceList(statement, values);
  const because = isListed
    ? `${shownResource(subject)} is in ${element} ${list}`
    : `${resource === '*' ? 'this action has no resource of its own, and "*"' : shownResource(subject)} is not in ${element} ${list}`;
  if (isListed) return { element, outcome, because };
  const unresolved = resources.flatMap((value) =>
    value.kind === 'template' ? unresolvedIn(value.template, subject) : [],
  );
  if (unresolved.length === 0) return { element, outcome, because };
  return { element, outcome, because: `${because} (no value in this request: ${listOf(unresolved)})`, unresolved };
}

/** The variables of a text that have neither a value nor a default. */
function unresolvedIn(template: Template, { context }: Subject): readonly string[] {
  return template.flatMap((piece) => {
    if (!('variable' in piece) || piece.fallback !== undefined) return [];
    return typeof context.get(piece.variable) === 'string' ? [] : [piece.variable];
  });
}

let lastResource = { resource: '*', shown: '"*"' };

/** The last one is kept: most statements of an explanation are told with the same. */
function shownResource({ request: { resource } }: Subject): string {
  if (resource !== lastResource.resource) lastResource = { resource, shown: quote(shortArn(resource)) };
  return lastResource.shown;
}

const resourceLists = new WeakMap<CompiledStatement, string>();

function resourceList(statement: CompiledStatement, values: readonly string[]): string {
  let list = resourceLists.get(statement);
  if (list === undefined) {
    list = listOf(values.map(shortArn));
    resourceLists.set(statement, list);
  }
  return list;
}

/** The Principal or NotPrincipal element; undefined where a statement has none and needs none. */
function explainPrincipal(
  statement: CompiledStatement,
  subject: Subject,
  addressing: Addressing,
  spoken: Spoken,
): ElementExplanation | undefined {
  const { principal } = statement.statement;
  if (principal === undefined) {
    if (addressing === 'by-attachment') return undefined;
    return { element: 'Principal', outcome: 'does-not-match', because: 'the statement names no Principal' };
  }
  const outcome = spoken === 'beyond-doubt' ? 'matches' : asElement(askPrincipal(statement, subject, addressing));
  const element = principal.not ? 'NotPrincipal' : 'Principal';
  if (addressing === 'by-attachment') {
    return { element, outcome, because: `a policy of an identity has no ${element}` };
  }
  if (principal.not && !statement.isDeny) {
    return { element, outcome, because: 'AWS does not support Allow with NotPrincipal' };
  }
  const isListed = (outcome === 'does-not-match') === principal.not;
  const who = isListed && outcome === 'matches' ? lowerFirst(callerName(subject.request.caller)) : 'the caller';
  return { element, outcome, because: `${who} is ${isListed ? '' : 'not '}in ${element} ${principalList(statement)}` };
}

/** Names begin a sentence elsewhere: only what is no name is put in lower case. */
function lowerFirst(name: string): string {
  return /^(An|The|User|Federated|Role) /.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name;
}

const principalLists = new WeakMap<CompiledStatement, string>();

function principalList(statement: CompiledStatement): string {
  let list = principalLists.get(statement);
  if (list === undefined) {
    const { everyone, aws, service, federated, canonicalUser } = statement.statement.principal ?? NOBODY;
    list = listOf([...(everyone ? ['*'] : []), ...aws, ...service, ...federated, ...canonicalUser].map(shortArn));
    principalLists.set(statement, list);
  }
  return list;
}

const NOBODY = { everyone: false, aws: [], service: [], federated: [], canonicalUser: [] };

interface ExplainedClause {
  readonly value: string | undefined;
  readonly outcome: ClauseOutcome;
  readonly explained: ElementExplanation;
}

/** The last answer of each clause that goes by its key alone: the requests of a caller mostly have the same keys. */
const lastClauses = new WeakMap<CompiledClause, ExplainedClause>();

/** One key under one operator of the Condition element. */
function explainClause(compiled: CompiledClause, subject: Subject, spoken: Spoken): ElementExplanation {
  const value = subject.context.get(compiled.key);
  const outcome = spoken === 'beyond-doubt' ? 'met' : evaluateClause(compiled, subject.context);
  const last = lastClauses.get(compiled);
  if (last !== undefined && last.value === value && last.outcome === outcome) return last.explained;
  const { clause } = compiled;
  const wanted = clause.values.length > MOST_VALUES ? clause.values.slice(0, MOST_VALUES) : clause.values;
  const explained: ElementExplanation = {
    element: 'Condition',
    outcome: outcome === 'met' ? 'matches' : outcome === 'unmet' ? 'does-not-match' : 'doubtful',
    because: whyClause(compiled, value, outcome, subject),
    clause: { operator: operatorText(clause), key: clause.key, value: value ?? null, wanted },
  };
  if (!hasVariables(compiled)) {
    if (value === undefined || typeof value === 'string') lastClauses.set(compiled, { value, outcome, explained });
    return explained;
  }
  if (value === undefined) return explained;
  const unresolved = clause.values.flatMap((text) => unresolvedIn(parseTemplate(text, compiled.version), subject));
  return unresolved.length === 0 ? explained : { ...explained, unresolved };
}

function hasVariables({ clause, operator, version }: CompiledClause): boolean {
  if (operator?.variables !== true || version === '2008-10-17') return false;
  return clause.values.some((text) => text.includes('${'));
}

function whyClause(
  compiled: CompiledClause,
  value: string | readonly string[] | undefined,
  outcome: ClauseOutcome,
  subject: Subject,
): string {
  const { clause, operator } = compiled;
  const { key } = clause;
  if (clause.operator === NULL_OPERATOR) {
    return isAbsent(value) ? `${key} is not in the request` : `${key} is in the request`;
  }
  if (operator === undefined) return `there is no condition operator ${clause.operator}`;
  if (value === undefined || isAbsent(value)) {
    const by = outcome === 'met' ? `, which meets ${operatorText(clause)}` : '';
    return `${key} is not in the request${by}`;
  }
  if (typeof value !== 'string' && clause.set === undefined) {
    return `${key} can have several values: ${clause.operator} needs ForAllValues or ForAnyValue`;
  }
  const shown = show(typeof value === 'string' ? value : value.join(', '));
  if (outcome === 'doubtful') return `${key} ${shown} cannot be compared by ${clause.operator}`;
  return `${key} ${shown} ${outcome === 'met' ? operator.success : operator.failure} ${wantedList(compiled, subject)}`;
}

const wantedLists = new WeakMap<CompiledClause, string>();

/** The values that a clause asks for, with their variables filled in. Those without variables are put together once. */
function wantedList(compiled: CompiledClause, subject: Subject): string {
  const known = wantedLists.get(compiled);
  if (known !== undefined) return known;
  const { values } = compiled.clause;
  const shown = listShown(values.map((value) => resolved(value, compiled, subject)));
  if (!hasVariables(compiled)) wantedLists.set(compiled, shown);
  return shown;
}

/** A policy value as this request reads it, ready to be shown: with its variables filled in where they have a value. */
function resolved(text: string, compiled: CompiledClause, subject: Subject): string {
  if (compiled.operator?.variables !== true) return show(text);
  const template = parseTemplate(text, compiled.version);
  if (isStatic(template)) return show(text);
  const pieces = resolveTemplate(template, subject.context);
  return pieces === undefined ? `${show(text)} (no value in this request)` : show(plainText(pieces));
}

function asElement(outcome: Outcome): ElementOutcome {
  return outcome === 'applies' ? 'matches' : outcome === 'doubtful' ? 'doubtful' : 'does-not-match';
}
