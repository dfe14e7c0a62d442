// Compares the policy engine with its oracle on drawn inputs: npm run fuzz [comparisons] [seed]. A million without arguments.
import { compareWithOracle } from '../iam/oracle/testing/compare.ts';

const BATCH = 50_000;
const [wanted = '1000000', from = String(Date.now() % 1_000_000_000)] = process.argv.slice(2);
const comparisons = Number(wanted);
const first = Number(from);
if (!Number.isSafeInteger(comparisons) || comparisons < 1 || !Number.isSafeInteger(first)) {
  console.error('usage: npm run fuzz -- [comparisons] [seed]');
  process.exit(2);
}

const startedAt = Date.now();
for (let done = 0, seed = first; done < comparisons; done += BATCH, seed++) {
  const runs = Math.min(BATCH, comparisons - done);
  const { failed, counterexample, errorInstance, numShrinks } = compareWithOracle(seed, runs);
  if (failed) {
    console.error(`${errorInstance}`);
    console.error(JSON.stringify(counterexample, undefined, 2));
    console.error(`seed ${seed}, shrunk ${numShrinks} times; again by: npm run fuzz -- ${runs} ${seed}`);
    process.exit(1);
  }
  const seconds = Math.round((Date.now() - startedAt) / 1000);
  console.log(`${done + runs} comparisons in ${seconds} s, no difference (seeds ${first} to ${seed})`);
}
