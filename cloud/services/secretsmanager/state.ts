/** The secrets of an account. */
export type SecretsManagerState = Readonly<Record<string, never>>;

/** What a new account has; one object for all of them. */
export const emptySecretsManagerState: SecretsManagerState = {};
