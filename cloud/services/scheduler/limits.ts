/** What one account may hold in EventBridge Scheduler, each with its reason. */
export const schedulerLimits = {
  /** Schedules of an account. AWS's own quota is a million; each has a target with its input in the state, and may run every minute. */
  schedules: 200,
  /** Schedule groups of an account. AWS's own quota is 500. */
  groups: 100,
  /** Characters of a target's input (Scheduler quotas: 256 KB for a target). */
  inputCharacters: 262_144,
  /** Characters of the inputs of all schedules of an account. */
  inputCharactersPerAccount: 1_048_576,
  tagsPerGroup: 50,
} as const;
