/** The trails of an account. */
export type CloudTrailState = Readonly<Record<string, never>>;

/** What a new account has; one object for all of them. */
export const emptyCloudTrailState: CloudTrailState = {};
