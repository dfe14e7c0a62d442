/** Whether two patterns accept a text in common, how far one gets with the texts of another, and whether it accepts them all. */
import { type Pattern, type Token, takes } from './language.ts';

/** The places of `pattern` at which it can stand when `before` has accepted a text: the end of the pattern is its length. */
export function placesAfter(before: Pattern, pattern: Pattern): readonly number[] {
  const seen = walkTogether(before, pattern);
  if (seen === undefined) return [];
  const last = before.length * (pattern.length + 1);
  const places: number[] = [];
  for (let j = 0; j <= pattern.length; j++) if (seen[last + j] === 1) places.push(j);
  return places;
}

/**
 * Where two patterns can stand after the same text: 1 at place `i` of `a` and `j` of `b`, in rows of `b`. Undefined where their first
 * characters differ.
 */
function walkTogether(a: Pattern, b: Pattern): Uint8Array | undefined {
  const prefix = commonPrefix(a, b);
  if (prefix === undefined) return undefined;
  const width = b.length + 1;
  const seen = new Uint8Array((a.length + 1) * width);
  const first = prefix * width + prefix;
  const open = [first];
  seen[first] = 1;
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const j = at % width;
    const one = a[(at - j) / width];
    const two = b[j];
    if (one?.run === true) reach(at + width, seen, open);
    if (two?.run === true) reach(at + 1, seen, open);
    if (one !== undefined && two !== undefined && share(one, two)) {
      reach(at + (one.run ? 0 : width) + (two.run ? 0 : 1), seen, open);
    }
  }
  return seen;
}

function reach(at: number, seen: Uint8Array, open: number[]): void {
  if (seen[at] === 1) return;
  seen[at] = 1;
  open.push(at);
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
  return walkTogether(a, b)?.at(-1) === 1;
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

/**
 * Whether the outer pattern accepts every text of the inner one, as far as one way through it shows: `no` may also mean that several
 * ways together would.
 */
export function isWithin(inner: Pattern, outer: Pattern): boolean {
  const prefix = commonPrefix(inner, outer);
  if (prefix === undefined) return false;
  // Places that every text of the inner pattern so far leads to, in ascending order.
  let places = behindRuns([prefix], outer);
  for (let i = prefix; i < inner.length; i++) {
    const token = inner[i] as Token;
    const next: number[] = [];
    for (const place of places) {
      const own = outer[place];
      if (own === undefined || !takesAll(own, token)) continue;
      if (own.run) next.push(place);
      else if (!token.run) next.push(place + 1);
    }
    if (next.length === 0) return false;
    places = behindRuns(next, outer);
  }
  return places.at(-1) === outer.length;
}

/** The places, and those behind them that runs of no characters reach. */
function behindRuns(from: readonly number[], pattern: Pattern): readonly number[] {
  const reached: number[] = [];
  for (let place of from) {
    for (; ; place++) {
      if (place > (reached.at(-1) ?? -1)) reached.push(place);
      if (pattern[place]?.run !== true) break;
    }
  }
  return reached;
}

function takesAll(outer: Token, inner: Token): boolean {
  if (outer.not && outer.chars === '') return true;
  if (!inner.not) return [...inner.chars].every((char) => takes(outer, char));
  return outer.not && [...outer.chars].every((char) => inner.chars.includes(char));
}
