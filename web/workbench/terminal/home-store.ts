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
}

const databaseName = 'leastwise';
const storeName = 'homes';

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

  async save(attemptId: string, home: Home): Promise<void> {
    const database = await this.ready();
    if (!database) return;
    await answerOf(database.transaction(storeName, 'readwrite').objectStore(storeName).put(home, attemptId));
  }

  private ready(): Promise<IDBDatabase | undefined> {
    this.database ??= open().catch(() => undefined);
    return this.database;
  }
}
