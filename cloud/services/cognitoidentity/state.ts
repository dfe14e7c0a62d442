/** The identity pools of an account. */
export type CognitoIdentityState = Readonly<Record<string, never>>;

/** What a new account has; one object for all of them. */
export const emptyCognitoIdentityState: CognitoIdentityState = {};
