/** The log groups and streams of an account. */
export type LogsState = Readonly<Record<string, never>>;

/** What a new account has; one object for all of them. */
export const emptyLogsState: LogsState = {};
