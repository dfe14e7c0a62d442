/**
 * A sandbox in its home process. Changes apply one after another, and each is visible when its row is stored; reads work on
 * the newest stored state and wait for nobody.
 */
import type { Logger } from 'pino';
import type { ConsoleAct, ConsoleDone } from '../../cloud/console/acts.ts';
import { AwsError } from '../../cloud/errors.ts';
import { afterRead } from '../../cloud/hearing.ts';
import type { PastCall } from '../../cloud/ledger/past-call.ts';
import { toPastCall } from '../../cloud/ledger/to-past-call.ts';
import { own } from '../../cloud/own.ts';
import {
  type CallRequest,
  type Cloud,
  codeDoesNotRun,
  type InnerPerformed,
  type Performed,
  perform,
} from '../../cloud/perform.ts';
import { type Driven, performing, type Resumed, type Suspended } from '../../cloud/performing.ts';
import { bytesOf } from '../../cloud/process.ts';
import { type AnyOperation, isReadOnly } from '../../cloud/service.ts';
import { nextDue, type Passed, passing } from '../../cloud/time.ts';
import type { World } from '../../cloud/world.ts';
import type { CallEvent } from '../../contract/index.ts';
import type { Backend, BackendKind, Backends } from './backends/backend.ts';
import { type Asking, askedBy, byNobody, carried } from './backends/carrying.ts';
import type { BlobReader } from './blob-reader.ts';
import { toCallEvent } from './call-event.ts';
import { callRecord } from './call-record.ts';
import type { CodeRunner } from './code-runner.ts';
import { doInConsole, tellOfConsole } from './console.ts';
import type { JournalWriter } from './journal-writer.ts';
import { type Change, KeptState, type Label, RetiredSandboxError } from './kept-state.ts';
import { LastUse, showsLastUse } from './last-use.ts';
import { lastStep, type Rewinding, rewind } from './rewinding.ts';
import type { Act, ConsoleClient, Sandbox } from './sandbox.ts';
import type { Step } from './steps.ts';
import type { SandboxStore, StoredState } from './store.ts';
import { firstStretch, nextStretch, type Stretch, type SuspendedStretch } from './stretches.ts';

/** Events that a sandbox keeps, about 1 KiB each; more by as many as come between two times that older ones are let go. */
const EVENTS_KEPT = 5_000;
const EVENTS_BETWEEN_PRUNINGS = 500;
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
  /** Who carries sandboxes out; absent: the embedded cloud. */
  readonly backends?: Backends;
  /** Runs learners' code; absent where none can be run. */
  readonly runner?: CodeRunner;
}

/** A sandbox in its home: its state in memory, each change stored before the next one sees it. */
export class LiveSandbox implements Sandbox {
  readonly id: string;
  readonly primaryAccountId: string;
  readonly #parts: SandboxParts;
  readonly #lastUse = new LastUse();
  readonly #listeners = new Set<(event: CallEvent) => void>();
  readonly #state: KeptState;
  readonly #backend: Backend;
  /** The end of the queue of changes. */
  #turn: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  /** Calls since it was loaded. */
  #calls = 0;
  #isRetired = false;

  constructor(id: string, state: StoredState, parts: SandboxParts, backend: Backend) {
    this.id = id;
    this.#backend = backend;
    this.primaryAccountId = state.primaryAccountId;
    this.#parts = parts;
    this.#state = new KeptState(id, state, parts, (world) => this.#lastUse.foldInto(world, LAST_USE_GRAIN));
  }

  get world(): World {
    return this.#state.world;
  }

  get backend(): BackendKind {
    return this.#backend.kind;
  }

  /** Whether nobody listens and nothing is on its way: it may leave memory. */
  get isIdle(): boolean {
    return this.#waiting === 0 && this.#listeners.size === 0;
  }

