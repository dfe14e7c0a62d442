/** Whether a command goes on in the next line: an open quote, a here-document, a trailing operator, an open `do`. */

interface Scan {
  readonly words: readonly string[];
  readonly open: boolean;
  readonly hereDocuments: readonly { readonly word: string; readonly tabs: boolean }[];
}

const openers: Readonly<Record<string, string>> = { if: 'fi', do: 'done', case: 'esac', '{': '}', '(': ')' };
const closers = new Set(Object.values(openers));
/** After these a command may stand. */
const separators = new Set([';', '&', '|', '&&', '||', '\n', '(', ')']);
/** After these too, where they stand in the place of a command themselves. */
const leading = new Set(['then', 'do', 'else', 'elif', 'if', 'while', 'until', '{', '!']);

/** Reads quotes and operators of the lines before any here-document's body. */
function scan(text: string): Scan {
  const words: string[] = [];
  const hereDocuments: { word: string; tabs: boolean }[] = [];
  let word = '';
  let quoted = false;
  const flush = (): void => {
    if (word !== '' || quoted) words.push(quoted ? `'${word}` : word);
    word = '';
    quoted = false;
  };
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (character === '\\') {
      if (at === text.length - 1 || (text[at + 1] === '\n' && at + 2 === text.length)) {
        return { words, open: true, hereDocuments };
      }
      if (text[at + 1] !== '\n') word += text[at + 1];
      at += 1;
    } else if (character === "'" || character === '"') {
      const end = closing(text, at + 1, character);
      if (end === -1) return { words, open: true, hereDocuments };
      word += text.slice(at + 1, end);
      quoted = true;
      at = end;
    } else if (character === '#' && word === '' && !quoted) {
      const end = text.indexOf('\n', at);
      at = end === -1 ? text.length : end - 1;
    } else if (character === '$' && text[at + 1] === '(') {
      const end = substitutionEnd(text, at + 2);
      if (end === -1) return { words, open: true, hereDocuments };
      word += text.slice(at, end + 1);
      at = end;
    } else if (text.startsWith('<<<', at)) {
      flush();
      at += 2;
    } else if (text.startsWith('<<', at)) {
      flush();
      const match = /^<<(-?)\s*(['"]?)([\w.-]+)\2/.exec(text.slice(at));
      if (match) {
        hereDocuments.push({ word: match[3] ?? '', tabs: match[1] === '-' });
        at += match[0].length - 1;
      }
    } else if (/[\s;&|()]/.test(character)) {
      flush();
      const pair = text.slice(at, at + 2);
      if (pair === '&&' || pair === '||') {
        words.push(pair);
        at += 1;
      } else if (character === '\n' || !/\s/.test(character)) {
        words.push(character);
      }
      if (character === '\n' && hereDocuments.length > 0) break;
    } else {
      word += character;
    }
  }
  flush();
  return { words, open: false, hereDocuments };
}

function closing(text: string, from: number, quote: string): number {
  for (let at = from; at < text.length; at += 1) {
    if (quote === '"' && text[at] === '\\') at += 1;
    else if (text[at] === quote) return at;
  }
  return -1;
}

function substitutionEnd(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (character === '\\') at += 1;
    else if (character === "'" || character === '"') {
      const end = closing(text, at + 1, character);
      if (end === -1) return -1;
      at = end;
    } else if (character === '(') depth += 1;
    else if (character === ')') {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return -1;
}

function hereDocumentOpen(text: string, documents: Scan['hereDocuments']): boolean {
  const lines = text.split('\n').slice(1);
  let at = 0;
  for (const { word, tabs } of documents) {
    while (at < lines.length && (tabs ? lines[at]?.replace(/^\t+/, '') : lines[at]) !== word) at += 1;
    if (at >= lines.length) return true;
    at += 1;
  }
  return false;
}

/** Counts compound commands only where a command may stand: `echo if` opens nothing. */
function compoundOpen(words: readonly string[]): boolean {
  const waiting: string[] = [];
  let command = true;
  for (const word of words) {
    const opener = openers[word];
    if (command && opener) waiting.push(opener);
    else if (closers.has(word) && word === waiting.at(-1) && (command || word === ')')) waiting.pop();
    command = separators.has(word) || (command && (leading.has(word) || closers.has(word)));
  }
  return waiting.length > 0;
}

/** True where bash would show its second prompt. */
export function isIncomplete(text: string): boolean {
  const { words, open, hereDocuments } = scan(text);
  if (open) return true;
  if (hereDocuments.length > 0 && hereDocumentOpen(text, hereDocuments)) return true;
  const last = words.filter((word) => word !== '\n').at(-1);
  if (last === '|' || last === '&&' || last === '||') return true;
  return compoundOpen(words);
}
