/** The keys, aliases and grants of an account. */
export type KmsState = Readonly<Record<string, never>>;

/** What a new account has; one object for all of them. */
export const emptyKmsState: KmsState = {};
