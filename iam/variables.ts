/**
 * Policy variables: `${aws:username}`, with a default `${aws:PrincipalTag/team, 'company-wide'}`, and the literals `${*}`, `${?}`, `${$}`.
 * Follows the IAM User Guide, "IAM policy elements: Variables and tags". They exist in version 2012-10-17 only; before it the text stands.
 */
import type { GlobPiece } from './glob.ts';
import type { Policy } from './policy.ts';
import type { RequestContext } from './request-context.ts';

export type TemplatePiece = GlobPiece | Variable;

export interface Variable {
  /** The context key in lower case. */
  readonly variable: string;
  /** What stands for it where the request has no such key. */
  readonly fallback: string | undefined;
}

/** A policy's text, taken apart. */
export type Template = readonly TemplatePiece[];

/** Takes a text apart as the policy's version says. An opened `${` that is never closed is plain text. */
export function parseTemplate(text: string, version: Policy['version']): Template {
  if (version === '2008-10-17' || !text.includes('${')) return [{ pattern: text }];
  const pieces: TemplatePiece[] = [];
  let from = 0;
  for (;;) {
    const open = text.indexOf('${', from);
    const close = open < 0 ? -1 : text.indexOf('}', open + 2);
    if (close < 0) break;
    if (open > from) pieces.push({ pattern: text.slice(from, open) });
    pieces.push(parseVariable(text.slice(open + 2, close)));
    from = close + 1;
  }
  if (from < text.length || pieces.length === 0) pieces.push({ pattern: text.slice(from) });
  return pieces;
}

function parseVariable(inside: string): TemplatePiece {
  if (inside === '*' || inside === '?' || inside === '$') return { literal: inside };
  const comma = inside.indexOf(',');
  if (comma < 0) return { variable: inside.trim().toLowerCase(), fallback: undefined };
  const quoted = inside.slice(comma + 1).trim();
  const isQuoted = quoted.length >= 2 && quoted.startsWith("'") && quoted.endsWith("'");
  return {
    variable: inside.slice(0, comma).trim().toLowerCase(),
    fallback: isQuoted ? quoted.slice(1, -1) : undefined,
  };
}

/** Whether nothing in it depends on the request. */
export function isStatic(template: Template): template is readonly GlobPiece[] {
  return template.every((piece) => !('variable' in piece));
}

/**
 * Puts the request's values in. They are literal, whatever they hold. Undefined where a variable has neither a value nor a
 * default; multivalued keys have no value here ("Single-valued vs. multivalued context keys").
 */
export function resolveTemplate(template: Template, context: RequestContext): readonly GlobPiece[] | undefined {
  const pieces: GlobPiece[] = [];
  for (const piece of template) {
    if (!('variable' in piece)) {
      pieces.push(piece);
      continue;
    }
    const value = context.get(piece.variable);
    const literal = typeof value === 'string' ? value : piece.fallback;
    if (literal === undefined) return undefined;
    pieces.push({ literal });
  }
  return pieces;
}

/** The text of resolved pieces, for operators to which wildcards mean nothing. */
export function plainText(pieces: readonly GlobPiece[]): string {
  let text = '';
  for (const piece of pieces) text += 'pattern' in piece ? piece.pattern : piece.literal;
  return text;
}
