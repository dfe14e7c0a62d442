/** What one account may hold in CloudWatch Logs, each with its reason. */

const KiB = 1024;

export const logsLimits = {
  /** Log groups of one account. AWS's own quota is 1,000,000 a region. */
  groupsPerAccount: 200,
  /** Log streams of one account: every execution environment of a function makes one. AWS has no quota. */
  streamsPerAccount: 1000,
  /** Bytes of one stream's events: the oldest go when newer ones come, as if their retention had ended. They stand in the state. */
  bytesPerStream: 256 * KiB,
  /** Bytes of all events of an account. */
  bytesPerAccount: 2048 * KiB,
  /** AWS's own quota, for each region. */
  resourcePoliciesPerRegion: 10,
} as const;
