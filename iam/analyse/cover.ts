/** The lightest choice of sets that together hold every element: exact where it is small, good where it is not. */

export interface CoverSet {
  /** Bit `i`: element `i` is in it. */
  readonly covers: bigint;
  readonly weight: number;
}

/** Partial choices that are looked at before the best one so far is taken. */
const MOST_STEPS = 20_000;

/**
 * Of the sets those of least weight that together cover the elements 0 to `count` − 1. Each element is in at least one of them.
 * The same sets give the same answer.
 */
export function lightestCover<Given extends CoverSet>(sets: readonly Given[], count: number): readonly Given[] {
  const kept = withoutContained(sets);
  const holding = Array.from({ length: count }, (_, i) =>
    kept.filter(({ covers }) => ((covers >> BigInt(i)) & 1n) === 1n),
  );
  const all = (1n << BigInt(count)) - 1n;
  const { chosen: forced, open } = takeOnlyOnes(holding, all);
  let best = greedy(kept, open);
  let bestWeight = weightOf(best);
  let steps = 0;
  const search = (chosen: readonly Given[], weight: number, left: bigint): void => {
    if (left === 0n) {
      if (weight < bestWeight) [best, bestWeight] = [chosen, weight];
      return;
    }
    if (steps++ >= MOST_STEPS) return;
    const options = hardest(holding, left);
    for (const option of options) {
      const heavier = weight + option.weight;
      if (heavier < bestWeight) search([...chosen, option], heavier, left & ~option.covers);
    }
  };
  search([], 0, open);
  return [...forced, ...best];
}

/** A set inside one that is no heavier is never needed. */
function withoutContained<Given extends CoverSet>(sets: readonly Given[]): readonly Given[] {
  const kept: Given[] = [];
  for (const set of sets.toSorted((a, b) => a.weight - b.weight || bitsIn(b.covers) - bitsIn(a.covers))) {
    if (!kept.some(({ covers }) => (set.covers & ~covers) === 0n)) kept.push(set);
  }
  return kept;
}

/** What is chosen without a choice: the only set that holds some element. */
function takeOnlyOnes<Given extends CoverSet>(holding: readonly (readonly Given[])[], all: bigint) {
  const chosen = new Set<Given>();
  let open = all;
  for (const sets of holding) {
    const [only] = sets;
    if (only !== undefined && sets.length === 1) chosen.add(only);
  }
  for (const { covers } of chosen) open &= ~covers;
  return { chosen: [...chosen], open };
}

function greedy<Given extends CoverSet>(sets: readonly Given[], open: bigint): readonly Given[] {
  const chosen: Given[] = [];
  let left = open;
  while (left !== 0n) {
    let best: Given | undefined;
    let bestRate = 0;
    for (const set of sets) {
      const rate = bitsIn(set.covers & left) / set.weight;
      if (rate > bestRate) [best, bestRate] = [set, rate];
    }
    if (best === undefined) break;
    chosen.push(best);
    left &= ~best.covers;
  }
  return chosen;
}

/** The sets of the open element that the fewest hold, the largest first. */
function hardest<Given extends CoverSet>(holding: readonly (readonly Given[])[], left: bigint): readonly Given[] {
  let found: readonly Given[] = [];
  for (const [i, sets] of holding.entries()) {
    if (((left >> BigInt(i)) & 1n) === 0n) continue;
    if (found.length === 0 || sets.length < found.length) found = sets;
  }
  return found.toSorted((a, b) => bitsIn(b.covers & left) - bitsIn(a.covers & left));
}

function weightOf(sets: readonly CoverSet[]): number {
  return sets.reduce((sum, { weight }) => sum + weight, 0);
}

function bitsIn(bits: bigint): number {
  let count = 0;
  for (let rest = bits; rest !== 0n; rest &= rest - 1n) count++;
  return count;
}
