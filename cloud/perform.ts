/**
 * The door: one AWS call, decoded and with a known caller, is decided by the policy engine and, if allowed, carried out.
 * The gateway, the grader and the account templates all go through it, so they can never disagree.
 */
import type { Patch } from 'immer';
import type { AnyCaller } from '../iam/model.ts';
import type { Hashes, Random, RequestFacts, ServiceCall } from './call.ts';
import { AwsError } from './errors.ts';
import type { ManagedPolicyCatalogue } from './managed-policies.ts';
import { type Driven, performing } from './performing.ts';
import type { DecidedPermission } from './permissions/ask.ts';
import type { Recalled } from './process.ts';
import type { Service } from './service.ts';
import type { World } from './world.ts';

/** What the embedded cloud is made of; one for the whole process. */
export interface Cloud {
  /** By signing name. */
  readonly services: Readonly<Record<string, Service>>;
  readonly managedPolicies: ManagedPolicyCatalogue;
  readonly hashes: Hashes;
  readonly random: Random;
}

/** A call at the door. */
export interface CallRequest {
  readonly service: string;
  readonly operation: string;
  /** Decoded by the service's schema. */
  readonly input: Readonly<Record<string, unknown>>;
  readonly caller: AnyCaller;
  /** The service that makes the call; absent where the caller itself does. */
  readonly by?: ServiceCall;
  /** The long-term key that signed it, where one did: records of the call name it. */
  readonly accessKeyId?: string;
  readonly request: RequestFacts;
  readonly requestId: string;
  /** Real time, epoch milliseconds. */
  readonly realNow: number;
}

/** What a call came to. */
export interface Performed {
  /** One for each permission asked, up to and with the first that was denied. */
  readonly decisions: readonly DecidedPermission[];
  readonly outcome:
    | { readonly kind: 'ok'; readonly output: unknown }
    | { readonly kind: 'error'; readonly error: AwsError };
  /** The account that was worked on. */
  readonly accountId: string;
  /** The sandbox after the call: the same object where nothing changed. */
  readonly world: World;
  /** From the world before to the world after, over all accounts; empty where nothing changed. */
  readonly patches: readonly Patch[];
  /** Bodies that the new state names and the store may not have yet, by digest. */
  readonly newBlobs: ReadonlyMap<string, Uint8Array>;
  /** The calls that services made for it, in the order in which they ended. They happened even where they were undone. */
  readonly inner: readonly InnerPerformed[];
}

/** A call that a service made. */
export interface InnerPerformed extends Pick<Performed, 'decisions' | 'outcome' | 'accountId'> {
  readonly request: CallRequest;
  /** What it changed was undone, because what it was made for failed. */
  readonly isUndone?: true;
}

/**
 * Decides a call and, if every permission is allowed, carries it out. Nothing is changed in place: the answer holds the
 * sandbox after the call. Code of a learner is not run here: a call that needs it ends with an error.
 *
 * An ordinary failure (unknown operation, denial, invalid input, an AwsError of the handler) is an outcome; anything that is
 * thrown is a fault of the platform.
 */
export function perform(cloud: Cloud, world: World, call: CallRequest): Performed {
  return withoutCode(performing(cloud, world, call));
}

/** Drives a call, or a tick, to its end where no code can be run. */
export function withoutCode<Result>(driven: Driven<Result>): Result {
  let next = driven.next();
  while (!next.done) {
    const isRecall = next.value.order.kind === 'recall';
    next = isRecall ? driven.next({ ran: nothingRecalled }) : driven.throw(codeDoesNotRun());
  }
  return next.value;
}

/** What is recalled where no calls are kept. */
export const nothingRecalled: Recalled = { kind: 'recalled', calls: [] };

/** The answer to a call that needs code where none can be run. */
export function codeDoesNotRun(): AwsError {
  return new AwsError(
    'ServiceException',
    'Code is run in a sandbox of its own only, and not where a call is tried out.',
    {
      status: 500,
    },
  );
}
