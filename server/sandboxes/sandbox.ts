/** The ports of the sandboxes: what the gateway and the attempts ask of them. */
import type { Patch } from 'immer';
import type { ConsoleAct, ConsoleDone } from '../../cloud/console/acts.ts';
import type { CallRequest, Performed } from '../../cloud/perform.ts';
import type { Driven } from '../../cloud/performing.ts';
import type { Passed } from '../../cloud/time.ts';
import type { World } from '../../cloud/world.ts';
import type { CallEvent } from '../../contract/index.ts';
import type { BackendKind } from './backends/backend.ts';
import type { Rewinding } from './rewinding.ts';
import type { Step } from './steps.ts';

/** A change that is not an AWS call: provisioning, a profile's session, a reset, the clock. */
export interface Act<Result> {
  readonly world: World;
  readonly patches: readonly Patch[];
  readonly newBlobs: ReadonlyMap<string, Uint8Array>;
  readonly result: Result;
}

/** Whose browser an act in the console came from. */
export interface ConsoleClient {
  readonly sourceIp: string;
  readonly userAgent: string;
  /** Real time, epoch milliseconds. */
  readonly realNow: number;
}

/** One sandbox in its home process. Changes apply one after another; reads do not wait. */
export interface Sandbox {
  readonly id: string;
  readonly primaryAccountId: string;
  /** The newest state that is stored. */
  readonly world: World;
  readonly backend: BackendKind;
  /**
   * Decides and carries out an AWS call; resolves after the change is stored. Writes the event, and tells the listeners.
   * `accessKeyId` is the key that signed it: its last use is noted.
   */
  call(request: CallRequest, accessKeyId?: string): Promise<Performed>;
  /** Applies an act of the platform's own; resolves after it is stored. `name` stands in the journal: `reset`, `issue-profile`. */
  act<Result>(name: string, change: (world: World) => Act<Result>): Promise<Result>;
  /**
   * Does what AWS lets one do only in its console, on the learner's account; resolves after it is stored. It is a call like others: in the
   * journal, and told as an event.
   */
  console(act: ConsoleAct, from: ConsoleClient): Promise<ConsoleDone['outcome']>;
  /** The call of the learner's that `rewind` would undo; undefined where there is none since the stage began. */
  lastStep(): Promise<Step | undefined>;
  /**
   * Undoes the learner's last change, with all that it set off; resolves after that is stored. Calls that come meanwhile wait for it. What
   * was born after that point is gone: sessions, keys. Events stay.
   * @param wanted the step that is to be undone; whichever is the last where undefined
   * @param finish what the sandbox needs besides
   */
  rewind<Result>(wanted: string | undefined, finish: (world: World) => Act<Result>): Promise<Rewinding<Result>>;
  /** Does what is due by now; resolves when it is done, but for code that it runs. */
  passTime(realNow: number): Promise<void>;
  /**
   * Does what a service does of its own accord, as the metadata service of an instance; resolves after it is stored. Its calls are events.
   * `name` stands in the journal.
   */
  serve(name: string, begin: (world: World) => Driven<Passed>): Promise<void>;
  /** Bytes of a stored body. */
  readBlob(digest: string): Promise<Uint8Array>;
  /** Calls of this sandbox as they happen; answers the function that ends it. Every event comes with its decisions. */
  onEvent(listener: (event: CallEvent) => void): () => void;
  /** Past events, newest first, older than the event `before`. */
  events(options: { before?: string; limit: number }): Promise<readonly CallEvent[]>;
}

/** All sandboxes that this process is the home of. */
export interface Sandboxes {
  /** Stores a new sandbox with its start state; its accounts are known from then on. */
  create(world: World, newBlobs: ReadonlyMap<string, Uint8Array>): Promise<Sandbox>;
  /** Keeps bodies that the start state of a later sandbox names. */
  keepBlobs(blobs: ReadonlyMap<string, Uint8Array>): Promise<void>;
  /** Loads it from the database where it is not in memory. Undefined: there is none, or it was retired. */
  get(id: string): Promise<Sandbox | undefined>;
  byAccount(accountId: string): Promise<Sandbox | undefined>;
  /** The sandbox that has this bucket, where exactly one has. */
  byBucket(name: string): Promise<Sandbox | undefined>;
  /** An account id that no sandbox has had, and that none in reserve has. */
  drawAccountId(): Promise<string>;
  /** From now on its keys are dead; its events stay readable. */
  retire(id: string): Promise<void>;
  /** Events of a sandbox, retired ones too. */
  events(id: string, options: { before?: string; limit: number }): Promise<readonly CallEvent[]>;
}
