/** The tables of an account. */
export type DynamoDbState = Readonly<Record<string, never>>;

/** What a new account has; one object for all of them. */
export const emptyDynamoDbState: DynamoDbState = {};
