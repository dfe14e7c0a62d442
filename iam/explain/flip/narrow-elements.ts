/** The elements of a statement, each narrowed so that it speaks of a request no more. */
import { compileClause, evaluateClause } from '../../conditions/clause.ts';
import { operatorText } from '../../document.ts';
import { matchGlob } from '../../glob.ts';
import type { ConditionClause, ListElement, Statement } from '../../policy.ts';
import { resourceMatches } from '../../statement.ts';
import { quote, shownArn } from '../words.ts';
import { literal, principalElement } from './least-statement.ts';
import { isExactAction, isExactResource, type Narrowed, type Narrowing, namesOf } from './narrowing.ts';

/** One value more on a list of exceptions, or one less on a list of what is meant. */
export function* conditionNarrowings({ statement: compiled, subject, policy }: Narrowed): Generator<Narrowing> {
  const { statement, clauses } = compiled;
  for (const [at, { clause, operator, key }] of clauses.entries()) {
    const value = subject.context.get(key);
    if (operator === undefined || clause.set !== undefined || typeof value !== 'string') continue;
    const name = () => `${operatorText(clause)} ${clause.key}`;
    if (operator.negated) {
      const changed = { ...clause, values: [...clause.values, value] };
      const to = () => withClause(statement, at, changed);
      yield { to, how: () => `add ${quote(value)} to ${name()}`, reach: 1, values: 1, clause: changed };
      continue;
    }
    if (clause.values.length < 2) continue;
    const isMet = (text: string) =>
      evaluateClause(compileClause({ ...clause, values: [text] }, policy.policy.version), subject.context) === 'met';
    const kept = clause.values.filter((text) => !isMet(text));
    if (kept.length === 0) continue;
    const values = clause.values.length - kept.length;
    const changed = { ...clause, values: kept };
    const to = () => withClause(statement, at, changed);
    yield { to, how: () => `take ${quote(value)} out of ${name()}`, reach: 1, values, clause: changed };
  }
}

function withClause(statement: Statement, at: number, changed: ConditionClause): Statement {
  return { ...statement, conditions: statement.conditions.map((clause, i) => (i === at ? changed : clause)) };
}

export function* resourceNarrowings(narrowed: Narrowed): Generator<Narrowing> {
  const { statement: compiled, subject, policy } = narrowed;
  const { version } = policy.policy;
  const { statement, isDeny } = compiled;
  const { resource } = statement;
  if (resource === undefined) return;
  const asked = subject.request.resource;
  const reach = isExactAction(narrowed) ? 0 : 1;
  if (resource.not) {
    const to = () => ({ ...statement, resource: { not: true, values: [...resource.values, literal(asked, version)] } });
    yield { to, how: () => `add ${shownArn(asked)} to NotResource`, reach, values: 1 };
    return;
  }
  const kept = resource.values.filter((_, at) => {
    const value = compiled.resources?.[at];
    return value === undefined || resourceMatches(value, subject) !== true;
  });
  const isListed = resource.values.every((value, at) => kept.includes(value) || resource.values[at] === asked);
  if (kept.length > 0 && isListed) {
    const to = () => ({ ...statement, resource: { not: false, values: kept } });
    const values = resource.values.length - kept.length;
    yield { to, how: () => `take ${shownArn(asked)} out of Resource`, reach, values };
  }
  // Allow with NotResource is a trap: it allows whatever comes to be.
  if (isDeny && asked !== '*' && isOnly(resource, '*')) {
    const to = () => ({ ...statement, resource: { not: true, values: [literal(asked, version)] } });
    yield { to, how: () => `write NotResource ${shownArn(asked)} for Resource *`, reach, values: 2 };
  }
}

export function* actionNarrowings(narrowed: Narrowed): Generator<Narrowing> {
  const { statement, isDeny, actions } = narrowed.statement;
  const { action } = statement;
  const asked = narrowed.subject.request.action;
  const reach = isExactResource(narrowed) ? 0 : 1;
  if (action.not) {
    const to = () => ({ ...statement, action: { not: true, values: [...action.values, asked] } });
    yield { to, how: () => `add ${asked} to NotAction`, reach, values: 1 };
    return;
  }
  const kept = action.values.filter((_, at) => {
    const pattern = actions[at];
    return pattern === undefined || !matchGlob(pattern, narrowed.subject.action);
  });
  const isListed = action.values.every((value) => kept.includes(value) || value.toLowerCase() === asked.toLowerCase());
  if (kept.length > 0 && isListed) {
    const to = () => ({ ...statement, action: { not: false, values: kept } });
    const values = action.values.length - kept.length;
    yield { to, how: () => `take ${asked} out of Action`, reach, values };
  }
  if (isDeny && isOnly(action, '*')) {
    const to = () => ({ ...statement, action: { not: true, values: [asked] } });
    yield { to, how: () => `write NotAction ${asked} for Action *`, reach, values: 2 };
  }
}

function isOnly({ values }: ListElement, value: string): boolean {
  return values.length === 1 && values[0] === value;
}

export function* principalNarrowings(narrowed: Narrowed): Generator<Narrowing> {
  const { statement: compiled, subject } = narrowed;
  const { statement, isDeny } = compiled;
  const { principal } = statement;
  const { caller, resourceAccountId } = subject.request;
  if (principal === undefined || principal.not) return;
  if (principal.everyone && !isDeny && resourceAccountId !== '') {
    const to = () => ({
      ...statement,
      principal: { ...principal, everyone: false, aws: [...principal.aws, resourceAccountId] },
    });
    yield { to, how: () => `write Principal ${resourceAccountId} for *`, reach: 1, values: 2 };
  }
  const own = namesOf(principalElement(caller));
  const listed = namesOf(principal);
  if (!own.some((name) => listed.includes(name))) return;
  const keep = (names: readonly string[]) => names.filter((name) => !own.includes(name));
  const kept = {
    ...principal,
    aws: keep(principal.aws),
    service: keep(principal.service),
    federated: keep(principal.federated),
  };
  const left = namesOf(kept).length;
  if (left === 0) return;
  const reach = isExactAction(narrowed) && isExactResource(narrowed) ? 0 : 1;
  const to = () => ({ ...statement, principal: kept });
  yield { to, how: () => 'take the caller out of Principal', reach, values: listed.length - left };
}
