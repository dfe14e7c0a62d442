/** How an embedded service is put together: a wire model from the SDK, and an entry for each operation that it offers. */

import type { AccountDraft, Call, Hashes } from './call.ts';
import type { UnsignedOperation } from './unsigned.ts';
import type { ServiceModel, WireRequest } from './wire/model.ts';
import type { Account, World } from './world.ts';

/** One permission that a call needs. All of a call's permissions must be allowed. */
export interface Permission {
  /** `iam:PassRole`. */
  readonly action: string;
  /** ARN, or `*`. */
  readonly resource: string;
  /** How the denial's text names the resource where AWS does not write its ARN there: `user Bea`, `policy path /`. */
  readonly shownAs?: string;
  /** Owner of the resource; the caller's account where there is none. */
  readonly resourceAccountId: string;
  /** About an object of S3 that the call makes: the owner and the list of the one that it replaces have no say. */
  readonly about?: 'new-object';
  /** Condition keys of this action and resource, beside the global ones. */
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

/** What an operation's permissions can be derived from. */
export interface PermissionFacts {
  readonly world: World;
  readonly callerAccountId: string;
  readonly region: string;
  readonly caller: Call['caller'];
  /** The sandbox's clock and digests: an MFA code that comes with a call decides what its context holds. */
  readonly now: number;
  readonly hashes: Hashes;
}

interface OperationBase<Input> {
  /** The account on whose state the operation works; the caller's where absent. Throws an AwsError where there is none. */
  readonly owner?: (input: Input, facts: PermissionFacts) => string;
  /** The permissions needed. An empty list: none is, not even against an explicit deny. */
  readonly permissions: (input: Input, facts: PermissionFacts) => readonly Permission[];
}

/** An operation that changes nothing. */
export interface ReadOperation<Input, Output> extends OperationBase<Input> {
  readonly kind: 'read';
  readonly handle: (account: Account, input: Input, call: Call) => Output;
}

/** An operation that may change the account; it works on a draft and throws an AwsError to change nothing. */
export interface ChangeOperation<Input, Output> extends OperationBase<Input> {
  readonly kind: 'change';
  readonly handle: (account: AccountDraft, input: Input, call: Call) => Output;
}

// Registries hold operations of many inputs; each is typed where it is written.
// biome-ignore lint/suspicious/noExplicitAny: an operation is only ever called with the input that its own schema decoded
export type AnyOperation = ReadOperation<any, unknown> | ChangeOperation<any, unknown>;

/** An embedded service. */
export interface Service {
  /** The signing name: `iam`, `sts`, `s3`, `ssm`. */
  readonly name: string;
  readonly model: ServiceModel;
  readonly operations: Readonly<Record<string, AnyOperation>>;
  /** The operations that take requests without a signature, by name. */
  readonly unsigned?: Readonly<Record<string, UnsignedOperation>>;
  /** Holds a request as it came against the digests in its headers, where the operation sees its decoded form only. Throws an AwsError. */
  readonly checkDigests?: (operation: string, request: WireRequest, hashes: Hashes) => void;
}
