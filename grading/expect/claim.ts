/** A JMESPath expression taken apart as far as it says what must hold. https://jmespath.org/specification.html */

export const COMPARATORS = ['==', '!=', '<=', '>=', '<', '>'] as const;
export type Comparator = (typeof COMPARATORS)[number];

/** Every `text` is an expression of its own. */
export type Claim =
  | { readonly kind: 'all' | 'any'; readonly claims: readonly Claim[]; readonly text: string }
  | { readonly kind: 'not'; readonly claim: Claim; readonly text: string }
  | {
      readonly kind: 'compares';
      readonly left: string;
      readonly comparator: Comparator;
      readonly right: string;
      readonly text: string;
    }
  | { readonly kind: 'calls'; readonly name: string; readonly parameters: readonly string[]; readonly text: string }
  | { readonly kind: 'other'; readonly text: string };

/** Reads an expression that is well formed. What binds loosest is taken apart first: `|`, `||`, `&&`, comparators, `!`. */
export function readClaim(expression: string): Claim {
  const text = withoutParentheses(expression.trim());
  if (cut(text, ['|']).length > 1) return { kind: 'other', text };
  for (const [operator, kind] of [
    ['||', 'any'],
    ['&&', 'all'],
  ] as const) {
    const parts = cut(text, [operator]);
    if (parts.length > 1) return { kind, claims: parts.map(({ text: part }) => readClaim(part)), text };
  }
  const [left, right] = cut(text, COMPARATORS);
  if (left && right?.after)
    return { kind: 'compares', left: left.text, comparator: right.after, right: right.text, text };
  if (text.startsWith('!')) return { kind: 'not', claim: readClaim(text.slice(1)), text };
  const call = /^([A-Za-z_]\w*)\((.*)\)$/s.exec(text);
  if (call === null || closingOf(text, text.indexOf('(')) !== text.length - 1) return { kind: 'other', text };
  const parameters = cut(call[2] ?? '', [',']).map(({ text: part }) => part);
  return { kind: 'calls', name: call[1] ?? '', parameters, text };
}

/** The path before the first filter or projection, what is asked of its items, and the path that goes on in each. */
export interface Projection {
  readonly of: string;
  /** Undefined where all items are taken. */
  readonly filter: string | undefined;
  readonly rest: string;
}

/** `Users[?Path == '/'].UserName`; undefined for an expression that takes no items. */
export function readProjection(path: string): Projection | undefined {
  const start = path.search(/\[(?:\?|\]|\*\])/);
  const end = start < 1 ? -1 : closingOf(path, start);
  if (end < 0) return undefined;
  const inside = path.slice(start + 1, end);
  const filter = inside.startsWith('?') ? inside.slice(1) : undefined;
  return { of: path.slice(0, start), filter, rest: path.slice(end + 1).replace(/^\./, '') };
}

function withoutParentheses(text: string): string {
  const isWrapped = text.startsWith('(') && closingOf(text, 0) === text.length - 1;
  return isWrapped ? withoutParentheses(text.slice(1, -1).trim()) : text;
}

interface Part<T> {
  readonly text: string;
  /** The operator before it. */
  readonly after: T | undefined;
}

/** Cuts at operators that stand in no brackets and in no literal. */
function cut<T extends string>(text: string, operators: readonly T[]): readonly Part<T>[] {
  const parts: Part<T>[] = [];
  let from = 0;
  let after: T | undefined;
  for (let at = 0; at < text.length; at = next(text, at)) {
    // `||` is no pipe, and `!=` no negation.
    const found = ['||', ...operators].find((operator) => text.startsWith(operator, at));
    if (found === undefined) continue;
    const operator = operators.find((each) => each === found);
    if (operator !== undefined) {
      parts.push({ text: text.slice(from, at).trim(), after });
      after = operator;
      from = at + operator.length;
    }
    at += found.length - 1;
  }
  return [...parts, { text: text.slice(from).trim(), after }];
}

const closings: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', "'": "'", '"': '"', '`': '`' };

/** The place of the bracket or quote that closes the one at a place; −1 where there is none. */
function closingOf(text: string, open: number): number {
  const closing = closings[text.charAt(open)];
  const isLiteral = closing === text.charAt(open);
  for (let at = open + 1; at < text.length; at = isLiteral ? at + 1 : next(text, at)) {
    if (isLiteral && text.charAt(at) === '\\') at += 1;
    else if (text.charAt(at) === closing) return at;
  }
  return -1;
}

/** The place behind a character, or behind the brackets or the literal that begin with it. */
function next(text: string, at: number): number {
  if (closings[text.charAt(at)] === undefined) return at + 1;
  const end = closingOf(text, at);
  return end < 0 ? text.length : end + 1;
}
