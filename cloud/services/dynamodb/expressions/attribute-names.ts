/** The attributes that an expression names, for `dynamodb:Attributes`. */
import { own } from '../../../own.ts';
import { type ExpressionName, tokensOf } from './tokens.ts';

const KEYWORDS: ReadonlySet<string> = new Set(['AND', 'OR', 'NOT', 'BETWEEN', 'IN', 'SET', 'REMOVE', 'ADD', 'DELETE']);

/**
 * Top-level attributes, by the names that ExpressionAttributeNames gives to substitutes. What cannot be read names none: the operation
 * refuses it.
 */
export function attributesNamed(
  text: string,
  expression: ExpressionName,
  names: Readonly<Record<string, string>>,
): readonly string[] {
  const tokens = wordsOf(text, expression);
  return tokens.flatMap((token, n) => {
    if (tokens[n - 1]?.text === '.') return [];
    if (token.kind === 'substitute') return own(names, token.text) ?? [];
    if (token.kind !== 'name' || tokens[n + 1]?.text === '(' || KEYWORDS.has(token.text.toUpperCase())) return [];
    return [token.text];
  });
}

function wordsOf(text: string, expression: ExpressionName) {
  try {
    return tokensOf(text, expression);
  } catch {
    return [];
  }
}
