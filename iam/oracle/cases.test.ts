import { describe, expect, it } from 'vitest';
import type { DecisionCase } from '../cases/case.ts';
import { decisionCases } from '../cases/decision-cases.ts';
import { policiesOf, requestOf } from '../cases/reading.ts';
import { oracleDecide } from './oracle.ts';

/** Whether the oracle has an answer in one's lifetime: it backtracks. */
function isForOracle({ given }: DecisionCase): boolean {
  return !/(a\*){10}/.test(JSON.stringify(given.identity ?? []));
}

describe.each(decisionCases.filter(isForOracle))('the oracle, rule $rule: $name', (given) => {
  it(`is ${given.expect.verdict} (${given.source})`, () => {
    const { verdict, layer } = given.expect;
    expect(oracleDecide(requestOf(given), policiesOf(given))).toEqual({ verdict, layer });
  });
});
