/** The queues of an account. */
export type SqsState = Readonly<Record<string, never>>;

/** What a new account has; one object for all of them. */
export const emptySqsState: SqsState = {};
