/** Each element of a statement held against a request: whether it speaks of it, and why. */
import type { CompiledStatement } from '../compile.ts';
import type { AnyCaller } from '../model.ts';
import {
  type Addressing,
  actionApplies,
  askPrincipal,
  askResource,
  type Outcome,
  resourceMatches,
  type Subject,
} from '../statement.ts';
import { explainClause, type Spoken, unresolvedIn } from './clauses.ts';
import type { ElementExplanation, ElementOutcome } from './explanation.ts';
import { callerName, listOf, shortArn, show, shownArn } from './words.ts';

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
    const because = `AWS does not say whether ${shownArn(resource)} is in ${element} ${resourceList(statement, values)}`;
    return { element, outcome, because };
  }
  const isListed = (outcome === 'matches') !== not;
  const at = isListed && values.length > 1 ? resources.findIndex((value) => resourceMatches(value, subject)) : -1;
  const list = at >= 0 ? show(shortArn(values[at] ?? '')) : resourceList(statement, values);
  const because = isListed
    ? `${shownArn(resource)} is in ${element} ${list}`
    : `${resource === '*' ? 'this action has no resource of its own, and "*"' : shownArn(resource)} is not in ${element} ${list}`;
  if (isListed) return { element, outcome, because };
  const unresolved = resources.flatMap((value, index) =>
    value.kind === 'template' ? unresolvedIn(values[index] ?? '', value.template, subject) : [],
  );
  if (unresolved.length === 0) return { element, outcome, because };
  return { element, outcome, because: `${because} (no value in this request: ${listOf(unresolved)})`, unresolved };
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
  const { caller } = subject.request;
  const last = lastPrincipals.get(statement);
  if (last !== undefined && last.caller === caller && last.explained.outcome === outcome) return last.explained;
  const isListed = (outcome === 'does-not-match') === principal.not;
  const who = isListed && outcome === 'matches' ? lowerFirst(callerName(caller)) : 'the caller';
  const because = `${who} is ${isListed ? '' : 'not '}in ${element} ${principalList(statement)}`;
  const explained: ElementExplanation = { element, outcome, because };
  lastPrincipals.set(statement, { caller, explained });
  return explained;
}

/** The last answer of each statement: requests of one caller mostly come in a row. */
const lastPrincipals = new WeakMap<
  CompiledStatement,
  { readonly caller: AnyCaller; readonly explained: ElementExplanation }
>();

/** Names begin a sentence elsewhere: only what is no name is put in lower case. */
function lowerFirst(name: string): string {
  return /^(An|The|User|Federated|Role) /.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name;
}

function principalList({ statement }: CompiledStatement): string {
  const { everyone, aws, service, federated, canonicalUser } = statement.principal ?? NOBODY;
  return listOf([...(everyone ? ['*'] : []), ...aws, ...service, ...federated, ...canonicalUser].map(shortArn));
}

const NOBODY = { everyone: false, aws: [], service: [], federated: [], canonicalUser: [] };

function asElement(outcome: Outcome): ElementOutcome {
  return outcome === 'applies' ? 'matches' : outcome === 'doubtful' ? 'doubtful' : 'does-not-match';
}
