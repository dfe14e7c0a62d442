/** Texts of policies with `*`, `?` and variables, matched by plain recursion (IAM User Guide, Resource element; Variables and tags). */

export type Token =
  | { readonly kind: 'character'; readonly character: string }
  | { readonly kind: 'star' }
  | { readonly kind: 'question' }
  | { readonly kind: 'variable'; readonly key: string; readonly fallback?: string };

/** What stands for something else in a text: a policy of 2012-10-17 has variables, an operator for patterns has wildcards. */
export interface Special {
  readonly wildcards: boolean;
  readonly variables: boolean;
}

export type Lookup = (key: string) => string | undefined;

/** Reads a text from left to right, one token after another. */
export function tokensOf(text: string, special: Special): readonly Token[] {
  if (text === '') return [];
  if (special.variables && text.startsWith('${') && text.includes('}')) {
    const end = text.indexOf('}');
    return [variable(text.slice(2, end)), ...tokensOf(text.slice(end + 1), special)];
  }
  const first = text.slice(0, 1);
  const rest = tokensOf(text.slice(1), special);
  if (special.wildcards && first === '*') return [{ kind: 'star' }, ...rest];
  if (special.wildcards && first === '?') return [{ kind: 'question' }, ...rest];
  return [{ kind: 'character', character: first }, ...rest];
}

/** `${*}`, `${?}` and `${$}` are those characters; `${key, 'default'}` has a default. */
function variable(inside: string): Token {
  if (inside === '*' || inside === '?' || inside === '$') return { kind: 'character', character: inside };
  const comma = inside.indexOf(", '");
  if (comma < 0) return { kind: 'variable', key: inside };
  return { kind: 'variable', key: inside.slice(0, comma), fallback: inside.slice(comma + 3, -1) };
}

/** The tokens with every variable replaced by the characters of its value; undefined where one has none. */
export function fill(tokens: readonly Token[], lookup: Lookup): readonly Token[] | undefined {
  const filled = tokens.map((token): readonly Token[] | undefined => {
    if (token.kind !== 'variable') return [token];
    const value = lookup(token.key) ?? token.fallback;
    return value === undefined ? undefined : tokensOf(value, { wildcards: false, variables: false });
  });
  return filled.includes(undefined) ? undefined : filled.flatMap((part) => part ?? []);
}

/** Whether the tokens are the whole text. `*` is any characters, `?` any one. */
export function matches(tokens: readonly Token[], text: string): boolean {
  const [first, ...rest] = tokens;
  if (first === undefined) return text === '';
  if (first.kind === 'star') return matches(rest, text) || (text !== '' && matches(tokens, text.slice(1)));
  if (text === '') return false;
  if (first.kind === 'character' && first.character !== text.slice(0, 1)) return false;
  return matches(rest, text.slice(1));
}

/** As `matches`, but only a `*` that ends its segment crosses a colon (Resource element). */
export function matchesSegments(tokens: readonly Token[], text: string): boolean {
  const [first, ...rest] = tokens;
  if (first === undefined) return text === '';
  const atColon = text.startsWith(':');
  if (first.kind === 'star') {
    const [next] = rest;
    const endsSegment = next === undefined || isColon(next);
    if (matchesSegments(rest, text)) return true;
    return text !== '' && (endsSegment || !atColon) && matchesSegments(tokens, text.slice(1));
  }
  if (text === '') return false;
  if (first.kind === 'question' && atColon) return false;
  if (first.kind === 'character' && first.character !== text.slice(0, 1)) return false;
  return matchesSegments(rest, text.slice(1));
}

/** The tokens between the colons. The last of `most` parts keeps its colons. */
export function partsOf(tokens: readonly Token[], most: number): readonly (readonly Token[])[] {
  const colon = tokens.findIndex(isColon);
  if (colon < 0 || most === 1) return [tokens];
  return [tokens.slice(0, colon), ...partsOf(tokens.slice(colon + 1), most - 1)];
}

function isColon(token: Token): boolean {
  return token.kind === 'character' && token.character === ':';
}
