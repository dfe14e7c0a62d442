/**
 * The state of one sandbox: plain, serialisable data, shared structurally between sandboxes, snapshots and forks.
 * Nothing in it is a class, a Map, a Date or bytes; times are epoch milliseconds, bodies are digests of blobs.
 */
import type { IamState } from './services/iam/state.ts';
import type { S3State } from './services/s3/state.ts';
import type { SsmState } from './services/ssm/state.ts';
import type { StsState } from './services/sts/state.ts';

export interface World {
  /** The region that the sandbox's profiles name, `us-east-1`. */
  readonly region: string;
  /** Milliseconds that this sandbox's clock is ahead of real time. It only grows. */
  readonly clockOffset: number;
  /** The learner's account. */
  readonly primaryAccountId: string;
  /** Every account of the sandbox by its 12-digit id. */
  readonly accounts: Readonly<Record<string, Account>>;
}

/** One AWS account. */
export interface Account {
  readonly id: string;
  readonly iam: IamState;
  readonly sts: StsState;
  readonly s3: S3State;
  readonly ssm: SsmState;
}
