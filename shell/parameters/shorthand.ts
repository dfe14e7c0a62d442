/**
 * The AWS CLI's shorthand: `Key=a,Value=b`, `Key=a,b,c`, `Key=[a,b]`, `Key={x=1,y=2}`.
 * https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-shorthand.html
 */
import type { Value } from '../value.ts';

/** A shorthand text that does not parse; `message` is the CLI's own. */
export class ShorthandFault extends Error {
  override readonly name = 'ShorthandFault';
}

class SyntaxFault extends ShorthandFault {}

const QUOTED = { "'": /^'(?:\\\\|\\'|[^'])*'/, '"': /^"(?:\\\\|\\"|[^"])*"/ } as const;
const START = '\\!\\#-&\\(-\\+\\--\\<\\>-Z\\\\-z\\u007c-\\uffff';
const FIRST_VALUE = new RegExp(`^(?:\\\\,|[${START}])(?:\\\\,|[\\s\\!\\#-&\\(-\\+\\--\\\\\\^-\\|~-\\uffff])*`);
const SECOND_VALUE = new RegExp(`^(?:\\\\,|[${START}])(?:\\\\,|[\\s\\!\\#-&\\(-\\+\\--\\<\\>-\\uffff])*`);
const KEY = /^[a-zA-Z0-9\-_.#/:]*/;
const SPACE = /^[ \t\n\r\v\f]*/;

class Shorthand {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  parse(): Record<string, Value> {
    const found: Record<string, Value> = {};
    let last = 0;
    do {
      if (last > 0) this.#expect(',', 'around');
      const key = this.#key();
      this.#expect('=', 'around');
      const value = this.#values();
      if (Object.hasOwn(found, key)) {
        throw new ShorthandFault(
          `Second instance of key "${key}" encountered for input:\n${this.#pointAt(last + 1)}\n` +
            'This is often because there is a preceding "," instead of a space.',
        );
      }
      found[key] = value;
      last = this.#at;
    } while (this.#at < this.#text.length);
    return found;
  }

  get #current(): string | undefined {
    return this.#text[this.#at];
  }

  #key(): string {
    return this.#take(KEY) ?? '';
  }

  #values(): Value {
    if (this.#current === undefined) return '';
    if (this.#current === '[') return this.#list();
    if (this.#current === '{') return this.#map();
    return this.#commaSeparated();
  }

  /** `b` in `a=b`, and the list in `a=b,c`; in `a=b,c=d` the `c` turns out to be the next key. */
  #commaSeparated(): Value {
    const first = this.#firstValue();
    this.#take(SPACE);
    if (this.#current !== ',') return first;
    this.#expect(',', 'around');
    const values = [first];
    for (;;) {
      try {
        const value = this.#secondValue();
        this.#take(SPACE);
        if (this.#current === undefined) {
          values.push(value);
          break;
        }
        this.#expect(',', 'around');
        values.push(value);
      } catch (fault) {
        if (!(fault instanceof SyntaxFault) || this.#current === undefined) throw fault;
        while (this.#at >= 0 && this.#current !== ',') this.#at -= 1;
        break;
      }
    }
    return values.length === 1 ? first : values;
  }

  #list(): Value {
    this.#expect('[', 'around');
    const values: Value[] = [];
    while (this.#current !== ']') {
      values.push(this.#nested());
      this.#take(SPACE);
      if (this.#current !== ']') {
        this.#expect(',', 'alone');
        this.#take(SPACE);
      }
    }
    this.#expect(']', 'alone');
    return values;
  }

  #map(): Value {
    this.#expect('{', 'around');
    const found: Record<string, Value> = {};
    while (this.#current !== '}') {
      const key = this.#key();
      this.#expect('=', 'around');
      found[key] = this.#nested();
      this.#take(SPACE);
      if (this.#current !== '}') {
        this.#expect(',', 'alone');
        this.#take(SPACE);
      }
    }
    this.#expect('}', 'alone');
    return found;
  }

  #nested(): Value {
    if (this.#current === '[') return this.#list();
    if (this.#current === '{') return this.#map();
    return this.#firstValue();
  }

  #firstValue(): string {
    return this.#quoted() ?? this.#unescaped(this.#take(FIRST_VALUE)) ?? '';
  }

  #secondValue(): string {
    const value = this.#quoted() ?? this.#unescaped(this.#take(SECOND_VALUE));
    if (value === undefined) throw this.#syntaxFault('<second>', '<none>');
    return value;
  }

  #unescaped(text: string | undefined): string | undefined {
    return text?.replaceAll('\\,', ',').trimEnd();
  }

  #quoted(): string | undefined {
    const quote = this.#current;
    if (quote !== "'" && quote !== '"') return undefined;
    const text = this.#take(QUOTED[quote]);
    if (text === undefined) {
      throw this.#syntaxFault(quote === "'" ? '<singled quoted>' : '<double quoted>', '<none>');
    }
    return text.slice(1, -1).replaceAll(`\\${quote}`, quote).replaceAll('\\\\', '\\');
  }

  #expect(char: string, spaces: 'around' | 'alone'): void {
    if (spaces === 'around') this.#take(SPACE);
    if (this.#current !== char) throw this.#syntaxFault(char, this.#current ?? 'EOF');
    this.#at += 1;
    if (spaces === 'around') this.#take(SPACE);
  }

  #take(pattern: RegExp): string | undefined {
    const match = pattern.exec(this.#text.slice(this.#at))?.[0];
    if (match !== undefined) this.#at += match.length;
    return match;
  }

  #syntaxFault(expected: string, received: string): SyntaxFault {
    return new SyntaxFault(`Expected: '${expected}', received: '${received}' for input:\n${this.#pointAt(this.#at)}`);
  }

  /** The input with a caret under the place. */
  #pointAt(index: number): string {
    const before = this.#text.slice(0, index);
    const column = index - (before.lastIndexOf('\n') + 1);
    const lineEnd = this.#text.indexOf('\n', index);
    const consumed = lineEnd < 0 ? this.#text : this.#text.slice(0, lineEnd);
    const remaining = lineEnd < 0 ? '' : this.#text.slice(lineEnd);
    return `${consumed}\n${' '.repeat(column)}^${remaining}`;
  }
}

/** Parses one shorthand value. Throws a ShorthandFault with the CLI's text. */
export function parseShorthand(text: string): Record<string, Value> {
  return new Shorthand(text).parse();
}
