/**
 * `max_by` and `min_by` in other words: the library compares their keys as numbers only, JMESPath asks for strings too.
 * https://jmespath.org/specification.html#max-by
 */
import jmespath from 'jmespath';

interface Token {
  readonly type: string;
  readonly value: unknown;
  readonly start: number;
}

// The package's types leave it out.
const { tokenize } = jmespath as typeof jmespath & { tokenize(expression: string): readonly Token[] };

const OPENING = new Set(['Lparen', 'Lbracket', 'Lbrace', 'Filter']);
const CLOSING = new Set(['Rparen', 'Rbracket', 'Rbrace']);

/** Start of the comma between the two arguments, and of the closing parenthesis, of a call whose arguments begin at `first`. */
function bounds(tokens: readonly Token[], first: number): { comma: number; close: number } | undefined {
  let depth = 0;
  let comma: number | undefined;
  for (const { type, start } of tokens.slice(first)) {
    if (depth === 0 && type === 'Comma') comma ??= start;
    if (depth === 0 && CLOSING.has(type)) return comma === undefined ? undefined : { comma, close: start };
    if (OPENING.has(type)) depth += 1;
    if (CLOSING.has(type)) depth -= 1;
  }
  return undefined;
}

/** The same expression without `max_by` and `min_by`: the first of the sorted elements, equal ones in their order. */
export function withoutExtremes(expression: string): string {
  if (!/\b(?:max|min)_by\b/.test(expression)) return expression;
  const tokens = tokenize(expression);
  const last = tokens.findLastIndex(
    ({ type, value }, i) =>
      type === 'UnquotedIdentifier' && (value === 'max_by' || value === 'min_by') && tokens[i + 1]?.type === 'Lparen',
  );
  const call = tokens[last];
  const open = tokens[last + 1];
  const found = bounds(tokens, last + 2);
  if (call === undefined || open === undefined || found === undefined) return expression;
  const list = expression.slice(open.start + 1, found.comma);
  const key = expression.slice(found.comma + 1, found.close);
  const sorted =
    call.value === 'max_by' ? `reverse(sort_by(reverse(${list}),${key}))[0]` : `sort_by(${list},${key})[0]`;
  return withoutExtremes(expression.slice(0, call.start) + sorted + expression.slice(found.close + 1));
}
