/**
 * Before each test file: drawn tests draw the same in every run. The environment variable LEASTWISE_SEED has them draw by another seed,
 * or, where it is `random`, by one that fast-check makes up and tells of a test that fails.
 */
import fc from 'fast-check';

const { LEASTWISE_SEED: wanted = '31001' } = process.env;

if (wanted !== 'random') {
  const seed = Number(wanted);
  if (wanted === '' || !Number.isSafeInteger(seed)) {
    throw new Error(`LEASTWISE_SEED is ${JSON.stringify(wanted)}: give a whole number, or random.`);
  }
  fc.configureGlobal({ ...fc.readConfigureGlobal(), seed });
}
