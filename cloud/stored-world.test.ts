import { readFileSync } from 'node:fs';
import { applyPatches, enablePatches, type Patch } from 'immer';
import { expect, test } from 'vitest';
import { newAccount, newWorld } from './new-world.ts';
import { completeWorld } from './stored-world.ts';
import type { World } from './world.ts';

enablePatches();

/** A sandbox as the release of iam, sts, s3 and ssm alone has stored it: its start, its journal, and where that led. */
const stored: {
  readonly start: World;
  readonly rows: readonly { readonly name: string; readonly patches: Patch[] }[];
  readonly end: World;
} = JSON.parse(readFileSync(new URL('./testing/stored-world.json', import.meta.url), 'utf8'));

test('the journal of an earlier release replays to the state that it led to', () => {
  const replayed = stored.rows.reduce<World>(
    (world, { patches }) => applyPatches(world, patches),
    completeWorld(stored.start),
  );
  expect(replayed).toEqual(completeWorld(stored.end));
  expect(replayed.accounts['111122223333']).toMatchObject({ ...stored.end.accounts['111122223333'] });
});

test('an account gets the slices that it lacks, and shares them with all others', () => {
  const { accounts } = completeWorld(stored.start);
  expect(Object.keys(accounts)).toEqual(['111122223333', '444455556666']);
  for (const account of Object.values(accounts)) {
    expect(Object.keys(account).sort()).toEqual(Object.keys(newAccount('')).sort());
    expect(account.kms).toBe(newAccount('').kms);
  }
});

test('a slice gets the tables that it lacks, and keeps what it has', () => {
  const account = newAccount('111122223333');
  const { oidcProviders: _, ...iam } = { ...account.iam, alias: 'archive', users: { Bea: {} } };
  const world = newWorld({ accountId: account.id, region: 'eu-west-1' });
  const old = { ...world, accounts: { [account.id]: { ...account, iam } } } as unknown as World;
  expect(completeWorld(old).accounts[account.id]?.iam).toEqual({ ...iam, oidcProviders: {} });
});

test('a world that lacks nothing is itself', () => {
  const world = newWorld({ accountId: '111122223333', region: 'eu-west-1' });
  expect(completeWorld(world)).toBe(world);
});
