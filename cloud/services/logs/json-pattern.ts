/**
 * Filter patterns for messages that are JSON: `{ $.eventName = "Delete*" && ($.errorCode NOT EXISTS || $.count > 3) }`. Amazon
 * CloudWatch Logs User Guide, "Using filter patterns to match terms in JSON log events".
 */
import { compileGlob, matchGlob } from '../../../iam/glob.ts';
import { invalidPattern } from './errors.ts';

type Json = unknown;
type Test = (message: Json) => boolean;

/** A selector, a text, a sign, or a word: `NOT`, `IS`, `3.5`, `123.123.*`. */
const TOKEN =
  /\s*(?:(\$(?:\.[\w-]+|\[(?:\d+|\*)\]|\.\*|\[['"][^'"]+['"]\])*)|"((?:[^"\\]|\\.)*)"|(&&|\|\||[(){}]|[!<>]?=|[<>])|([^\s"(){}=<>!&|]+))/y;

type Token =
  | { readonly kind: 'selector'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'sign'; readonly text: string }
  | { readonly kind: 'word'; readonly text: string };

/** Parentheses that stand within each other; deeper ones are no pattern of a person's. */
const DEEPEST = 50;

/** Reads a pattern in braces. @throws AwsError InvalidParameterException */
export function readJsonPattern(pattern: string): (message: string) => boolean {
  const reader = new Reader(tokensOf(pattern));
  const test = reader.whole();
  return (message) => {
    const parsed = parsedJson(message);
    return parsed !== undefined && test(parsed);
  };
}

function parsedJson(message: string): object | undefined {
  try {
    const value: unknown = JSON.parse(message);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    // A message that is no JSON has no fields.
    return undefined;
  }
}

function tokensOf(pattern: string): readonly Token[] {
  const tokens: Token[] = [];
  const end = pattern.trimEnd().length;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < end) {
    const found = TOKEN.exec(pattern);
    if (found === null) throw invalidPattern();
    const [, selector, text, sign, word = ''] = found;
    if (selector !== undefined) tokens.push({ kind: 'selector', text: selector });
    else if (text !== undefined) tokens.push({ kind: 'text', text: text.replace(/\\(.)/gs, '$1') });
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign });
    else tokens.push({ kind: 'word', text: word });
  }
  return tokens;
}

/** Reads tokens one after another: `||` binds less than `&&`. */
class Reader {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  whole(): Test {
    this.#sign('{');
    const test = this.#any(0);
    this.#sign('}');
    if (this.#at < this.#tokens.length) throw invalidPattern();
    return test;
  }

  #any(depth: number): Test {
    const tests = [this.#all(depth)];
    while (this.#takes('||')) tests.push(this.#all(depth));
    return (message) => tests.some((test) => test(message));
  }

  #all(depth: number): Test {
    const tests = [this.#one(depth)];
    while (this.#takes('&&')) tests.push(this.#one(depth));
    return (message) => tests.every((test) => test(message));
  }

  #one(depth: number): Test {
    if (depth > DEEPEST) throw invalidPattern();
    if (!this.#takes('(')) return this.#condition();
    const test = this.#any(depth + 1);
    this.#sign(')');
    return test;
  }

  #condition(): Test {
    const selector = this.#next();
    if (selector.kind !== 'selector') throw invalidPattern();
    const path = pathOf(selector.text);
    const operator = this.#next();
    if (operator.kind === 'word') return this.#worded(path, operator.text.toUpperCase());
    if (operator.kind !== 'sign') throw invalidPattern();
    const value = this.#next();
    if (value.kind !== 'text' && value.kind !== 'word') throw invalidPattern();
    const compare = comparison(operator.text, value);
    return (message) => valuesAt(message, path).some(compare);
  }

  /** `IS NULL`, `IS TRUE`, `IS FALSE`, `NOT EXISTS`. */
  #worded(path: readonly string[], word: string): Test {
    const { text } = this.#next();
    switch (`${word} ${text.toUpperCase()}`) {
      case 'NOT EXISTS':
        return (message) => valuesAt(message, path).length === 0;
      case 'IS NULL':
        return (message) => valuesAt(message, path).includes(null);
      case 'IS TRUE':
        return (message) => valuesAt(message, path).includes(true);
      case 'IS FALSE':
        return (message) => valuesAt(message, path).includes(false);
      default:
        throw invalidPattern();
    }
  }

  #next(): Token {
    const token = this.#tokens[this.#at];
    if (token === undefined) throw invalidPattern();
    this.#at += 1;
    return token;
  }

  #takes(sign: string): boolean {
    const token = this.#tokens[this.#at];
    const isIt = token?.kind === 'sign' && token.text === sign;
    if (isIt) this.#at += 1;
    return isIt;
  }

  #sign(sign: string): void {
    if (!this.#takes(sign)) throw invalidPattern();
  }
}

function pathOf(selector: string): readonly string[] {
  return [...selector.matchAll(/\.([\w-]+|\*)|\[(\d+|\*)\]|\[['"]([^'"]+)['"]\]/g)].map(
    ([, name, index, quoted]) => name ?? index ?? quoted ?? '',
  );
}

/** The values that a path leads to; `*` leads to every item. */
function valuesAt(message: Json, path: readonly string[]): readonly Json[] {
  let values: readonly Json[] = [message];
  for (const step of path) {
    values = values.flatMap((value) => {
      if (typeof value !== 'object' || value === null) return [];
      if (step === '*') return Object.values(value);
      return Object.hasOwn(value, step) ? [(value as Readonly<Record<string, Json>>)[step]] : [];
    });
  }
  return values;
}

/** A word may be a number or a text without quotes; a quoted one is a text. In texts `*` stands for anything. */
function comparison(operator: string, { kind, text }: Token): (value: Json) => boolean {
  const number = kind === 'word' ? Number(text) : Number.NaN;
  // No sign but the star is a wildcard.
  const pieces = text.split(/(\*)/).map((piece) => (piece === '*' ? { pattern: '*' } : { literal: piece }));
  const glob = compileGlob(pieces, 'text');
  const equals = (value: Json) =>
    typeof value === 'number' && !Number.isNaN(number)
      ? value === number
      : isTextLike(value) && matchGlob(glob, String(value));
  const compares = (holds: (value: number) => boolean) => (value: Json) => typeof value === 'number' && holds(value);
  switch (operator) {
    case '=':
      return equals;
    case '!=':
      return (value) => !equals(value);
    case '>':
      return compares((value) => value > number);
    case '<':
      return compares((value) => value < number);
    case '>=':
      return compares((value) => value >= number);
    case '<=':
      return compares((value) => value <= number);
    default:
      throw invalidPattern();
  }
}

function isTextLike(value: Json): boolean {
  return typeof value === 'string' || typeof value === 'number';
}
