/** A set of classes said by the patterns that tell them apart: those that match, and those that do not. */

/** What matches every pattern of `matching` and none of `except`: places in the list of patterns. */
export interface Term {
  readonly matching: readonly number[];
  readonly except: readonly number[];
}

/**
 * Terms that together hold the wanted classes and no other: few, of wide patterns. A class is the set of patterns that its members match
 * (bit `i` for pattern `i`), no two alike.
 */
export function termsFor(classes: readonly bigint[], wanted: ReadonlySet<number>): readonly Term[] {
  const left = new Set(wanted);
  const terms: Term[] = [];
  while (left.size > 0) {
    const [widest = 0] = [...left].sort((a, b) => matchesOf(classes[a]).length - matchesOf(classes[b]).length || a - b);
    const { term, holds } = termAround(classes, widest, wanted, left);
    terms.push(term);
    for (const at of holds) left.delete(at);
  }
  return terms;
}

/** The term of a class's own patterns, with exceptions until it holds wanted classes alone. */
function termAround(
  classes: readonly bigint[],
  centre: number,
  wanted: ReadonlySet<number>,
  left: ReadonlySet<number>,
): { readonly term: Term; readonly holds: readonly number[] } {
  const own = classes[centre] ?? 0n;
  const matching = narrowest(classes, matchesOf(own));
  let holds = [...classes.keys()].filter((at) => matching.every((pattern) => has(classes[at], pattern)));
  const except: number[] = [];
  for (;;) {
    const strange = holds.filter((at) => !wanted.has(at));
    const [first] = strange;
    if (first === undefined) return { term: { matching, except }, holds };
    const lost = (pattern: number, among: readonly number[]) => among.filter((at) => has(classes[at], pattern)).length;
    const missed = holds.filter((at) => left.has(at));
    const [best] = matchesOf(classes[first])
      .filter((pattern) => !has(own, pattern))
      .sort((a, b) => lost(b, strange) - lost(a, strange) || lost(a, missed) - lost(b, missed) || a - b);
    if (best === undefined) throw new Error('Two classes match the same patterns.');
    except.push(best);
    holds = holds.filter((at) => !has(classes[at], best));
  }
}

/** The patterns that are not wider than another of them. */
function narrowest(classes: readonly bigint[], patterns: readonly number[]): readonly number[] {
  const isWithin = (inner: number, outer: number) => classes.every((bits) => !has(bits, inner) || has(bits, outer));
  return patterns.filter(
    (pattern) =>
      !patterns.some(
        (other) => other !== pattern && isWithin(other, pattern) && (!isWithin(pattern, other) || other < pattern),
      ),
  );
}

function has(bits: bigint | undefined, pattern: number): boolean {
  return (((bits ?? 0n) >> BigInt(pattern)) & 1n) === 1n;
}

function matchesOf(bits: bigint | undefined): readonly number[] {
  const found: number[] = [];
  for (let at = 0, rest = bits ?? 0n; rest !== 0n; at++, rest >>= 1n) if ((rest & 1n) === 1n) found.push(at);
  return found;
}
