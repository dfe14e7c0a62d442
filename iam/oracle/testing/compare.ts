/** The engine against the oracle, on drawn inputs. */
import fc from 'fast-check';
import { decide } from '../../decide.ts';
import { oracleDecide } from '../oracle.ts';
import { type Input, input } from './inputs.ts';

/** Draws inputs until the engine and the oracle differ, or `runs` are done. */
export function compareWithOracle(seed: number, runs: number): fc.RunDetails<[Input]> {
  return fc.check(
    fc.property(input, ({ request, policies }) => {
      const { verdict, layer } = decide(request, policies);
      const expected = oracleDecide(request, policies);
      if (verdict !== expected.verdict || layer !== expected.layer) {
        throw new Error(`the engine: ${verdict} by ${layer}; the oracle: ${expected.verdict} by ${expected.layer}`);
      }
    }),
    { seed, numRuns: runs },
  );
}
