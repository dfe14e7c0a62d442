/** Where sandboxes are kept: the only database calls of this folder. */
import { isDriverAdapterError } from '@prisma/driver-adapter-utils';
import { applyPatches, enablePatches, type Patch } from 'immer';
import { newestFirst, type PastCall, type RecallQuery } from '../../cloud/ledger/past-call.ts';
import { completeWorld } from '../../cloud/stored-world.ts';
import type { World } from '../../cloud/world.ts';
import type { CallEvent } from '../../contract/index.ts';
import type { Database } from '../database/database.ts';
import type { PrismaClient } from '../database/generated/client.ts';
import type { RawSql } from '../database/raw-sql.ts';
import { base64Of, type JournalEntry, KEEP_AGAIN, type PendingEvent, writeStatement } from './write-statement.ts';

enablePatches();

/** The state of a sandbox after its journal row `seq`. */
export interface StoredState {
  readonly world: World;
  readonly seq: number;
  readonly primaryAccountId: string;
}

/** What a row of the journal says of itself, without its patches. */
export interface JournalNote {
  readonly seq: number;
  readonly name: string;
  readonly requestId: string | null;
  readonly at: Date;
  /** Of a call who made it, whether learners' code did, and whether it was refused; of a rewind the row that it went back to. */
  readonly call: {
    readonly principal?: string;
    readonly code?: boolean;
    readonly refused?: boolean;
    readonly to?: number;
  } | null;
}

/** Another process has written this sandbox's next row: what is in memory here is old. */
export class StaleHomeError extends Error {
  constructor() {
    super('The sandbox has been changed elsewhere');
    this.name = 'StaleHomeError';
  }
}

/** A body that the state names is not there. */
export class MissingBlobError extends Error {
  constructor(digest: string) {
    super(`There is no body ${digest}`);
    this.name = 'MissingBlobError';
  }
}

/** Beyond every row: the largest number that the column holds. */
const NEWEST = 2 ** 31 - 1;

/** PostgreSQL's unique_violation. */
function isUniqueViolation(error: unknown): boolean {
  return isDriverAdapterError(error) && error.cause.kind === 'UniqueConstraintViolation';
}

/** Calls that are read at a time while some are looked for: others get their turn in between. */
const RECALLED_AT_ONCE = 500;

/** The sandboxes' tables. */
export class SandboxStore {
  readonly #client: PrismaClient;
  readonly #raw: RawSql;

  constructor({ client, raw }: Pick<Database, 'client' | 'raw'>) {
    this.#client = client;
    this.#raw = raw;
  }

  /**
   * Writes changes and events in one statement: all of it is stored, or nothing.
   * @throws StaleHomeError where a change's row is there already
   */
  async write(entries: readonly JournalEntry[], events: readonly PendingEvent[]): Promise<void> {
    const statement = writeStatement(entries, events);
    if (statement === undefined) return;
    try {
      await this.#raw.execute(statement.sql, statement.values);
    } catch (error) {
      throw isUniqueViolation(error) ? new StaleHomeError() : error;
    }
  }

