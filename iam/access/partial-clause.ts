/** A clause of a condition where only some keys of the request are known. */
import { type ClauseOutcome, type CompiledClause, compileClause, evaluateClause } from '../conditions/clause.ts';
import { parseTemplate, type TemplatePiece } from '../variables.ts';
import { ALWAYS, all, any, type Formula, leaf, NEVER, not } from './formula.ts';
import type { Knowledge } from './knowledge.ts';

/**
 * When the clause comes out in one of the accepted ways. The answer's clauses are of version 2012-10-17; known variables are filled
 * in, open ones stand.
 */
export function clauseFormula(
  compiled: CompiledClause,
  knowledge: Knowledge,
  accepts: readonly ClauseOutcome[],
): Formula {
  const open = openVariables(compiled, knowledge);
  if (!knowledge.isOpen(compiled.key) && open.length === 0) {
    return accepts.includes(evaluateClause(compiled, knowledge.context)) ? ALWAYS : NEVER;
  }
  if (!hasVariables(compiled)) return leaf(compiled, accepts);
  const values = compiled.clause.values.flatMap((text) => written(text, compiled, knowledge) ?? []);
  // As it stands, its variables have no value: it asks only whether the key is there.
  if (values.length === 0) return leaf(compiled, accepts);
  const filled = compileClause({ ...compiled.clause, values }, '2012-10-17');
  if (compiled.operator?.doubtsVariables === true) return doubtedFormula(compiled, filled, knowledge, accepts);
  return turned(filled, knowledge, accepts) ?? leaf(filled, accepts);
}

/** Under an operator whose variables AWS is in doubt about, a clause is met by its other values alone. */
function doubtedFormula(
  compiled: CompiledClause,
  filled: CompiledClause,
  knowledge: Knowledge,
  accepts: readonly ClauseOutcome[],
): Formula {
  const certain = compiled.clause.values
    .filter((_, at) => typeof compiled.values[at] === 'function')
    .flatMap((text) => written(text, compiled, knowledge) ?? []);
  const met = clauseFormula(compileClause({ ...filled.clause, values: certain }, '2012-10-17'), knowledge, ['met']);
  const unmet = leaf(filled, ['unmet']);
  const when = { met, unmet, doubtful: all([not(met), not(unmet)]) };
  return any(accepts.map((outcome) => when[outcome]));
}

/** The open keys that the clause's values speak of. */
export function openVariables(compiled: CompiledClause, knowledge: Knowledge): readonly string[] {
  return compiled.clause.values.flatMap((text) =>
    templateOf(text, compiled).flatMap((piece) =>
      'variable' in piece && knowledge.isOpenVariable(piece.variable) ? [piece.variable] : [],
    ),
  );
}

function hasVariables(compiled: CompiledClause): boolean {
  // In an older version the text of a variable is plain text, and is written so that it stays so.
  return compiled.operator?.variables === true && compiled.clause.values.some((text) => text.includes('$'));
}

function templateOf(text: string, { operator, version }: CompiledClause): readonly TemplatePiece[] {
  return operator?.variables === true ? parseTemplate(text, version) : [{ pattern: text }];
}

/** The value with what is known filled in; undefined where a variable has no value, which matches nothing. */
function written(text: string, compiled: CompiledClause, knowledge: Knowledge): string | undefined {
  const hasWildcards = /Like$|^Arn/.test(compiled.clause.operator);
  let whole = '';
  for (const piece of templateOf(text, compiled)) {
    if ('pattern' in piece) whole += piece.pattern.replaceAll('${', '${$}{');
    else if ('literal' in piece) whole += escaped(piece.literal, hasWildcards);
    else if (knowledge.isOpenVariable(piece.variable))
      whole += variable({ ...piece, variable: spellingIn(text, piece.variable) });
    else {
      const value = knowledge.context.get(piece.variable);
      const literal = typeof value === 'string' ? value : piece.fallback;
      if (literal === undefined) return undefined;
      whole += escaped(literal, hasWildcards);
    }
  }
  return whole;
}

function variable(piece: { readonly variable: string; readonly fallback: string | undefined }): string {
  return piece.fallback === undefined ? `\${${piece.variable}}` : `\${${piece.variable}, '${piece.fallback}'}`;
}

/** A variable's key as the policy writes it; `key` in lower case. */
export function spellingIn(text: string, key: string): string {
  const at = text.toLowerCase().indexOf(key, text.indexOf('${'));
  return at < 0 ? key : text.slice(at, at + key.length);
}

/** As IAM writes characters that mean themselves. */
export function escaped(literal: string, hasWildcards: boolean): string {
  const plain = literal.replaceAll('${', '${$}{');
  return hasWildcards ? plain.replace(/[*?]/g, (char) => `\${${char}}`) : plain;
}

/** `blue` must equal an open key: said of the open key. */
function turned(filled: CompiledClause, knowledge: Knowledge, accepts: readonly ClauseOutcome[]): Formula | undefined {
  const { operator, set, values } = filled.clause;
  const [only, ...more] = values;
  if (knowledge.isOpen(filled.key) || set !== undefined || only === undefined || more.length > 0) return undefined;
  if (!/^String(Not)?Equals(IgnoreCase)?$/.test(operator)) return undefined;
  const [piece, ...others] = parseTemplate(only, '2012-10-17');
  const known = knowledge.context.get(filled.key);
  if (piece === undefined || others.length > 0 || !('variable' in piece) || piece.fallback !== undefined)
    return undefined;
  if (typeof known !== 'string') return undefined;
  const key = spellingIn(only, piece.variable);
  const asked = { operator, ifExists: false, key, values: [escaped(known, false)] };
  return leaf(compileClause(asked, '2012-10-17'), accepts);
}
