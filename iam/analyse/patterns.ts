/** The values of policies as patterns of the analysis, as the engine's own operators match them. */
import type { GlobPiece } from '../glob.ts';
import { literal, one, type Pattern, type Token } from './language.ts';

const ANY_RUN: Token = { run: true, not: true, chars: '' };
const ANY_ONE: Token = { run: false, not: true, chars: '' };
const RUN_IN_PART: Token = { run: true, not: true, chars: ':' };
const ONE_IN_PART: Token = { run: false, not: true, chars: ':' };
/** The colons before the last part of an ARN. */
const COLONS = 5;

/** Every text. */
export const ANYTHING: Pattern = [ANY_RUN];

/** What a pattern is made of, character by character. */
type Unit = { readonly char: string; readonly wild: boolean };

function unitsOf(pieces: readonly GlobPiece[]): readonly Unit[] {
  return pieces.flatMap((piece) => {
    const isPattern = 'pattern' in piece;
    return (isPattern ? piece.pattern : piece.literal)
      .split('')
      .map((char) => ({ char, wild: isPattern && (char === '*' || char === '?') }));
  });
}

/** Wildcards that cross everything: StringLike, action names. */
export function textPattern(pieces: readonly GlobPiece[]): Pattern {
  return unitsOf(pieces).map(({ char, wild }) => (wild ? (char === '*' ? ANY_RUN : ANY_ONE) : one(char)));
}

/** Wildcards as in a Resource: `*` crosses `:` only where it ends its segment, `?` never. */
export function resourcePattern(pieces: readonly GlobPiece[]): Pattern {
  const units = unitsOf(pieces);
  return units.map(({ char, wild }, i) => {
    if (!wild) return one(char);
    if (char === '?') return ONE_IN_PART;
    let after = i + 1;
    while (units[after]?.wild === true && units[after]?.char === '*') after++;
    const next = units[after];
    return next === undefined || (next.char === ':' && !next.wild) ? ANY_RUN : RUN_IN_PART;
  });
}

/** Six parts, each with wildcards of its own; undefined where there are fewer, which match nothing. */
export function arnPattern(pieces: readonly GlobPiece[]): Pattern | undefined {
  let colons = 0;
  const tokens = unitsOf(pieces).map(({ char, wild }) => {
    if (!wild && char === ':') colons++;
    if (!wild) return one(char);
    if (colons >= COLONS) return char === '*' ? ANY_RUN : ANY_ONE;
    return char === '*' ? RUN_IN_PART : ONE_IN_PART;
  });
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
