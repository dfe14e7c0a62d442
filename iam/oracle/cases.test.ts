import { describe, expect, it } from 'vitest';
import { accountCases } from '../cases/accounts.ts';
import type { DecisionCase } from '../cases/case.ts';
import { conditionCases } from '../cases/conditions.ts';
import { contextKeyCases } from '../cases/context-keys.ts';
import { elementCases } from '../cases/elements.ts';
import { limitCases } from '../cases/limits.ts';
import { networkCases } from '../cases/networks.ts';
import { operatorCases } from '../cases/operators.ts';
import { principalCases } from '../cases/principals.ts';
import { policiesOf, requestOf } from '../cases/reading.ts';
import { trustCases } from '../cases/trust.ts';
import { variableCases } from '../cases/variables.ts';
import { oracleDecide } from './oracle.ts';

/** Whether the oracle has the layers that the case speaks of, and an answer in one's lifetime: it backtracks. */
function isForOracle({ given }: DecisionCase): boolean {
  const beyond = ['resourceControl', 'grants', 'acl', 'publicAccessBlocks'];
  return !beyond.some((layer) => layer in given) && !/(a\*){10}/.test(JSON.stringify(given.identity ?? []));
}

const cases = [
  ...accountCases,
  ...conditionCases,
  ...contextKeyCases,
  ...elementCases,
  ...limitCases,
  ...networkCases,
  ...operatorCases,
  ...principalCases,
  ...trustCases,
  ...variableCases,
].filter(isForOracle);

describe.each(cases)('the oracle, rule $rule: $name', (given) => {
  it(`is ${given.expect.verdict} (${given.source})`, () => {
    const { verdict, layer } = given.expect;
    expect(oracleDecide(requestOf(given), policiesOf(given))).toEqual({ verdict, layer });
  });
});
