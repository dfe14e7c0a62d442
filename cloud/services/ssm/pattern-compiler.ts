/**
 * From a pattern's text to its states. Read are characters, classes, groups, alternatives, quantifiers and the two anchors.
 */
import type { Automaton, State } from './pattern-states.ts';

/** A pattern that is longer, or that its repetitions blow up, is refused. */
const longestPattern = 1024;
const mostStates = 4000;

/** The text is no regular expression, or one that cannot be followed. */
export class Unreadable extends Error {}

/** What is still to be connected: writes the number of the state that follows. */
type Loose = (next: number) => void;
interface Fragment {
  readonly start: number;
  readonly ends: readonly Loose[];
}

/** Compiles one pattern. Throws `Unreadable`. */
export class PatternCompiler {
  readonly #characters: readonly string[];
  readonly #states: State[] = [];
  #place = 0;
  #depth = 0;

  constructor(pattern: string) {
    if (pattern.length > longestPattern) throw new Unreadable();
    this.#characters = [...pattern];
  }

  compile(): Automaton {
    const whole = this.#alternatives();
    if (this.#place < this.#characters.length) throw new Unreadable();
    connect(whole.ends, this.#add({ kind: 'done' }));
    return { states: this.#states, start: whole.start };
  }

  #add(state: State): number {
    if (this.#states.length >= mostStates) throw new Unreadable();
    return this.#states.push(state) - 1;
  }

  get #next(): string | undefined {
    return this.#characters[this.#place];
  }

  #take(): string {
    const character = this.#characters[this.#place++];
    if (character === undefined) throw new Unreadable();
    return character;
  }

  #alternatives(): Fragment {
    const first = this.#sequence();
    if (this.#next !== '|') return first;
    const branches = [first];
    while (this.#next === '|') {
      this.#place++;
      branches.push(this.#sequence());
    }
    const start = this.#add({ kind: 'fork', to: branches.map((branch) => branch.start) });
    return { start, ends: branches.flatMap((branch) => branch.ends) };
  }

  #sequence(): Fragment {
    const start: number[] = [];
    const fork: State = { kind: 'fork', to: start };
    let whole: Fragment = { start: this.#add(fork), ends: [(next) => start.push(next)] };
    while (this.#next !== undefined && this.#next !== '|' && this.#next !== ')') {
      const from = this.#place;
      const piece = this.#atom();
      whole = join(whole, this.#repeated(piece, from));
    }
    return whole;
  }

  /** A quantifier after what was read from `from`; for each further copy the pattern is read again. */
  #repeated(first: Fragment, from: number): Fragment {
    const bounds = this.#bounds();
    if (bounds === undefined) return first;
    const after = this.#place;
    const copy = () => {
      this.#place = from;
      const piece = this.#atom();
      this.#place = after;
      return piece;
    };
    const { least, most } = bounds;
    let fresh: Fragment | undefined = first;
    const piece = () => {
      const given = fresh ?? copy();
      fresh = undefined;
      return given;
    };
    let whole = this.#empty();
    for (let i = 0; i < least; i++) whole = join(whole, piece());
    if (most === undefined) return join(whole, this.#loop(piece()));
    for (let i = least; i < most; i++) whole = join(whole, this.#optional(piece()));
    return whole;
  }

  #bounds(): { readonly least: number; readonly most: number | undefined } | undefined {
    const sign = this.#next;
    let bounds: { least: number; most: number | undefined } | undefined;
    if (sign === '*' || sign === '+' || sign === '?') {
      this.#place++;
      bounds = { least: sign === '+' ? 1 : 0, most: sign === '?' ? 1 : undefined };
    } else if (sign === '{') {
      const rest = this.#characters.slice(this.#place, this.#place + 12).join('');
      const [text, least = '', comma, most = ''] = /^\{(\d{1,4})(,)?(\d{0,4})\}/.exec(rest) ?? [];
      if (text === undefined) throw new Unreadable();
      this.#place += text.length;
      bounds = {
        least: Number(least),
        most: comma === undefined ? Number(least) : most === '' ? undefined : Number(most),
      };
      if (bounds.most !== undefined && bounds.most < bounds.least) throw new Unreadable();
    }
    // Whether it takes as much or as little as it can makes no difference to whether the whole matches.
    if (bounds !== undefined && (this.#next === '?' || this.#next === '+')) this.#place++;
    return bounds;
  }

  #empty(): Fragment {
    const to: number[] = [];
    return { start: this.#add({ kind: 'fork', to }), ends: [(next) => to.push(next)] };
  }

  #optional(piece: Fragment): Fragment {
    const to = [piece.start];
    return { start: this.#add({ kind: 'fork', to }), ends: [...piece.ends, (next) => to.push(next)] };
  }

  #loop(piece: Fragment): Fragment {
    const to = [piece.start];
    const start = this.#add({ kind: 'fork', to });
    connect(piece.ends, start);
    return { start, ends: [(next) => to.push(next)] };
  }

  #atom(): Fragment {
    const character = this.#take();
    switch (character) {
      case '(':
        return this.#group();
      case '[':
        return this.#one(this.#characterClass());
      case '.':
        return this.#one((one) => one !== '\n' && one !== '\r');
      case '^':
        return this.#edge('begin');
      case '$':
        return this.#edge('end');
      case '\\':
        return this.#one(this.#escape());
      case '*':
      case '+':
      case '?':
      case '{':
        throw new Unreadable();
      default:
        return this.#one((one) => one === character);
    }
  }

  #group(): Fragment {
    if (++this.#depth > 50) throw new Unreadable();
    if (this.#next === '?') {
      const rest = this.#characters.slice(this.#place, this.#place + 40).join('');
      const name = /^\?(?::|<[A-Za-z]\w*>)/.exec(rest)?.[0];
      if (name === undefined) throw new Unreadable();
      this.#place += name.length;
    }
    const inner = this.#alternatives();
    if (this.#take() !== ')') throw new Unreadable();
    this.#depth--;
    return inner;
  }

  #one(takes: (character: string) => boolean): Fragment {
    const state = { kind: 'one' as const, takes, next: -1 };
    return { start: this.#add(state), ends: [follow(state)] };
  }

  #edge(kind: 'begin' | 'end'): Fragment {
    const state = { kind, next: -1 };
    return { start: this.#add(state), ends: [follow(state)] };
  }

  #escape(): (character: string) => boolean {
    const character = this.#take();
    const known = classes[character];
    if (known !== undefined) return (one) => known.test(one);
    const control = controls[character];
    if (control !== undefined) return (one) => one === control;
    if (/[A-Za-z0-9]/.test(character)) throw new Unreadable();
    return (one) => one === character;
  }

  #characterClass(): (character: string) => boolean {
    const negated = this.#next === '^';
    if (negated) this.#place++;
    const members: ((character: string) => boolean)[] = [];
    while (this.#next !== ']' || members.length === 0) {
      const from = this.#take();
      if (from === '[' || (from === '&' && this.#next === '&')) throw new Unreadable();
      const escaped = from === '\\' ? this.#next : undefined;
      const single = from === '\\' ? this.#escape() : undefined;
      const low =
        escaped === undefined ? from : classes[escaped] === undefined ? (controls[escaped] ?? escaped) : undefined;
      const isRange = low !== undefined && this.#next === '-' && this.#characters[this.#place + 1] !== ']';
      if (!isRange) {
        members.push(single ?? ((one) => one === from));
        continue;
      }
      this.#place++;
      const end = this.#take();
      const high = end === '\\' ? this.#take() : end;
      if (low > high || (end === '\\' && /[A-Za-z0-9]/.test(high))) throw new Unreadable();
      members.push((one) => one >= low && one <= high);
    }
    this.#place++;
    return (one) => members.some((member) => member(one)) !== negated;
  }
}

const classes: Readonly<Record<string, RegExp>> = {
  d: /^[0-9]$/,
  D: /^[^0-9]$/,
  w: /^[A-Za-z0-9_]$/,
  W: /^[^A-Za-z0-9_]$/,
  s: /^[ \t\n\v\f\r]$/,
  S: /^[^ \t\n\v\f\r]$/,
};
const controls: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', f: '\f', v: '\v' };

function follow(state: { next: number }): Loose {
  return (next) => {
    state.next = next;
  };
}

function connect(ends: readonly Loose[], next: number): void {
  for (const end of ends) end(next);
}

function join(first: Fragment, second: Fragment): Fragment {
  connect(first.ends, second.start);
  return { start: first.start, ends: second.ends };
}
