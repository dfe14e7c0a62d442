/**
 * The door: one AWS call, decoded and with a known caller, is decided by the policy engine and, if allowed, carried out.
 * The gateway, the grader and the account templates all go through it, so they can never disagree.
 */
import type { Patch } from 'immer';
import type { AccessRequest, Caller, Decision } from '../iam/model.ts';
import type { Hashes, Random, RequestFacts } from './call.ts';
import type { AwsError } from './errors.ts';
import type { ManagedPolicyCatalogue } from './managed-policies.ts';
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
  readonly caller: Caller;
  readonly request: RequestFacts;
  readonly requestId: string;
  /** Real time, epoch milliseconds. */
  readonly realNow: number;
}

/** One permission with its decision. */
export interface DecidedPermission {
  readonly request: AccessRequest;
  readonly decision: Decision;
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
  /** From the world before to the world after; empty where nothing changed. */
  readonly patches: readonly Patch[];
  /** Bodies that the new state names and the store may not have yet, by digest. */
  readonly newBlobs: ReadonlyMap<string, Uint8Array>;
}
