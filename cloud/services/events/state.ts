/** The event buses, rules and targets of an account. */
export type EventsState = Readonly<Record<string, never>>;

/** What a new account has; one object for all of them. */
export const emptyEventsState: EventsState = {};
