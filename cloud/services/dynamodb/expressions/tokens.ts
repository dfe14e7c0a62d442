/** The words of an expression (Amazon DynamoDB Developer Guide, "Using expressions in DynamoDB"). */
import { validation } from '../errors.ts';
import { dynamoDbLimits } from '../limits.ts';
import { byteLength } from '../values.ts';

/** Which parameter an expression came in; errors begin with it. */
export type ExpressionName =
  | 'ConditionExpression'
  | 'FilterExpression'
  | 'KeyConditionExpression'
  | 'ProjectionExpression'
  | 'UpdateExpression';

export interface Token {
  /** `name` is an attribute's own, `substitute` `#n`, `value` `:v`. */
  readonly kind: 'name' | 'substitute' | 'value' | 'number' | 'symbol' | 'end';
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const TOKEN = /\s*(?:([A-Za-z_][A-Za-z0-9_]*)|(#[A-Za-z0-9_]+)|(:[A-Za-z0-9_]+)|(\d+)|(<>|<=|>=|[()[\].,=<>+-]))/y;
const KINDS = ['name', 'substitute', 'value', 'number', 'symbol'] as const;

/** `Invalid FilterExpression: …` */
export function invalidExpression(name: ExpressionName, what: string) {
  return validation(`Invalid ${name}: ${what}`);
}

/** @throws ValidationException */
export function tokensOf(text: string, name: ExpressionName): readonly Token[] {
  if (text.trim() === '') throw invalidExpression(name, 'The expression can not be empty;');
  const bytes = byteLength(text);
  if (bytes > dynamoDbLimits.expressionBytes) {
    throw invalidExpression(name, `Expression size has exceeded the maximum allowed size; expression size: ${bytes}`);
  }
  const tokens: Token[] = [];
  const end = text.trimEnd().length;
  TOKEN.lastIndex = 0;
  for (let at = 0; at < end; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    const kind = KINDS.find((_, n) => match?.[n + 1] !== undefined);
    if (match === null || kind === undefined) {
      const start = at + (/^\s*/.exec(text.slice(at))?.[0].length ?? 0);
      throw syntaxError(name, text, { token: text.charAt(start), from: tokens.at(-1)?.start ?? start, to: start + 2 });
    }
    const word = match[0].trimStart();
    tokens.push({ kind, text: word, start: TOKEN.lastIndex - word.length, end: TOKEN.lastIndex });
  }
  tokens.push({ kind: 'end', text: '<EOF>', start: end, end });
  return tokens;
}

/** Names the word that could not be read, and what stands around it. */
export function syntaxError(
  name: ExpressionName,
  text: string,
  { token, from, to }: { readonly token: string; readonly from: number; readonly to: number },
) {
  return invalidExpression(name, `Syntax error; token: "${token}", near: "${text.slice(from, to)}"`);
}
