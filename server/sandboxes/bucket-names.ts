import type { World } from '../../cloud/world.ts';

/** The names of all buckets of a sandbox. */
export function bucketNames(world: World): readonly string[] {
  return Object.values(world.accounts).flatMap((account) => Object.keys(account.s3.buckets));
}

/** Which bucket names came and went with a change. */
export function bucketChanges(before: World, after: World): { made: readonly string[]; gone: readonly string[] } {
  const isUntouched = Object.values(after.accounts).every(
    (account) => before.accounts[account.id]?.s3.buckets === account.s3.buckets,
  );
  if (isUntouched && Object.keys(before.accounts).length === Object.keys(after.accounts).length) {
    return { made: [], gone: [] };
  }
  const old = new Set(bucketNames(before));
  const now = new Set(bucketNames(after));
  return {
    made: [...now].filter((name) => !old.has(name)),
    gone: [...old].filter((name) => !now.has(name)),
  };
}
