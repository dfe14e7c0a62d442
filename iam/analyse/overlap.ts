/** Whether two patterns accept a text in common, how far one gets with the texts of another, and whether it accepts them all. */
import { type Pattern, type Token, takes } from './language.ts';

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
  return places.sort((one, two) => one - two);
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
