/** What a key stroke means to the line that is being typed. */
export type Key = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'key'; readonly name: KeyName };

export type KeyName =
  | 'enter'
  | 'tab'
  | 'backspace'
  | 'delete'
  | 'left'
  | 'right'
  | 'word-left'
  | 'word-right'
  | 'up'
  | 'down'
  | 'search'
  | 'home'
  | 'end'
  | 'kill-to-end'
  | 'kill-to-start'
  | 'kill-word'
  | 'kill-next-word'
  | 'yank'
  | 'interrupt'
  | 'end-of-file'
  | 'clear'
  | 'escape';

/** Byte sequences as xterm sends them, which are those of readline's default bindings. */
const sequences: Readonly<Record<string, KeyName>> = {
  '\r': 'enter',
  '\n': 'enter',
  '\t': 'tab',
  '\x7f': 'backspace',
  '\b': 'backspace',
  '\x01': 'home',
  '\x02': 'left',
  '\x03': 'interrupt',
  '\x04': 'end-of-file',
  '\x05': 'end',
  '\x06': 'right',
  '\x0b': 'kill-to-end',
  '\x0c': 'clear',
  '\x0e': 'down',
  '\x10': 'up',
  '\x12': 'search',
  '\x15': 'kill-to-start',
  '\x17': 'kill-word',
  '\x19': 'yank',
  '\x1b': 'escape',
  '\x1b[A': 'up',
  '\x1b[B': 'down',
  '\x1b[C': 'right',
  '\x1b[D': 'left',
  '\x1bOA': 'up',
  '\x1bOB': 'down',
  '\x1bOC': 'right',
  '\x1bOD': 'left',
  '\x1b[H': 'home',
  '\x1b[F': 'end',
  '\x1bOH': 'home',
  '\x1bOF': 'end',
  '\x1b[1~': 'home',
  '\x1b[4~': 'end',
  '\x1b[3~': 'delete',
  '\x1b[1;5C': 'word-right',
  '\x1b[1;5D': 'word-left',
  '\x1b[1;3C': 'word-right',
  '\x1b[1;3D': 'word-left',
  '\x1bb': 'word-left',
  '\x1bf': 'word-right',
  '\x1bd': 'kill-next-word',
  '\x1b\x7f': 'kill-word',
};

const escapeCharacter = '\u001b';
/** An escape sequence, one control character, or text up to the next of these. */
const token = new RegExp(`${escapeCharacter}(?:\\[[0-9;?]*[ -/]*[@-~]|O[A-Z]|[a-zA-Z\u007f])|\\p{Cc}|\\P{Cc}+`, 'gu');

/** Splits what the terminal sent (a key, or a paste of many lines) into text and keys. Unknown sequences are dropped. */
export function decodeKeys(data: string): Key[] {
  return (data.match(token) ?? []).flatMap((part): Key[] => {
    const name = sequences[part];
    if (name) return [{ kind: 'key', name }];
    return /^\p{Cc}/u.test(part) ? [] : [{ kind: 'text', text: part }];
  });
}
