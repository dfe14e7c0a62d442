/** Reads the words of an expression one after the other; what all expressions share: paths and values. */
import { dynamoDbLimits } from '../limits.ts';
import type { Value } from '../values.ts';
import { isReserved } from './reserved-words.ts';
import type { Substitutes } from './substitutes.ts';
import { type Path, shownPath } from './syntax.ts';
import { type ExpressionName, invalidExpression, syntaxError, type Token, tokensOf } from './tokens.ts';

/** How deep a path may go: as deep as values. */
const longestPath = dynamoDbLimits.nesting;

export class ExpressionReader {
  readonly expression: ExpressionName;
  readonly substitutes: Substitutes;
  readonly #text: string;
  readonly #tokens: readonly Token[];
  #at = 0;
  /** Where the parentheses that were closed last began and ended, in words. */
  #group: { readonly from: number; readonly to: number } | undefined;
  #operators = 0;

  /** @throws ValidationException */
  constructor(text: string, expression: ExpressionName, substitutes: Substitutes) {
    this.expression = expression;
    this.substitutes = substitutes;
    this.#text = text;
    this.#tokens = tokensOf(text, expression);
  }

  peek(ahead = 0): Token {
    return this.#tokens[Math.min(this.#at + ahead, this.#tokens.length - 1)] as Token;
  }

  next(): Token {
    const token = this.peek();
    this.#at += 1;
    return token;
  }

  /** Whether the next word is this keyword, in any case. */
  isKeyword(word: string): boolean {
    const token = this.peek();
    return token.kind === 'name' && token.text.toUpperCase() === word;
  }

  isSymbol(symbol: string): boolean {
    const token = this.peek();
    return token.kind === 'symbol' && token.text === symbol;
  }

  /** Takes a keyword or a symbol if it is next. */
  take(word: string): boolean {
    const isNext = this.isSymbol(word) || this.isKeyword(word);
    if (isNext) this.next();
    return isNext;
  }

  /** @throws ValidationException */
  expect(word: string): void {
    if (!this.take(word)) throw this.unexpected();
  }

  /** @throws ValidationException */
  expectEnd(): void {
    if (this.peek().kind !== 'end') throw this.unexpected();
  }

  /** Reads what stands in parentheses. @throws ValidationException, also where it is in parentheses of its own again */
  grouped<Inner>(read: () => Inner): Inner {
    const from = this.#at;
    this.expect('(');
    const inner = read();
    if (this.#group?.from === from + 1 && this.#group.to === this.#at && this.isSymbol(')')) {
      throw this.invalid('The expression has redundant parentheses;');
    }
    this.expect(')');
    this.#group = { from, to: this.#at };
    return inner;
  }

  /** The error of a word that cannot stand where it does. */
  unexpected() {
    const { text, start, end } = this.peek();
    const before = this.#tokens[this.#at - 1];
    const after = this.#tokens[this.#at + 1];
    return syntaxError(this.expression, this.#text, {
      token: text,
      from: before?.start ?? start,
      to: after?.end ?? end,
    });
  }

  invalid(what: string) {
    return invalidExpression(this.expression, what);
  }

  /** Counts an operator, a function or a parenthesis: bounds how deep an expression goes. @throws ValidationException */
  countOperator(): void {
    this.#operators += 1;
    if (this.#operators > dynamoDbLimits.operators) {
      throw this.invalid(`The expression contains more than ${dynamoDbLimits.operators} operators`);
    }
  }

  /** @throws ValidationException */
  path(): Path {
    const path: [string, ...(string | number)[]] = [this.#name()];
    for (;;) {
      if (path.length > longestPath) {
        throw this.invalid(`The document path has too many nesting elements; path: ${shownPath(path)}`);
      }
      if (this.take('.')) path.push(this.#name());
      else if (this.take('[')) {
        if (this.peek().kind !== 'number') throw this.unexpected();
        const { text } = this.next();
        if (text.length > 9) {
          throw this.invalid(`List index is not within the allowable range; index: [${text}]`);
        }
        path.push(Number(text));
        this.expect(']');
      } else return path;
    }
  }

  #name(): string {
    const token = this.peek();
    if (token.kind === 'substitute') return this.substitutes.name(this.next().text, this.expression);
    if (token.kind !== 'name') throw this.unexpected();
    if (isReserved(token.text)) {
      throw this.invalid(`Attribute name is a reserved keyword; reserved keyword: ${token.text}`);
    }
    return this.next().text;
  }

  /** The value of a `:v`, which must be next. @throws ValidationException */
  value(): Value {
    if (this.peek().kind !== 'value') throw this.unexpected();
    return this.substitutes.value(this.next().text, this.expression);
  }
}
