/**
 * Who carries a sandbox out, behind the decision: the embedded cloud alone, or an emulator beside it. What was decided and computed
 * goes through here before it is stored and answered.
 */
import type { Patch } from 'immer';
import type { CallRequest, InnerPerformed, Performed } from '../../../cloud/perform.ts';
import type { World } from '../../../cloud/world.ts';

/** Who carries a sandbox out. `left`: an emulator did, and was lost; the embedded cloud goes on with the same state. */
export type BackendKind = 'embedded' | 'localstack' | 'left';

/** A change that was computed and is not stored yet. */
export interface Computed {
  /** After the change. */
  readonly world: World;
  /** From the world before to the world after. */
  readonly patches: readonly Patch[];
  readonly newBlobs: ReadonlyMap<string, Uint8Array>;
  /** The calls that services made on the way. */
  readonly inner: readonly InnerPerformed[];
}

/** A change of the platform's own that was computed and is not stored yet. */
export interface Replacing<Value> extends Omit<Computed, 'inner'> {
  /** What the platform makes of it. */
  readonly value: Value;
}

/** The call that a change is of, and what the embedded cloud answers it. */
export interface Asked {
  readonly request: CallRequest;
  readonly accountId: string;
  readonly output: unknown;
}

/** A change as it is to be stored, and what its call comes to. */
export interface Carried extends Pick<Computed, 'world' | 'patches' | 'inner'> {
  /** Absent where nobody called. */
  readonly outcome?: Performed['outcome'];
}

/** What carries one sandbox out. */
export interface Backend {
  readonly kind: BackendKind;
  /** A reading call as the embedded cloud is to decide and answer it: without tokens that only the emulator can read. */
  readable(request: CallRequest): CallRequest;
  /** What a reading call comes to that the embedded cloud has allowed and answered. */
  read(request: CallRequest, performed: Performed): Promise<Performed>;
  /**
   * Has a change carried out. An error that the emulator answers the call with is the outcome, and nothing is changed.
   * @param cause the call; that time has passed; undefined in the middle of a call, and of one that was refused
   */
  carry(before: World, computed: Computed, cause: Asked | 'time' | undefined): Promise<Carried>;
  /** Has a state take the place of another that no calls lead to, as a reset does. Answers it with the ids that it has there. */
  replace<Value>(before: World, replacing: Replacing<Value>): Promise<Replacing<Value>>;
  /** A change that was carried out could not be stored: there is none. */
  notStored(): void;
  /** The sandbox is retired: what an emulator holds of it may go. */
  end(last: World): Promise<void>;
}

/** Where an emulator has a sandbox, as it is stored. */
export interface Seat {
  /** Its base address. */
  readonly url: string;
  /** Which run of it: what it held is gone when it starts again. */
  readonly session: string;
}

/** The backends of a process. */
export interface Backends {
  /** Finds a new sandbox its backend, and brings its start state up there. */
  begin(sandboxId: string, world: World, newBlobs: ReadonlyMap<string, Uint8Array>): Promise<Begun>;
  /** The backend of a stored sandbox. */
  goOn(sandboxId: string): Promise<Backend>;
}

/** A sandbox that has been brought up. */
export interface Begun {
  readonly backend: Backend;
  /** The start state, with the ids that it has there. */
  readonly world: World;
}
