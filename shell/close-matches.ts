/** Which words a mistyped one may have meant: Ratcliff and Obershelp's similarity, as Python's difflib measures it. */

/** Length of the longest blocks that both have, the longest first, then left and right of it. */
function matchingLength(a: string, b: string): number {
  if (a.length === 0 || b.length === 0) return 0;
  let best = 0;
  let endA = 0;
  let endB = 0;
  let lengths = new Array<number>(b.length + 1).fill(0);
  for (let i = 1; i <= a.length; i += 1) {
    const row = new Array<number>(b.length + 1).fill(0);
    for (let j = 1; j <= b.length; j += 1) {
      if (a[i - 1] !== b[j - 1]) continue;
      const length = (lengths[j - 1] ?? 0) + 1;
      row[j] = length;
      if (length > best) {
        best = length;
        endA = i;
        endB = j;
      }
    }
    lengths = row;
  }
  if (best === 0) return 0;
  return (
    best +
    matchingLength(a.slice(0, endA - best), b.slice(0, endB - best)) +
    matchingLength(a.slice(endA), b.slice(endB))
  );
}

/** The three most similar of `choices`, best first, that are at least 0.8 alike (1: the same). */
export function closeMatches(word: string, choices: readonly string[]): readonly string[] {
  return choices
    .map((choice) => ({ choice, ratio: (2 * matchingLength(choice, word)) / (choice.length + word.length || 1) }))
    .filter(({ ratio }) => ratio >= 0.8)
    .sort((a, b) => b.ratio - a.ratio || (a.choice < b.choice ? 1 : -1))
    .slice(0, 3)
    .map(({ choice }) => choice);
}
