/** The stacks of an account. */
export type CloudFormationState = Readonly<Record<string, never>>;

/** What a new account has; one object for all of them. */
export const emptyCloudFormationState: CloudFormationState = {};
