/** Whether a statement speaks of the resource, where its variables are not all known. */
import type { CompiledResource, CompiledStatement } from '../compile.ts';
import { compileClause } from '../conditions/clause.ts';
import { compileGlob, type GlobPiece, matchGlob } from '../glob.ts';
import { askResource, type Subject } from '../statement.ts';
import type { Template } from '../variables.ts';
import { ALWAYS, all, any, type Formula, idOf, leaf, NEVER, not } from './formula.ts';
import type { Knowledge } from './knowledge.ts';
import { escaped, spellingIn } from './partial-clause.ts';

/** How many places in the resource's ARN are tried for one variable. */
const MOST_PLACES = 2_000;

/**
 * When the statement's Resource or NotResource counts: of an Allow where it applies, of a Deny also where AWS does not say, as
 * `askResource` has it.
 */
export function resourceFormula(statement: CompiledStatement, subject: Subject, knowledge: Knowledge): Formula {
  const { resources, isDeny, notResource } = statement;
  if (resources === undefined || !resources.some((resource) => isOpen(resource, knowledge))) {
    const outcome = askResource(statement, subject);
    return outcome === 'applies' || (isDeny && outcome === 'doubtful') ? ALWAYS : NEVER;
  }
  const matched = resources.map((resource, at) => ({
    resource,
    when: matchFormula(
      resource,
      { text: subject.request.resource, written: statement.statement.resource?.values[at] ?? '' },
      knowledge,
      isDeny !== notResource,
    ),
  }));
  const of = (standings: readonly CompiledResource['standing'][]) =>
    any(matched.filter(({ resource }) => standings.includes(resource.standing)).map(({ when }) => when));
  if (!notResource) return of(isDeny ? ['documented', 'early-variable'] : ['documented']);
  if (isDeny) return not(of(['documented']));
  return all([
    not(of(['documented', 'early-variable', 'refused'])),
    ...resources.map((resource, at) =>
      resolvedFormula(resource, statement.statement.resource?.values[at] ?? '', knowledge),
    ),
  ]);
}

function variablesOf(resource: CompiledResource) {
  if (resource.kind === 'glob') return [];
  return resource.template.flatMap((piece) => ('variable' in piece ? [piece] : []));
}

function isOpen(resource: CompiledResource, knowledge: Knowledge): boolean {
  return variablesOf(resource).some(({ variable }) => knowledge.isOpenVariable(variable));
}

/** Whether every variable has a value. */
function resolvedFormula(resource: CompiledResource, written: string, knowledge: Knowledge): Formula {
  return all(
    variablesOf(resource)
      .filter(({ fallback }) => fallback === undefined)
      .map(({ variable }) => {
        if (knowledge.isOpenVariable(variable)) return hasText(spellingIn(written, variable));
        return typeof knowledge.context.get(variable) === 'string' ? ALWAYS : NEVER;
      }),
  );
}

/** An ARN, and the pattern for it as the policy writes it. */
interface Compared {
  readonly text: string;
  readonly written: string;
}

/** When the pattern matches the text. `past`: what is said where too many places would have to be tried. */
function matchFormula(resource: CompiledResource, compared: Compared, knowledge: Knowledge, past: boolean): Formula {
  if (resource.kind === 'glob') return matchGlob(resource.glob, compared.text) ? ALWAYS : NEVER;
  const filled: GlobPiece[] = [];
  for (const [at, piece] of resource.template.entries()) {
    if (!('variable' in piece)) {
      filled.push(piece);
      continue;
    }
    if (knowledge.isOpenVariable(piece.variable)) return openFormula(resource, at, compared, knowledge, past);
    const value = knowledge.context.get(piece.variable);
    const literal = typeof value === 'string' ? value : piece.fallback;
    if (literal === undefined) return NEVER;
    filled.push({ literal });
  }
  return matchGlob(compileGlob(filled, 'arn'), compared.text) ? ALWAYS : NEVER;
}

/** The first open variable, tried with every stretch of the text in which it can lie. */
function openFormula(
  resource: Extract<CompiledResource, { kind: 'template' }>,
  at: number,
  compared: Compared,
  knowledge: Knowledge,
  past: boolean,
): Formula {
  const { template } = resource;
  const piece = template[at];
  if (piece === undefined || !('variable' in piece)) return NEVER;
  const { variable, fallback } = piece;
  const key = spellingIn(compared.written, variable);
  const stretches = stretchesOf(template, at, compared.text, knowledge);
  if (stretches === undefined) return past ? ALWAYS : NEVER;
  const taken = (value: string): Formula => {
    const replaced = template.map((other) =>
      'variable' in other && other.variable === variable ? { literal: value } : other,
    );
    return matchFormula({ ...resource, template: replaced }, compared, knowledge, past);
  };
  const byRest = new Map<string, { rest: Formula; values: string[] }>();
  for (const value of stretches) {
    const rest = taken(value);
    if (rest.kind === 'never') continue;
    const same = byRest.get(idOf(rest));
    if (same === undefined) byRest.set(idOf(rest), { rest, values: [value] });
    else same.values.push(value);
  }
  const present = [...byRest.values()].map(({ rest, values }) => all([equals(key, values), rest]));
  if (fallback === undefined) return any(present);
  return any([...present, all([not(hasText(key)), taken(fallback)])]);
}

/** Whether the key has one value, which a variable needs. */
function hasText(key: string): Formula {
  return leaf(compileClause({ operator: 'StringLike', ifExists: false, key, values: ['*'] }, '2012-10-17'), ['met']);
}

function equals(key: string, values: readonly string[]): Formula {
  const clause = { operator: 'StringEquals', ifExists: false, key, values: values.map((text) => escaped(text, false)) };
  return leaf(compileClause(clause, '2012-10-17'), ['met']);
}

/** Undefined past the budget. */
function stretchesOf(
  template: Template,
  at: number,
  text: string,
  knowledge: Knowledge,
): readonly string[] | undefined {
  // Wildcards that cross everything find every place that the real ones do, and some more.
  const loose = (pieces: Template) =>
    compileGlob(
      pieces.map((piece) => {
        if (!('variable' in piece)) return piece;
        const known = knowledge.isOpenVariable(piece.variable) ? undefined : knowledge.context.get(piece.variable);
        return typeof known === 'string' ? { literal: known } : { pattern: '*' };
      }),
      'text',
    );
  const before = loose(template.slice(0, at));
  const after = loose(template.slice(at + 1));
  const places = Array.from({ length: text.length + 1 }, (_, place) => place);
  const starts = places.filter((place) => matchGlob(before, text.slice(0, place)));
  const ends = places.filter((place) => matchGlob(after, text.slice(place)));
  if (starts.length * ends.length > MOST_PLACES) return undefined;
  return [...new Set(starts.flatMap((from) => ends.filter((to) => to >= from).map((to) => text.slice(from, to))))];
}
