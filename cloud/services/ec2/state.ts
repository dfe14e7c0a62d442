/** The instances of an account, and what they stand in. */
export type Ec2State = Readonly<Record<string, never>>;

/** What a new account has; one object for all of them. */
export const emptyEc2State: Ec2State = {};
