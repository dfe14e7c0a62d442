/** What one account's STS may hold. AWS has no such limit: its answer for too many calls at once is given. */
export const stsLimits = {
  /** Sessions that have not ended, and of ended ones as many as leave room: some 1.5 KiB each with a policy. */
  sessions: 2000,
} as const;
