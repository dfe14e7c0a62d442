import type { LogGroupClass } from '@aws-sdk/client-cloudwatch-logs';

/** The log groups, streams and events of an account, and its resource policies. */
export interface LogsState {
  /** By region and name (`groupKey`). */
  readonly groups: Readonly<Record<string, LogGroupState>>;
  /** By region and policy name (`policyKey`). */
  readonly resourcePolicies: Readonly<Record<string, LogResourcePolicyState>>;
}

/** What a new account has; one object for all of them. */
export const emptyLogsState: LogsState = { groups: {}, resourcePolicies: {} };

export interface LogGroupState {
  readonly name: string;
  readonly region: string;
  readonly createdAt: number;
  readonly retentionInDays?: number;
  readonly kmsKeyId?: string;
  readonly logGroupClass: LogGroupClass;
  readonly deletionProtected: boolean;
  /** In the order in which they were set. */
  readonly tags: readonly { readonly key: string; readonly value: string }[];
  /** By the state's key for their names. */
  readonly streams: Readonly<Record<string, LogStreamState>>;
}

export interface LogStreamState {
  readonly name: string;
  readonly createdAt: number;
  /** When events last came in. */
  readonly lastIngestedAt?: number;
  /** The number that the next event gets. */
  readonly nextNumber: number;
  /** By timestamp, and those of one timestamp by number. */
  readonly events: readonly LogEventState[];
}

export interface LogEventState {
  /** As its writer says it, epoch milliseconds. */
  readonly timestamp: number;
  readonly ingestedAt: number;
  /** Its place among all events that the stream ever had. */
  readonly number: number;
  readonly message: string;
}

export interface LogResourcePolicyState {
  readonly name: string;
  readonly region: string;
  readonly document: string;
  readonly updatedAt: number;
}
