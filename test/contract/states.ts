/** States that no calls lead to, as a reset makes them. */
import { newAccount } from '../../cloud/new-world.ts';
import type { World } from '../../cloud/world.ts';
import { carriedNames } from '../../server/sandboxes/backends/localstack/carried.ts';
import type { Act } from '../../server/sandboxes/sandbox.ts';

/** A world that has nothing of what an emulator carries. */
export function emptied(world: World): World {
  const accounts = Object.entries(world.accounts).map(([id, account]) => {
    const none = newAccount(id);
    return [id, { ...account, ...Object.fromEntries(carriedNames.map((name) => [name, none[name]])) }];
  });
  return { ...world, accounts: Object.fromEntries(accounts) };
}

/** The act that puts one world in the place of another. */
export function swapped(world: World, next: World): Act<undefined> {
  const patches = Object.keys(next.accounts).map((id) => ({
    op: 'replace' as const,
    path: ['accounts', id],
    value: next.accounts[id],
  }));
  return { world: { ...world, accounts: next.accounts }, patches, newBlobs: new Map(), result: undefined };
}

/** The act that moves the sandbox's clock forward by milliseconds. */
export function laterBy(world: World, by: number): Act<undefined> {
  const clockOffset = world.clockOffset + by;
  const patches = [{ op: 'replace' as const, path: ['clockOffset'], value: clockOffset }];
  return { world: { ...world, clockOffset }, patches, newBlobs: new Map(), result: undefined };
}
