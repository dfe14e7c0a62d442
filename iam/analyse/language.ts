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
  /** Bit `i` is set where pattern `i` accepts the text; after the patterns come the bits of the universe. */
  readonly accepts: bigint;
}

/** Sets of more characters than this are told apart by a member, not character by character. */
const SMALL_SET = 4;
/** Every printable character of ASCII, in the order in which a text of no matter is filled, then one for all others. */
const FILL = `${'xyzabcdefghijklmnopqrstuvw'}1234567890XYZABCDEFGHIJKLMNOPQRSTUVW-_./ :+=,@;!"#$%&'()*<>?[\\]^\`{|}~\u00e9\u00f8\u4e2d`;

/** A token of one given character. */
export function one(char: string): Token {
  return { run: false, not: false, chars: char };
}

/** The text itself as a pattern. */
export function literal(text: string): Pattern {
  return [...splitUnits(text)].map(one);
}

/** By UTF-16 units, as the engine's globs count. */
function splitUnits(text: string): string[] {
  return text.split('');
}

/** One or more characters out of a set. */
export function oneOrMore(set: { readonly not: boolean; readonly chars: string }): Pattern {
  return [
    { run: false, ...set },
    { run: true, ...set },
  ];
}

/**
 * A shortest member of every inhabited class of the universe's texts. A text belongs to the universe where one of its patterns
 * accepts it. Undefined where more than `budget` states would be walked.
 */
export function classMembers(
  patterns: readonly Pattern[],
  universe: readonly Pattern[],
  budget: number,
): readonly Member[] | undefined {
  const automaton = new Automaton(patterns, universe);
  const found = new Map<bigint, string>();
  const seen = new Set<string>();
  let level: { places: readonly number[]; text: string }[] = [{ places: automaton.start(), text: '' }];
  seen.add(level[0]?.places.join() ?? '');
  while (level.length > 0) {
    const next: typeof level = [];
    for (const { places, text } of level) {
      const accepts = automaton.accepts(places);
      if (accepts >> BigInt(patterns.length) !== 0n && !found.has(accepts)) found.set(accepts, text);
      // Without patterns one universe is one class.
      if (found.size > 0 && patterns.length === 0 && universe.length === 1) return membersOf(found);
      for (const char of automaton.symbols(places)) {
        const reached = automaton.step(places, char);
        if (reached === undefined) continue;
        const key = reached.join();
        if (seen.has(key)) continue;
        if (seen.size >= budget) return undefined;
        seen.add(key);
        next.push({ places: reached, text: text + char });
      }
    }
    level = next;
  }
  return membersOf(found);
}

function membersOf(found: ReadonlyMap<bigint, string>): readonly Member[] {
  return [...found].map(([accepts, text]) => ({ text, accepts }));
}

/** All patterns side by side. A state is the ascending list of the places at which they stand. */
class Automaton {
  private readonly tokens: (Token | undefined)[] = [];
  private readonly owner: number[] = [];
  private readonly closures: number[][] = [];
  private readonly starts: number[] = [];
  private readonly universeFrom: number;
  private readonly told = new Map<string, readonly string[]>();

  constructor(patterns: readonly Pattern[], universe: readonly Pattern[]) {
    this.universeFrom = patterns.reduce((sum, pattern) => sum + pattern.length + 1, 0);
    for (const [i, pattern] of [...patterns, ...universe].entries()) {
      this.starts.push(this.tokens.length);
      for (const token of pattern) {
        this.tokens.push(token);
        this.owner.push(i);
      }
      this.tokens.push(undefined);
      this.owner.push(i);
    }
    for (let place = 0; place < this.tokens.length; place++) {
      const closure = [place];
      for (let at = place; this.tokens[at]?.run === true; at++) closure.push(at + 1);
      this.closures.push(closure);
    }
  }

  start(): readonly number[] {
    return this.close(this.starts);
  }

  accepts(places: readonly number[]): bigint {
    let bits = 0n;
    for (const place of places) if (this.tokens[place] === undefined) bits |= 1n << BigInt(this.owner[place] ?? 0);
    return bits;
  }

  /** Undefined where no text of the universe begins so. */
  step(places: readonly number[], char: string): readonly number[] | undefined {
    const moved: number[] = [];
    for (const place of places) {
      const token = this.tokens[place];
      if (token !== undefined && takes(token, char)) moved.push(token.run ? place : place + 1);
    }
    const last = moved.at(-1);
    return last === undefined || last < this.universeFrom ? undefined : this.close(moved);
  }

  /** A character of each class that the tokens at these places tell apart. */
  symbols(places: readonly number[]): readonly string[] {
    const apart = new Set<string>();
    const large = new Set<string>();
    for (const place of places) {
      const token = this.tokens[place];
      if (token === undefined) continue;
      if (token.chars.length > SMALL_SET) large.add(token.chars);
      else for (const char of token.chars) apart.add(char);
    }
    const id = [...apart, '', ...large].join('\u0000');
    const known = this.told.get(id);
    if (known !== undefined) return known;
    const symbols = charactersOf(apart, large);
    this.told.set(id, symbols);
    return symbols;
  }

  private close(places: readonly number[]): readonly number[] {
    const closed: number[] = [];
    for (const place of places) {
      for (const reached of this.closures[place] ?? []) {
        const last = closed.at(-1);
        if (last === undefined || reached > last) closed.push(reached);
        else if (!closed.includes(reached)) closed.push(reached);
      }
    }
    for (let i = 1; i < closed.length; i++) {
      if ((closed[i - 1] ?? 0) > (closed[i] ?? 0)) return closed.sort((a, b) => a - b);
    }
    return closed;
  }
}

/** The characters themselves, and of the others one for each combination of the sets. */
function charactersOf(apart: ReadonlySet<string>, large: ReadonlySet<string>): readonly string[] {
  const symbols = [...apart];
  const signatures = new Set<string>();
  for (const char of FILL) {
    if (apart.has(char)) continue;
    let signature = '';
    for (const set of large) signature += set.includes(char) ? '1' : '0';
    if (signatures.has(signature)) continue;
    signatures.add(signature);
    symbols.unshift(char);
    if (large.size === 0) break;
  }
  return symbols;
}

function takes(token: Token, char: string): boolean {
  return token.chars.includes(char) !== token.not;
}

/** The places of `pattern` at which it can stand when `before` has accepted a text: the end of the pattern is its length. */
export function placesAfter(before: Pattern, pattern: Pattern): readonly number[] {
  const width = pattern.length + 1;
  const seen = new Set<number>([0]);
  const places = new Set<number>();
  const open = [0];
  const visit = (i: number, j: number) => {
    const key = i * width + j;
    if (seen.has(key)) return;
    seen.add(key);
    open.push(key);
  };
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    const i = Math.floor(key / width);
    const j = key % width;
    const [a, b] = [before[i], pattern[j]];
    if (a === undefined) places.add(j);
    if (a?.run === true) visit(i + 1, j);
    if (b?.run === true) visit(i, j + 1);
    if (a === undefined || b === undefined || !share(a, b)) continue;
    visit(a.run ? i : i + 1, b.run ? j : j + 1);
  }
  return [...places].sort((a, b) => a - b);
}

/** Whether some text belongs to both. */
export function intersects(a: Pattern, b: Pattern): boolean {
  return placesAfter(a, b).includes(b.length);
}

function share(a: Token, b: Token): boolean {
  if (a.not && b.not) return true;
  if (a.not) return [...b.chars].some((char) => !a.chars.includes(char));
  return [...a.chars].some((char) => b.chars.includes(char) !== b.not);
}
