/** Boxes of requests: for each dimension the set of classes that it covers, as bits. */

/** One set of bits a dimension. Empty in one dimension is empty. */
export type Box = readonly bigint[];

/** What is left to spend before the answer is `unknown`, in boxes and states. */
export class Budget {
  private left: number;

  constructor(boxes: number) {
    this.left = boxes;
  }

  get isSpent(): boolean {
    return this.left <= 0;
  }

  spend(): void {
    this.left--;
  }
}

/** All of so many classes. */
export function full(count: number): bigint {
  return (1n << BigInt(count)) - 1n;
}

/** What two boxes share; undefined where it is nothing. */
export function intersection(a: Box, b: Box): Box | undefined {
  const both: bigint[] = [];
  for (let i = 0; i < a.length; i++) {
    const bits = (a[i] ?? 0n) & (b[i] ?? 0n);
    if (bits === 0n) return undefined;
    both.push(bits);
  }
  return both;
}

/** Whether one box holds all of another. */
export function contains(box: Box, other: Box): boolean {
  return other.every((bits, i) => (bits & ~(box[i] ?? 0n)) === 0n);
}

/** Boxes that together make up `box` without `covers`. They do not overlap. Ends early when the budget is spent. */
export function* difference(box: Box, covers: readonly Box[], budget: Budget, from = 0): Generator<Box> {
  if (budget.isSpent) return;
  budget.spend();
  let next = from;
  let shared: Box | undefined;
  for (; next < covers.length; next++) {
    shared = intersection(box, covers[next] ?? []);
    if (shared !== undefined) break;
  }
  if (shared === undefined) {
    yield box;
    return;
  }
  const rest = [...box];
  for (let i = 0; i < box.length; i++) {
    const outside = (rest[i] ?? 0n) & ~(shared[i] ?? 0n);
    if (outside !== 0n) {
      const piece = [...rest];
      piece[i] = outside;
      yield* difference(piece, covers, budget, next + 1);
    }
    rest[i] = shared[i] ?? 0n;
  }
}
