/** The schedules and schedule groups of an account, in all regions. */
export interface SchedulerState {
  /** By region, group and name (`scheduleKey`). */
  readonly schedules: Readonly<Record<string, ScheduleState>>;
  /** By region and name (`groupKey`). The group `default` of each region is not among them. */
  readonly groups: Readonly<Record<string, GroupState>>;
}

/** What a new account has; one object for all of them. */
export const emptySchedulerState: SchedulerState = { schedules: {}, groups: {} };

export interface GroupState {
  readonly name: string;
  readonly region: string;
  /** By the state's keys for their names. */
  readonly tags: Readonly<Record<string, string>>;
  readonly createdAt: number;
  readonly modifiedAt: number;
}

/** What CreateSchedule and UpdateSchedule set. */
export interface ScheduleSettings {
  readonly expression: string;
  /** `Europe/Berlin`. */
  readonly zone: string;
  readonly isEnabled: boolean;
  readonly target: TargetState;
  /** How many minutes late an invocation may be; absent where the window is off. */
  readonly windowMinutes?: number;
  readonly startsAt?: number;
  readonly endsAt?: number;
  readonly description?: string;
  readonly kmsKeyArn?: string;
  readonly isDeletedAfterwards: boolean;
}

export interface ScheduleState extends ScheduleSettings {
  readonly name: string;
  readonly group: string;
  readonly region: string;
  readonly createdAt: number;
  readonly modifiedAt: number;
  /** What a rate counts from. */
  readonly anchor: number;
  /** The next time that the expression means, and when in its window it is done; absent where nothing comes any more. */
  readonly next?: { readonly scheduledAt: number; readonly dueAt: number };
  /** Of the request that made it: it may come again. */
  readonly clientToken?: string;
}

export interface TargetState {
  readonly arn: string;
  readonly roleArn: string;
  readonly input?: string;
  readonly deadLetterArn?: string;
  readonly retries?: { readonly attempts?: number; readonly seconds?: number };
  /** Of a FIFO queue. */
  readonly messageGroupId?: string;
  /** Of an event bus. */
  readonly event?: { readonly detailType: string; readonly source: string };
}
