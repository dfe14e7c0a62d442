/** What must hold of the open keys of a request: clauses joined by all and any. */
import type { ClauseOutcome, CompiledClause } from '../conditions/clause.ts';

/** A clause that must come out in one of some ways. */
export interface Leaf {
  readonly kind: 'clause';
  readonly clause: CompiledClause;
  readonly accepts: readonly ClauseOutcome[];
  /** What is asked, whatever is accepted: the same for clauses that ask the same. */
  readonly asks: string;
}

export type Formula =
  | { readonly kind: 'always' }
  | { readonly kind: 'never' }
  | Leaf
  | { readonly kind: 'all'; readonly parts: readonly Formula[] }
  | { readonly kind: 'any'; readonly parts: readonly Formula[] };

export const ALWAYS: Formula = { kind: 'always' };
export const NEVER: Formula = { kind: 'never' };

const OUTCOMES: readonly ClauseOutcome[] = ['met', 'unmet', 'doubtful'];

const askedBy = new WeakMap<CompiledClause, string>();

/** `accepts`: the outcomes under which it holds. */
export function leaf(clause: CompiledClause, accepts: readonly ClauseOutcome[]): Formula {
  const asks = askedBy.get(clause) ?? asksOf(clause);
  askedBy.set(clause, asks);
  return { kind: 'clause', clause, accepts, asks };
}

function asksOf({ key, version, clause: { operator, set, ifExists, values } }: CompiledClause): string {
  return JSON.stringify([key, operator, set, ifExists, [...new Set(values)].sort(), version]);
}

/** Every part holds. */
export function all(parts: readonly Formula[]): Formula {
  return joined('all', parts, 'always', 'never');
}

/** One part holds or more. */
export function any(parts: readonly Formula[]): Formula {
  return joined('any', parts, 'never', 'always');
}

function joined(kind: 'all' | 'any', parts: readonly Formula[], neutral: Formula['kind'], settled: Formula['kind']) {
  const kept: Formula[] = [];
  for (const part of parts) {
    if (part.kind === settled) return part;
    if (part.kind === kind) kept.push(...part.parts);
    else if (part.kind !== neutral) kept.push(part);
  }
  const distinct = kept.length < 2 ? kept : [...new Map(kept.map((part) => [idOf(part), part])).values()];
  const [first, ...more] = distinct;
  if (first === undefined) return kind === 'all' ? ALWAYS : NEVER;
  return more.length === 0 ? first : { kind, parts: distinct };
}

/** Holds where the formula does not. */
export function not(formula: Formula): Formula {
  switch (formula.kind) {
    case 'always':
      return NEVER;
    case 'never':
      return ALWAYS;
    case 'all':
      return any(formula.parts.map(not));
    case 'any':
      return all(formula.parts.map(not));
    case 'clause':
      return leaf(
        formula.clause,
        OUTCOMES.filter((outcome) => !formula.accepts.includes(outcome)),
      );
  }
}

/** The same for formulas that are written alike. */
export function idOf(formula: Formula): string {
  if (formula.kind === 'clause') return `${formula.asks} ${formula.accepts.join()}`;
  if (formula.kind === 'all' || formula.kind === 'any') return `${formula.kind}(${formula.parts.map(idOf).join(';')})`;
  return formula.kind;
}

/** The clauses of a formula, those that ask the same once. */
export function leavesOf(formula: Formula): readonly Leaf[] {
  const found = new Map<string, Leaf>();
  const collect = (inner: Formula) => {
    if (inner.kind === 'clause') found.set(idOf(inner), inner);
    else if (inner.kind === 'all' || inner.kind === 'any') inner.parts.forEach(collect);
  };
  collect(formula);
  return [...found.values()];
}
