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

/**
 * Whether an ARN pattern of a policy and the ARN format of a resource type (`arn:${Partition}:s3:::${BucketName}`) have an ARN in
 * common. Parts of the format stand for anything, save bucket names, which hold no slash. In doubt the answer is yes.
 */
export function canBeOf(pattern: string, format: string): boolean {
  if (isEverything(pattern) || format === '*') return true;
  if (differAtOnce(pattern, format)) return false;
  const plain = withoutVariables(pattern);
  const form = withoutVariables(format.replaceAll('${BucketName}', NAME));
  const parts = plain.split(':');
  if (parts.length < 6) return overlap(`${plain}:*`, form);
  // A star that ends a part behind the partition may go on over the colons.
  if (parts.slice(2, 5).some((part) => part.endsWith('*')) && overlap(plain, form)) return true;
  const wanted = form.split(':');
  const isPart = (i: number) => (parts[i] === '' ? wanted[i] === '' : overlap(parts[i] ?? '', wanted[i] ?? ''));
  return [0, 1, 2, 3, 4].every(isPart) && overlap(parts.slice(5).join(':'), wanted.slice(5).join(':'));
}

/** Whether two patterns differ before the first of their wildcards and variables, the partition aside. */
function differAtOnce(a: string, b: string): boolean {
  const rest = (text: string) => (text.startsWith('arn:') ? text.slice(text.indexOf(':', 4) + 1) : '');
  const [one, other] = [rest(a), rest(b)];
  for (let at = 0; at < one.length && at < other.length; at++) {
    const units = [one.charAt(at), other.charAt(at)];
    if (units.some((unit) => unit === '*' || unit === '?' || unit === '$')) return false;
    if (units[0] !== units[1]) return true;
  }
  return false;
}

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

/** Walks both patterns at once; a row holds where the second may stand. */
function overlap(a: string, b: string): boolean {
  if (a.length > LONGEST || b.length > LONGEST) return true;
  const isRun = (unit: string) => unit === '*' || unit === NAME;
  const takes = (run: string, unit: string) => run === '*' || unit !== '/';
  let row = new Array<boolean>(b.length + 1).fill(false);
  row[0] = true;
  for (let i = 0; i <= a.length; i++) {
    const next = new Array<boolean>(b.length + 1).fill(false);
    for (let j = 0; j <= b.length; j++) {
      if (row[j] !== true) continue;
      const one = a.charAt(i);
      const other = b.charAt(j);
      if (isRun(other)) {
        row[j + 1] = true;
        if (one !== '' && !isRun(one) && takes(other, one)) next[j] = true;
      }
      if (isRun(one)) {
        next[j] = true;
        if (other !== '' && !isRun(other) && takes(one, other)) row[j + 1] = true;
      } else if (one !== '' && other !== '' && !isRun(other) && (one === other || one === '?' || other === '?')) {
        next[j + 1] = true;
      }
    }
    if (i === a.length) return row[b.length] === true;
    row = next;
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
