/** The topics and subscriptions of an account. */
export type SnsState = Readonly<Record<string, never>>;

/** What a new account has; one object for all of them. */
export const emptySnsState: SnsState = {};
