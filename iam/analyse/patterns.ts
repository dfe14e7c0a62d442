/** The values of policies as patterns of the analysis, as the engine's own operators match them. */
import type { GlobPiece } from '../glob.ts';
import type { TemplatePiece } from '../variables.ts';
import { literal, one, type Pattern, type Token } from './language.ts';

const ANY_RUN: Token = { run: true, not: true, chars: '' };
const ANY_ONE: Token = { run: false, not: true, chars: '' };
const RUN_IN_PART: Token = { run: true, not: true, chars: ':' };
const ONE_IN_PART: Token = { run: false, not: true, chars: ':' };
/** The colons before the last part of an ARN. */
const COLONS = 5;

/** Every text, and every one that is not empty. */
export const ANYTHING: Pattern = [ANY_RUN];
export const SOMETHING: Pattern = [ANY_ONE, ANY_RUN];

/** Wildcards that cross everything: StringLike, action names. */
export function textPattern(pieces: readonly GlobPiece[]): Pattern {
  return tokensOf(pieces, (char) => (char === '*' ? ANY_RUN : ANY_ONE));
}

/** Wildcards as in a Resource: `*` crosses `:` only where it ends its segment, `?` never. A variable stands for any text. */
export function resourcePattern(pieces: readonly TemplatePiece[]): Pattern {
  const tokens = tokensOf(pieces, (char) => (char === '*' ? RUN_IN_PART : ONE_IN_PART));
  for (let i = tokens.length - 1; i >= 0; i--) {
    const next = tokens[i + 1];
    const isLast = next === undefined || next === ANY_RUN || next === one(':');
    if (tokens[i] === RUN_IN_PART && isLast) tokens[i] = ANY_RUN;
  }
  return tokens;
}

/** Literals as they stand; of patterns the wildcards as `wildcard` says. */
function tokensOf(pieces: readonly TemplatePiece[], wildcard: (char: string, colons: number) => Token): Token[] {
  const tokens: Token[] = [];
  let colons = 0;
  for (const piece of pieces) {
    if ('variable' in piece) {
      tokens.push(ANY_RUN);
      continue;
    }
    const isPattern = 'pattern' in piece;
    const text = isPattern ? piece.pattern : piece.literal;
    for (let i = 0; i < text.length; i++) {
      const char = text.charAt(i);
      const isWild = isPattern && (char === '*' || char === '?');
      if (char === ':') colons++;
      tokens.push(isWild ? wildcard(char, colons) : one(char));
    }
  }
  return tokens;
}

/** Six parts, each with wildcards of its own; undefined where there are fewer, which match nothing. */
export function arnPattern(pieces: readonly GlobPiece[]): Pattern | undefined {
  const tokens = tokensOf(pieces, (char, colons) => {
    if (colons >= COLONS) return char === '*' ? ANY_RUN : ANY_ONE;
    return char === '*' ? RUN_IN_PART : ONE_IN_PART;
  });
  const colons = tokens.filter((token) => token === one(':')).length;
  return colons >= COLONS ? tokens : undefined;
}

/** What every ARN operator asks of a request's value first. */
export const ANY_ARN: Pattern = [...literal('arn'), ...new Array(COLONS).fill([one(':'), RUN_IN_PART]).flat(), ANY_RUN];

/** The text in any letter case. */
export function foldedPattern(text: string): Pattern {
  return text.split('').map((char) => {
    const both = new Set([char, char.toLowerCase(), char.toUpperCase()].filter((form) => form.length === 1));
    return { run: false, not: false, chars: [...both].join('') };
  });
}
