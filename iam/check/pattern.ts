/** Questions about patterns with `*` and `?`: whether one covers another, whether two overlap, and which name is nearest to a misspelt one. */
import { compileGlob, matchGlob } from '../glob.ts';

export function hasWildcard(text: string): boolean {
  return text.includes('*') || text.includes('?');
}

/** Whether the text holds nothing but stars, and matches all. */
export function isEverything(text: string): boolean {
  return text !== '' && [...text].every((unit) => unit === '*');
}

/** Whether the pattern surely matches all that the other one matches. A doubtful answer is no. */
export function covers(pattern: string, other: string): boolean {
  return coverage(pattern)(other);
}

/** `covers` for one pattern and many others. */
export function coverage(pattern: string): (other: string) => boolean {
  if (!hasWildcard(pattern)) return (other) => pattern === other;
  const glob = compileGlob([{ pattern }], 'text');
  const hasAnyOne = pattern.includes('?');
  return (other) => pattern === other || (!(hasAnyOne && other.includes('*')) && matchGlob(glob, other));
}

/** A star that stops at a slash, as in a template: what a bucket's name may be. */
const NAME = '\u0001';
const LONGEST = 2048;

/** An ARN format of a resource type as a pattern. */
interface Form {
  readonly text: string;
  readonly parts: readonly string[];
  /** From the service on. */
  readonly tail: string;
}

/** Formats as patterns, each made once: there are as many as AWS has types of resources. */
const forms = new Map<string, Form>();

function formOf(format: string): Form {
  let form = forms.get(format);
  if (form === undefined) {
    const text = withoutVariables(format.replaceAll('${BucketName}', NAME));
    form = { text, parts: partsOf(text), tail: tailOf(text) };
    forms.set(format, form);
  }
  return form;
}

/** What follows the partition of an ARN. */
function tailOf(text: string): string {
  return text.startsWith('arn:') ? text.slice(text.indexOf(':', 4) + 1) : '';
}

/** The parts of an ARN, the last with its colons. */
function partsOf(text: string): readonly string[] {
  const parts = text.split(':');
  return parts.length < 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')];
}

/**
 * Whether an ARN pattern of a policy and the ARN format of a resource type (`arn:${Partition}:s3:::${BucketName}`) have an ARN in
 * common. Parts of the format stand for anything, save bucket names, which hold no slash. In doubt the answer is yes.
 */
export function canBeOf(pattern: string, format: string): boolean {
  return arnMatcher(pattern)(format);
}

/** `canBeOf` for one pattern and many formats. */
export function arnMatcher(pattern: string): (format: string) => boolean {
  if (isEverything(pattern)) return () => true;
  const plain = withoutVariables(pattern);
  const parts = partsOf(plain);
  const tail = tailOf(plain);
  // A star that ends a part behind the partition may go on over the colons.
  const isOpen = parts.slice(2, 5).some((part) => part.endsWith('*'));
  return (format) => {
    const form = formOf(format);
    if (format === '*') return true;
    if (differAtOnce(tail, form.tail)) return false;
    if (parts.length < 6) return overlap(`${plain}:*`, form.text);
    if (isOpen && overlap(plain, form.text)) return true;
    return parts.every((part, i) => (part === '' && i < 5 ? form.parts[i] === '' : overlap(part, form.parts[i] ?? '')));
  };
}

/** Whether two patterns differ before the first of their wildcards. */
function differAtOnce(a: string, b: string): boolean {
  for (let at = 0; at < a.length && at < b.length; at++) {
    const [one, other] = [a.charAt(at), b.charAt(at)];
    if (isOpenUnit(one) || isOpenUnit(other)) return false;
    if (one !== other) return true;
  }
  return false;
}

const isOpenUnit = (unit: string) => unit === '*' || unit === '?' || unit === NAME;

/** A pattern in which every variable is a star: it could be anything. */
export function withoutVariables(text: string): string {
  let result = '';
  for (let at = 0; at < text.length; at++) {
    const close = text.startsWith('${', at) ? text.indexOf('}', at) : -1;
    if (close < 0) result += text.charAt(at);
    else {
      result += '*';
      at = close;
    }
  }
  return result;
}

/** Walks both patterns at once; a row holds where the second may stand, between `low` and `high`. */
function overlap(a: string, b: string): boolean {
  if (differAtOnce(a, b)) return false;
  if (a.length > LONGEST || b.length > LONGEST) return true;
  const isRun = (unit: string) => unit === '*' || unit === NAME;
  const takes = (run: string, unit: string) => run === '*' || unit !== '/';
  let row = new Uint8Array(b.length + 1);
  row[0] = 1;
  let [low, high] = [0, 0];
  for (let i = 0; low <= high; i++) {
    const next = new Uint8Array(b.length + 1);
    let [nextLow, nextHigh] = [b.length + 1, -1];
    const reach = (j: number) => {
      next[j] = 1;
      nextLow = Math.min(nextLow, j);
      nextHigh = Math.max(nextHigh, j);
    };
    const one = a.charAt(i);
    for (let j = low; j <= high; j++) {
      if (row[j] === 0) continue;
      const other = b.charAt(j);
      let moves = isRun(other);
      if (moves && one !== '' && !isRun(one) && takes(other, one)) reach(j);
      if (isRun(one)) {
        reach(j);
        moves ||= other !== '' && takes(one, other);
      } else if (one !== '' && other !== '' && !isRun(other) && (one === other || one === '?' || other === '?')) {
        reach(j + 1);
      }
      if (!moves) continue;
      row[j + 1] = 1;
      high = Math.max(high, j + 1);
    }
    if (i === a.length) return row[b.length] === 1;
    row = next;
    [low, high] = [nextLow, nextHigh];
  }
  return false;
}

/** The candidate that differs least, letter case aside; undefined where none is near. */
export function nearest(text: string, candidates: Iterable<string>): string | undefined {
  const wanted = text.toLowerCase();
  if (wanted.length > 64) return undefined;
  let best: string | undefined;
  let least = Math.max(1, Math.floor(wanted.length / 4)) + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - wanted.length) >= least) continue;
    const distance = editDistance(wanted, candidate.toLowerCase(), least);
    if (distance >= least) continue;
    least = distance;
    best = candidate;
  }
  return best;
}

/** Insertions, deletions, replacements and swaps of neighbours from one text to the other; `limit` where they are as many. */
function editDistance(a: string, b: string, limit: number): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      row.push(cost);
    }
    if (Math.min(...row) >= limit) return limit;
    before = last;
    last = row;
  }
  return Math.min(limit, last[b.length] ?? limit);
}
