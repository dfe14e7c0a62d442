/** Patterns over texts, as the values of policies are: glob languages, place by place. */

/** One place of a pattern: one character, or with `run` any number, out of `chars` or out of all but `chars`. */
export interface Token {
  readonly run: boolean;
  readonly not: boolean;
  readonly chars: string;
}

export type Pattern = readonly Token[];

const ones = new Map<string, Token>();

/** A token of one given character. */
export function one(char: string): Token {
  const known = ones.get(char) ?? { run: false, not: false, chars: char };
  ones.set(char, known);
  return known;
}

/** The text itself as a pattern, by UTF-16 units, as the engine's globs count. */
export function literal(text: string): Pattern {
  const tokens: Token[] = [];
  for (let i = 0; i < text.length; i++) tokens.push(one(text.charAt(i)));
  return tokens;
}

/** The characters that every text of the pattern begins with, as far as each is one given character. */
export function plainBeginning(pattern: Pattern): string {
  let text = '';
  for (const { run, not, chars } of pattern) {
    if (run || not || chars.length !== 1) break;
    text += chars;
  }
  return text;
}

/** One or more characters out of a set. */
export function oneOrMore(set: { readonly not: boolean; readonly chars: string }): Pattern {
  return [
    { run: false, ...set },
    { run: true, ...set },
  ];
}

/** Whether a place takes the character. */
export function takes({ chars, not }: Token, char: string): boolean {
  return chars.includes(char) !== not;
}
