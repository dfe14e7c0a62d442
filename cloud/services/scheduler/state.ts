/** The schedules of an account. */
export type SchedulerState = Readonly<Record<string, never>>;

/** What a new account has; one object for all of them. */
export const emptySchedulerState: SchedulerState = {};
