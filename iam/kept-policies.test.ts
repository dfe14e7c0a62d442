import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decide } from './decide.ts';
import { input } from './oracle/testing/inputs.ts';

// What is compiled and kept with policies must not show: not in the next answer, and not in that to another request.
it('policies answer the same, however often they were asked before', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(fc.array(input, { minLength: 2, maxLength: 4 }), (drawn) => {
      const [first] = drawn;
      if (first === undefined) return;
      const { policies } = first;
      for (const { request } of [...drawn, ...drawn]) {
        const { verdict, layer, basis, statements, reason } = decide(request, policies);
        const fresh = decide(request, structuredClone(policies));
        expect({ verdict, layer, basis, statements, reason }).toEqual({
          verdict: fresh.verdict,
          layer: fresh.layer,
          basis: fresh.basis,
          statements: fresh.statements,
          reason: fresh.reason,
        });
      }
    }),
    { numRuns: 500 },
  );
});
