/**
 * Matching of `*` (any run, also none) and `?` (any one UTF-16 unit), without regular expressions and without backtracking over
 * the whole pattern: each literal run is looked for once, from left to right.
 * Follows the IAM User Guide, "IAM JSON policy elements: Resource": in an ARN a `*` that does not end its segment stays within the
 * segment, while one that ends it also crosses the colons that follow.
 */

/** What a pattern is made of: text whose `*` and `?` are wildcards, and text that is taken literally. */
export type GlobPiece = { readonly pattern: string } | { readonly literal: string };

/** `text`: every `*` crosses everything. `arn`: a `*` crosses `:` only at the end of a segment, `?` never. */
export type GlobMode = 'text' | 'arn';

/** A run without `*`; `any` marks the places of `?`, and is absent where there is none. */
interface Run {
  readonly text: string;
  readonly any: readonly boolean[] | undefined;
}

/**
 * A compiled pattern. Most are of a simple shape, which is matched by one comparison: `exact` and `prefix` by their `text`. Between the
 * `groups` of the others lie stars that cross everything, between the runs of a group stars that stop at `:`.
 */
export type Glob =
  | { readonly shape: 'everything' }
  | { readonly shape: 'exact'; readonly text: string }
  | { readonly shape: 'prefix'; readonly text: string }
  | {
      readonly shape: 'general';
      readonly groups: readonly (readonly Run[])[];
      readonly mode: GlobMode;
      /** The longest text that lies somewhere in every value that matches, the beginning aside: most values fail at it. */
      readonly telling: string;
    };

const COLON = 58;
const STAR = 42;
const QUESTION_MARK = 63;

/** Compiles a pattern once, to be matched often. */
export function compileGlob(pieces: readonly GlobPiece[], mode: GlobMode): Glob {
  const builder = new GlobBuilder(mode);
  for (const piece of pieces) {
    if ('literal' in piece) builder.addText(piece.literal);
    else builder.addPattern(piece.pattern);
  }
  return builder.finish();
}

class GlobBuilder {
  readonly #mode: GlobMode;
  readonly #groups: Run[][] = [];
  #group: Run[] = [];
  #text = '';
  #any: boolean[] | undefined;
  /** Whether a star stands before what comes next: what it crosses shows only then. */
  #afterStar = false;

  constructor(mode: GlobMode) {
    this.#mode = mode;
  }

  addPattern(pattern: string): void {
    let from = 0;
    for (let at = 0; at < pattern.length; at++) {
      const unit = pattern.charCodeAt(at);
      if (unit !== STAR && unit !== QUESTION_MARK) continue;
      this.addText(pattern.slice(from, at));
      from = at + 1;
      if (unit === STAR) this.#afterStar = true;
      else this.#addAnyOne();
    }
    this.addText(from === 0 ? pattern : pattern.slice(from));
  }

