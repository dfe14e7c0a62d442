/**
 * Languages of the patterns in policies, all asked at once: one automaton walks every pattern in step, so the first text that
 * reaches a set of accepting patterns is a shortest member of exactly that combination of them and of the complements of the rest.
 */
import { charOf, kindsOf } from './alphabet.ts';
import { Automata, type Automaton, type State } from './automaton.ts';
import { type Pattern, plainBeginning } from './language.ts';

/** A shortest text of one class of texts that no pattern tells apart. */
export interface Member {
  readonly text: string;
  /** For each pattern, then for each of the universe: `1` where it accepts the text, else `0`. */
  readonly accepted: string;
}

/**
 * The first text, a shorter before a longer and in `ORDER` among those of one length, of every inhabited class of the universe's texts.
 * A text belongs to the universe where one of its patterns accepts it. Undefined where more than `budget` states would be walked.
 */
export function classMembers(
  patterns: readonly Pattern[],
  universe: readonly Pattern[],
  budget: number,
  automata: Automata = new Automata(),
): readonly Member[] | undefined {
  const walk = new Walk(patterns, universe, automata);
  const found = new Map<string, Member>();
  for (let at = 0; at < walk.reached; at++) {
    if (walk.isOfUniverse(at)) {
      const accepted = walk.acceptedAt(at);
      if (!found.has(accepted)) found.set(accepted, { text: walk.textTo(at), accepted });
      // Without patterns one universe is one class.
      if (patterns.length === 0 && universe.length === 1) break;
    }
    if (walk.reached > budget) return undefined;
    walk.goOn(at);
  }
  return [...found.values()];
}

/**
 * All patterns in step, each by an automaton of its own; their states are found as they are reached, in the order of their texts. The
 * universe's come first: most characters lead out of it.
 */
class Walk {
  private readonly automata: readonly Automaton[];
  private readonly universes: number;
  /** One state of each automaton for every combination that was reached. */
  private readonly combinations: State[][] = [];
  /** The first combination of each hash, and behind each combination the next of the same. */
  private readonly byHash = new Map<number, number>();
  private readonly nextAlike: number[] = [];
  /** How a combination was reached first: from which one, by which symbol. */
  private readonly origins: number[] = [];
  private readonly symbols: number[] = [];
  private next: State[];
  /** What every text of the universe begins with. */
  private readonly beginning: string;

  constructor(patterns: readonly Pattern[], universe: readonly Pattern[], automata: Automata) {
    this.automata = [...universe, ...patterns].map((pattern) => automata.of(pattern));
    this.universes = universe.length;
    this.beginning = universe.length === 1 ? plainBeginning(universe[0] ?? []) : '';
    this.next = this.automata.map((automaton) => automaton.after(this.beginning));
    this.add(0, 0);
  }

  get reached(): number {
    return this.combinations.length;
  }

  isOfUniverse(at: number): boolean {
    const states = this.combinations[at] as State[];
    for (let i = 0; i < this.universes; i++) if ((states[i] as State).accepts) return true;
    return false;
  }

  acceptedAt(at: number): string {
    const states = this.combinations[at] as State[];
    let accepted = '';
    for (let i = this.universes; i < states.length; i++) accepted += (states[i] as State).accepts ? '1' : '0';
    for (let i = 0; i < this.universes; i++) accepted += (states[i] as State).accepts ? '1' : '0';
    return accepted;
  }

  textTo(at: number): string {
    let text = '';
    for (let here = at; here > 0; here = this.origins[here] ?? 0) text = charOf(this.symbols[here] ?? 0) + text;
    return this.beginning + text;
  }

  /** Takes one more character. */
  goOn(at: number): void {
    const states = this.combinations[at] as State[];
    const symbols = waysOn(states, this.universes);
    for (let s = 0; s < symbols.length; s++) {
      const symbol = symbols[s] as number;
      let isAlive = false;
      for (let i = 0; i < states.length; i++) {
        // No text that goes on so belongs to the universe.
        if (i === this.universes && !isAlive) break;
        const state = (this.automata[i] as Automaton).step(states[i] as State, symbol);
        this.next[i] = state;
        if (state.places.length > 0) isAlive = true;
      }
      if (isAlive) this.add(at, symbol);
    }
  }

  private add(origin: number, symbol: number): void {
    const { next, combinations } = this;
    let hash = 0;
    for (let i = 0; i < next.length; i++) hash = (Math.imul(hash, 31) + (next[i] as State).number) | 0;
    const first = this.byHash.get(hash) ?? -1;
    for (let known = first; known >= 0; known = this.nextAlike[known] as number) {
      if (isSame(combinations[known] as State[], next)) return;
    }
    this.byHash.set(hash, combinations.length);
    this.nextAlike.push(first);
    combinations.push(next);
    this.next = next.slice();
    this.origins.push(origin);
    this.symbols.push(symbol);
  }
}

function isSame(a: readonly State[], b: readonly State[]): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/**
 * In order, symbols of which no two go the same way from all of these states, the first of each kind. The universe's states come
 * first.
 */
function waysOn(states: readonly State[], universes: number): readonly number[] {
  const told: number[] = [];
  let isNarrow = true;
  for (let s = 0; s < universes; s++) isNarrow &&= (states[s] as State).isNarrow;
  // Where the universe goes on by few characters it does not matter which others the patterns know.
  const asking = isNarrow ? universes : states.length;
  let asked = 0;
  for (let s = 0; s < asking; s++) {
    const { named, sets } = states[s] as State;
    asked |= sets;
    for (let i = 0; i < named.length; i++) if (!told.includes(named[i] as number)) told.push(named[i] as number);
  }
  if (!isNarrow) addOthers(told, asked);
  return told.length === 1 ? told : told.sort(ascending);
}

/** Adds the first symbol of each kind that is not told by its name. */
function addOthers(told: number[], asked: number): void {
  const count = told.length;
  const kinds = kindsOf(asked);
  for (let k = 0; k < kinds.length; k++) {
    const alike = kinds[k] as readonly number[];
    for (let i = 0; i < alike.length; i++) {
      const at = told.indexOf(alike[i] as number);
      if (at >= 0 && at < count) continue;
      told.push(alike[i] as number);
      break;
    }
  }
}

function ascending(a: number, b: number): number {
  return a - b;
}
