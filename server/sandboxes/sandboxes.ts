/** The sandboxes that this process is the home of: made, found, loaded when they are asked for, let go when they are idle. */
import { randomInt, randomUUID } from 'node:crypto';
import type { World } from '../../cloud/world.ts';
import type { CallEvent } from '../../contract/index.ts';
import type { Backends } from './backends/backend.ts';
import { embeddedBackends } from './backends/embedded.ts';
import { bucketNames } from './bucket-names.ts';
import type { Homes } from './homes.ts';
import { LiveSandbox, type SandboxParts } from './live-sandbox.ts';
import type { Sandbox, Sandboxes } from './sandbox.ts';

/** Milliseconds between two looks at what is due in the sandboxes in memory; a call looks by itself. */
const CLOCK_GRAIN = 1_000;
/** Sandboxes kept in memory, idle ones included: at about 100 KiB each, 200 MB. */
const KEPT = 2_000;
/** Milliseconds after which a sandbox that nobody asks for, and no page watches, leaves memory. Its next call loads it, in a few milliseconds. */
const IDLE = 15 * 60_000;

/** The sandboxes whose home is this process: loaded when they are asked for, let go when others need the room. */
export class HomeSandboxes implements Sandboxes {
  readonly #parts: SandboxParts;
  readonly #backends: Backends;
  readonly #homes: Homes;
  readonly #kept: number;
  readonly #idle: number;
  /** The one asked for last comes last. */
  readonly #live = new Map<string, LiveSandbox>();
  /** When each in `#live` was asked for last, epoch milliseconds. */
  readonly #askedAt = new Map<string, number>();
  /** Those that left `#live` but that somebody still holds: there must not be two of one sandbox. */
  readonly #held = new Map<string, WeakRef<LiveSandbox>>();
  readonly #accounts = new Map<string, string>();
  readonly #loading = new Map<string, Promise<LiveSandbox | undefined>>();
  readonly #clock = setInterval(() => this.#passTime(), CLOCK_GRAIN).unref();
  readonly #forgotten = new FinalizationRegistry<string>((id) => {
    if (this.#held.get(id)?.deref() === undefined) this.#held.delete(id);
  });

  /**
   * @param kept sandboxes that may stay in memory; more where that many are in use
   * @param idle milliseconds for which they may stay unasked
   */
  constructor(parts: SandboxParts, homes: Homes, kept = KEPT, idle = IDLE) {
    this.#parts = parts;
    this.#backends = parts.backends ?? embeddedBackends;
    this.#homes = homes;
    this.#kept = kept;
    this.#idle = idle;
  }

  /** How many are in memory. */
  get inMemory(): number {
    return this.#live.size;
  }

  async create(world: World, newBlobs: ReadonlyMap<string, Uint8Array>): Promise<Sandbox> {
    const id = randomUUID();
    await this.#homes.moveIn(id);
    await this.#parts.store.keepBlobs(newBlobs);
    const { world: begun, backend } = await this.#backends.begin(id, world, newBlobs);
    await this.#parts.store.create(id, begun, bucketNames(begun));
    const state = { world: begun, seq: 0, primaryAccountId: world.primaryAccountId };
    return this.#enter(new LiveSandbox(id, state, this.#parts, backend));
  }

  keepBlobs(blobs: ReadonlyMap<string, Uint8Array>): Promise<void> {
    return this.#parts.store.keepBlobs(blobs);
  }

  async get(id: string): Promise<LiveSandbox | undefined> {
    const live = this.#live.get(id) ?? this.#held.get(id)?.deref();
    if (live !== undefined) return this.#enter(live);
    const loading = this.#loading.get(id) ?? this.#load(id).finally(() => this.#loading.delete(id));
    this.#loading.set(id, loading);
    return loading;
  }

  async byAccount(accountId: string): Promise<LiveSandbox | undefined> {
    const id = this.#accounts.get(accountId) ?? (await this.#parts.store.sandboxOfAccount(accountId));
    return id === undefined ? undefined : this.get(id);
  }

  async byBucket(name: string): Promise<Sandbox | undefined> {
    const [id, another] = await this.#parts.store.sandboxesOfBucket(name);
    return id === undefined || another !== undefined ? undefined : this.get(id);
  }

  async drawAccountId(): Promise<string> {
    for (;;) {
      // Not below 100000000000: a leading zero gets lost wherever an id is taken for a number.
      const accountId = String(randomInt(100_000_000_000, 1_000_000_000_000));
      if (!(await this.#parts.store.isAccountTaken(accountId))) return accountId;
    }
  }

  async retire(id: string): Promise<void> {
    await this.#end(id);
    await this.#parts.store.retire(id);
    // One that was being loaded meanwhile has not seen it.
    await this.#end(id);
    await this.#homes.moveOut(id);
  }

  async events(id: string, options: { before?: string; limit: number }): Promise<readonly CallEvent[]> {
    await this.#parts.writer.flush();
    return this.#parts.store.events(id, options);
  }

  /** Stores what is only in memory. Nothing may be asked of the sandboxes afterwards. */
  async close(): Promise<void> {
    clearInterval(this.#clock);
    await Promise.allSettled([...this.#live.values()].map((live) => live.settle()));
    await this.#parts.writer.flush();
  }

  async #load(id: string): Promise<LiveSandbox | undefined> {
    await this.#homes.moveIn(id);
    const state = await this.#parts.store.load(id);
    if (state === undefined) return undefined;
    return this.#enter(new LiveSandbox(id, state, this.#parts, await this.#backends.goOn(id)));
  }

  #passTime(): void {
    const now = Date.now();
    for (const live of this.#live.values()) void live.passTime(now);
    this.#letIdleGo(now);
  }

  #letIdleGo(now: number): void {
    for (const [id, live] of this.#live) {
      if (now - (this.#askedAt.get(id) ?? now) < this.#idle) return;
      if (live.isIdle) this.#letGo(live);
    }
  }

  /** Puts it last in line to leave memory. */
  #enter(live: LiveSandbox): LiveSandbox {
    const isNew = !this.#live.delete(live.id);
    this.#live.set(live.id, live);
    this.#askedAt.set(live.id, Date.now());
    if (isNew) {
      for (const accountId of Object.keys(live.world.accounts)) this.#accounts.set(accountId, live.id);
      this.#makeRoom();
    }
    return live;
  }

  /** Ends the sandbox in memory, if it is there or on its way. */
  async #end(id: string): Promise<void> {
    await this.#loading.get(id);
    const live = this.#live.get(id) ?? this.#held.get(id)?.deref();
    await live?.retire();
    this.#held.delete(id);
    if (live !== undefined) this.#drop(live);
  }

  #makeRoom(): void {
    if (this.#live.size <= this.#kept) return;
    for (const live of this.#live.values()) {
      if (!live.isIdle) continue;
      this.#letGo(live);
      if (this.#live.size <= this.#kept) return;
    }
  }

  /** Takes an idle sandbox out of memory. Whoever still holds it keeps the one that others will find. */
  #letGo(live: LiveSandbox): void {
    this.#drop(live);
    this.#held.set(live.id, new WeakRef(live));
    this.#forgotten.register(live, live.id);
    live
      .settle()
      .then(() => this.#homes.moveOut(live.id))
      .catch((error: unknown) => {
        this.#parts.log.warn({ err: error, sandboxId: live.id }, 'Last uses of keys were not stored');
      });
  }

  #drop(live: LiveSandbox): void {
    this.#live.delete(live.id);
    this.#askedAt.delete(live.id);
    for (const accountId of Object.keys(live.world.accounts)) this.#accounts.delete(accountId);
  }
}