  addText(text: string): void {
    if (text === '') return;
    if (this.#afterStar) this.#endRun(text.charCodeAt(0) === COLON);
    this.#text += text;
    if (this.#any !== undefined) while (this.#any.length < this.#text.length) this.#any.push(false);
  }

  #addAnyOne(): void {
    if (this.#afterStar) this.#endRun(false);
    this.#any ??= new Array<boolean>(this.#text.length).fill(false);
    this.#any.push(true);
    this.#text += '?';
  }

  #endRun(endsSegment: boolean): void {
    this.#group.push({ text: this.#text, any: this.#any });
    this.#text = '';
    this.#any = undefined;
    this.#afterStar = false;
    if (this.#mode === 'arn' && !endsSegment) return;
    this.#groups.push(this.#group);
    this.#group = [];
  }

  finish(): Glob {
    if (this.#afterStar) this.#endRun(true);
    this.#group.push({ text: this.#text, any: this.#any });
    const groups = [...this.#groups, this.#group];
    const [first, second, third] = groups;
    const start = first?.length === 1 ? first[0] : undefined;
    if (start?.any === undefined && start !== undefined) {
      if (second === undefined) return { shape: 'exact', text: start.text };
      const isOpen = third === undefined && second.length === 1 && second[0]?.text === '';
      if (isOpen) return start.text === '' ? { shape: 'everything' } : { shape: 'prefix', text: start.text };
    }
    return { shape: 'general', groups, mode: this.#mode, telling: tellingText(groups) };
  }
}

function tellingText(groups: readonly (readonly Run[])[]): string {
  let telling = '';
  for (const { text, any } of groups.flat().slice(1))
    if (any === undefined && text.length > telling.length) telling = text;
  return telling;
}

/** The text that every value begins with which the pattern matches. */
export function literalBeginning(glob: Glob): string {
  return literalRuns(glob)[0] ?? '';
}

/** What the pattern says between its stars, in order; of what holds a `?`, in its place, all but what is before the first. */
export function literalRuns(glob: Glob): readonly string[] {
  if (glob.shape === 'everything') return [];
  if (glob.shape !== 'general') return [glob.text];
  return glob.groups.flat().map(({ text, any }) => (any === undefined ? text : text.slice(0, any.indexOf(true))));
}

/** Whether the whole value matches. The value is data: wildcards in it mean nothing. */
export function matchGlob(glob: Glob, value: string): boolean {
  switch (glob.shape) {
    case 'everything':
      return true;
    case 'exact':
      return value === glob.text;
    case 'prefix':
      return beginsWith(value, glob.text);
    case 'general':
      return value.includes(glob.telling) && matchGroups(glob.groups, value, glob.mode);
  }
}

function matchGroups(groups: readonly (readonly Run[])[], value: string, mode: GlobMode): boolean {
  const first = groups[0] ?? [];
  if (groups.length === 1) return groupEnd(first, value, 0, mode, 'whole') >= 0;
  let position = groupEnd(first, value, 0, mode, 'open');
  if (position < 0) return false;
  for (let i = 1; i < groups.length - 1; i++) {
    position = findGroup(groups[i] ?? [], value, position, mode);
    if (position < 0) return false;
  }
  return findLast(groups[groups.length - 1] ?? [], value, position, mode);
}

/** Where the group, laid at `start`, ends; -1 where it does not fit. `whole`: it must end with the value. */
function groupEnd(group: readonly Run[], value: string, start: number, mode: GlobMode, to: 'open' | 'whole'): number {
  const first = group[0];
  if (first === undefined || !runAt(first, value, start, mode)) return -1;
  let position = start + first.text.length;
  for (let i = 1; i < group.length; i++) {
    const run = group[i] as Run;
    const colon = value.indexOf(':', position);
    const limit = colon < 0 ? value.length : colon;
    let at: number;
    if (to === 'whole' && i === group.length - 1) {
      at = value.length - run.text.length;
      if (at < position || at > limit || !runAt(run, value, at, mode)) return -1;
    } else {
      at = findRun(run, value, position, limit, mode);
      if (at < 0) return -1;
    }
    position = at + run.text.length;
  }
  if (to === 'whole' && position !== value.length) return -1;
  return position;
}

/** The end of the leftmost place at or after `from` where the group fits. Taking the leftmost never loses a match. */
function findGroup(group: readonly Run[], value: string, from: number, mode: GlobMode): number {
  const first = group[0] as Run;
  for (let start = from; ; start++) {
    start = findRun(first, value, start, value.length, mode);
    if (start < 0) return -1;
    if (group.length === 1) return start + first.text.length;
    const end = groupEnd(group, value, start, mode, 'open');
    if (end >= 0) return end;
  }
}

function findLast(group: readonly Run[], value: string, from: number, mode: GlobMode): boolean {
  const first = group[0] as Run;
  if (group.length === 1) {
    const start = value.length - first.text.length;
    return start >= from && runAt(first, value, start, mode);
  }
  for (let start = from; ; start++) {
    start = findRun(first, value, start, value.length, mode);
    if (start < 0) return false;
    if (groupEnd(group, value, start, mode, 'whole') >= 0) return true;
  }
}

/** How much of a prefix is compared first, from its end: ARNs begin alike, and differ where they are long. */
const TELLING = 4;

function beginsWith(value: string, prefix: string): boolean {
  if (prefix.length > value.length) return false;
  const telling = Math.max(0, prefix.length - TELLING);
  for (let i = prefix.length - 1; i >= telling; i--) if (value.charCodeAt(i) !== prefix.charCodeAt(i)) return false;
  // Much faster than `startsWith`, in V8, for the length of an ARN.
  return telling === 0 || value.lastIndexOf(prefix, 0) === 0;
}

/** Whether the text lies in the value at that place; compared from its end. */
function liesAt(text: string, value: string, at: number): boolean {
  if (at + text.length > value.length) return false;
  for (let i = text.length - 1; i >= 0; i--) if (value.charCodeAt(at + i) !== text.charCodeAt(i)) return false;
  return true;
}

function runAt(run: Run, value: string, at: number, mode: GlobMode): boolean {
  if (run.any === undefined) return liesAt(run.text, value, at);
  if (at + run.text.length > value.length) return false;
  for (let i = 0; i < run.text.length; i++) {
    const unit = value.charCodeAt(at + i);
    if (run.any[i] === true ? mode === 'arn' && unit === COLON : unit !== run.text.charCodeAt(i)) return false;
  }
  return true;
}

/** The first place from `from` up to and with `limit` where the run lies; -1 where there is none. */
function findRun(run: Run, value: string, from: number, limit: number, mode: GlobMode): number {
  if (run.any === undefined) {
    const at = value.indexOf(run.text, from);
    return at >= 0 && at <= limit ? at : -1;
  }
  const last = Math.min(limit, value.length - run.text.length);
  for (let at = from; at <= last; at++) if (runAt(run, value, at, mode)) return at;
  return -1;
}
