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
  readonly byMembership: Map<number, State>;
}

/** One pattern. Its states are made as they are reached. */
export class Automaton {
  readonly start: State;
  private readonly pattern: Pattern;
  private readonly states = new Map<string, State>();

  constructor(pattern: Pattern) {
    this.pattern = pattern;
    const places: number[] = [];
    this.enter(0, places);
    this.start = this.stateAt(places);
  }

  /** Where one more character leads. */
  step(state: State, symbol: number): State {
    if (state.places.length === 0) return state;
    const at = state.named.indexOf(symbol);
    const membership = at < 0 ? membershipOf(symbol) & state.sets : 0;
    const known = at < 0 ? state.byMembership.get(membership) : state.byName[at];
    if (known !== undefined) return known;
    const char = charOf(symbol);
    const next: number[] = [];
    for (const place of state.places) {
      const token = this.pattern[place];
      if (token !== undefined && takes(token, char)) this.enter(token.run ? place : place + 1, next);
    }
    const reached = this.stateAt(next);
    if (at < 0) state.byMembership.set(membership, reached);
    else state.byName[at] = reached;
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

  private stateAt(places: readonly number[]): State {
    const id = places.join();
    const known = this.states.get(id);
    if (known !== undefined) return known;
    const named: number[] = [];
    let sets = 0;
    let isNarrow = true;
    for (const place of places) {
      const { chars, not } = this.pattern[place] ?? NO_TOKEN;
      if (not || chars.length > SMALL_SET) isNarrow = false;
      if (chars.length > SMALL_SET) sets |= bitOfSet(chars);
      else for (let i = 0; i < chars.length; i++) named.push(symbolOf(chars.charAt(i)));
    }
    const state: State = {
      number: this.states.size,
      places,
      accepts: places.at(-1) === this.pattern.length,
      named,
      sets,
      isNarrow,
      byName: [],
      byMembership: new Map(),
    };
    this.states.set(id, state);
    return state;
  }
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
