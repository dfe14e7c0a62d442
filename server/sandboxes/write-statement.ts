/** The one statement by which changes, bodies, bucket names and events of all sandboxes are written together. */
import type { Patch } from 'immer';
import type { PastCall } from '../../cloud/ledger/past-call.ts';
import type { CallEvent } from '../../contract/index.ts';
import type { SqlValue } from '../database/raw-sql.ts';

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
  /** Bodies that the change names and that are not stored yet, by digest: small ones. */
  readonly blobs: ReadonlyMap<string, Uint8Array>;
}

/** An event of a sandbox as it waits to be written. */
export interface PendingEvent {
  readonly sandboxId: string;
  readonly event: CallEvent;
  /** The same call as the ledger keeps it. */
  readonly call: PastCall;
}

/** A body that is there already counts as sent anew: the sweep of unused ones lets young ones be. */
export const KEEP_AGAIN = 'ON CONFLICT (digest) DO UPDATE SET kept_at = now()';

/** SQL with its parameters. */
export interface SqlStatement {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

/** The parts of a statement, each a statement of its own in a WITH, and their parameters. */
class Parts {
  readonly sql: string[] = [];
  readonly values: SqlValue[] = [];

  /** A column of rows as a parameter. */
  column<Row>(type: string, rows: readonly Row[], value: (row: Row) => string | number | null): string {
    this.values.push(rows.map(value));
    return `$${this.values.length}::${type}[]`;
  }
}

/** The statement that writes all of it, or nothing. Undefined: there is nothing to write. */
export function writeStatement(
  entries: readonly JournalEntry[],
  events: readonly PendingEvent[],
): SqlStatement | undefined {
  const parts = new Parts();
  if (events.length > 0) insertEvents(parts, events);
  keepBlobs(parts, entries);
  keepBucketNames(parts, entries);
  if (entries.length > 0) insertEntries(parts, entries);
  const last = parts.sql.pop();
  if (last === undefined) return undefined;
  const before = parts.sql.map((part, n) => `p${n} AS (${part})`).join(', ');
  return { sql: before === '' ? last : `WITH ${before} ${last}`, values: parts.values };
}

function insertEvents(parts: Parts, events: readonly PendingEvent[]): void {
  const columns = [
    parts.column('text', events, ({ event }) => event.id),
    parts.column('text', events, ({ sandboxId }) => sandboxId),
    parts.column('text', events, ({ event }) => event.at),
    parts.column('text', events, ({ event }) => JSON.stringify(event)),
    parts.column('text', events, ({ call }) => JSON.stringify(call)),
  ];
  parts.sql.push(`INSERT INTO event (id, sandbox_id, at, data, call)
    SELECT id, sandbox_id, at::timestamptz, data::json, call::json
    FROM unnest(${columns.join(', ')}) AS e (id, sandbox_id, at, data, call)
    ON CONFLICT (id) DO NOTHING`);
}

function insertEntries(parts: Parts, entries: readonly JournalEntry[]): void {
  const columns = [
    parts.column('text', entries, (entry) => entry.sandboxId),
    parts.column('int', entries, (entry) => entry.seq),
    parts.column('text', entries, (entry) => entry.name),
    parts.column('text', entries, (entry) => entry.requestId),
    parts.column('text', entries, (entry) => entry.call),
    parts.column('text', entries, (entry) => JSON.stringify(entry.patches)),
    parts.column('text', entries, (entry) => new Date(entry.at).toISOString()),
  ];
  parts.sql.push(`INSERT INTO journal_row (sandbox_id, seq, name, request_id, call, patches, at)
    SELECT sandbox_id, seq, name, request_id, call::json, patches::json, at::timestamptz
    FROM unnest(${columns.join(', ')}) AS j (sandbox_id, seq, name, request_id, call, patches, at)`);
}

/** Bodies travel as base64: the drivers' own way for bytes is far slower. */
function keepBlobs(parts: Parts, entries: readonly JournalEntry[]): void {
  // Each once: a statement may update no row twice.
  const blobs = [...new Map(entries.flatMap((entry) => [...entry.blobs]))];
  if (blobs.length === 0) return;
  const columns = [
    parts.column('text', blobs, ([digest]) => digest),
    parts.column('text', blobs, ([, bytes]) => base64Of(bytes)),
    parts.column('int', blobs, ([, bytes]) => bytes.length),
  ];
  parts.sql.push(`INSERT INTO blob (digest, bytes, size)
    SELECT digest, decode(bytes, 'base64'), size FROM unnest(${columns.join(', ')}) AS b (digest, bytes, size)
    ${KEEP_AGAIN}`);
}

export function base64Of(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64');
}

function keepBucketNames(parts: Parts, entries: readonly JournalEntry[]): void {
  const rows = (names: (entry: JournalEntry) => readonly string[]) => {
    const pairs = entries.flatMap((entry) => names(entry).map((name) => ({ name, sandboxId: entry.sandboxId })));
    if (pairs.length === 0) return undefined;
    return `unnest(${parts.column('text', pairs, ({ name }) => name)}, ${parts.column('text', pairs, ({ sandboxId }) => sandboxId)})`;
  };
  const gone = rows((entry) => entry.bucketsGone);
  if (gone !== undefined) {
    parts.sql.push(`DELETE FROM bucket_name USING ${gone} AS g (name, sandbox_id)
      WHERE bucket_name.name = g.name AND bucket_name.sandbox_id = g.sandbox_id`);
  }
  const made = rows((entry) => entry.bucketsMade);
  if (made !== undefined) {
    parts.sql.push(`INSERT INTO bucket_name (name, sandbox_id)
      SELECT name, sandbox_id FROM ${made} AS m (name, sandbox_id) ON CONFLICT DO NOTHING`);
  }
}
