/**
 * Languages of the patterns in policies, all asked at once: one automaton walks every pattern in step, so the first text that
 * reaches a set of accepting patterns is a shortest member of exactly that combination of them and of the complements of the rest.
 */

/** One place of a pattern: one character, or with `run` any number, out of `chars` or out of all but `chars`. */
export interface Token {
  readonly run: boolean;
  readonly not: boolean;
  readonly chars: string;
}

export type Pattern = readonly Token[];

/** A shortest text of one class of texts that no pattern tells apart. */
export interface Member {
  readonly text: string;
  /** For each pattern, then for each of the universe: `1` where it accepts the text, else `0`. */
  readonly accepted: string;
}

/** The order in which texts of one length are tried, so that a text of no matter reads well; other characters come after it. */
const ORDER = `${'xyzabcdefghijklmnopqrstuvw'}1234567890XYZABCDEFGHIJKLMNOPQRSTUVW-_./ :+=,@;!"#$%&'()*<>?[\\]^\`{|}~\u00e9\u00f8\u4e2d`;

const ones = new Map<string, Token>();

/** A token of one given character. */
export function one(char: string): Token {
  const known = ones.get(char) ?? { run: false, not: false, chars: char };
  ones.set(char, known);
  return known;
}

/** The text itself as a pattern, by UTF-16 units, as the engine's globs count. */
export function literal(text: string): Pattern {
  const tokens: Token[] = [];
  for (let i = 0; i < text.length; i++) tokens.push(one(text.charAt(i)));
  return tokens;
}

/** One or more characters out of a set. */
export function oneOrMore(set: { readonly not: boolean; readonly chars: string }): Pattern {
  return [
    { run: false, ...set },
    { run: true, ...set },
  ];
}

/**
 * The first text, a shorter before a longer and in `ORDER` among those of one length, of every inhabited class of the universe's texts.
 * A text belongs to the universe where one of its patterns accepts it. Undefined where more than `budget` states would be walked.
 */