  async call(asked: CallRequest, accessKeyId?: string): Promise<Performed> {
    const { cloud } = this.#parts;
    const request = accessKeyId === undefined ? asked : { ...asked, accessKeyId };
    await this.passTime(request.realNow);
    if (this.#isRetired) throw new RetiredSandboxError(this.id);
    const operation = own(own(cloud.services, request.service)?.operations ?? {}, request.operation);
    const read = this.#readAtOnce(operation, request);
    const performed = read === undefined ? await this.#carryOut(request) : await this.#backend.read(request, read);
    this.#tell({ request, ...performed }, accessKeyId);
    if (operation?.kind === 'read' && performed.patches.length > 0) await this.#keepOfRead({ request, ...performed });
    return performed;
  }

  /**
   * What a call that only reads comes to: it waits for no other. Undefined for one that changes something, or has to wait for code or for
   * the calls that were made: it has its turn.
   */
  #readAtOnce(operation: AnyOperation | undefined, request: CallRequest): Performed | undefined {
    const { cloud } = this.#parts;
    if (operation !== undefined && !isReadOnly(operation)) return undefined;
    const [world, readable] = [this.#worldFor(request), this.#backend.readable(request)];
    if (operation?.kind !== 'process') return perform(cloud, world, readable);
    const { done, value } = performing(cloud, world, readable).next();
    return done === true && value.patches.length === 0 ? value : undefined;
  }

  #carryOut(request: CallRequest): Promise<Performed> {
    const { cloud } = this.#parts;
    let end: Performed['outcome']['kind'] = 'ok';
    const label = {
      name: `${request.service}:${request.operation}`,
      requestId: request.requestId,
      call: () => callRecord(request, cloud.hashes, end),
    };
    const readable = this.#backend.readable(request);
    function* carryOut(world: World): Driven<Performed> {
      const performed = yield* performing(cloud, world, readable);
      end = performed.outcome.kind;
      return performed;
    }
    return this.#drive(label, carryOut, askedBy(request));
  }

  /** What services keep of a call that only read (EventBridge's rules on calls) is a change of its own. */
  #keepOfRead(performed: InnerPerformed): Promise<void> {
    return this.act('heard', (world) => ({
      ...afterRead(this.#parts.cloud, world, performed),
      newBlobs: new Map(),
      result: undefined,
    }));
  }