  /** Keeps bodies under their digests. Done before the change that names them: one without the other is only unused. */
  async keepBlobs(blobs: ReadonlyMap<string, Uint8Array>): Promise<void> {
    if (blobs.size === 0) return;
    const bodies = [...blobs];
    await this.#raw.execute(
      `INSERT INTO blob (digest, bytes, size) SELECT digest, decode(bytes, 'base64'), size
        FROM unnest($1::text[], $2::text[], $3::int[]) AS b (digest, bytes, size) ${KEEP_AGAIN}`,
      [
        bodies.map(([digest]) => digest),
        bodies.map(([, bytes]) => base64Of(bytes)),
        bodies.map(([, bytes]) => bytes.length),
      ],
    );
  }

  /** @throws MissingBlobError */
  async readBlob(digest: string): Promise<Uint8Array> {
    const [blob] = await this.#client.$queryRaw<{ text: string }[]>`
      SELECT encode(bytes, 'base64') AS text FROM blob WHERE digest = ${digest}`;
    if (blob === undefined) throw new MissingBlobError(digest);
    return new Uint8Array(Buffer.from(blob.text, 'base64'));
  }

  /** A new sandbox with its first snapshot: one statement, which a learner who opens a challenge waits for. */
  async create(id: string, world: World, bucketNames: readonly string[]): Promise<void> {
    await this.#raw.execute(
      `WITH made AS (INSERT INTO sandbox (id, primary_account_id) VALUES ($1, $2)),
        accounts AS (INSERT INTO sandbox_account (account_id, sandbox_id) SELECT unnest($3::text[]), $1),
        buckets AS (INSERT INTO bucket_name (name, sandbox_id) SELECT unnest($4::text[]), $1)
      INSERT INTO snapshot (sandbox_id, seq, world) VALUES ($1, 0, $5::json)`,
      [id, world.primaryAccountId, Object.keys(world.accounts), bucketNames, JSON.stringify(world)],
    );
  }

  /** The newest stored state. Undefined: there is none, or it was retired. */
  load(id: string): Promise<StoredState | undefined> {
    return this.stateAfter(id, NEWEST);
  }

  /**
   * The state after the row `seq`, or after the last one before it: a snapshot, and the patches after it. Undefined: there is none, its rows
   * were let go, or the sandbox was retired.
   */
  async stateAfter(id: string, through: number): Promise<StoredState | undefined> {
    const sandbox = await this.#client.sandbox.findFirst({
      where: { id, retiredAt: null },
      include: { snapshots: { where: { seq: { lte: through } }, orderBy: { seq: 'desc' }, take: 1 } },
    });
    const snapshot = sandbox?.snapshots[0];
    if (!sandbox || snapshot === undefined) return undefined;
    const rows = await this.#client.journalRow.findMany({
      where: { sandboxId: id, seq: { gt: snapshot.seq, lte: through } },
      orderBy: { seq: 'asc' },
      select: { seq: true, patches: true },
    });
    const patches = rows.flatMap((row) => row.patches as unknown as Patch[]);
    return {
      // A patch may bring whole accounts of an earlier release, as a reset does.
      world: completeWorld(applyPatches(completeWorld(snapshot.world as unknown as World), patches)),
      seq: rows.at(-1)?.seq ?? snapshot.seq,
      primaryAccountId: sandbox.primaryAccountId,
    };
  }

  /** Rows of the journal up to one, newest first. */
  async notes(
    sandboxId: string,
    { through, limit }: { through: number; limit: number },
  ): Promise<readonly JournalNote[]> {
    const rows = await this.#client.journalRow.findMany({
      where: { sandboxId, seq: { lte: through } },
      orderBy: { seq: 'desc' },
      take: limit,
      select: { seq: true, name: true, requestId: true, at: true, call: true },
    });
    return rows.map((row) => ({ ...row, call: row.call as JournalNote['call'] }));
  }

  /** The first row of a call after another row. */
  async firstRowOf(sandboxId: string, requestId: string, after: number): Promise<number | undefined> {
    const row = await this.#client.journalRow.findFirst({
      where: { sandboxId, requestId, seq: { gt: after } },
      orderBy: { seq: 'asc' },
      select: { seq: true },
    });
    return row?.seq;
  }

  /** Keeps a snapshot, and lets go of all that is older than the one before it. */
  async snapshot(sandboxId: string, seq: number, world: World): Promise<void> {
    await this.#raw.execute(
      `WITH previous AS (SELECT max(seq) AS seq FROM snapshot WHERE sandbox_id = $1 AND seq < $2::int),
        kept AS (INSERT INTO snapshot (sandbox_id, seq, world) VALUES ($1, $2::int, $3::json) ON CONFLICT DO NOTHING),
        rows_gone AS (DELETE FROM journal_row j USING previous p WHERE j.sandbox_id = $1 AND j.seq <= p.seq)
      DELETE FROM snapshot s USING previous p WHERE s.sandbox_id = $1 AND s.seq < p.seq`,
      [sandboxId, seq, JSON.stringify(world)],
    );
  }

  /** The sandbox that an account belongs to, unless it was retired. */
  async sandboxOfAccount(accountId: string): Promise<string | undefined> {
    const row = await this.#client.sandboxAccount.findFirst({
      where: { accountId, sandbox: { retiredAt: null } },
      select: { sandboxId: true },
    });
    return row?.sandboxId;
  }

  /** The sandboxes that have a bucket of this name: two are as good as many. */
  async sandboxesOfBucket(name: string): Promise<readonly string[]> {
    const rows = await this.#client.bucketName.findMany({
      where: { name, sandbox: { retiredAt: null } },
      select: { sandboxId: true },
      take: 2,
    });
    return rows.map((row) => row.sandboxId);
  }

  /** Whether a sandbox has, or ever had, this account, or one in reserve has it. */
  async isAccountTaken(accountId: string): Promise<boolean> {
    const [row] = await this.#client.$queryRaw<{ taken: boolean }[]>`
      SELECT EXISTS (SELECT FROM sandbox_account WHERE account_id = ${accountId})
        OR EXISTS (SELECT FROM reserved_sandbox WHERE account_id = ${accountId}) AS taken`;
    return row?.taken === true;
  }

  async retire(id: string): Promise<void> {
    await this.#client.sandbox.updateMany({ where: { id, retiredAt: null }, data: { retiredAt: new Date() } });
  }

  /** Lets go of all events but the newest. */
  async pruneEvents(sandboxId: string, kept: number): Promise<void> {
    await this.#raw.execute(
      `DELETE FROM event WHERE sandbox_id = $1 AND n <=
        (SELECT n FROM event WHERE sandbox_id = $1 ORDER BY n DESC OFFSET $2 LIMIT 1)`,
      [sandboxId, kept],
    );
  }

  /** The calls that match, newest first. Events of a release that kept no such entry have none. */
  async pastCalls(sandboxId: string, query: RecallQuery): Promise<readonly PastCall[]> {
    const { since, until, matches, atMost } = query;
    const found: PastCall[] = [];
    const at = { gte: new Date(since), lte: new Date(until) };
    for (let read = 0; ; read += RECALLED_AT_ONCE) {
      const rows = await this.#client.event.findMany({
        where: { sandboxId, at },
        orderBy: [{ at: 'desc' }, { n: 'desc' }],
        skip: read,
        take: RECALLED_AT_ONCE,
        select: { call: true },
      });
      for (const row of rows) {
        const call = row.call as unknown as PastCall | null;
        if (call === null || !matches(call)) continue;
        // All of one millisecond, or none: the order among them is not that of the rows.
        if (found.length >= atMost && call.at !== found.at(-1)?.at) return found.sort(newestFirst);
        found.push(call);
      }
      if (rows.length < RECALLED_AT_ONCE) return found.sort(newestFirst);
    }
  }

  /** Past events, newest first, older than the event `before`; none where that one is unknown. */
  async events(
    sandboxId: string,
    { before, limit }: { before?: string; limit: number },
  ): Promise<readonly CallEvent[]> {
    const mark =
      before === undefined
        ? undefined
        : await this.#client.event.findFirst({ where: { id: before, sandboxId }, select: { n: true } });
    if (mark === null) return [];
    const rows = await this.#client.event.findMany({
      where: { sandboxId, ...(mark === undefined ? {} : { n: { lt: mark.n } }) },
      orderBy: { n: 'desc' },
      take: limit,
      select: { data: true },
    });
    return rows.map((row) => row.data as unknown as CallEvent);
  }
}
