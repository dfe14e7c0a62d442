/** Calls that were made, as the views of them need it: CloudTrail's history and log files, and what IAM tells of last uses. */

/** A record of CloudTrail's. AWS CloudTrail User Guide, "CloudTrail record contents". */
export interface TrailRecord {
  readonly eventVersion: string;
  readonly userIdentity: UserIdentity;
  /** `2026-01-05T12:00:00Z`. */
  readonly eventTime: string;
  /** `iam.amazonaws.com`. */
  readonly eventSource: string;
  readonly eventName: string;
  readonly awsRegion: string;
  readonly sourceIPAddress: string;
  readonly userAgent: string;
  readonly errorCode?: string;
  readonly errorMessage?: string;
  readonly requestParameters: Readonly<Record<string, unknown>> | null;
  readonly responseElements: Readonly<Record<string, unknown>> | null;
  readonly requestID: string;
  readonly eventID: string;
  readonly additionalEventData?: Readonly<Record<string, unknown>>;
  readonly readOnly: boolean;
  readonly resources?: readonly RecordResource[];
  readonly eventType: 'AwsApiCall' | 'AwsConsoleSignIn' | 'AwsServiceEvent';
  readonly managementEvent: boolean;
  readonly recipientAccountId: string;
  /** Of a call that two accounts are told of: the same in both records. */
  readonly sharedEventID?: string;
  readonly eventCategory: 'Management' | 'Data';
}

/** "CloudTrail userIdentity element". */
export interface UserIdentity {
  readonly type: string;
  readonly principalId?: string;
  readonly arn?: string;
  readonly accountId?: string;
  readonly accessKeyId?: string;
  readonly userName?: string;
  readonly identityProvider?: string;
  readonly sessionContext?: Readonly<Record<string, unknown>>;
  readonly invokedBy?: string;
}

export interface RecordResource {
  readonly accountId?: string;
  /** `AWS::IAM::Role`. */
  readonly type: string;
  readonly ARN: string;
}

/** One call. Plain data: it is stored beside the event, or planted in the state of a sandbox as history. */
export interface PastCall {
  /** The sandbox's clock, epoch milliseconds. */
  readonly at: number;
  /** As the account sees it that the call came from; of a call from none, the account that owns what was asked for. */
  readonly record: TrailRecord;
  /** The other account that is told of it, and its record's own id. */
  readonly also?: { readonly accountId: string; readonly eventID: string };
  /** The ARN of the user, the role or the root user who called. */
  readonly entity?: string;
  /** The actions that were asked for, allowed or denied: `s3:GetObject`. */
  readonly actions: readonly string[];
  /** What LookupEvents finds it by. */
  readonly named: readonly { readonly type: string; readonly name: string }[];
}

/** The record of a call as an account is told of it; undefined where it is not. */
export function recordFor({ record, also }: PastCall, accountId: string): TrailRecord | undefined {
  if (record.recipientAccountId === accountId) return record;
  if (also?.accountId !== accountId) return undefined;
  return {
    ...record,
    userIdentity: asStranger(record.userIdentity),
    eventID: also.eventID,
    recipientAccountId: accountId,
  };
}

/** An account learns of a caller from another no more than its account and unique id. */
function asStranger({ type, principalId, accountId, invokedBy }: UserIdentity): UserIdentity {
  return {
    type: type === 'AWSService' ? type : 'AWSAccount',
    ...(principalId !== undefined && { principalId }),
    ...(accountId !== undefined && { accountId }),
    ...(invokedBy !== undefined && { invokedBy }),
  };
}

/** What is asked of the calls that were made. */
export interface RecallQuery {
  /** The sandbox's clock, epoch milliseconds, both inclusive. */
  readonly since: number;
  readonly until: number;
  readonly matches: (call: PastCall) => boolean;
  /** As many of the newest, and all that were made in the same millisecond as the last of them. */
  readonly atMost: number;
}

/** Where a call stands among others. */
interface CallPlace extends Pick<PastCall, 'at'> {
  readonly record: Pick<TrailRecord, 'eventID'>;
}

/** Newest first; those of one millisecond by their ids, so that the order is the same each time. */
export function newestFirst(a: CallPlace, b: CallPlace): number {
  return b.at - a.at || (a.record.eventID < b.record.eventID ? -1 : 1);
}
