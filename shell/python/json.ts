/** JSON as Python's `json` module reads and writes it: its error texts, its layout, and floats kept apart from integers. */
import { Float, isList, isMap, type Value, type ValueMap } from '../value.ts';
import { floatText } from './text.ts';

/** A text that is not JSON; `message` is Python's: `Expecting value: line 1 column 1 (char 0)`. */
export class JsonFault extends Error {
  override readonly name = 'JsonFault';
}

const NUMBER = /^(-?(?:0|[1-9]\d*))(\.\d+)?([eE][-+]?\d+)?/;
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};
const WORDS: readonly (readonly [string, Value])[] = [
  ['null', null],
  ['true', true],
  ['false', false],
];

class JsonText {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): Value {
    this.#skipSpace();
    const value = this.#value();
    this.#skipSpace();
    if (this.#at !== this.#text.length) throw this.#fault('Extra data', this.#at);
    return value;
  }

  #value(): Value {
    const char = this.#text[this.#at];
    if (char === '"') return this.#string();
    if (char === '{') return this.#object();
    if (char === '[') return this.#array();
    for (const [word, value] of WORDS) {
      if (!this.#text.startsWith(word, this.#at)) continue;
      this.#at += word.length;
      return value;
    }
    const number = NUMBER.exec(this.#text.slice(this.#at, this.#at + 400));
    if (number === null) throw this.#fault('Expecting value', this.#at);
    this.#at += number[0].length;
    const isFloat = number[2] !== undefined || number[3] !== undefined;
    return isFloat ? new Float(Number(number[0])) : Number(number[0]);
  }

  #object(): Value {
    const found: ValueMap = {};
    this.#at += 1;
    this.#skipSpace();
    if (this.#text[this.#at] === '}') {
      this.#at += 1;
      return found;
    }
    for (;;) {
      if (this.#text[this.#at] !== '"') {
        throw this.#fault('Expecting property name enclosed in double quotes', this.#at);
      }
      const key = this.#string();
      this.#skipSpace();
      if (this.#text[this.#at] !== ':') throw this.#fault("Expecting ':' delimiter", this.#at);
      this.#at += 1;
      this.#skipSpace();
      Object.defineProperty(found, key, { value: this.#value(), enumerable: true, writable: true, configurable: true });
      this.#skipSpace();
      const char = this.#text[this.#at];
      this.#at += 1;
      if (char === '}') return found;
      if (char !== ',') throw this.#fault("Expecting ',' delimiter", this.#at - 1);
      this.#skipSpace();
    }
  }

  #array(): Value {
    const found: Value[] = [];
    this.#at += 1;
    this.#skipSpace();
    if (this.#text[this.#at] === ']') {
      this.#at += 1;
      return found;
    }
    for (;;) {
      found.push(this.#value());
      this.#skipSpace();
      const char = this.#text[this.#at];
      this.#at += 1;
      if (char === ']') return found;
      if (char !== ',') throw this.#fault("Expecting ',' delimiter", this.#at - 1);
      this.#skipSpace();
    }
  }

  #string(): string {
    const start = this.#at;
    let text = '';
    for (let at = start + 1; ; at += 1) {
      const char = this.#text[at];
      if (char === undefined) throw this.#fault('Unterminated string starting at', start);
      if (char === '"') {
        this.#at = at + 1;
        return text;
      }
      if (char < ' ') throw this.#fault('Invalid control character at', at);
      if (char !== '\\') {
        text += char;
        continue;
      }
      at += 1;
      const escaped = this.#text[at];
      if (escaped === undefined) throw this.#fault('Unterminated string starting at', start);
      if (escaped === 'u') {
        const hex = this.#text.slice(at + 1, at + 5);
        if (!/^[0-9a-fA-F]{4}$/.test(hex)) throw this.#fault('Invalid \\uXXXX escape', at);
        text += String.fromCharCode(Number.parseInt(hex, 16));
        at += 4;
        continue;
      }
      const plain = ESCAPES[escaped];
      if (plain === undefined) throw this.#fault('Invalid \\escape', at - 1);
      text += plain;
    }
  }

  #skipSpace(): void {
    while (' \t\n\r'.includes(this.#text[this.#at] ?? 'x')) this.#at += 1;
  }

  #fault(message: string, at: number): JsonFault {
    const before = this.#text.slice(0, at);
    const line = before.split('\n').length;
    return new JsonFault(`${message}: line ${line} column ${at - before.lastIndexOf('\n')} (char ${at})`);
  }
}

/** `json.loads`. Throws a JsonFault. */
export function parseJson(text: string): Value {
  return new JsonText(text).document();
}

/** `json.dumps(value, indent=4, ensure_ascii=False)`. Bytes are written as base64 by whoever made the value. */
export function formatJson(value: Value, indent = ''): string {
  const deeper = `${indent}    `;
  if (isList(value)) {
    if (value.length === 0) return '[]';
    return `[\n${value.map((item) => deeper + formatJson(item, deeper)).join(',\n')}\n${indent}]`;
  }
  if (value instanceof Float) return floatText(value.value);
  if (isMap(value)) {
    const members = Object.entries(value);
    if (members.length === 0) return '{}';
    const lines = members.map(([key, member]) => `${deeper}${JSON.stringify(key)}: ${formatJson(member, deeper)}`);
    return `{\n${lines.join(',\n')}\n${indent}}`;
  }
  return JSON.stringify(value);
}
