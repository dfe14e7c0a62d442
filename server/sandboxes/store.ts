/** Where sandboxes are kept: the only database calls of this folder. */
import { applyPatches, enablePatches, type Patch } from 'immer';
import type { World } from '../../cloud/world.ts';
import type { CallEvent } from '../../contract/index.ts';
import { Prisma, type PrismaClient } from '../database/generated/client.ts';

enablePatches();

/** One change as it is stored. */
export interface JournalEntry {
  readonly sandboxId: string;
  readonly seq: number;
  /** `iam:CreateUser`, `reset`. */
  readonly name: string;
  readonly requestId: string | null;
  /** What was asked, as JSON; null for an act of the platform. */
  readonly call: string | null;
  readonly patches: readonly Patch[];
  /** Real time, epoch milliseconds. */
  readonly at: number;
  readonly bucketsMade: readonly string[];
  readonly bucketsGone: readonly string[];
}

/** An event of a sandbox as it waits to be written. */
export interface PendingEvent {
  readonly sandboxId: string;
  readonly event: CallEvent;
}

/** The state of a sandbox after its journal row `seq`. */
export interface StoredState {
  readonly world: World;
  readonly seq: number;
  readonly primaryAccountId: string;
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

/** Rows that the two sides of the write may have in one statement, so that no change waits long for others'. */
export const ROWS_IN_STATEMENT = 200;

/** SQL of one statement, put together with its parameters. */
class Statement {
  readonly parts: string[] = [];
  readonly values: unknown[] = [];

  param(value: readonly unknown[], type: string): string {
    this.values.push(value);
    return `$${this.values.length}::${type}[]`;
  }
}

function insertEvents(statement: Statement, events: readonly PendingEvent[]): void {
  const ids = statement.param(
    events.map(({ event }) => event.id),
    'text',
  );
  const sandboxes = statement.param(
    events.map(({ sandboxId }) => sandboxId),
    'text',
  );
  const times = statement.param(
    events.map(({ event }) => event.at),
    'text',
  );
  const data = statement.param(
    events.map(({ event }) => JSON.stringify(event)),
    'text',
  );
  statement.parts.push(`INSERT INTO event (id, sandbox_id, at, data)
    SELECT id, sandbox_id, at::timestamptz, data::json
    FROM unnest(${ids}, ${sandboxes}, ${times}, ${data}) AS e (id, sandbox_id, at, data)
    ON CONFLICT (id) DO NOTHING`);
}

function insertEntries(statement: Statement, entries: readonly JournalEntry[]): void {
  const column = (type: string, value: (entry: JournalEntry) => unknown) => statement.param(entries.map(value), type);
  const columns = [
    column('text', (entry) => entry.sandboxId),
    column('int', (entry) => entry.seq),
    column('text', (entry) => entry.name),
    column('text', (entry) => entry.requestId),
    column('text', (entry) => entry.call),
    column('text', (entry) => JSON.stringify(entry.patches)),
    column('text', (entry) => new Date(entry.at).toISOString()),
  ];
  statement.parts.push(`INSERT INTO journal_row (sandbox_id, seq, name, request_id, call, patches, at)
    SELECT sandbox_id, seq, name, request_id, call::json, patches::json, at::timestamptz
    FROM unnest(${columns.join(', ')}) AS j (sandbox_id, seq, name, request_id, call, patches, at)`);
}

function bucketRows(
  entries: readonly JournalEntry[],
  names: (entry: JournalEntry) => readonly string[],
): readonly (readonly [name: string, sandboxId: string])[] {
  return entries.flatMap((entry) => names(entry).map((name) => [name, entry.sandboxId] as const));
}

function keepBucketNames(statement: Statement, entries: readonly JournalEntry[]): void {
  const rows = (pairs: readonly (readonly [string, string])[]) => {
    const names = statement.param(
      pairs.map(([name]) => name),
      'text',
    );
    const sandboxes = statement.param(
      pairs.map(([, sandboxId]) => sandboxId),
      'text',
    );
    return `unnest(${names}, ${sandboxes})`;
  };
  const gone = bucketRows(entries, (entry) => entry.bucketsGone);
  if (gone.length > 0) {
    statement.parts.push(`DELETE FROM bucket_name USING ${rows(gone)} AS g (name, sandbox_id)
      WHERE bucket_name.name = g.name AND bucket_name.sandbox_id = g.sandbox_id`);
  }
  const made = bucketRows(entries, (entry) => entry.bucketsMade);
  if (made.length > 0) {
    statement.parts.push(`INSERT INTO bucket_name (name, sandbox_id)
      SELECT name, sandbox_id FROM ${rows(made)} AS m (name, sandbox_id) ON CONFLICT DO NOTHING`);
  }
}

/** PostgreSQL's unique_violation, however the driver wraps it. */
function isUniqueViolation(error: unknown): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return false;
  return error.code === 'P2002' || (error.code === 'P2010' && JSON.stringify(error.meta).includes('23505'));
}

