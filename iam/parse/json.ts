/**
 * JSON (RFC 8259) read into nodes that know their places. Never throws: a text that is no JSON gives the fault and its place.
 * Keys that an object has twice are kept twice; who reads the nodes decides what that means.
 */

export type JsonNode =
  | { readonly kind: 'object'; readonly from: number; readonly to: number; readonly members: readonly JsonMember[] }
  | { readonly kind: 'array'; readonly from: number; readonly to: number; readonly items: readonly JsonNode[] }
  | { readonly kind: 'string'; readonly from: number; readonly to: number; readonly value: string }
  | { readonly kind: 'number'; readonly from: number; readonly to: number; readonly text: string }
  | { readonly kind: 'boolean'; readonly from: number; readonly to: number; readonly value: boolean }
  | { readonly kind: 'null'; readonly from: number; readonly to: number };

export interface JsonMember {
  readonly key: string;
  readonly keyFrom: number;
  readonly keyTo: number;
  readonly value: JsonNode;
}

export type JsonReading =
  | { readonly kind: 'read'; readonly root: JsonNode }
  | { readonly kind: 'fault'; readonly from: number; readonly to: number; readonly message: string };

/** No policy needs more, and the reader calls itself. */
const DEEPEST = 64;
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

/** Reads a whole text. Offsets count UTF-16 units, `to` is exclusive. */
export function readJson(text: string): JsonReading {
  const reader = new Reader(text);
  const root = reader.value(0);
  reader.space();
  if (root !== undefined && reader.fault === undefined && reader.at < text.length) {
    reader.fail('Nothing may follow the closing brace of the document.');
  }
  if (root === undefined || reader.fault !== undefined) {
    return reader.fault ?? { kind: 'fault', from: 0, to: text.length, message: 'The document is empty.' };
  }
  return { kind: 'read', root };
}

class Reader {
  at = 0;
  fault: (JsonReading & { kind: 'fault' }) | undefined;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  fail(message: string, from = this.at): undefined {
    const to = Math.min(this.text.length, Math.max(from + 1, this.at));
    this.fault ??= { kind: 'fault', from: Math.min(from, this.text.length), to, message };
    return undefined;
  }

  space(): void {
    while (this.at < this.text.length && ' \t\n\r'.includes(this.text.charAt(this.at))) this.at++;
  }

  value(depth: number): JsonNode | undefined {
    this.space();
    if (depth > DEEPEST) return this.fail(`The document is nested more than ${DEEPEST} levels deep.`);
    const unit = this.text.charAt(this.at);
    if (unit === '{') return this.object(depth);
    if (unit === '[') return this.array(depth);
    if (unit === '"') return this.string();
    if (unit === '-' || (unit >= '0' && unit <= '9')) return this.number();
    return this.word();
  }

  private object(depth: number): JsonNode | undefined {
    const from = this.at++;
    const members: JsonMember[] = [];
    this.space();
    if (this.text.charAt(this.at) === '}') return { kind: 'object', from, to: ++this.at, members };
    for (;;) {
      this.space();
      if (this.text.charAt(this.at) !== '"') return this.fail('An element name in double quotes must stand here.');
      const key = this.string();
      this.space();
      if (key?.kind !== 'string') return undefined;
      if (this.text.charAt(this.at) !== ':') return this.fail(`A colon must follow the name "${key.value}".`);
      this.at++;
      const value = this.value(depth + 1);
      if (value === undefined) return undefined;
      members.push({ key: key.value, keyFrom: key.from, keyTo: key.to, value });
      const next = this.separator('}');
      if (next === undefined) return undefined;
      if (next === 'end') return { kind: 'object', from, to: this.at, members };
    }
  }

  private array(depth: number): JsonNode | undefined {
    const from = this.at++;
    const items: JsonNode[] = [];
    this.space();
    if (this.text.charAt(this.at) === ']') return { kind: 'array', from, to: ++this.at, items };
    for (;;) {
      const item = this.value(depth + 1);
      if (item === undefined) return undefined;
      items.push(item);
      const next = this.separator(']');
      if (next === undefined) return undefined;
      if (next === 'end') return { kind: 'array', from, to: this.at, items };
    }
  }

  private separator(closing: string): 'more' | 'end' | undefined {
    this.space();
    const unit = this.text.charAt(this.at);
    if (unit === closing) {
      this.at++;
      return 'end';
    }
    if (unit === ',') {
      this.at++;
      return 'more';
    }
    return this.fail(unit === '' ? `"${closing}" is missing at the end.` : `A comma or "${closing}" must stand here.`);
  }

  private string(): JsonNode | undefined {
    const from = this.at++;
    let value = '';
    for (;;) {
      const unit = this.text.charAt(this.at);
      if (unit === '') return this.fail('The closing double quote is missing.', from);
      if (unit < ' ') return this.fail('A line break or control character cannot stand inside a string.');
      this.at++;
      if (unit === '"') return { kind: 'string', from, to: this.at, value };
      if (unit !== '\\') {
        value += unit;
        continue;
      }
      const escaped = this.escape();
      if (escaped === undefined) return undefined;
      value += escaped;
    }
  }

  private escape(): string | undefined {
    const unit = this.text.charAt(this.at);
    const plain = ESCAPES[unit];
    if (plain !== undefined) {
      this.at++;
      return plain;
    }
    const digits = this.text.slice(this.at + 1, this.at + 5);
    const isCode =
      unit === 'u' && digits.length === 4 && [...digits.toLowerCase()].every((d) => '0123456789abcdef'.includes(d));
    if (!isCode) return this.fail('There is no such escape in JSON.', this.at - 1);
    this.at += 5;
    return String.fromCharCode(Number.parseInt(digits, 16));
  }

  private number(): JsonNode | undefined {
    const from = this.at;
    if (this.text.charAt(this.at) === '-') this.at++;
    const first = this.text.charAt(this.at);
    const whole = this.digits();
    let valid = whole > 0 && !(first === '0' && whole > 1);
    if (this.text.charAt(this.at) === '.') {
      this.at++;
      valid = this.digits() > 0 && valid;
    }
    if ('eE'.includes(this.text.charAt(this.at) || ' ')) {
      this.at++;
      if ('+-'.includes(this.text.charAt(this.at) || ' ')) this.at++;
      valid = this.digits() > 0 && valid;
    }
    if (!valid) return this.fail('This is not a JSON number.', from);
    return { kind: 'number', from, to: this.at, text: this.text.slice(from, this.at) };
  }

  private digits(): number {
    const from = this.at;
    while (this.at < this.text.length && '0123456789'.includes(this.text.charAt(this.at))) this.at++;
    return this.at - from;
  }

  private word(): JsonNode | undefined {
    const from = this.at;
    for (const word of ['true', 'false', 'null']) {
      if (!this.text.startsWith(word, from)) continue;
      this.at += word.length;
      if (word === 'null') return { kind: 'null', from, to: this.at };
      return { kind: 'boolean', from, to: this.at, value: word === 'true' };
    }
    return this.fail(from >= this.text.length ? 'The document ends here, too early.' : 'A JSON value must stand here.');
  }
}
