/**
 * A sandbox in its home process. Changes apply one after another, and each is visible when its row is stored; reads work on
 * the newest stored state and wait for nobody.
 */
import type { Patch } from 'immer';
import type { Logger } from 'pino';
import { AwsError } from '../../cloud/errors.ts';
import { own } from '../../cloud/own.ts';
import {
  type CallRequest,
  type Cloud,
  codeDoesNotRun,
  type InnerPerformed,
  type Performed,
  perform,
} from '../../cloud/perform.ts';
import { type Driven, performing } from '../../cloud/performing.ts';
import type { RunOrder, RunResult } from '../../cloud/process.ts';
import { nextDue, type Passed, passing } from '../../cloud/time.ts';
import type { World } from '../../cloud/world.ts';
import type { CallEvent } from '../../contract/index.ts';
import type { BlobReader } from './blob-reader.ts';
import { bucketChanges } from './bucket-names.ts';
import { toCallEvent } from './call-event.ts';
import { callRecord } from './call-record.ts';
import type { CodeRunner } from './code-runner.ts';
import type { JournalWriter } from './journal-writer.ts';
import { LastUse, showsLastUse } from './last-use.ts';
import type { Act, Sandbox } from './sandbox.ts';
import { type SandboxStore, StaleHomeError, type StoredState } from './store.ts';
import { firstStretch, nextStretch, type Stretch, type SuspendedStretch } from './stretches.ts';

/** Rows after which a snapshot is kept, so that a start replays few. */
const ROWS_BETWEEN_SNAPSHOTS = 300;
/** Events that a sandbox keeps, about 1 KiB each; more by as many as come between two times that older ones are let go. */
const EVENTS_KEPT = 5_000;
const EVENTS_BETWEEN_PRUNINGS = 500;
/** Bytes of a change's bodies that are stored in the journal's own statement. More goes ahead of it: nobody else waits for that. */
const BODY_BYTES_IN_STATEMENT = 16 * 1024;
/** Milliseconds by which a last use must be newer than the stored one to be written along with a change. */
const LAST_USE_GRAIN = 60_000;
/** How often a change is tried again after the sandbox was changed elsewhere. */
const TRIES = 3;

/** What all sandboxes of a process share. */
export interface SandboxParts {
  readonly cloud: Cloud;
  readonly store: SandboxStore;
  readonly writer: JournalWriter;
  readonly blobs: BlobReader;
  readonly log: Logger;
  /** Runs learners' code; absent where none can be run. */
  readonly runner?: CodeRunner;
}

/** The sandbox was retired, or is not there: its keys are dead. */
export class RetiredSandboxError extends Error {
  constructor(id: string) {
    super(`The sandbox ${id} has been retired`);
    this.name = 'RetiredSandboxError';
  }
}

interface Change<Value> {
  readonly world: World;
  readonly patches: readonly Patch[];
  readonly newBlobs: ReadonlyMap<string, Uint8Array>;
  readonly value: Value;
}

interface Label {
  readonly name: string;
  readonly requestId: string | null;
  readonly call: () => string | null;
}

/** A sandbox in its home: its state in memory, each change stored before the next one sees it. */
export class LiveSandbox implements Sandbox {
  readonly id: string;
  readonly primaryAccountId: string;
  readonly #parts: SandboxParts;
  readonly #lastUse = new LastUse();
  readonly #listeners = new Set<(event: CallEvent) => void>();
  #world: World;
  #seq: number;
  /** The end of the queue of changes. */
  #turn: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  /** Calls since it was loaded. */
  #calls = 0;
  /** Whether what is in memory may differ from what is stored: a write failed, or another home wrote. */
  #isDoubtful = false;
  #isRetired = false;

  constructor(id: string, state: StoredState, parts: SandboxParts) {
    this.id = id;
    this.primaryAccountId = state.primaryAccountId;
    this.#world = state.world;
    this.#seq = state.seq;
    this.#parts = parts;
  }

  get world(): World {
    return this.#world;
  }

  /** Whether nobody listens and nothing is on its way: it may leave memory. */
  get isIdle(): boolean {
    return this.#waiting === 0 && this.#listeners.size === 0;
  }

