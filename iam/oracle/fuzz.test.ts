import { expect, it } from 'vitest';
import { compareWithOracle } from './testing/compare.ts';

// Other seeds, and many more comparisons: npm run fuzz.
it.each([1, 2, 3, 4, 5])('the engine decides as the oracle does (seed %i)', { timeout: 60_000 }, (seed) => {
  const { failed, counterexample, errorInstance } = compareWithOracle(seed, 10_000);
  expect(failed, `${errorInstance}\n${JSON.stringify(counterexample)}`).toBe(false);
});
