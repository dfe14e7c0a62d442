/** One pattern as an automaton whose states are made as they are reached. */
import { bitOfSet, charOf, membershipOf, symbolOf } from './alphabet.ts';
import { type Pattern, type Token, takes } from './language.ts';

/** Sets of more characters than this are told apart by a member, not character by character. */
const SMALL_SET = 4;

/** Behind the last place. */
const NO_TOKEN: Omit<Token, 'run'> = { not: false, chars: '' };

/** Where a pattern can stand. */
export interface State {
  readonly number: number;
  /** In ascending order. Nowhere: no text that goes on from here is accepted. */
  readonly places: readonly number[];
  readonly accepts: boolean;
  /** Symbols that a token here names, and the large sets that one asks, as bits. */
  readonly named: readonly number[];
  readonly sets: number;
  /** Whether no other symbols than the named ones go on from here. */
  readonly isNarrow: boolean;
  /** Where the named symbols lead, and all others: by their membership in the sets. */
  readonly byName: (State | undefined)[];
  byMembership: Map<number, State> | undefined;
}

/** One pattern. Its states are made as they are reached. */
export class Automaton {
  private readonly pattern: Pattern;
  private count = 0;
  /** States of one place by that place, others by all of theirs. */
  private readonly single: (State | undefined)[] = [];
  private readonly several = new Map<string, State>();

  constructor(pattern: Pattern) {
    this.pattern = pattern;
  }

  /** Where the text leads. The plain characters that the pattern itself begins with are not walked one by one. */
  after(text: string): State {
    let place = 0;
    while (place < text.length && isChar(this.pattern[place], text.charAt(place))) place++;
    let state = this.stateFrom(place);
    for (let i = place; i < text.length; i++) state = this.step(state, symbolOf(text.charAt(i)));
    return state;
  }

  /** Where one more character leads. */
  step(state: State, symbol: number): State {
    if (state.places.length === 0) return state;
    const at = state.named.indexOf(symbol);
    const membership = at < 0 ? membershipOf(symbol) & state.sets : 0;
    const known = at < 0 ? state.byMembership?.get(membership) : state.byName[at];
    if (known !== undefined) return known;
    const char = charOf(symbol);
    const next: number[] = [];
    for (const place of state.places) {
      const token = this.pattern[place];
      if (token !== undefined && takes(token, char)) this.enter(token.run ? place : place + 1, next);
    }
    const reached = this.stateAt(next);
    if (at >= 0) state.byName[at] = reached;
    else {
      state.byMembership ??= new Map();
      state.byMembership.set(membership, reached);
    }
    return reached;
  }

  /** A place, and those behind it that a run of no characters reaches. Places come in ascending order. */
  private enter(from: number, places: number[]): void {
    for (let place = from; ; place++) {
      const last = places.at(-1);
      if (last === undefined || place > last) places.push(place);
      if (this.pattern[place]?.run !== true) return;
    }
  }

  private stateFrom(place: number): State {
    const places: number[] = [];
    this.enter(place, places);
    return this.stateAt(places);
  }

  private stateAt(places: readonly number[]): State {
    const [first] = places;
    const only = places.length === 1 ? first : undefined;
    const id = only === undefined ? places.join() : '';
    const known = only === undefined ? this.several.get(id) : this.single[only];
    if (known !== undefined) return known;
    const state = this.make(places);
    if (only === undefined) this.several.set(id, state);
    else this.single[only] = state;
    return state;
  }

  private make(places: readonly number[]): State {
    const named: number[] = [];
    let sets = 0;
    let isNarrow = true;
    for (const place of places) {
      const { chars, not } = this.pattern[place] ?? NO_TOKEN;
      if (not || chars.length > SMALL_SET) isNarrow = false;
      if (chars.length > SMALL_SET) sets |= bitOfSet(chars);
      else for (let i = 0; i < chars.length; i++) named.push(symbolOf(chars.charAt(i)));
    }
    return {
      number: this.count++,
      places,
      accepts: places.at(-1) === this.pattern.length,
      named,
      sets,
      isNarrow,
      byName: [],
      byMembership: undefined,
    };
  }
}

function isChar(token: Token | undefined, char: string): boolean {
  return token !== undefined && !token.run && !token.not && token.chars === char;
}

/** The automata of patterns, and how far they were walked before. Kept by who asks about the same patterns again. */
export class Automata {
  private readonly made = new Map<Pattern, Automaton>();

  of(pattern: Pattern): Automaton {
    const known = this.made.get(pattern);
    if (known !== undefined) return known;
    const made = new Automaton(pattern);
    this.made.set(pattern, made);
    return made;
  }
}
