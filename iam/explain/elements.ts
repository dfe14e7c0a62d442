/** Each element of a statement held against a request: whether it speaks of it, and why. */
import type { CompiledStatement } from '../compile.ts';
import type { AnyCaller } from '../model.ts';
import { serviceOf } from '../service-of.ts';
import {
  type Addressing,
  actionApplies,
  askPrincipal,
  askResource,
  type Outcome,
  resourceMatches,
  type Subject,
} from '../statement.ts';
import { type Spoken, ToldClause, unresolvedIn } from './clauses.ts';
import type { ElementExplanation, ElementOutcome } from './explanation.ts';
import { callerName, listOf, shortArn, shownArn } from './words.ts';

/** A statement with what was said of its elements, and is the same for other requests. */
class Told {
  readonly clauses: readonly ToldClause[];
  /** The Action or NotAction element by action. */
  readonly actions = new Map<string, ElementExplanation>();
  /** ` is in Resource archive/*`, by the place of the value; past the last: of all of them. */
  readonly within: string[] = [];
  /** ` is not in Resource archive/*`. */
  without: string | undefined;
  /** The last that was said of Principal or NotPrincipal: requests of one caller mostly come in a row. */
  principal: ElementExplanation | undefined;
  caller: AnyCaller | undefined;

  constructor({ clauses }: CompiledStatement) {
    this.clauses = clauses.map((clause) => new ToldClause(clause));
  }
}

const told = new WeakMap<CompiledStatement, Told>();

function toldOf(statement: CompiledStatement): Told {
  let known = told.get(statement);
  if (known === undefined) {
    known = new Told(statement);
    told.set(statement, known);
  }
  return known;
}

/** All elements that a statement has, in the order in which they stand in AWS's grammar. */
export function explainElements(
  statement: CompiledStatement,
  subject: Subject,
  addressing: Addressing,
  spoken: Spoken = 'not-known',
): readonly ElementExplanation[] {
  const known = toldOf(statement);
  const principal = explainPrincipal(statement, known, subject, addressing, spoken);
  const action = explainAction(statement, known, subject);
  const resource = explainResource(statement, known, subject, spoken);
  const elements = withoutConditions(principal, action, resource);
  for (const clause of known.clauses) elements.push(clause.explain(subject, spoken));
  return elements;
}

/** Written out: a list that grows takes much more memory than one of three. */
function withoutConditions(
  principal: ElementExplanation | undefined,
  action: ElementExplanation,
  resource: ElementExplanation | undefined,
): ElementExplanation[] {
  if (principal === undefined) return resource === undefined ? [action] : [action, resource];
  return resource === undefined ? [principal, action] : [principal, action, resource];
}

/** How many actions a statement keeps its answers for. */
const MOST_ACTIONS = 64;

/** The Action or NotAction element: the same for every request with the action, and so put together once. */
function explainAction(statement: CompiledStatement, { actions }: Told, subject: Subject): ElementExplanation {
  const { action } = subject.request;
  let explained = actions.get(action);
  if (explained === undefined) {
    const { not, values } = statement.statement.action;
    const element = not ? 'NotAction' : 'Action';
    const applies = actionApplies(statement, subject);
    const because = `${action} is ${applies !== not ? '' : 'not '}in ${element} ${actionList(values, action)}`;
    explained = { element, outcome: applies ? 'matches' : 'does-not-match', because };
    if (actions.size >= MOST_ACTIONS) actions.clear();
    actions.set(action, explained);
  }
  return explained;
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
  known: Told,
  subject: Subject,
  spoken: Spoken,
): ElementExplanation | undefined {
  const { resources } = statement;
  if (resources === undefined) return undefined;
  const { resource } = subject.request;
  const { not, values } = statement.statement.resource ?? NO_RESOURCES;
  const element = not ? 'NotResource' : 'Resource';
  const outcome = spoken === 'beyond-doubt' ? 'matches' : asElement(askResource(statement, subject));
  if (outcome === 'doubtful') {
    const because = `AWS does not say whether ${shownArn(resource)} is in ${element} ${listOf(values.map(shortArn))}`;
    return { element, outcome, because };
  }
  if ((outcome === 'matches') !== not) {
    const found = values.length > 1 ? resources.findIndex((value) => resourceMatches(value, subject)) : 0;
    const at = found < 0 ? values.length : found;
    known.within[at] ??= ` is in ${element} ${listOf((found < 0 ? values : values.slice(at, at + 1)).map(shortArn))}`;
    return { element, outcome, because: shownArn(resource) + known.within[at] };
  }
  known.without ??= ` is not in ${element} ${listOf(values.map(shortArn))}`;
  const because =
    (resource === '*' ? 'this action has no resource of its own, and "*"' : shownArn(resource)) + known.without;
  if (statement.plainResources !== undefined) return { element, outcome, because };
  const unresolved = resources.flatMap((value, index) =>
    value.kind === 'template' ? unresolvedIn(values[index] ?? '', value.template, subject) : [],
  );
  if (unresolved.length === 0) return { element, outcome, because };
  return { element, outcome, because: `${because} (no value in this request: ${listOf(unresolved)})`, unresolved };
}

const NO_RESOURCES = { not: false, values: [] };

/** The Principal or NotPrincipal element; undefined where a statement has none and needs none. */
function explainPrincipal(
  statement: CompiledStatement,
  known: Told,
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
  if (known.caller === caller && known.principal?.outcome === outcome) return known.principal;
  const isListed = (outcome === 'does-not-match') === principal.not;
  const who = isListed && outcome === 'matches' ? lowerFirst(callerName(caller)) : 'the caller';
  const because = `${who} is ${isListed ? '' : 'not '}in ${element} ${principalList(statement)}`;
  const explained: ElementExplanation = { element, outcome, because };
  known.caller = caller;
  known.principal = explained;
  return explained;
}

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
