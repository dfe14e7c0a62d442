/**
 * The emulators of an installation. Each takes sandboxes up to its capacity, because nothing gives back the memory of an account but a
 * new start: one that is full gets no more, and is ended when its last sandbox has gone. How many it has is counted in the database,
 * which all processes share.
 */
import type { Logger } from 'pino';
import { own } from '../../../../cloud/own.ts';
import type { Cloud } from '../../../../cloud/perform.ts';
import type { World } from '../../../../cloud/world.ts';
import type { Backend, Backends, Begun, Seat } from '../backend.ts';
import { embedded, goneOn } from '../embedded.ts';
import { firstCalls } from './carried.ts';
import { NotCarriedError } from './carried-service.ts';
import { Connection, LostError } from './connection.ts';
import { LocalStackBackend } from './localstack-backend.ts';
import type { SeatStore } from './seat-store.ts';

/** Milliseconds between two looks at the emulators. */
const WATCH = 2_000;

/** An account that no sandbox has. */
const NOBODY = '000000000000';

export interface ShardsParts {
  readonly urls: readonly string[];
  /** Sandboxes that one run of an emulator takes. */
  readonly capacity: number;
  readonly cloud: Cloud;
  readonly seats: SeatStore;
  readonly readBlob: (digest: string) => Promise<Uint8Array>;
  readonly log: Logger;
}

interface Shard {
  readonly connection: Connection;
  /** The run that answered at the last look; undefined: none did. */
  session: string | undefined;
}

/** Sandboxes that were being brought up and are not counted in the database yet. */
type Reserved = Map<string, number>;

export class LocalStackShards implements Backends {
  readonly #parts: ShardsParts;
  readonly #shards: readonly Shard[];
  readonly #reserved: Reserved = new Map();
  #looking: Promise<void> | undefined;
  readonly #timer = setInterval(() => void this.look(), WATCH).unref();

  constructor(parts: ShardsParts) {
    this.#parts = parts;
    this.#shards = parts.urls.map((url) => ({ connection: new Connection(url), session: undefined }));
    void this.look();
  }

  /** Looks which run of each emulator answers, and ends those that are full and empty of sandboxes again. */
  look(): Promise<void> {
    this.#looking ??= Promise.all(this.#shards.map((shard) => this.#lookAt(shard)))
      .then(() => {})
      .finally(() => {
        this.#looking = undefined;
      });
    return this.#looking;
  }

  async begin(sandboxId: string, world: World, newBlobs: ReadonlyMap<string, Uint8Array>): Promise<Begun> {
    const withoutSeat: Begun = { backend: embedded, world };
    const shard = await this.#reservedShard();
    if (shard?.session === undefined) {
      this.#parts.log.warn({ sandboxId }, 'No emulator has room: a sandbox begins on the embedded cloud');
      return withoutSeat;
    }
    const seat: Seat = { url: shard.connection.url, session: shard.session };
    const backend = this.#backendAt(sandboxId, shard, seat);
    try {
      const begun = await backend.begin(world, newBlobs);
      await this.#parts.seats.take(sandboxId, seat);
      return { backend, world: begun };
    } catch (error) {
      if (!(error instanceof LostError || error instanceof NotCarriedError)) throw error;
      this.#parts.log.warn({ err: error, sandboxId }, 'A sandbox cannot be brought up at its emulator');
      return withoutSeat;
    } finally {
      this.#reserve(seat.url, -1);
    }
  }

  async goOn(sandboxId: string): Promise<Backend> {
    const seat = await this.#parts.seats.of(sandboxId);
    if (seat === undefined) return embedded;
    const shard = seat === 'left' ? undefined : this.#shards.find(({ connection }) => connection.url === seat.url);
    return shard === undefined || seat === 'left' ? goneOn : this.#backendAt(sandboxId, shard, seat);
  }

  close(): void {
    clearInterval(this.#timer);
    for (const { connection } of this.#shards) connection.close();
  }

  #backendAt(sandboxId: string, shard: Shard, seat: Seat): LocalStackBackend {
    const { cloud, readBlob, log, seats } = this.#parts;
    return new LocalStackBackend({
      cloud,
      connection: shard.connection,
      session: seat.session,
      currentSession: () => shard.session,
      readBlob,
      log: log.child({ sandboxId }),
      onLeft: () => {
        seats.leave(sandboxId).catch((error: unknown) => {
          log.error({ err: error, sandboxId }, 'That a sandbox has left its emulator cannot be stored');
        });
      },
    });
  }

  /** The emulator with the most room, where a seat is reserved. */
  async #reservedShard(): Promise<Shard | undefined> {
    if (this.#shards.every(({ session }) => session === undefined)) await this.look();
    const taken = await Promise.all(this.#shards.map((shard) => this.#takenAt(shard)));
    // What others have reserved meanwhile counts too: from here on nothing is waited for.
    let best: { readonly shard: Shard; readonly room: number } | undefined;
    for (const [n, shard] of this.#shards.entries()) {
      const reserved = this.#reserved.get(shard.connection.url) ?? 0;
      const room = this.#parts.capacity - (taken[n] ?? 0) - reserved;
      if (shard.session !== undefined && room > (best?.room ?? 0)) best = { shard, room };
    }
    if (best !== undefined) this.#reserve(best.shard.connection.url, 1);
    return best?.shard;
  }

  async #takenAt({ connection: { url }, session }: Shard): Promise<number> {
    return session === undefined ? 0 : (await this.#parts.seats.taken({ url, session })).ever;
  }

  #reserve(url: string, seats: number): void {
    this.#reserved.set(url, (this.#reserved.get(url) ?? 0) + seats);
  }

  /** Has an emulator load its services, so that no learner waits for that. */
  async #load(connection: Connection, session: string): Promise<void> {
    const { cloud, log } = this.#parts;
    try {
      for (const [service, operation] of Object.entries(firstCalls)) {
        const model = own(cloud.services, service)?.model;
        if (model === undefined) continue;
        await connection.call({ model, operation, input: {}, accountId: NOBODY, region: 'us-east-1' }, session);
      }
    } catch (error) {
      log.warn({ err: error, url: connection.url }, 'An emulator does not load its services');
    }
  }

  async #lookAt(shard: Shard): Promise<void> {
    const { log, seats, capacity } = this.#parts;
    const { connection } = shard;
    const session = await connection.session();
    if (session !== shard.session) {
      log.info({ url: connection.url, session }, session === undefined ? 'An emulator is gone' : 'An emulator answers');
      shard.session = session;
      if (session !== undefined) void this.#load(shard.connection, session);
    }
    if (session === undefined) return;
    try {
      const { ever, still } = await seats.taken({ url: connection.url, session });
      if (ever < capacity || still > 0 || (this.#reserved.get(connection.url) ?? 0) > 0) return;
      log.info({ url: connection.url }, 'An emulator has grown and is empty: it is started again');
      await connection.end();
    } catch (error) {
      log.warn({ err: error, url: connection.url }, 'An emulator cannot be looked after');
    }
  }
}
