/**
 * Which of many patterns hold a text, without asking each: a pattern holds only what begins as it does itself up to its first wildcard.
 * What is asked all the same is counted, so that a document of any size costs no more than its bound.
 */
import { coverage } from './pattern.ts';

/** How many comparisons of two patterns are still made. Below zero some were left out. */
export interface Comparisons {
  left: number;
}

interface Entry<Owner> {
  readonly text: string;
  readonly owner: Owner;
  readonly holds: (text: string) => boolean;
}

/** Patterns with what they belong to. */
export class PatternIndex<Owner> {
  readonly #byBeginning = new Map<string, Entry<Owner>[]>();
  readonly #lengths = new Set<number>();

  add(text: string, owner: Owner): void {
    const wildcard = text.search(/[*?]/);
    const beginning = wildcard < 0 ? text : text.slice(0, wildcard);
    this.#lengths.add(beginning.length);
    const entries = this.#byBeginning.get(beginning);
    const entry = { text, owner, holds: coverage(text) };
    if (entries === undefined) this.#byBeginning.set(beginning, [entry]);
    else entries.push(entry);
  }

  /** The patterns that begin as the text does. */
  like(text: string): readonly Entry<Owner>[] {
    const found: (readonly Entry<Owner>[])[] = [];
    for (const length of this.#lengths) {
      const entries = length > text.length ? undefined : this.#byBeginning.get(text.slice(0, length));
      if (entries !== undefined) found.push(entries);
    }
    return found.length === 1 ? (found[0] ?? []) : found.flat();
  }

  /** The owners of the patterns that hold the text. */
  *holding(text: string, comparisons: Comparisons): Iterable<Owner> {
    for (const entry of this.like(text)) {
      if (--comparisons.left < 0) return;
      if (entry.holds(text)) yield entry.owner;
    }
  }
}
