/** `--output yaml`: block style, as the CLI's YAML library lays it out. */
import { formatJson } from '../python/json.ts';
import { floatText } from '../python/text.ts';
import { Float, isList, isMap, type Value } from '../value.ts';
import { byCodePoint } from './text.ts';

/** Column after which a text with spaces goes on in the next line. */
const WIDTH = 80;

// What YAML 1.2 would read as something other than a string (ruamel's resolver): it is written in quotes.
const RESOLVED = [
  /^(?:true|True|TRUE|false|False|FALSE)$/,
  /^(?:~|null|Null|NULL|)$/,
  /^[-+]?0b[0-1_]+$|^[-+]?0o?[0-7_]+$|^[-+]?[0-9_]+$|^[-+]?0x[0-9a-fA-F_]+$/,
  /^[-+]?(?:[0-9][0-9_]*)\.[0-9_]*(?:[eE][-+]?[0-9]+)?$|^[-+]?(?:[0-9][0-9_]*)(?:[eE][-+]?[0-9]+)$|^[-+]?\.[0-9_]+(?:[eE][-+][0-9]+)?$|^[-+]?\.(?:inf|Inf|INF)$|^\.(?:nan|NaN|NAN)$/,
  /^\d\d\d\d-\d\d-\d\d$|^\d\d\d\d-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?$/,
  /^(?:<<|=)$/,
];

function isPlain(text: string): boolean {
  if (text === '' || RESOLVED.some((pattern) => pattern.test(text))) return false;
  if (/^[\s]|[\s]$/.test(text)) return false;
  if (/^[#,[\]{}&*!|>'"%@`]/.test(text) || /^[-?:](?:\s|$)/.test(text) || /^(---|\.\.\.)/.test(text)) return false;
  return !/: |:$| #|[\p{Cc}\ufeff]/u.test(text);
}

/** Folds at single spaces once the line has passed the width. */
function folded(text: string, column: number, indent: string, keepDoubled: RegExp): string {
  let line = column;
  let out = '';
  for (const part of text.split(keepDoubled)) {
    if (part === ' ' && line > WIDTH) {
      out += `\n${indent}`;
      line = indent.length;
      continue;
    }
    out += part;
    line += part.length;
  }
  return out;
}

const SINGLE_SPACES = /(?<=[^ ])( )(?=[^ ])/;

/** A line end stands as an empty line, and the text goes on in the next one. */
function singleQuoted(text: string, column: number, indent: string): string {
  let start = column + 1;
  const lines = text
    .replaceAll("'", "''")
    .split('\n')
    .map((line, i) => {
      if (i > 0) start = indent.length;
      return (i > 0 && line !== '' ? indent : '') + folded(line, start, indent, SINGLE_SPACES);
    });
  // Of a run of line ends the first is written twice.
  const joined = lines.reduce((all, line, i) => {
    if (i === 0) return line;
    return `${all}\n${lines[i - 1] !== '' || i === 1 ? '\n' : ''}${line}`;
  }, '');
  return `'${joined}${text.endsWith('\n') ? indent : ''}'`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\0': '\\0',
  '\u0007': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\u000b': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '\u001b': '\\e',
  '"': '\\"',
  '\\': '\\\\',
};

/** Double quotes: the only style that can carry line ends; folded with a backslash at the end of the line. */
function doubleQuoted(text: string, startColumn: number, indent: string): string {
  let out = '"';
  let column = startColumn + 1;
  let run = '';
  const flush = () => {
    out += run;
    column += run.length;
    run = '';
  };
  const chars = [...text];
  chars.forEach((char, i) => {
    const escaped =
      ESCAPES[char] ??
      (char < ' ' || (char >= '\u007f' && char <= '\u009f')
        ? `\\x${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
        : undefined);
    if (escaped !== undefined) {
      flush();
      out += escaped;
      column += escaped.length;
    } else if (char !== ' ') {
      run += char;
    }
    const inside = i > 0 && i < chars.length - 1;
    if (inside && (char === ' ' || run === '') && column + run.length > WIDTH) {
      out += `${run}\\\n${indent}`;
      column = indent.length;
      run = '';
      if (char === ' ') {
        out += '\\ ';
        column += 2;
      }
    } else if (char === ' ') run += char;
  });
  return `${out}${run}"`;
}

function scalar(value: Value, column: number, indent: string): string {
  if (value === null) return 'null';
  if (typeof value === 'boolean' || typeof value === 'number') return String(value);
  if (value instanceof Float) return floatText(value.value);
  if (typeof value !== 'string') return '';
  if (isPlain(value)) return folded(value, column, indent, SINGLE_SPACES);
  const needsEscapes = /[\p{Cc}\ufeff]/u.test(value.replaceAll('\n', '')) || / \n|\n /.test(value);
  if (needsEscapes) return doubleQuoted(value, column, indent);
  return singleQuoted(value, column, indent);
}

/** Lines of a value; `lead` is what already stands before it on its first line. */
function block(value: Value, indent: string, lead: string): string {
  if (isList(value)) {
    if (value.length === 0) return `${lead}[]\n`;
    return value.map((element, i) => item(element, indent, i === 0 ? lead : indent)).join('');
  }
  if (isMap(value)) {
    const keys = Object.keys(value).sort(byCodePoint);
    if (keys.length === 0) return `${lead}{}\n`;
    return keys.map((key, i) => member(key, value[key] ?? null, indent, i === 0 ? lead : indent)).join('');
  }
  return `${lead}${scalar(value, lead.length, `${indent}  `)}\n`;
}

function item(value: Value, indent: string, lead: string): string {
  return block(value, `${indent}  `, `${lead}- `);
}

function member(key: string, value: Value, indent: string, lead: string): string {
  const name = scalar(key, lead.length, `${indent}  `);
  if (isList(value) && value.length > 0) return `${lead}${name}:\n${block(value, indent, indent)}`;
  if (isMap(value) && Object.keys(value).length > 0) {
    return `${lead}${name}:\n${block(value, `${indent}  `, `${indent}  `)}`;
  }
  const text = isList(value) ? '[]' : isMap(value) ? '{}' : undefined;
  const start = `${lead}${name}: `;
  return `${start}${text ?? scalar(value, start.length, `${indent}  `)}\n`;
}

/** The document; a lone scalar is written as JSON, as the CLI does. */
export function formatYaml(value: Value): string {
  if (!isList(value) && !isMap(value)) return `${formatJson(value)}\n`;
  return block(value, '', '');
}
