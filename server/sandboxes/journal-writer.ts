/**
 * Group commit: changes and events of all sandboxes that arrive together go to the database in one statement, and the next
 * statement takes what has gathered meanwhile. A change's promise settles when its row is stored; events are not waited for.
 */
import type { Logger } from 'pino';
import type { PastCall } from '../../cloud/ledger/past-call.ts';
import type { CallEvent } from '../../contract/index.ts';
import { type SandboxStore, StaleHomeError } from './store.ts';
import type { JournalEntry, PendingEvent } from './write-statement.ts';

/** Changes, and events, that go into one statement: no change waits long for others', and more at once is no cheaper. */
const ROWS_IN_STATEMENT = 50;
/** Milliseconds that an event may wait for a change to travel with. */
const EVENT_DELAY = 250;
/** Events that may wait while the database cannot be written; the oldest are given up, and the log says so. */
const EVENTS_KEPT = 10_000;

interface PendingEntry {
  readonly entry: JournalEntry;
  readonly stored: () => void;
  readonly failed: (error: unknown) => void;
}

/** Someone who waits until the events up to a number are written. */
interface Barrier {
  readonly through: number;
  readonly reached: () => void;
  readonly failed: (error: unknown) => void;
}

/** The one writer of a process. */
export class JournalWriter {
  readonly #store: SandboxStore;
  readonly #log: Logger;
  #entries: PendingEntry[] = [];
  #events: PendingEvent[] = [];
  #barriers: Barrier[] = [];
  /** Events ever taken, and ever written or given up. */
  #taken = 0;
  #done = 0;
  #writing: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(store: SandboxStore, log: Logger) {
    this.#store = store;
    this.#log = log;
  }

  /**
   * Stores a change; resolves when it is on disk.
   * @throws StaleHomeError where the row is there already, and what the database throws; nothing is stored then
   */
  append(entry: JournalEntry): Promise<void> {
    return new Promise((stored, failed) => {
      this.#entries.push({ entry, stored, failed });
      this.#start();
    });
  }

  /** Takes an event along with the next change, or on its own soon. */
  event(sandboxId: string, event: CallEvent, call: PastCall): void {
    this.#events.push({ sandboxId, event, call });
    this.#taken += 1;
    if (this.#events.length >= ROWS_IN_STATEMENT) this.#start();
    else this.#timer ??= setTimeout(() => this.#start(), EVENT_DELAY);
  }

  /** Resolves when every event taken so far is written. Rejects where one cannot be: it stays, and is tried again. */
  flush(): Promise<void> {
    if (this.#done >= this.#taken) return Promise.resolve();
    return new Promise((reached, failed) => {
      this.#barriers.push({ through: this.#taken, reached, failed });
      this.#start();
    });
  }

  #start(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#writing !== undefined) return;
    this.#writing = this.#run().finally(() => {
      this.#writing = undefined;
      if (this.#entries.length > 0) this.#start();
      else if (this.#events.length > 0) this.#timer ??= setTimeout(() => this.#start(), EVENT_DELAY);
    });
  }

  async #run(): Promise<void> {
    // The other requests that the event loop has in hand get to add theirs.
    await new Promise((resolve) => setImmediate(resolve));
    do {
      try {
        await this.#writeOnce();
      } catch (error) {
        for (const barrier of this.#barriers.splice(0)) barrier.failed(error);
        this.#log.error({ err: error }, 'Events cannot be written');
        return;
      }
    } while (this.#entries.length > 0 || this.#barriers.length > 0 || this.#events.length >= ROWS_IN_STATEMENT);
  }

  /** One statement. Failed changes are told to their callers; failed events are put back, and thrown. */
  async #writeOnce(): Promise<void> {
    const entries = this.#entries.splice(0, ROWS_IN_STATEMENT);
    const events = this.#events.splice(0, ROWS_IN_STATEMENT);
    try {
      await this.#store.write(
        entries.map(({ entry }) => entry),
        events,
      );
      for (const { stored } of entries) stored();
      this.#advance(events.length);
    } catch (error) {
      this.#keep(events);
      if (entries.length === 0) throw error;
      // One bad row fails the statement for all in it: each is tried alone.
      if (entries.length === 1) this.#fail(entries, error);
      else await Promise.all(entries.map((pending) => this.#writeAlone(pending)));
    }
  }

  async #writeAlone(pending: PendingEntry): Promise<void> {
    try {
      await this.#store.write([pending.entry], []);
      pending.stored();
    } catch (error) {
      this.#fail([pending], error);
    }
  }

  #fail(entries: readonly PendingEntry[], error: unknown): void {
    if (!(error instanceof StaleHomeError)) this.#log.error({ err: error }, 'A change cannot be stored');
    for (const { failed } of entries) failed(error);
  }

  #advance(count: number): void {
    this.#done += count;
    const isReached = (barrier: Barrier) => barrier.through <= this.#done;
    for (const barrier of this.#barriers.filter(isReached)) barrier.reached();
    this.#barriers = this.#barriers.filter((barrier) => !isReached(barrier));
  }

  #keep(events: readonly PendingEvent[]): void {
    this.#events.unshift(...events);
    const lost = this.#events.length - EVENTS_KEPT;
    if (lost <= 0) return;
    this.#events.splice(0, lost);
    this.#advance(lost);
    this.#log.warn({ lost }, 'Events were given up: the database cannot be written');
  }
}