  /** Does what is due by now; resolves when it is done, but for code that it runs. Never rejects: a fault of a tick is nobody's call. */
  async passTime(realNow: number): Promise<void> {
    const { cloud, log } = this.#parts;
    const due = nextDue(cloud, this.world);
    if (due === undefined || due > realNow + this.world.clockOffset || this.#isRetired) return;
    const label = { name: 'tick', requestId: null, call: () => null };
    const fault = (error: unknown) => {
      log.error({ err: error, sandboxId: this.id }, 'What is due cannot be done');
    };
    await this.#begin(label, (world) => passing(cloud, world, realNow), byNobody).then((begun) => {
      if (begun.kind === 'suspended') this.#finish(label, begun, byNobody).catch(fault);
    }, fault);
  }

  async serve(name: string, begin: (world: World) => Driven<Passed>): Promise<void> {
    if (this.#isRetired) throw new RetiredSandboxError(this.id);
    await this.#drive({ name, requestId: null, call: () => null }, begin, byNobody);
  }

  act<Result>(name: string, change: (world: World) => Act<Result>): Promise<Result> {
    if (this.#isRetired) return Promise.reject(new RetiredSandboxError(this.id));
    return this.#inTurn(() =>
      this.#change(
        { name, requestId: null, call: () => null },
        (world) => {
          const { result, ...act } = change(world);
          return this.#backend.replace(world, { ...act, value: result });
        },
        TRIES,
      ),
    );
  }

  async console(act: ConsoleAct, from: ConsoleClient): Promise<ConsoleDone['outcome']> {
    const { cloud } = this.#parts;
    await this.passTime(from.realNow);
    if (this.#isRetired) throw new RetiredSandboxError(this.id);
    const done = await this.#inTurn(() =>
      doInConsole(act, from, { cloud, world: this.world }, (label, change) =>
        this.#change(label, (world) => this.#backend.replace(world, change(world)), TRIES),
      ),
    );
    const { event, call } = tellOfConsole(cloud, act, done, from, this.world);
    this.#publish(event, call);
    return done.outcome;
  }

  lastStep(): Promise<Step | undefined> {
    return this.#inTurn(async () => lastStep(this.#parts.store, this.id, await this.#state.place()));
  }

  rewind<Result>(wanted: string | undefined, finish: (world: World) => Act<Result>): Promise<Rewinding<Result>> {
    if (this.#isRetired) return Promise.reject(new RetiredSandboxError(this.id));
    const { store } = this.#parts;
    return this.#inTurn(() => rewind({ kept: this.#state, store, sandboxId: this.id }, wanted, finish));
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
    this.#backend.end(this.world).catch((error: unknown) => {
      this.#parts.log.error({ err: error, sandboxId: this.id }, 'What is left of a sandbox cannot be taken away');
    });
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
  async #drive<Result extends Passed>(
    label: Label,
    begin: (world: World) => Driven<Result>,
    asking: Asking<Result>,
  ): Promise<Result> {
    const begun = await this.#begin(label, begin, asking);
    return begun.kind === 'ended' ? begun.result : this.#finish(label, begun, asking);
  }

  async #begin<Result extends Passed>(
    label: Label,
    begin: (world: World) => Driven<Result>,
    asking: Asking<Result>,
  ): Promise<Stretch<Result>> {
    const first = await this.#inTurn(() =>
      this.#change(label, (world) => carried(this.#backend, world, firstStretch(begin(world)), asking), TRIES),
    );
    this.#tellInner(first);
    return first;
  }

  async #finish<Result extends Passed>(
    label: Label,
    begun: SuspendedStretch<Result>,
    asking: Asking<Result>,
  ): Promise<Result> {
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
          this.#change(
            label,
            (world) => carried(this.#backend, world, nextStretch(suspended, { ran, world }), asking),
            1,
          ),
        );
        this.#tellInner(stretch);
      }
      return stretch.result;
    } finally {
      this.#waiting -= 1;
    }
  }

  async #run(order: Suspended['order']): Promise<Resumed['ran']> {
    const { runner, log, writer, store, blobs } = this.#parts;
    if (order.kind === 'recall') {
      await writer.flush();
      return { kind: 'recalled', calls: await store.pastCalls(this.id, order.query) };
    }
    if (order.kind === 'read') return bytesOf(order.blob, await blobs.read(order.blob.digest));
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
    const { clockOffset } = this.world;
    this.#lastUse.note(request, accessKeyId, request.realNow + clockOffset);
    const event = toCallEvent(this.#parts.cloud, request, performed, clockOffset);
    this.#publish(event, toPastCall(this.#parts.cloud, request, performed, clockOffset, accessKeyId));
  }

  #publish(event: CallEvent, call: PastCall): void {
    this.#parts.writer.event(this.id, event, call);
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

  async #change<Value>(label: Label, compute: (world: World) => Promise<Change<Value>>, tries: number): Promise<Value> {
    try {
      return await this.#state.change(label, compute, tries);
    } catch (error) {
      if (error instanceof RetiredSandboxError) this.#isRetired = true;
      else this.#backend.notStored();
      throw error;
    }
  }

  #worldFor(request: CallRequest): World {
    return showsLastUse(request) ? this.#lastUse.foldInto(this.world, 1).world : this.world;
  }

  #inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    this.#waiting += 1;
    const turn = this.#turn.then(work, work).finally(() => {
      this.#waiting -= 1;
    });
    this.#turn = turn;
    return turn;
  }
}