  async call(request: CallRequest, accessKeyId?: string): Promise<Performed> {
    if (this.#isRetired) throw new RetiredSandboxError(this.id);
    const { cloud } = this.#parts;
    await this.passTime(request.realNow);
    const operation = own(own(cloud.services, request.service)?.operations ?? {}, request.operation);
    const performed =
      operation === undefined || operation.kind === 'read'
        ? perform(cloud, this.#worldFor(request), request)
        : await this.#drive(this.#labelOf(request), (world) => performing(cloud, world, request));
    this.#tell({ request, ...performed }, accessKeyId);
    return performed;
  }

  /** Does what is due by now; resolves when it is done, but for code that it runs. Never rejects: a fault of a tick is nobody's call. */
  async passTime(realNow: number): Promise<void> {
    const { cloud, log } = this.#parts;
    const due = nextDue(cloud, this.#world);
    if (due === undefined || due > realNow + this.#world.clockOffset || this.#isRetired) return;
    const label = { name: 'tick', requestId: null, call: () => null };
    const fault = (error: unknown) => {
      log.error({ err: error, sandboxId: this.id }, 'What is due cannot be done');
    };
    await this.#begin(label, (world) => passing(cloud, world, realNow)).then((begun) => {
      if (begun.kind === 'suspended') this.#finish(label, begun).catch(fault);
    }, fault);
  }

  act<Result>(name: string, change: (world: World) => Act<Result>): Promise<Result> {
    if (this.#isRetired) return Promise.reject(new RetiredSandboxError(this.id));
    return this.#inTurn(() =>
      this.#change(
        { name, requestId: null, call: () => null },
        (world) => {
          const { result, ...act } = change(world);
          return { ...act, value: result };
        },
        TRIES,
      ),
    );
  }

  readBlob(digest: string): Promise<Uint8Array> {
    return this.#parts.blobs.read(digest);
  }

  onEvent(listener: (event: CallEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async events(options: { before?: string; limit: number }): Promise<readonly CallEvent[]> {
    await this.#parts.writer.flush();
    return this.#parts.store.events(this.id, options);
  }

  /** From now on nothing is changed any more; resolves when what was on its way is stored. */
  async retire(): Promise<void> {
    this.#isRetired = true;
    await this.#turn.catch(() => undefined);
  }

  /** Stores what is only in memory: when keys and roles were last used. */
  async settle(): Promise<void> {
    if (this.#isRetired) return;
    await this.act('last-use', (world) => {
      const folded = this.#lastUse.foldInto(world, 1);
      return { ...folded, newBlobs: new Map(), result: undefined };
    });
  }

  /** Takes something to its end. It is stored in stretches, between which code runs and other calls come in. */
  async #drive<Result extends Passed>(label: Label, begin: (world: World) => Driven<Result>): Promise<Result> {
    const begun = await this.#begin(label, begin);
    return begun.kind === 'ended' ? begun.result : this.#finish(label, begun);
  }

  async #begin<Result extends Passed>(label: Label, begin: (world: World) => Driven<Result>): Promise<Stretch<Result>> {
    const first = await this.#inTurn(() => this.#change(label, (world) => asChange(firstStretch(begin(world))), TRIES));
    this.#tellInner(first);
    return first;
  }

  async #finish<Result extends Passed>(label: Label, begun: SuspendedStretch<Result>): Promise<Result> {
    // It must not leave memory meanwhile.
    this.#waiting += 1;
    try {
      let stretch: Stretch<Result> = begun;
      while (stretch.kind === 'suspended') {
        const suspended: SuspendedStretch<Result> = stretch;
        const ran = await this.#run(suspended.order);
        if (this.#isRetired) throw new RetiredSandboxError(this.id);
        // A stretch that was begun cannot be begun again.
        stretch = await this.#inTurn(() =>
          this.#change(label, (world) => asChange(nextStretch(suspended, { ran, world })), 1),
        );
        this.#tellInner(stretch);
      }
      return stretch.result;
    } finally {
      this.#waiting -= 1;
    }
  }

  async #run(order: RunOrder): Promise<RunResult | AwsError> {
    const { runner, log } = this.#parts;
    if (runner === undefined) return codeDoesNotRun();
    try {
      return await runner.run(order, this.id);
    } catch (error) {
      log.error({ err: error, sandboxId: this.id }, 'Code cannot be run');
      return new AwsError('ServiceException', 'An internal error occurred.', { status: 500 });
    }
  }

  #tellInner({ inner }: { readonly inner: readonly InnerPerformed[] }): void {
    for (const performed of inner) this.#tell(performed, undefined);
  }

  /** Writes the event of a call, and tells the listeners. */
  #tell(performed: InnerPerformed, accessKeyId: string | undefined): void {
    const { request } = performed;
    const { clockOffset } = this.#world;
    this.#lastUse.note(request, accessKeyId, request.realNow + clockOffset);
    const event = toCallEvent(this.#parts.cloud, request, performed, clockOffset);
    this.#parts.writer.event(this.id, event);
    if (this.#calls % EVENTS_BETWEEN_PRUNINGS === 0) this.#pruneEvents();
    this.#calls += 1;
    for (const listener of this.#listeners) listener(event);
  }

  #pruneEvents(): void {
    const { store, log } = this.#parts;
    store.pruneEvents(this.id, EVENTS_KEPT).catch((error: unknown) => {
      log.error({ err: error, sandboxId: this.id }, 'Old events cannot be let go');
    });
  }

  #worldFor(request: CallRequest): World {
    return showsLastUse(request) ? this.#lastUse.foldInto(this.#world, 1).world : this.#world;
  }

  #labelOf(request: CallRequest): Label {
    return {
      name: `${request.service}:${request.operation}`,
      requestId: request.requestId,
      call: () => callRecord(request, this.#parts.cloud.hashes),
    };
  }

  #inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    this.#waiting += 1;
    const turn = this.#turn.then(work, work).finally(() => {
      this.#waiting -= 1;
    });
    this.#turn = turn;
    return turn;
  }

  async #change<Value>(label: Label, compute: (world: World) => Change<Value>, most: number): Promise<Value> {
    for (let tries = 1; ; tries += 1) {
      if (this.#isDoubtful) await this.#reload();
      const before = this.#lastUse.foldInto(this.#world, LAST_USE_GRAIN);
      const change = compute(before.world);
      if (change.patches.length === 0) return change.value;
      try {
        await this.#append(label, [...before.patches, ...change.patches], change);
        return change.value;
      } catch (error) {
        this.#isDoubtful = true;
        if (!(error instanceof StaleHomeError) || tries === most) throw error;
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
      sandboxId: this.id,
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
    store.snapshot(this.id, seq, change.world).catch((error: unknown) => {
      log.error({ err: error, sandboxId: this.id }, 'A snapshot cannot be stored; the journal goes on');
    });
  }

  async #reload(): Promise<void> {
    const state = await this.#parts.store.load(this.id);
    if (state === undefined) {
      this.#isRetired = true;
      throw new RetiredSandboxError(this.id);
    }
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

function asChange<Result extends Passed>(stretch: Stretch<Result>): Change<Stretch<Result>> {
  const { world, patches, newBlobs } = stretch;
  return { world, patches, newBlobs, value: stretch };
}
