/** What the reserve may hold and take, each with its reason. */
export const reserveLimits = {
  /** Start states in all, about 15 KiB each. */
  inAll: 500,
  /** Challenges that count as popular, and the days that are looked at. */
  popularChallenges: 10,
  popularDays: 7,
  /** Hours after which a start state is made anew, so that none is handed out that a release of long ago made. */
  hoursKept: 24,
  /** Minutes for which those of another content stay: while servers are replaced one by one, the others still hand them out. */
  minutesOfOtherContent: 10,
  /** Milliseconds between two looks at what lacks, where nobody claims one. */
  lookEvery: 60_000,
  /** After a start state was made nothing is done for this many times as long: the filling takes a quarter of the thread at most. */
  restTimes: 3,
  /** Milliseconds after a claim in which none is made: where many come at once, what there is goes first. */
  restAfterClaim: 1_000,
} as const;
