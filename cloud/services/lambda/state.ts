/** The functions, layers and event source mappings of an account. */
export type LambdaState = Readonly<Record<string, never>>;

/** What a new account has; one object for all of them. */
export const emptyLambdaState: LambdaState = {};
