/** What a pattern is compiled to. */

/** A step of the compiled pattern. */
export type State =
  /** One character; `next` after it. */
  | { readonly kind: 'one'; readonly takes: (character: string) => boolean; next: number }
  | { readonly kind: 'fork'; readonly to: number[] }
  | { readonly kind: 'begin' | 'end'; next: number }
  | { readonly kind: 'done' };

/** A compiled pattern: its states, and the one to begin with. */
export interface Automaton {
  readonly states: readonly State[];
  readonly start: number;
}
