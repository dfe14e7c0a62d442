/** Worlds that an earlier release has stored, brought up to what this one knows. */
import { newAccount } from './new-world.ts';
import type { Account, World } from './world.ts';

/**
 * The world with every slice, and every table of a slice, that the release that stored it did not have: empty, as in an account
 * that never used it. The same object where nothing lacks. So patches of any release apply, and handlers find what they expect.
 */
export function completeWorld(stored: World): World {
  const accounts = Object.entries(stored.accounts).map(([id, account]) => [id, completeAccount(account)] as const);
  const isComplete = accounts.every(([id, account]) => account === stored.accounts[id]);
  return isComplete ? stored : { ...stored, accounts: Object.fromEntries(accounts) };
}

function completeAccount(stored: Account): Account {
  const lacking = Object.entries(newAccount(stored.id)).flatMap(([name, empty]) => {
    const slice: unknown = stored[name as keyof Account];
    if (slice === undefined) return [[name, empty] as const];
    if (typeof slice !== 'object' || Object.keys(empty).every((table) => Object.hasOwn(slice as object, table)))
      return [];
    return [[name, { ...empty, ...slice }] as const];
  });
  return lacking.length === 0 ? stored : { ...stored, ...Object.fromEntries(lacking) };
}
