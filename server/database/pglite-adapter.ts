/** PGlite in a worker thread, behind Prisma's driver adapter interface. */
import { Worker } from 'node:worker_threads';
import {
  type ConnectionInfo,
  DriverAdapterError,
  type IsolationLevel,
  type MappedError,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlQuery,
  type SqlResultSet,
  type Transaction,
  type TransactionOptions,
} from '@prisma/driver-adapter-utils';

/** Where the data lies: a directory, or memory. `template`: a tar of a data directory that a new one starts from. */
export interface PgliteOptions {
  readonly dataDir: string;
  readonly template?: Uint8Array;
}

interface Reply {
  readonly id: number;
  readonly value?: unknown;
  readonly failure?: { readonly message: string; readonly cause?: MappedError };
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

const PROVIDER = 'postgres';
const ADAPTER_NAME = 'pglite-prisma-adapter';
/** Message 0 is the worker's own: the database is open. */
const READY = 0;
/** The connection outside of any transaction. */
const MAIN = 0;

/** One PGlite and its thread. */
export class PgliteThread {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #ready: Promise<unknown>;
  #lastId = 0;
  #isOpen = false;
  #ended: Error | undefined;

  constructor(options: PgliteOptions) {
    this.#worker = new Worker(new URL('./pglite-worker.mjs', import.meta.url), {
      workerData: {
        options: {
          dataDir: options.dataDir,
          ...(options.template === undefined ? {} : { loadDataDir: new Blob([Buffer.from(options.template)]) }),
        },
      },
    });
    this.#ready = new Promise((resolve, reject) => this.#waiting.set(READY, { resolve, reject }));
    this.#ready.catch(() => undefined);
    this.#worker.on('message', (reply: Reply) => this.#settle(reply));
    this.#worker.on('error', (fault) => {
      const error = fault instanceof Error ? fault : new Error(String(fault));
      this.#end(error);
      // A server without its database is no use: it ends, and is started again by whoever started it.
      if (this.#isOpen) setImmediate(() => Promise.reject(error));
    });
    this.#worker.on('exit', () => this.#end(new Error('The embedded database has been closed')));
  }

  /** Resolves when the database is open; rejects with PGlite's own error where it cannot be. */
  async ready(): Promise<void> {
    await this.#ready;
  }

  /** Sends one operation to the thread. `on` is the transaction, 0 outside of any. */
  ask<Value>(operation: string, argument?: unknown, on = MAIN): Promise<Value> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended);
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise<Value>((resolve, reject) => {
      this.#waiting.set(id, { resolve: (value) => resolve(value as Value), reject });
      this.#worker.postMessage({ id, on, operation, argument });
    });
  }

  /** The data directory as a tar, for a template. */
  dump(): Promise<Uint8Array> {
    return this.ask<Uint8Array>('dump');
  }

  /** Closes the database and its thread. */
  async close(): Promise<void> {
    if (this.#ended === undefined) await this.ask('close');
  }

  #settle(reply: Reply): void {
    const waiting = this.#waiting.get(reply.id);
    if (waiting === undefined) return;
    this.#waiting.delete(reply.id);
    if (reply.id === READY) this.#isOpen = true;
    if (reply.failure === undefined) waiting.resolve(reply.value);
    else if (reply.failure.cause === undefined) waiting.reject(new Error(reply.failure.message));
    else waiting.reject(new DriverAdapterError(reply.failure.cause));
  }

  #end(error: Error): void {
    this.#ended ??= error;
    for (const waiting of this.#waiting.values()) waiting.reject(this.#ended);
    this.#waiting.clear();
  }
}

class PgliteConnection {
  readonly provider = PROVIDER;
  readonly adapterName = ADAPTER_NAME;
  protected readonly thread: PgliteThread;
  protected readonly on: number;

  constructor(thread: PgliteThread, on: number) {
    this.thread = thread;
    this.on = on;
  }

  queryRaw(query: SqlQuery): Promise<SqlResultSet> {
    return this.thread.ask('queryRaw', query, this.on);
  }

  executeRaw(query: SqlQuery): Promise<number> {
    return this.thread.ask('executeRaw', query, this.on);
  }
}

class PgliteTransaction extends PgliteConnection implements Transaction {
  readonly options: TransactionOptions;

  constructor(thread: PgliteThread, on: number, options: TransactionOptions) {
    super(thread, on);
    this.options = options;
  }

  commit(): Promise<void> {
    return this.thread.ask('commit', undefined, this.on);
  }

  rollback(): Promise<void> {
    return this.thread.ask('rollback', undefined, this.on);
  }
}

class PgliteAdapter extends PgliteConnection implements SqlDriverAdapter {
  constructor(thread: PgliteThread) {
    super(thread, MAIN);
  }

  executeScript(script: string): Promise<void> {
    return this.thread.ask('executeScript', script);
  }

  async startTransaction(isolationLevel?: IsolationLevel): Promise<Transaction> {
    const started = await this.thread.ask<{ id: number; options: TransactionOptions }>(
      'startTransaction',
      isolationLevel,
    );
    return new PgliteTransaction(this.thread, started.id, started.options);
  }

  getConnectionInfo(): ConnectionInfo {
    return { supportsRelationJoins: true };
  }

  dispose(): Promise<void> {
    return Promise.resolve();
  }
}

class ShadowAdapter extends PgliteAdapter {
  override async dispose(): Promise<void> {
    await this.thread.close();
  }
}

/** The adapter factory that Prisma's client and its schema engine take. The thread outlives it: whoever made it closes it. */
export function pgliteAdapterFactory(thread: PgliteThread): SqlMigrationAwareDriverAdapterFactory {
  return {
    provider: PROVIDER,
    adapterName: ADAPTER_NAME,
    connect: async () => {
      await thread.ready();
      return new PgliteAdapter(thread);
    },
    connectToShadowDb: async () => {
      const shadow = new PgliteThread({ dataDir: 'memory://' });
      await shadow.ready();
      return new ShadowAdapter(shadow);
    },
  };
}