/** The sandboxes' tables. */
export class SandboxStore {
  readonly #client: PrismaClient;

  constructor(client: PrismaClient) {
    this.#client = client;
  }

  /**
   * Writes changes and events in one statement: all of it is stored, or nothing.
   * @throws StaleHomeError where a change's row is there already
   */
  async write(entries: readonly JournalEntry[], events: readonly PendingEvent[]): Promise<void> {
    const statement = new Statement();
    if (events.length > 0) insertEvents(statement, events);
    keepBucketNames(statement, entries);
    if (entries.length > 0) insertEntries(statement, entries);
    const last = statement.parts.pop();
    if (last === undefined) return;
    const before = statement.parts.map((part, n) => `p${n} AS (${part})`).join(', ');
    try {
      await this.#client.$executeRawUnsafe(before === '' ? last : `WITH ${before} ${last}`, ...statement.values);
    } catch (error) {
      throw isUniqueViolation(error) ? new StaleHomeError() : error;
    }
  }

  /**
   * Keeps bodies under their digests. Done before the change that names them: one without the other is only unused. They
   * travel as base64: the drivers' own way for bytes takes seconds for 16 MiB.
   */
  async keepBlobs(blobs: ReadonlyMap<string, Uint8Array>): Promise<void> {
    for (const [digest, bytes] of blobs) {
      const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64');
      await this.#client.$executeRaw`INSERT INTO blob (digest, bytes, size)
        VALUES (${digest}, decode(${text}, 'base64'), ${bytes.length}) ON CONFLICT DO NOTHING`;
    }
  }

  /** @throws MissingBlobError */
  async readBlob(digest: string): Promise<Uint8Array> {
    const [blob] = await this.#client.$queryRaw<{ text: string }[]>`
      SELECT encode(bytes, 'base64') AS text FROM blob WHERE digest = ${digest}`;
    if (blob === undefined) throw new MissingBlobError(digest);
    return new Uint8Array(Buffer.from(blob.text, 'base64'));
  }

  /** A new sandbox with its first snapshot. */
  async create(id: string, world: World, bucketNames: readonly string[]): Promise<void> {
    await this.#client.sandbox.create({
      data: {
        id,
        primaryAccountId: world.primaryAccountId,
        accounts: { create: Object.keys(world.accounts).map((accountId) => ({ accountId })) },
        bucketNames: { create: bucketNames.map((name) => ({ name })) },
        snapshots: { create: { seq: 0, world: asJson(world) } },
      },
    });
  }

  /** The newest stored state: a snapshot, and the patches after it. Undefined: there is none, or it was retired. */
  async load(id: string): Promise<StoredState | undefined> {
    const sandbox = await this.#client.sandbox.findFirst({
      where: { id, retiredAt: null },
      include: { snapshots: { orderBy: { seq: 'desc' }, take: 1 } },
    });
    const snapshot = sandbox?.snapshots[0];
    if (!sandbox || snapshot === undefined) return undefined;
    const rows = await this.#client.journalRow.findMany({
      where: { sandboxId: id, seq: { gt: snapshot.seq } },
      orderBy: { seq: 'asc' },
      select: { seq: true, patches: true },
    });
    const patches = rows.flatMap((row) => row.patches as unknown as Patch[]);
    return {
      world: applyPatches(snapshot.world as unknown as World, patches),
      seq: rows.at(-1)?.seq ?? snapshot.seq,
      primaryAccountId: sandbox.primaryAccountId,
    };
  }

  /** Keeps a snapshot, and lets go of all that is older than the one before it. */
  async snapshot(sandboxId: string, seq: number, world: World): Promise<void> {
    const previous = await this.#client.snapshot.findFirst({
      where: { sandboxId, seq: { lt: seq } },
      orderBy: { seq: 'desc' },
      select: { seq: true },
    });
    await this.#client.snapshot.createMany({ data: [{ sandboxId, seq, world: asJson(world) }], skipDuplicates: true });
    if (previous === null) return;
    await this.#client.journalRow.deleteMany({ where: { sandboxId, seq: { lte: previous.seq } } });
    await this.#client.snapshot.deleteMany({ where: { sandboxId, seq: { lt: previous.seq } } });
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

  /** Whether a sandbox has, or ever had, this account. */
  async isAccountTaken(accountId: string): Promise<boolean> {
    return (await this.#client.sandboxAccount.count({ where: { accountId } })) > 0;
  }

  async retire(id: string): Promise<void> {
    await this.#client.sandbox.updateMany({ where: { id, retiredAt: null }, data: { retiredAt: new Date() } });
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

function asJson(world: World): Prisma.InputJsonValue {
  return world as unknown as Prisma.InputJsonValue;
}
