/** Whether a formula can hold: its keys are tried with one value of each class that its clauses tell apart. */
import type { KeyValue } from '../analyse/key-values.ts';
import { type CompiledClause, evaluateClause } from '../conditions/clause.ts';
import { all, any, type Formula, type Leaf, leavesOf } from './formula.ts';
import type { Knowledge } from './knowledge.ts';
import { openVariables } from './partial-clause.ts';

/** Cells past which it is not known whether a formula can hold. */
const MOST_CELLS = 20_000;

/** Past the budget. */
export class TooManyClasses extends Error {}

/** One key, or a clause that compares several: in which classes each clause holds. */
interface Dimension {
  /** Each class by the ids of the leaves that hold in it. */
  readonly classes: readonly ReadonlySet<string>[];
}

/** The classes of the keys of some formulas. */
export class Classes {
  readonly #dimensions = new Map<string, Dimension>();
  readonly #dimensionOf = new Map<string, string>();
  #cells = 0;

  /** `formulas` hold every clause that will be asked about, or its opposite. */
  constructor(formulas: readonly Formula[], knowledge: Knowledge) {
    const byKey = new Map<string, CompiledClause[]>();
    const leaves = formulas.flatMap(leavesOf);
    for (const { clause } of leaves) {
      if (isJoint(clause, knowledge)) continue;
      const same = byKey.get(clause.key);
      if (same === undefined) byKey.set(clause.key, [clause]);
      else if (!same.includes(clause)) same.push(clause);
    }
    for (const [key, clauses] of byKey) {
      const { values, exact } = knowledge.valuesOf(key, clauses);
      const own = leaves.filter(({ clause }) => clauses.includes(clause));
      if (exact) this.#add(key, own, classesOf(own, values));
      else for (const clause of clauses) this.#addAlone(clause, own);
    }
    for (const { clause } of leaves) if (isJoint(clause, knowledge)) this.#addAlone(clause, leaves);
  }

  /** Whether some request makes the formula hold. Throws TooManyClasses. */
  canHold(formula: Formula): boolean {
    if (formula.kind === 'always' || formula.kind === 'never') return formula.kind === 'always';
    if (++this.#cells > MOST_CELLS) throw new TooManyClasses();
    const [first] = firstLeaf(formula);
    const name = first === undefined ? undefined : this.#dimensionOf.get(first.asks);
    const dimension = name === undefined ? undefined : this.#dimensions.get(name);
    if (dimension === undefined) throw new Error('A clause has no classes.');
    return dimension.classes.some((holding) => this.canHold(this.#within(formula, name, holding)));
  }

  /** The formula where one key has a value of one class. */
  #within(formula: Formula, name: string | undefined, holding: ReadonlySet<string>): Formula {
    switch (formula.kind) {
      case 'clause':
        if (this.#dimensionOf.get(formula.asks) !== name) return formula;
        return {
          kind: formula.accepts.some((outcome) => holding.has(`${formula.asks} ${outcome}`)) ? 'always' : 'never',
        };
      case 'all':
        return all(formula.parts.map((part) => this.#within(part, name, holding)));
      case 'any':
        return any(formula.parts.map((part) => this.#within(part, name, holding)));
      default:
        return formula;
    }
  }

  #add(name: string, leaves: readonly Leaf[], classes: Dimension['classes']): void {
    this.#dimensions.set(name, { classes });
    for (const leaf of leaves) this.#dimensionOf.set(leaf.asks, name);
  }

  /** A clause that is not looked into: it may come out either way. */
  #addAlone(clause: CompiledClause, leaves: readonly Leaf[]): void {
    for (const leaf of leaves.filter((other) => other.clause === clause)) {
      this.#add(leaf.asks, [leaf], [new Set([`${leaf.asks} met`]), new Set([`${leaf.asks} unmet`])]);
    }
  }
}

/** Whether a clause compares two open keys. */
function isJoint(clause: CompiledClause, knowledge: Knowledge): boolean {
  return !knowledge.isOpen(clause.key) || openVariables(clause, knowledge).length > 0;
}

function classesOf(leaves: readonly Leaf[], values: readonly KeyValue[]): Dimension['classes'] {
  const found = new Map<string, ReadonlySet<string>>();
  for (const value of values) {
    const outcomes = leaves.map((leaf) => {
      const { clause } = leaf;
      return `${leaf.asks} ${evaluateClause(clause, { get: (key) => (key === clause.key ? value : undefined) })}`;
    });
    found.set(outcomes.join('\n'), new Set(outcomes));
  }
  return [...found.values()];
}

function firstLeaf(formula: Formula): readonly Leaf[] {
  if (formula.kind === 'clause') return [formula];
  if (formula.kind !== 'all' && formula.kind !== 'any') return [];
  for (const part of formula.parts) {
    const found = firstLeaf(part);
    if (found.length > 0) return found;
  }
  return [];
}
