/** BinaryEquals: base64 on both sides, compared byte by byte. */
import type { GlobPiece } from '../glob.ts';
import { plainText } from '../variables.ts';
import type { ConditionOperator, ValueTest } from './operator.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Reads base64 (RFC 4648, section 4), with or without padding; undefined where the text is none. */
export function decodeBase64(text: string): readonly number[] | undefined {
  let end = text.length;
  while (end > 0 && text.length - end < 2 && text.charAt(end - 1) === '=') end--;
  if (end % 4 === 1 || (end !== text.length && text.length % 4 !== 0)) return undefined;
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (let i = 0; i < end; i++) {
    const value = ALPHABET.indexOf(text.charAt(i));
    if (value < 0) return undefined;
    bits = (bits << 6) | value;
    held += 6;
    if (held >= 8) {
      held -= 8;
      bytes.push((bits >> held) & 0xff);
      bits &= (1 << held) - 1;
    }
  }
  return bytes;
}

function sameBytes(wanted: readonly GlobPiece[]): ValueTest {
  const expected = decodeBase64(plainText(wanted));
  return (value) => {
    const bytes = decodeBase64(value);
    if (bytes === undefined || expected === undefined) return undefined;
    return bytes.length === expected.length && bytes.every((byte, i) => byte === expected[i]);
  };
}

export const binaryOperators: readonly ConditionOperator[] = [
  { name: 'BinaryEquals', negated: false, variables: false, test: sameBytes, failure: 'is not', success: 'is' },
];
