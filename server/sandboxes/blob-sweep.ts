/**
 * Lets go of bodies that no state names any more: overwritten and deleted objects'. A state that names a body was either made by a
 * call that sent the body, or from a state of the same sandbox that names it (a copy, a reset). So a body that was not sent for
 * a day, and that no snapshot, journal row, start of a stage or start in reserve names, cannot be named again unless it is sent again.
 */
import type { PrismaClient } from '../database/generated/client.ts';

/** Sandboxes read in one query, so that changes need not wait long for it. */
const SANDBOXES_AT_ONCE = 5;

/** Sweeps once; answers how many bodies went: none where `signal` ends it before the last sandbox was read. */
export async function sweepBlobs(database: PrismaClient, signal: AbortSignal): Promise<number> {
  const old = await database.$queryRaw<{ digest: string }[]>`
    SELECT digest FROM blob WHERE kept_at < now() - interval '1 day'`;
  const unused = new Set(old.map(({ digest }) => digest));
  // Before the sandboxes: what is claimed meanwhile is seen here, or there.
  if (unused.size > 0) for (const digest of await digestsInReserve(database)) unused.delete(digest);
  for (let after = ''; unused.size > 0; ) {
    if (signal.aborted) return 0;
    const sandboxes = await database.sandbox.findMany({
      where: { id: { gt: after } },
      orderBy: { id: 'asc' },
      take: SANDBOXES_AT_ONCE,
      select: { id: true },
    });
    const last = sandboxes.at(-1);
    if (last === undefined) break;
    after = last.id;
    for (const digest of await digestsNamed(
      database,
      sandboxes.map(({ id }) => id),
    ))
      unused.delete(digest);
  }
  if (unused.size === 0) return 0;
  // One that is sent at this moment is young by now: PostgreSQL looks at the row again after waiting for its change.
  return database.$executeRaw`
    DELETE FROM blob WHERE digest = ANY(${[...unused]}) AND kept_at < now() - interval '1 day'`;
}

async function digestsInReserve(database: PrismaClient): Promise<readonly string[]> {
  const rows = await database.$queryRaw<{ digest: string }[]>`
    SELECT DISTINCT named[1] AS digest
    FROM reserved_sandbox, regexp_matches(world::text, '"([0-9a-f]{64})"', 'g') AS named`;
  return rows.map(({ digest }) => digest);
}

/** Everything in the states of sandboxes that could be the digest of a body. */
async function digestsNamed(database: PrismaClient, sandboxes: readonly string[]): Promise<readonly string[]> {
  const ids = [...sandboxes];
  const rows = await database.$queryRaw<{ digest: string }[]>`
    SELECT DISTINCT named[1] AS digest
    FROM (
      SELECT world::text AS state FROM snapshot WHERE sandbox_id = ANY(${ids})
      UNION ALL
      SELECT patches::text FROM journal_row WHERE sandbox_id = ANY(${ids})
      UNION ALL
      SELECT s.world::text FROM stage_start s JOIN attempt a ON a.id = s.attempt_id WHERE a.sandbox_id = ANY(${ids})
    ) AS states, regexp_matches(state, '"([0-9a-f]{64})"', 'g') AS named`;
  return rows.map(({ digest }) => digest);
}
