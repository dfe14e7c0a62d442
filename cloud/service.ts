/** How an embedded service is put together: a wire model from the SDK, and an entry for each operation that it offers. */

import type { AnyCaller, Tags } from '../iam/model.ts';
import type { AccountDraft, Call, Hashes, ServiceCall } from './call.ts';
import type { CallListener } from './call-listener.ts';
import type { Clockwork } from './clockwork.ts';
import type { Process } from './process.ts';
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
  /** Of a call that a service makes for itself the account that it makes it for. */
  readonly callerAccountId: string;
  readonly region: string;
  readonly caller: AnyCaller;
  /** The service that makes the call; absent where the caller itself does. */
  readonly by?: ServiceCall;
  /** The sandbox's clock and digests: an MFA code that comes with a call decides what its context holds. */
  readonly now: number;
  readonly hashes: Hashes;
}

/**
 * What an operation needs. Without `permissions` the rule holds (cloud/permissions/by-rule.ts): one permission, called as the
 * operation, on each resource that the input names.
 */
interface OperationBase<Input> {
  /**
   * The account on whose state the operation works. Where absent: by the rule the one that owns the resource, else the caller's.
   * Throws an AwsError where there is none.
   */
  readonly owner?: (input: Input, facts: PermissionFacts) => string;
  /** The name of the action, without prefix, where it is not the operation's: `InvokeFunction`. */
  readonly action?: string;
  /** What the operation needs beside the rule's: `iam:PassRole`. */
  readonly alsoNeeds?: (input: Input, facts: PermissionFacts) => readonly Permission[];
  /** All permissions needed, in place of the rule's. An empty list: none is, not even against an explicit deny. */
  readonly permissions?: (input: Input, facts: PermissionFacts) => readonly Permission[];
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

/**
 * An operation that makes calls of its own, changes several accounts or has code run: it goes on in steps (cloud/process.ts). An
 * AwsError that it throws undoes what it and its inner calls changed, but for what had to be stored before code ran.
 */
export interface ProcessOperation<Input, Output> extends OperationBase<Input> {
  readonly kind: 'process';
  /** Whether it changes nothing by itself, as GetSecretValue: how event logs list it. */
  readonly readOnly?: true;
  readonly run: (account: Account, input: Input, call: Call) => Process<Output>;
}

/* biome-ignore-start lint/suspicious/noExplicitAny: registries hold operations of many inputs, each typed where it is written; an
   operation is only ever called with the input that its own schema decoded */
export type AnyOperation = ReadOperation<any, unknown> | ChangeOperation<any, unknown> | ProcessOperation<any, unknown>;
/* biome-ignore-end lint/suspicious/noExplicitAny: as above */

/** Whether an operation only reads, as event logs say it. */
export function isReadOnly(operation: AnyOperation | undefined): boolean {
  return operation?.kind === 'process' ? operation.readOnly === true : operation?.kind !== 'change';
}

/** What the rule for permissions cannot tell from the Service Authorization Reference. */
export interface ResourceRules {
  /**
   * The ARN, or the ARNs, of the resources of one type that an input names: a queue by its URL, a secret by its name. Undefined: the
   * rule finds them by the members of the input. An empty list: none of this type is asked for.
   * @param asked the operation, and the resource type as the reference calls it: `queue`, `Secret`
   */
  readonly named?: (
    input: Readonly<Record<string, unknown>>,
    facts: PermissionFacts,
    asked: { readonly operation: string; readonly type: string },
  ) => string | readonly string[] | undefined;
  /** The tags of a resource: `aws:ResourceTag/…` and the service's own key, where the action supports them. */
  readonly tagsOf?: (world: World, arn: string) => Tags | undefined;
  /** Condition keys of the service's own, beside those of tags: `sns:Protocol`, `dynamodb:LeadingKeys`. */
  readonly context?: (
    input: Readonly<Record<string, unknown>>,
    facts: PermissionFacts,
    asked: { readonly operation: string; readonly arn: string },
  ) => Permission['context'];
}

/** An embedded service. */
export interface Service {
  /** The signing name: `iam`, `sts`, `s3`, `ssm`; of S3's second service, which signs as `s3`, `s3-control`. */
  readonly name: string;
  /** The prefix of its actions, where it is not its name. */
  readonly prefix?: string;
  readonly model: ServiceModel;
  readonly operations: Readonly<Record<string, AnyOperation>>;
  readonly resources?: ResourceRules;
  /** What the service does when time passes. */
  readonly time?: Clockwork;
  /** What the service keeps of calls that were made, by whomever and of whichever service. */
  readonly listener?: CallListener;
  /** The operations that take requests without a signature, by name. */
  readonly unsigned?: Readonly<Record<string, UnsignedOperation>>;
  /** Holds a request as it came against the digests in its headers, where the operation sees its decoded form only. Throws an AwsError. */
  readonly checkDigests?: (operation: string, request: WireRequest, hashes: Hashes) => void;
}
