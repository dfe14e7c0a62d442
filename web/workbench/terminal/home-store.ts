/** Home directories in the browser's IndexedDB, one an attempt. */

export interface HomeFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly mode: number;
  /** Epoch milliseconds. */
  readonly changed: number;
}

export interface Home {
  readonly files: readonly HomeFile[];
  /** Directories without a file. */
  readonly directories: readonly string[];
  /** The access that was last written to ~/.aws, as text: it is written again only when it differs. */
  readonly access: string;
  /** Differs after each save: another tab on the same attempt sees that it has something to catch up with. */
  readonly revision?: string;
}

const databaseName = 'leastwise';
const storeName = 'homes';
const revisionKey = (attemptId: string): string => `revision:${attemptId}`;

function answerOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error));
  });
}

async function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(databaseName, 1);
  request.addEventListener('upgradeneeded', () => request.result.createObjectStore(storeName));
  return await answerOf(request);
}

/** Keeps homes. In a browser that refuses IndexedDB (some private windows) a home lasts as long as the page. */
export class HomeStore {
  private database: Promise<IDBDatabase | undefined> | undefined;

  async load(attemptId: string): Promise<Home | undefined> {
    const database = await this.ready();
    if (!database) return undefined;
    const store = database.transaction(storeName, 'readonly').objectStore(storeName);
    return (await answerOf(store.get(attemptId))) as Home | undefined;
  }

  /** Answers the revision that the home has now. */
  async save(attemptId: string, home: Home): Promise<string> {
    const revision = crypto.randomUUID();
    const database = await this.ready();
    if (!database) return revision;
    const store = database.transaction(storeName, 'readwrite').objectStore(storeName);
    store.put(revision, revisionKey(attemptId));
    await answerOf(store.put({ ...home, revision }, attemptId));
    return revision;
  }

  /** The revision that was saved last, without reading the files. Undefined where nothing is kept. */
  async revision(attemptId: string): Promise<string | undefined> {
    const database = await this.ready();
    if (!database) return undefined;
    const store = database.transaction(storeName, 'readonly').objectStore(storeName);
    return (await answerOf(store.get(revisionKey(attemptId)))) as string | undefined;
  }

  private ready(): Promise<IDBDatabase | undefined> {
    this.database ??= open().catch(() => undefined);
    return this.database;
  }
}
