/** Tokens that say where a list goes on, and nothing that a client should read. */
import { fromBase64, toBase64 } from '@smithy/core/serde';

/** `mark` tells the tokens of one service from anything else. */
export function writeToken(mark: string, place: string): string {
  return toBase64(new TextEncoder().encode(mark + place));
}

/** The place that a token names; undefined for a token that was not written with this mark. */
export function readToken(mark: string, token: string): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(fromBase64(token));
    const place = text.slice(mark.length);
    return text.startsWith(mark) && writeToken(mark, place) === token ? place : undefined;
  } catch {
    // Neither base64 nor UTF-8.
    return undefined;
  }
}
