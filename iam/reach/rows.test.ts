import { describe, expect, it } from 'vitest';
import { EVE, everything, type Fix, type RowCase } from './cases/case.ts';
import { POLICY_CASES } from './cases/policies.ts';
import { PRINCIPAL_CASES } from './cases/principals.ts';
import { RESOURCE_CASES, SERVICE_CASES } from './cases/services.ts';
import type { Step } from './foothold.ts';
import type { Reach } from './reach.ts';
import { REACH_ROWS } from './rows/index.ts';
import { estateOf, reachFrom, shown } from './testing/accounts.ts';

const CASES = [...POLICY_CASES, ...PRINCIPAL_CASES, ...SERVICE_CASES, ...RESOURCE_CASES];
const named = CASES.map((rowCase) => ({ title: `${rowCase.path} ${rowCase.name ?? ''}`, rowCase }));

function play({ account, eve, from = EVE, scps, workloads }: RowCase, fix: Fix = {}): Reach {
  const users = { ...account.users, ...fix.account?.users, Eve: fix.eve ?? eve };
  const estate = estateOf([{ ...account, ...fix.account, users }], fix.scps ?? scps ?? [[everything]]);
  const running = fix.workloads ?? workloads;
  return reachFrom(estate, from, running === undefined ? {} : { workloads: running });
}

function ways({ reaches }: Reach, { path, reaches: arn, after = [] }: RowCase): readonly string[] {
  const rows = [...after, path].join('+');
  return reaches
    .filter((reached) => reached.arn === arn && reached.steps.map((step) => step.path).join('+') === rows)
    .map(() => rows);
}

/** Who acts is in hand by then, the last step leads to what is told, and each call is allowed. */
function expectSound(arn: string, steps: readonly Step[], from: string): void {
  const inHand = new Set([from]);
  for (const { from: actor, to, actions, proofs } of steps) {
    expect(inHand).toContain(actor);
    inHand.add(to);
    expect(actions.length).toBeGreaterThan(0);
    expect(new Set(proofs.map(({ decision }) => decision.verdict))).toEqual(new Set(['allowed']));
  }
  expect(steps.at(-1)?.to).toBe(arn);
}

describe('the rows of the table', () => {
  it.each(named)('$title works, each step proved by decisions', ({ rowCase }) => {
    const found = play(rowCase);
    expect({ ways: ways(found, rowCase), all: shown(found) }).toMatchObject({
      ways: [[...(rowCase.after ?? []), rowCase.path].join('+')],
    });
    expect(found.admin).toBe(rowCase.admin !== 'no');
    for (const { arn, steps } of found.reaches) expectSound(arn, steps, rowCase.from ?? EVE);
  });

  it.each(named)('$title is stopped by its fix', ({ rowCase }) => {
    const found = play(rowCase, rowCase.fix);
    expect({ admin: found.admin, ways: ways(found, rowCase), all: shown(found) }).toMatchObject({
      admin: false,
      ways: [],
    });
  });

  it('has a case of each', () => {
    const covered = new Set(CASES.flatMap(({ path, after = [] }) => [path, ...after]));
    expect(REACH_ROWS.map(({ path }) => path).filter((path) => !covered.has(path))).toEqual([]);
  });
});
