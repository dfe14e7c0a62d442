/**
 * Filter patterns: terms of any text, and fields of JSON. Amazon CloudWatch Logs User Guide, "Filter pattern syntax for metric
 * filters, subscription filters, filter log events, and Live Tail". Regular expressions and columns are not offered.
 */
import { invalidPattern } from './errors.ts';
import { readJsonPattern } from './json-pattern.ts';

/** Whether a message matches. */
export type FilterPattern = (message: string) => boolean;

/** Reads a pattern; an empty one matches everything. @throws AwsError InvalidParameterException */
export function readFilterPattern(text: string): FilterPattern {
  const pattern = text.trim();
  if (pattern.startsWith('{')) return readJsonPattern(pattern);
  if (pattern.startsWith('[') || pattern.includes('%')) throw invalidPattern();
  return readTerms(pattern);
}

/** `?` any of these, `-` none of these, else all of these; a term with other signs than letters, digits and `_` is quoted. */
const TERM = /([?-]?)(?:"((?:[^"\\]|\\.)*)"|([\p{L}\p{N}_.:/@]+))(?:\s+|$)/uy;

function readTerms(pattern: string): FilterPattern {
  const all: string[] = [];
  const any: string[] = [];
  const none: string[] = [];
  TERM.lastIndex = 0;
  while (TERM.lastIndex < pattern.length) {
    const [, sign, quoted, plain] = TERM.exec(pattern) ?? [];
    const term = plain ?? quoted?.replace(/\\(.)/gs, '$1');
    if (term === undefined) throw invalidPattern();
    (sign === '?' ? any : sign === '-' ? none : all).push(term);
  }
  return (message) => {
    const has = (term: string) => message.includes(term);
    // Where some terms are optional and others are not, the optional ones do not count.
    const isAny = any.length === 0 || all.length > 0 || any.some(has);
    return all.every(has) && isAny && !none.some(has);
  };
}
