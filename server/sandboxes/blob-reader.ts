import type { SandboxStore } from './store.ts';

/** Bytes of bodies kept in memory: the files of the challenges that a room works on, not what it uploads. */
const KEPT_BYTES = 32 * 1024 * 1024;

/** Reads bodies by digest, and keeps the ones read last. They never change, so they never grow old. */
export class BlobReader {
  readonly #store: SandboxStore;
  readonly #kept = new Map<string, Uint8Array>();
  #size = 0;

  constructor(store: SandboxStore) {
    this.#store = store;
  }

  /** @throws MissingBlobError */
  async read(digest: string): Promise<Uint8Array> {
    const kept = this.#kept.get(digest);
    if (kept !== undefined) {
      this.#kept.delete(digest);
      this.#kept.set(digest, kept);
      return kept;
    }
    const bytes = await this.#store.readBlob(digest);
    if (!this.#kept.has(digest)) this.#keep(digest, bytes);
    return bytes;
  }

  /** Keeps bodies that were just stored: they are often read next. */
  remember(blobs: ReadonlyMap<string, Uint8Array>): void {
    for (const [digest, bytes] of blobs) if (!this.#kept.has(digest)) this.#keep(digest, bytes);
  }

  #keep(digest: string, bytes: Uint8Array): void {
    this.#kept.set(digest, bytes);
    this.#size += bytes.length;
    for (const [oldest, { length }] of this.#kept) {
      if (this.#size <= KEPT_BYTES) return;
      this.#kept.delete(oldest);
      this.#size -= length;
    }
  }
}
