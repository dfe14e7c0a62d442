/** The elements of a statement, each narrowed so that it speaks of a request no more. */
import { compileClause, evaluateClause, onlyValues } from '../../conditions/clause.ts';
import { operatorText } from '../../document.ts';
import { matchGlob } from '../../glob.ts';
import type { ListElement, Statement } from '../../policy.ts';
import { resourceMatches } from '../../statement.ts';
import { quote, shownArn } from '../words.ts';
import { literal, principalElement } from './least-statement.ts';
import { isExactAction, isExactResource, type Narrowed, type Narrowing, namesOf } from './narrowing.ts';

const NONE: readonly Narrowing[] = [];

/** One value more on a list of exceptions, or one less on a list of what is meant. */
export function conditionNarrowings({ statement: compiled, subject, policy }: Narrowed): readonly Narrowing[] {
  const { statement, clauses } = compiled;
  if (clauses.length === 0) return NONE;
  const found: Narrowing[] = [];
  for (const [at, of] of clauses.entries()) {
    const { clause, operator, key } = of;
    const value = subject.context.get(key);
    if (operator === undefined || clause.set !== undefined || typeof value !== 'string') continue;
    const name = () => `${operatorText(clause)} ${clause.key}`;
    if (operator.negated) {
      const to = () => withClause(statement, at, [...clause.values, value]);
      // It was met by the others: this one alone can make it fail.
      const added = compileClause({ ...clause, values: [value] }, policy.policy.version);
      found.push({ to, how: () => `add ${quote(value)} to ${name()}`, reach: 1, values: 1, clause: added });
      continue;
    }
    if (clause.values.length < 2) continue;
    const others = onlyValues(of, (one) => evaluateClause(one, subject.context) !== 'met');
    const values = clause.values.length - others.values.length;
    if (others.values.length === 0) continue;
    const to = () => withClause(statement, at, others.clause.values);
    found.push({ to, how: () => `take ${quote(value)} out of ${name()}`, reach: 1, values, clause: others });
  }
  return found;
}

function withClause(statement: Statement, at: number, values: readonly string[]): Statement {
  const conditions = statement.conditions.map((clause, i) => (i === at ? { ...clause, values } : clause));
  return { ...statement, conditions };
}

export function resourceNarrowings(narrowed: Narrowed): readonly Narrowing[] {
  const { statement: compiled, subject, policy } = narrowed;
  const { version } = policy.policy;
  const { statement, isDeny } = compiled;
  const { resource } = statement;
  if (resource === undefined) return NONE;
  const asked = subject.request.resource;
  const reach = isExactAction(narrowed) ? 0 : 1;
  if (resource.not) {
    const to = () => ({ ...statement, resource: { not: true, values: [...resource.values, literal(asked, version)] } });
    return [{ to, how: () => `add ${shownArn(asked)} to NotResource`, reach, values: 1 }];
  }
  const kept = resource.values.filter((_, at) => {
    const value = compiled.resources?.[at];
    return value === undefined || resourceMatches(value, subject) !== true;
  });
  const isListed = resource.values.every((value, at) => kept.includes(value) || resource.values[at] === asked);
  if (kept.length > 0 && isListed) {
    const to = () => ({ ...statement, resource: { not: false, values: kept } });
    const values = resource.values.length - kept.length;
    return [{ to, how: () => `take ${shownArn(asked)} out of Resource`, reach, values }];
  }
  // Allow with NotResource is a trap: it allows whatever comes to be.
  if (isDeny && asked !== '*' && isOnly(resource, '*')) {
    const to = () => ({ ...statement, resource: { not: true, values: [literal(asked, version)] } });
    return [{ to, how: () => `write NotResource ${shownArn(asked)} for Resource *`, reach, values: 2 }];
  }
  return NONE;
}

export function actionNarrowings(narrowed: Narrowed): readonly Narrowing[] {
  const { statement, isDeny, actions } = narrowed.statement;
  const { action } = statement;
  const asked = narrowed.subject.request.action;
  const reach = isExactResource(narrowed) ? 0 : 1;
  if (action.not) {
    const to = () => ({ ...statement, action: { not: true, values: [...action.values, asked] } });
    return [{ to, how: () => `add ${asked} to NotAction`, reach, values: 1 }];
  }
  const kept = action.values.filter((_, at) => {
    const pattern = actions[at];
    return pattern === undefined || !matchGlob(pattern, narrowed.subject.action);
  });
  const isListed = action.values.every((value) => kept.includes(value) || value.toLowerCase() === asked.toLowerCase());
  if (kept.length > 0 && isListed) {
    const to = () => ({ ...statement, action: { not: false, values: kept } });
    const values = action.values.length - kept.length;
    return [{ to, how: () => `take ${asked} out of Action`, reach, values }];
  }
  if (isDeny && isOnly(action, '*')) {
    const to = () => ({ ...statement, action: { not: true, values: [asked] } });
    return [{ to, how: () => `write NotAction ${asked} for Action *`, reach, values: 2 }];
  }
  return NONE;
}

function isOnly({ values }: ListElement, value: string): boolean {
  return values.length === 1 && values[0] === value;
}

export function principalNarrowings(narrowed: Narrowed): readonly Narrowing[] {
  const { statement: compiled, subject } = narrowed;
  const { statement, isDeny } = compiled;
  const { principal } = statement;
  const { caller, resourceAccountId } = subject.request;
  if (principal === undefined || principal.not) return NONE;
  const found: Narrowing[] = [];
  if (principal.everyone && !isDeny && resourceAccountId !== '') {
    const to = () => ({
      ...statement,
      principal: { ...principal, everyone: false, aws: [...principal.aws, resourceAccountId] },
    });
    found.push({ to, how: () => `write Principal ${resourceAccountId} for *`, reach: 1, values: 2 });
  }
  const own = namesOf(principalElement(caller));
  const listed = namesOf(principal);
  if (!own.some((name) => listed.includes(name))) return found;
  const keep = (names: readonly string[]) => names.filter((name) => !own.includes(name));
  const kept = {
    ...principal,
    aws: keep(principal.aws),
    service: keep(principal.service),
    federated: keep(principal.federated),
  };
  const left = namesOf(kept).length;
  if (left === 0) return found;
  const reach = isExactAction(narrowed) && isExactResource(narrowed) ? 0 : 1;
  const to = () => ({ ...statement, principal: kept });
  found.push({ to, how: () => 'take the caller out of Principal', reach, values: listed.length - left });
  return found;
}