export function classMembers(
  patterns: readonly Pattern[],
  universe: readonly Pattern[],
  budget: number,
): readonly Member[] | undefined {
  const walk = new Walk(patterns, universe);
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

  constructor(patterns: readonly Pattern[], universe: readonly Pattern[]) {
    this.automata = [...universe, ...patterns].map(automatonOf);
    this.universes = universe.length;
    this.next = this.automata.map(({ start }) => start);
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
    return text;
  }

  /** Takes one more character. */
  goOn(at: number): void {
    const states = this.combinations[at] as State[];
    const symbols = toldApart(states);
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

/** Where a pattern can stand. */
interface State {
  readonly number: number;
  /** In ascending order. Nowhere: no text that goes on from here is accepted. */
  readonly places: readonly number[];
  readonly accepts: boolean;
  /** Symbols that a token here names, and the large sets that one asks, as bits. */
  readonly named: readonly number[];
  readonly sets: number;
  /** Where the named symbols lead, and all others: by their membership in the sets. */
  readonly byName: (State | undefined)[];
  readonly byMembership: Map<number, State>;
}

/** One pattern. Its states are made as they are reached. */
class Automaton {
  readonly start: State;
  private readonly pattern: Pattern;
  private readonly states = new Map<string, State>();

  constructor(pattern: Pattern) {
    this.pattern = pattern;
    const places: number[] = [];
    this.enter(0, places);
    this.start = this.stateAt(places);
  }

  step(state: State, symbol: number): State {
    const at = state.named.indexOf(symbol);
    const membership = at < 0 ? (MEMBERSHIP[symbol] ?? 0) & state.sets : 0;
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
    for (const place of places) {
      const chars = this.pattern[place]?.chars ?? '';
      if (chars.length > SMALL_SET) sets |= bitOfSet(chars);
      else for (let i = 0; i < chars.length; i++) named.push(symbolOf(chars.charAt(i)));
    }
    const state: State = {
      number: this.states.size,
      places,
      accepts: places.at(-1) === this.pattern.length,
      named,
      sets,
      byName: [],
      byMembership: new Map(),
    };
    this.states.set(id, state);
    return state;
  }
}

const automata = new WeakMap<Pattern, Automaton>();

/** The automaton of a pattern, kept as long as the pattern itself. */
function automatonOf(pattern: Pattern): Automaton {
  const known = automata.get(pattern) ?? new Automaton(pattern);
  automata.set(pattern, known);
  return known;
}

/** Sets of more characters than this are told apart by a member, not character by character. */
const SMALL_SET = 4;

const PLACES = new Map(ORDER.split('').map((char, place) => [char, place]));

/** Characters as numbers, in the order in which they are tried. */
function symbolOf(char: string): number {
  return PLACES.get(char) ?? ORDER.length + char.charCodeAt(0);
}

function charOf(symbol: number): string {
  return symbol < ORDER.length ? ORDER.charAt(symbol) : String.fromCharCode(symbol - ORDER.length);
}

/** For each symbol of `ORDER` the large sets that hold it, as bits. No set holds another. */
const MEMBERSHIP: number[] = new Array(ORDER.length).fill(0);
const sets: string[] = [];
/** By the sets that are asked: symbols by their membership in them. */
const kinds = new Map<number, readonly (readonly number[])[]>();

/** The sets are those of known-keys.ts and resources.ts: few enough for the bits of a number. */
function bitOfSet(chars: string): number {
  const known = sets.indexOf(chars);
  if (known >= 0) return 1 << known;
  const bit = 1 << sets.length;
  sets.push(chars);
  for (const char of chars) MEMBERSHIP[symbolOf(char)] = (MEMBERSHIP[symbolOf(char)] ?? 0) | bit;
  return bit;
}

function kindsOf(asked: number): readonly (readonly number[])[] {
  const known = kinds.get(asked);
  if (known !== undefined) return known;
  const found = new Map<number, number[]>();
  for (let symbol = 0; symbol < ORDER.length; symbol++) {
    const kind = (MEMBERSHIP[symbol] ?? 0) & asked;
    const alike = found.get(kind);
    if (alike === undefined) found.set(kind, [symbol]);
    else alike.push(symbol);
  }
  kinds.set(asked, [...found.values()]);
  return [...found.values()];
}

/** In order, symbols of which no two go the same way from all of these states, the first of each kind. */
function toldApart(states: readonly State[]): readonly number[] {
  const told: number[] = [];
  let asked = 0;
  for (let s = 0; s < states.length; s++) {
    const { named, sets } = states[s] as State;
    asked |= sets;
    for (let i = 0; i < named.length; i++) if (!told.includes(named[i] as number)) told.push(named[i] as number);
  }
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
  return told.length === 1 ? told : told.sort(ascending);
}

function ascending(a: number, b: number): number {
  return a - b;
}

/** The places of `pattern` at which it can stand when `before` has accepted a text: the end of the pattern is its length. */
export function placesAfter(before: Pattern, pattern: Pattern): readonly number[] {
  const prefix = commonPrefix(before, pattern);
  if (prefix === undefined) return [];
  const width = pattern.length + 1;
  const seen = new Uint8Array((before.length + 1) * width);
  const places: number[] = [];
  const open = [prefix * width + prefix];
  seen[prefix * width + prefix] = 1;
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    const i = Math.floor(key / width);
    const j = key % width;
    const a = before[i];
    const b = pattern[j];
    if (a === undefined) places.push(j);
    const next = [
      a?.run === true ? key + width : -1,
      b?.run === true ? key + 1 : -1,
      a !== undefined && b !== undefined && share(a, b) ? key + (a.run ? 0 : width) + (b.run ? 0 : 1) : -1,
    ];
    for (const reached of next) {
      if (reached < 0 || seen[reached] === 1) continue;
      seen[reached] = 1;
      open.push(reached);
    }
  }
  return places.sort(ascending);
}

/** How many characters both begin with, each given as itself; undefined where they begin otherwise. */
function commonPrefix(a: Pattern, b: Pattern): number | undefined {
  for (let i = 0; ; i++) {
    const one = a[i];
    const two = b[i];
    if (one === undefined || two === undefined || !isOneChar(one) || !isOneChar(two)) return i;
    if (one.chars !== two.chars) return undefined;
  }
}

function isOneChar({ run, not, chars }: Token): boolean {
  return !run && !not && chars.length === 1;
}

/** Whether some text belongs to both. */
export function intersects(a: Pattern, b: Pattern): boolean {
  return placesAfter(a, b).includes(b.length);
}

function share(a: Token, b: Token): boolean {
  if (a.not && b.not) return true;
  if (a.not) return holdsOther(b.chars, a);
  return holdsOther(a.chars, b) || (a.chars === b.chars && !b.not);
}

/** Whether one of the characters is one that the token takes. */
function holdsOther(chars: string, token: Token): boolean {
  for (let i = 0; i < chars.length; i++) if (takes(token, chars.charAt(i))) return true;
  return false;
}

function takes({ chars, not }: Token, char: string): boolean {
  return chars.includes(char) !== not;
}
