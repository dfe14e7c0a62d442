/** The Allow statements that came near, and the one element that kept each from applying. */
import { type CompiledStatement, compilePolicy } from '../compile.ts';
import { type CompiledClause, evaluateClause } from '../conditions/clause.ts';
import { isAbsent, NULL_OPERATOR } from '../conditions/null.ts';
import { decisiveStatement, type LayerFindings } from '../findings.ts';
import type { NearMiss } from '../model.ts';
import { type Addressing, actionApplies, askPrincipal, askResource, type Subject } from '../statement.ts';
import { isStatic, parseTemplate, plainText, resolveTemplate } from '../variables.ts';
import { quote, shortArn } from './words.ts';

const MOST = 5;

interface Miss {
  readonly element: NearMiss['element'];
  readonly because: string;
}

/** The near misses of the layers looked at: failed conditions first, then resources, principals and actions; five at most. */
export function nearMisses(looked: readonly LayerFindings[], subject: Subject): readonly NearMiss[] {
  const found: NearMiss[] = [];
  for (const { policies, addressing } of looked) {
    for (const policy of policies) {
      for (const statement of compilePolicy(policy.policy).statements) {
        if (statement.isDeny) continue;
        const miss = onlyMiss(statement, subject, addressing);
        if (miss !== undefined) found.push({ statement: decisiveStatement(policy, statement), ...miss });
      }
    }
  }
  return found.sort((a, b) => rank(a.element) - rank(b.element)).slice(0, MOST);
}

function rank(element: NearMiss['element']): number {
  return ['Condition', 'Resource', 'NotResource', 'Principal', 'NotPrincipal', 'Action', 'NotAction'].indexOf(element);
}

function onlyMiss(statement: CompiledStatement, subject: Subject, addressing: Addressing): Miss | undefined {
  const action = missedAction(statement, subject);
  if (action === 'far') return undefined;
  const misses = [
    action,
    missedResource(statement, subject),
    missedPrincipal(statement, subject, addressing),
    missedCondition(statement, subject),
  ].filter((miss) => miss !== undefined);
  return misses.length === 1 ? misses[0] : undefined;
}

/** Another service's statements were never near: the whole miss is passed over (`far`). */
function missedAction(statement: CompiledStatement, subject: Subject): Miss | 'far' | undefined {
  if (actionApplies(statement, subject)) return undefined;
  const { action } = subject.request;
  const ofService = statement.statement.action.values.filter((value) => serviceOf(value) === serviceOf(action));
  if (ofService.length === 0) return 'far';
  const element = statement.notAction ? 'NotAction' : 'Action';
  return { element, because: `${action} is ${statement.notAction ? '' : 'not '}in ${element} ${listOf(ofService)}` };
}

function serviceOf(action: string): string {
  return action.slice(0, action.indexOf(':')).toLowerCase();
}

function missedResource(statement: CompiledStatement, subject: Subject): Miss | undefined {
  if (askResource(statement, subject) === 'applies') return undefined;
  const { resource } = subject.request;
  const values = statement.statement.resource?.values ?? [];
  const list = listOf(values.map(shortArn));
  const name = resource === '*' ? 'this action has no resource of its own, and "*"' : quote(shortArn(resource));
  if (statement.notResource) return { element: 'NotResource', because: `${name} is in NotResource ${list}` };
  return { element: 'Resource', because: `${name} is not in Resource ${list}` };
}

function missedPrincipal(statement: CompiledStatement, subject: Subject, addressing: Addressing): Miss | undefined {
  if (askPrincipal(statement, subject, addressing) === 'applies') return undefined;
  const element = statement.statement.principal;
  if (element === undefined) return { element: 'Principal', because: 'the statement names no Principal' };
  if (element.not) return { element: 'NotPrincipal', because: 'AWS does not support Allow with NotPrincipal' };
  const named = [...element.aws, ...element.service, ...element.federated, ...element.canonicalUser];
  return { element: 'Principal', because: `the caller is not in Principal ${listOf(named.map(shortArn))}` };
}

function missedCondition(statement: CompiledStatement, subject: Subject): Miss | undefined {
  for (const clause of statement.clauses) {
    const outcome = evaluateClause(clause, subject.context);
    if (outcome !== 'met') return { element: 'Condition', because: whyUnmet(clause, subject, outcome) };
  }
  return undefined;
}

function whyUnmet(compiled: CompiledClause, subject: Subject, outcome: 'unmet' | 'doubtful'): string {
  const { clause, operator } = compiled;
  const value = subject.context.get(compiled.key);
  if (clause.operator === NULL_OPERATOR) {
    return isAbsent(value) ? `${clause.key} is not in the request` : `${clause.key} is in the request`;
  }
  if (operator === undefined) return `there is no condition operator ${clause.operator}`;
  if (value === undefined || isAbsent(value)) return `${clause.key} is not in the request`;
  if (typeof value !== 'string' && clause.set === undefined) {
    return `${clause.key} can have several values: ${clause.operator} needs ForAllValues or ForAnyValue`;
  }
  const shown = typeof value === 'string' ? value : value.join(', ');
  if (outcome === 'doubtful') return `${clause.key} ${show(shown)} cannot be compared by ${clause.operator}`;
  return `${clause.key} ${show(shown)} ${operator.failure} ${listShown(compiled.clause.values.map((v) => resolved(v, compiled, subject)))}`;
}

/** A policy value as this request reads it, ready to be shown: with its variables filled in where they have a value. */
function resolved(text: string, compiled: CompiledClause, subject: Subject): string {
  if (compiled.operator?.variables !== true) return show(text);
  const template = parseTemplate(text, compiled.version);
  if (isStatic(template)) return show(text);
  const pieces = resolveTemplate(template, subject.context);
  return pieces === undefined ? `${show(text)} (no value in this request)` : show(plainText(pieces));
}

function show(value: string): string {
  return value === '' ? '""' : quote(value);
}

function listOf(values: readonly string[]): string {
  return listShown(values.map(show));
}

function listShown(values: readonly string[]): string {
  const shown = values.slice(0, 2);
  if (values.length > 2) shown.push(`${values.length - 2} more`);
  if (shown.length === 0) return '(an empty list)';
  return shown.length === 1 ? (shown[0] ?? '') : `[${shown.join(', ')}]`;
}
