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

/** A compiled pattern. Between `groups` lie stars that cross everything, between the runs of a group stars that stop at `:`. */
export interface Glob {
  readonly groups: readonly (readonly Run[])[];
  readonly mode: GlobMode;
}

const ANY_RUN = 0;
const ANY_ONE = 1;

/** Compiles a pattern once, to be matched often. */
export function compileGlob(pieces: readonly GlobPiece[], mode: GlobMode): Glob {
  const tokens = tokenize(pieces);
  const groups: Run[][] = [];
  let group: Run[] = [];
  let text = '';
  let any: boolean[] = [];
  const endRun = () => {
    group.push({ text, any: any.includes(true) ? any : undefined });
    text = '';
    any = [];
  };
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    if (token !== ANY_RUN) {
      text += token === ANY_ONE ? '?' : token;
      any.push(token === ANY_ONE);
      continue;
    }
    while (tokens[i + 1] === ANY_RUN) i++;
    const next = tokens[i + 1];
    endRun();
    if (mode === 'text' || next === undefined || next === ':') {
      groups.push(group);
      group = [];
    }
  }
  endRun();
  groups.push(group);
  return { groups, mode };
}

/** Whether the whole value matches. The value is data: wildcards in it mean nothing. */
export function matchGlob(glob: Glob, value: string): boolean {
  const { groups, mode } = glob;
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

function tokenize(pieces: readonly GlobPiece[]): (string | typeof ANY_RUN | typeof ANY_ONE)[] {
  const tokens: (string | typeof ANY_RUN | typeof ANY_ONE)[] = [];
  for (const piece of pieces) {
    const isPattern = 'pattern' in piece;
    const text = isPattern ? piece.pattern : piece.literal;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charAt(i);
      if (isPattern && unit === '*') tokens.push(ANY_RUN);
      else if (isPattern && unit === '?') tokens.push(ANY_ONE);
      else tokens.push(unit);
    }
  }
  return tokens;
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

function runAt(run: Run, value: string, at: number, mode: GlobMode): boolean {
  if (run.any === undefined) return value.startsWith(run.text, at);
  if (at + run.text.length > value.length) return false;
  for (let i = 0; i < run.text.length; i++) {
    const unit = value.charCodeAt(at + i);
    if (run.any[i] === true ? mode === 'arn' && unit === 58 : unit !== run.text.charCodeAt(i)) return false;
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
