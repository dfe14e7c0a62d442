/** How an emulator carries a service: which operations, and how its state is made there and taken away. */
import type { Blob } from '../../../../cloud/call.ts';
import type { CallRequest } from '../../../../cloud/perform.ts';
import type { Account, World } from '../../../../cloud/world.ts';

export type Input = Readonly<Record<string, unknown>>;
export type Output = Readonly<Record<string, unknown>>;

/** An id in an answer that whoever answers makes up. */
export interface MadeUpId {
  /** `KeyMetadata.KeyId`; `*` stands for every item of a list: `Deleted.*.VersionId`. */
  readonly at: string;
  /** The part of the text that is made up, its first group; absent: all of it. */
  readonly part?: RegExp;
}

/** How one operation is carried. */
export interface CarriedOperation {
  /** Ids that the embedded cloud's state takes over from the emulator's answer. */
  readonly ids?: readonly MadeUpId[];
  /** Whether it is carried for this input; the embedded cloud answers otherwise. Absent: for every input. */
  readonly applies?: (input: Input, account: Account) => boolean;
  /** The input as the emulator gets it. */
  readonly sent?: (input: Input, ours: Output) => Input;
  /** The answer, made of the emulator's and of the embedded cloud's. Absent: the emulator's. */
  readonly answer?: (theirs: Output, ours: Output, request: CallRequest) => Output;
}

/** One account at an emulator, as bringing up and emptying see it. */
export interface There {
  /** Of the sandbox that the account belongs to. */
  readonly world: World;
  /** Makes a call of the service; ids that were adopted before stand in its input already. @throws NotCarriedError, LostError */
  call(operation: string, input: Input, region: string): Promise<Output>;
  /** The same, where the emulator may know nothing of what is named. */
  tried(operation: string, input: Input, region: string): Promise<void>;
  /** An id of the state is another at the emulator. */
  adopt(ours: string, theirs: unknown): void;
  readBody(blobs: readonly Blob[]): Promise<Uint8Array>;
  /** A policy of the state as clients write it: users and roles by their ARNs. */
  policy(stored: string): string;
}

/** A service that an emulator carries. */
export interface CarriedService {
  readonly operations: Readonly<Record<string, CarriedOperation>>;
  /** Why operations stay with the embedded cloud, by name; `*` of all others. */
  readonly kept: Readonly<Record<string, string>>;
  /** Makes what an account has of this service. */
  readonly bringUp: (account: Account, there: There) => Promise<void>;
  /** Takes away what an account has of this service. */
  readonly empty: (account: Account, there: There) => Promise<void>;
  /** Does what the service itself has done because time passed. */
  readonly timePassed?: (before: Account, after: Account, there: There) => Promise<void>;
}

/** The emulator refused what the embedded cloud has accepted, where nobody called who could be told. */
export class NotCarriedError extends Error {
  constructor(service: string, operation: string, code: string, message: string) {
    super(`The emulator refused ${service}:${operation}: ${code}: ${message}`);
    this.name = 'NotCarriedError';
  }
}

/** The emulator's answer with these members as the embedded cloud has them. */
export function ours(...members: readonly string[]): NonNullable<CarriedOperation['answer']> {
  return (theirs, own) => {
    const mine = members.filter((member) => own[member] !== undefined).map((member) => [member, own[member]]);
    const rest = Object.entries(theirs).filter(([member]) => !members.includes(member));
    return Object.fromEntries([...rest, ...mine]);
  };
}

/** An input without these members. */
export function without(...members: readonly string[]): (input: Input) => Input {
  return (input) => Object.fromEntries(Object.entries(input).filter(([member]) => !members.includes(member)));
}

/** Many operations that are carried as they are. */
export function plainly(...operations: readonly string[]): Readonly<Record<string, CarriedOperation>> {
  return Object.fromEntries(operations.map((operation) => [operation, {}]));
}

/** The objects in a member of an input or an answer; none where it is no list. */
export function itemsOf(holder: Output, member: string): readonly Output[] {
  const list = holder[member];
  return Array.isArray(list) ? (list as readonly Output[]) : [];
}
