/**
 * ARN operators. ArnEquals and ArnLike are the same: the six parts are compared one by one, each with wildcards of its own, and a
 * wildcard stays in its part. What is no ARN cannot be compared.
 */
import { splitArn } from '../arn.ts';
import { compileGlob, type Glob, type GlobPiece, matchGlob } from '../glob.ts';
import type { ConditionOperator, ValueTest } from './operator.ts';

/** Splits a pattern's pieces at its first five colons, those of literal text included; undefined where there are fewer. */
function splitPieces(pieces: readonly GlobPiece[]): readonly GlobPiece[][] | undefined {
  const parts: GlobPiece[][] = [[]];
  for (const piece of pieces) {
    const isPattern = 'pattern' in piece;
    let text = isPattern ? piece.pattern : piece.literal;
    while (parts.length < 6) {
      const colon = text.indexOf(':');
      if (colon < 0) break;
      parts.at(-1)?.push(part(isPattern, text.slice(0, colon)));
      parts.push([]);
      text = text.slice(colon + 1);
    }
    parts.at(-1)?.push(part(isPattern, text));
  }
  return parts.length === 6 ? parts : undefined;
}

function part(isPattern: boolean, text: string): GlobPiece {
  return isPattern ? { pattern: text } : { literal: text };
}

function arnLike(wanted: readonly GlobPiece[]): ValueTest {
  const globs = splitPieces(wanted)?.map((pieces) => compileGlob(pieces, 'text'));
  if (globs === undefined) return () => undefined;
  return (value) => {
    const parts = splitArn(value);
    if (parts === undefined || parts[0] !== 'arn') return undefined;
    return parts.every((text, i) => matchGlob(globs[i] as Glob, text));
  };
}

const base = { variables: true, test: arnLike };

export const arnOperators: readonly ConditionOperator[] = [
  { ...base, name: 'ArnEquals', negated: false, failure: 'does not match', success: 'matches' },
  { ...base, name: 'ArnLike', negated: false, failure: 'does not match', success: 'matches' },
  { ...base, name: 'ArnNotEquals', negated: true, failure: 'matches', success: 'does not match' },
  { ...base, name: 'ArnNotLike', negated: true, failure: 'matches', success: 'does not match' },
];
