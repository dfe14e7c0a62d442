/** What a call has changed so far, its inner calls included; it can go back to where it was. */
import { current, enablePatches, isDraft, type Patch, produceWithPatches } from 'immer';
import type { AccountDraft, Blob, Hashes } from './call.ts';
import { hexOf } from './hex.ts';
import { own } from './own.ts';
import type { InnerPerformed } from './perform.ts';
import type { World } from './world.ts';

enablePatches();

/** Where a course can go back to. */
export interface Mark {
  readonly stretch: number;
  readonly world: World;
  readonly patches: number;
  readonly blobs: ReadonlyMap<string, Uint8Array>;
  /** Inner calls that had ended. */
  readonly inner: number;
}

/** The world on its way through a call. After code has run a new stretch begins: what was before is stored. */
export class Course {
  #stretch = 0;
  #start: World;
  #world: World;
  #patches: Patch[] = [];
  #blobs = new Map<string, Uint8Array>();
  #inner: InnerPerformed[] = [];
  /** How many of `#inner` listeners have been told of. */
  #heard = 0;
  /** Inner calls ever made. */
  #calls = 0;

  constructor(world: World) {
    this.#start = world;
    this.#world = world;
  }

  get world(): World {
    return this.#world;
  }

  /** Of this stretch. */
  get patches(): readonly Patch[] {
    return this.#patches;
  }

  /** Of this stretch. */
  get newBlobs(): ReadonlyMap<string, Uint8Array> {
    return this.#blobs;
  }

  /** The inner calls that ended in this stretch. They happened, whatever is undone. */
  get inner(): readonly InnerPerformed[] {
    return this.#inner;
  }

  get calls(): number {
    return this.#calls;
  }

  /** Changes an account. The answer is made free of the draft, which ends with the change. */
  change<Value>(accountId: string, change: (account: AccountDraft) => Value): Value {
    const account = own(this.#world.accounts, accountId);
    if (account === undefined) throw new Error(`The sandbox has no account ${accountId}`);
    let value: unknown;
    const [after, patches] = produceWithPatches(account, (draft) => {
      value = withoutDrafts(change(draft as AccountDraft));
    });
    if (after !== account) {
      this.#world = { ...this.#world, accounts: { ...this.#world.accounts, [accountId]: after } };
      for (const patch of patches) this.#patches.push({ ...patch, path: ['accounts', accountId, ...patch.path] });
    }
    return value as Value;
  }

  keepBlob(bytes: Uint8Array, hashes: Hashes): Blob {
    const digest = hexOf(hashes.sha256(bytes));
    this.#blobs.set(digest, bytes);
    return { digest, size: bytes.length };
  }

  beginCall(): void {
    this.#calls += 1;
  }

  endCall(inner: InnerPerformed): void {
    this.#inner.push(inner);
  }

  /** The inner calls that have ended in this stretch since this was asked last. */
  takeUnheard(): readonly InnerPerformed[] {
    const unheard = this.#inner.slice(this.#heard);
    this.#heard = this.#inner.length;
    return unheard;
  }

  mark(): Mark {
    const { length: patches } = this.#patches;
    const { length: inner } = this.#inner;
    return { stretch: this.#stretch, world: this.#world, patches, blobs: new Map(this.#blobs), inner };
  }

  /** Undoes what came after the mark, or after the beginning of this stretch where the mark was before it. */
  backTo(mark: Mark): void {
    const isOfThisStretch = mark.stretch === this.#stretch;
    this.#world = isOfThisStretch ? mark.world : this.#start;
    this.#patches.length = isOfThisStretch ? mark.patches : 0;
    this.#blobs = new Map(isOfThisStretch ? mark.blobs : []);
    const stands = isOfThisStretch ? mark.inner : 0;
    this.#inner = this.#inner.map((call, n) => (n < stands ? call : { ...call, isUndone: true }));
  }

  /** Goes on from a world that has what this stretch has changed, and what others did meanwhile. */
  goOn(world: World): void {
    this.#stretch += 1;
    this.#start = world;
    this.#world = world;
    this.#patches = [];
    this.#blobs = new Map();
    this.#inner = [];
    this.#heard = 0;
  }
}

function withoutDrafts(value: unknown): unknown {
  if (isDraft(value)) return current(value);
  if (Array.isArray(value)) return value.map(withoutDrafts);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withoutDrafts(member)]));
}
