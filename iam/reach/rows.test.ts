import { describe, expect, it } from 'vitest';
import { EVE, everything, type Fix, type RowCase } from './cases/case.ts';
import { POLICY_CASES } from './cases/policies.ts';
import { PRINCIPAL_CASES } from './cases/principals.ts';
import { RESOURCE_CASES, SERVICE_CASES } from './cases/services.ts';
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

describe('the rows of the table', () => {
  it.each(named)('$title works, each step proved by decisions', ({ rowCase }) => {
    const found = play(rowCase);
    expect({ ways: ways(found, rowCase), all: shown(found) }).toMatchObject({
      ways: [[...(rowCase.after ?? []), rowCase.path].join('+')],
    });
    expect(found.admin).toBe(rowCase.admin !== 'no');
    for (const { proofs, actions } of found.reaches.flatMap(({ steps }) => steps)) {
      expect(new Set(proofs.map(({ decision }) => decision.verdict))).toEqual(new Set(['allowed']));
      expect(actions.length).toBeGreaterThan(0);
    }
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
