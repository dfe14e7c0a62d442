/**
 * Names whose case does not count (actions, condition keys) in lower case. The world has few of them and asks them over and over, so
 * each is folded once and kept, always as the same string: comparing and looking up what is the same string is cheap.
 */

const MOST = 10_000;
const LONGEST = 256;

const folded = new Map<string, string>();

/** The text in lower case. */
export function lowerCase(text: string): string {
  return folded.get(text) ?? fold(text);
}

function fold(text: string): string {
  const lower = text.toLowerCase();
  if (text.length > LONGEST) return lower;
  // Whoever asks decides which names there are: what is kept must not grow with them.
  if (folded.size >= MOST) folded.clear();
  const kept = folded.get(lower) ?? lower;
  folded.set(kept, kept);
  folded.set(text, kept);
  return kept;
}
