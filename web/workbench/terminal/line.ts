import type { Key } from './keys.ts';

/** The line that is being typed. `cursor` counts UTF-16 units; `killed` is what Ctrl-Y brings back. */
export interface Line {
  readonly text: string;
  readonly cursor: number;
  readonly killed: string;
}

export const emptyLine: Line = { text: '', cursor: 0, killed: '' };

/** The same text with the cursor at its end. */
export function lineOf(text: string, killed = ''): Line {
  return { text, cursor: text.length, killed };
}

const before = (line: Line): string => line.text.slice(0, line.cursor);
const after = (line: Line): string => line.text.slice(line.cursor);

/** A surrogate pair is one character. */
const leftOf = (line: Line): number => line.cursor - ([...before(line)].at(-1)?.length ?? 0);
const rightOf = (line: Line): number => line.cursor + ([...after(line)][0]?.length ?? 0);
/** The start of the word before the cursor. */
const wordLeft = (line: Line): number => /[\p{L}\p{N}_]*[^\p{L}\p{N}_]*$/u.exec(before(line))?.index ?? 0;
const wordRight = (line: Line): number =>
  line.cursor + (/^[^\p{L}\p{N}_]*[\p{L}\p{N}_]*/u.exec(after(line))?.[0].length ?? 0);
/** Ctrl-W goes back to a space, as in a shell. */
const blankLeft = (line: Line): number => /\S*\s*$/.exec(before(line))?.index ?? 0;

const at = (line: Line, cursor: number): Line => ({ ...line, cursor });

function cut(line: Line, from: number, to: number): Line {
  return { text: line.text.slice(0, from) + line.text.slice(to), cursor: from, killed: line.text.slice(from, to) };
}

function erase(line: Line, from: number, to: number): Line {
  return { ...cut(line, from, to), killed: line.killed };
}

export function insert(line: Line, text: string): Line {
  return { ...line, text: before(line) + text + after(line), cursor: line.cursor + text.length };
}

/** The line after a key that edits it; undefined for the keys that mean something else. */
export function edit(line: Line, key: Key): Line | undefined {
  if (key.kind === 'text') return insert(line, key.text);
  switch (key.name) {
    case 'backspace':
      return erase(line, leftOf(line), line.cursor);
    case 'delete':
      return erase(line, line.cursor, rightOf(line));
    case 'left':
      return at(line, leftOf(line));
    case 'right':
      return at(line, rightOf(line));
    case 'word-left':
      return at(line, wordLeft(line));
    case 'word-right':
      return at(line, wordRight(line));
    case 'home':
      return at(line, 0);
    case 'end':
      return at(line, line.text.length);
    case 'kill-to-end':
      return cut(line, line.cursor, line.text.length);
    case 'kill-to-start':
      return cut(line, 0, line.cursor);
    case 'kill-word':
      return cut(line, blankLeft(line), line.cursor);
    case 'kill-next-word':
      return cut(line, line.cursor, wordRight(line));
    case 'yank':
      return insert(line, line.killed);
    default:
      return undefined;
  }
}
