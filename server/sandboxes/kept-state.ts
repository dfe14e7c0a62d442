/** The state of a sandbox in its home, and its way into the journal: each change is stored before it is seen. */
import type { Patch } from 'immer';
import type { Logger } from 'pino';
import type { World } from '../../cloud/world.ts';
import type { BlobReader } from './blob-reader.ts';
import { bucketChanges } from './bucket-names.ts';
import type { JournalWriter } from './journal-writer.ts';
import { type SandboxStore, StaleHomeError, type StoredState } from './store.ts';

/** Rows after which a snapshot is kept, so that a start replays few. */
const ROWS_BETWEEN_SNAPSHOTS = 300;
/** Bytes of a change's bodies that are stored in the journal's own statement. More goes ahead of it: nobody else waits for that. */
const BODY_BYTES_IN_STATEMENT = 16 * 1024;

/** The sandbox was retired, or is not there: its keys are dead. */
export class RetiredSandboxError extends Error {
  constructor(id: string) {
    super(`The sandbox ${id} has been retired`);
    this.name = 'RetiredSandboxError';
  }
}

/** A change as it was computed. */
export interface Change<Value> {
  readonly world: World;
  readonly patches: readonly Patch[];
  readonly newBlobs: ReadonlyMap<string, Uint8Array>;
  readonly value: Value;
}

/** How a change stands in the journal. */
export interface Label {
  readonly name: string;
  readonly requestId: string | null;
  readonly call: () => string | null;
}

/** What is written along with the next change, and is no change by itself. */
interface Folded {
  readonly world: World;
  readonly patches: readonly Patch[];
}

/** What the state is kept by. */
interface Keeping {
  readonly store: SandboxStore;
  readonly writer: JournalWriter;
  readonly blobs: BlobReader;
  readonly log: Logger;
}

/** The newest stored state. Its changes are made one after another by who holds it. */
export class KeptState {
  readonly #id: string;
  readonly #parts: Keeping;
  readonly #fold: (world: World) => Folded;
  #world: World;
  #seq: number;
  /** Whether what is in memory may differ from what is stored: a write failed, or another home wrote. */
  #isDoubtful = false;

  /** @param fold puts into a world what goes along with its next change */
  constructor(id: string, state: StoredState, parts: Keeping, fold: (world: World) => Folded) {
    this.#id = id;
    this.#parts = parts;
    this.#fold = fold;
    this.#world = state.world;
    this.#seq = state.seq;
  }

  get world(): World {
    return this.#world;
  }

  /** The place of the newest stored state in the journal, as it is there. */
  async place(): Promise<number> {
    if (this.#isDoubtful) await this.#reload();
    return this.#seq;
  }

  /**
   * Computes a change from the newest state and stores it; answers its value. Where the sandbox was changed elsewhere it is computed
   * anew from what is there now, up to `tries` times in all.
   * @throws RetiredSandboxError, StaleHomeError after the last try, and what the database throws
   */
  async change<Value>(
    label: Label,
    compute: (world: World) => Change<Value> | Promise<Change<Value>>,
    tries: number,
  ): Promise<Value> {
    for (let tried = 1; ; tried += 1) {
      if (this.#isDoubtful) await this.#reload();
      const before = this.#fold(this.#world);
      const change = await compute(before.world);
      if (change.patches.length === 0) return change.value;
      try {
        await this.#append(label, [...before.patches, ...change.patches], change);
        return change.value;
      } catch (error) {
        this.#isDoubtful = true;
        if (!(error instanceof StaleHomeError) || tried === tries) throw error;
      }
    }
  }

  async #append<Value>(label: Label, patches: readonly Patch[], change: Change<Value>): Promise<void> {
    const { blobs, store, writer, log } = this.#parts;
    const travelAlong = sizeOf(change.newBlobs) <= BODY_BYTES_IN_STATEMENT;
    if (!travelAlong) await store.keepBlobs(change.newBlobs);
    const seq = this.#seq + 1;
    const { made, gone } = bucketChanges(this.#world, change.world);
    await writer.append({
      sandboxId: this.#id,
      seq,
      name: label.name,
      requestId: label.requestId,
      call: label.call(),
      patches,
      at: Date.now(),
      bucketsMade: made,
      bucketsGone: gone,
      blobs: travelAlong ? change.newBlobs : noBlobs,
    });
    blobs.remember(change.newBlobs);
    this.#seq = seq;
    this.#world = change.world;
    if (seq % ROWS_BETWEEN_SNAPSHOTS !== 0) return;
    store.snapshot(this.#id, seq, change.world).catch((error: unknown) => {
      log.error({ err: error, sandboxId: this.#id }, 'A snapshot cannot be stored; the journal goes on');
    });
  }

  async #reload(): Promise<void> {
    const state = await this.#parts.store.load(this.#id);
    if (state === undefined) throw new RetiredSandboxError(this.#id);
    this.#world = state.world;
    this.#seq = state.seq;
    this.#isDoubtful = false;
  }
}

const noBlobs: ReadonlyMap<string, Uint8Array> = new Map();

function sizeOf(blobs: ReadonlyMap<string, Uint8Array>): number {
  let size = 0;
  for (const bytes of blobs.values()) size += bytes.length;
  return size;
}
