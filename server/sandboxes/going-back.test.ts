import fc from 'fast-check';
import { applyPatches, enablePatches } from 'immer';
import { expect, test } from 'vitest';
import { newWorld } from '../../cloud/new-world.ts';
import type { World } from '../../cloud/world.ts';
import { wentBack } from './going-back.ts';

enablePatches();

const accountId = '111122223333';
const empty = newWorld({ accountId, region: 'us-east-1' });

/** A world with whatever in one of its tables. */
function worldWith(users: unknown, clockOffset: number): World {
  const account = empty.accounts[accountId];
  const changed = { ...account, iam: { ...account?.iam, users } };
  return { ...empty, clockOffset, accounts: { [accountId]: changed } } as unknown as World;
}

const names = fc.constantFrom('Ann', 'Bea', 'Cem', '7', '12');
const leaf = fc.oneof(fc.integer(), fc.string(), fc.constant(null), fc.array(fc.integer()));
const table = fc.dictionary(names, fc.oneof(leaf, fc.dictionary(names, leaf, { noNullPrototype: true })), {
  noNullPrototype: true,
});

test('the patches make the earlier state, its order too, of any other, and the clock never goes back', () => {
  fc.assert(
    fc.property(table, table, fc.nat(9), fc.nat(9), (before, after, then, since) => {
      const [earlier, now] = [worldWith(before, then), worldWith(after, since)];
      const back = wentBack(now, earlier);
      const expected = JSON.stringify({ ...earlier, clockOffset: Math.max(then, since) });
      expect(JSON.stringify(back.world)).toBe(expected);
      expect(JSON.stringify(applyPatches(now, [...back.patches]))).toBe(expected);
    }),
  );
});

test('what is the same stays the same object, and is in no patch', () => {
  const users = { Ann: { id: 'a' }, Bea: { id: 'b' } };
  const now = worldWith({ ...users, Cem: { id: 'c' } }, 0);
  const back = wentBack(now, JSON.parse(JSON.stringify(worldWith(users, 0))) as World);
  expect(back.world.accounts[accountId]?.iam.users['Ann']).toBe(users.Ann);
  expect(back.world.accounts[accountId]?.s3).toBe(now.accounts[accountId]?.s3);
  expect(back.patches).toEqual([
    { op: 'replace', path: ['clockOffset'], value: 0 },
    { op: 'remove', path: ['accounts', accountId, 'iam', 'users', 'Cem'] },
  ]);
});
