/** What Access Analyzer looks at, each with its reason. */
export const accessAnalyzerLimits = {
  /** Characters of a document to be checked. The longest that AWS keeps anywhere (S3, Organizations' own) have about 40,000. */
  documentCharacters: 50_000,
  /**
   * Statements of a policy that a custom check is asked about: each Allow is proved by itself, with every Deny. 300 such statements take
   * nine seconds, 64 less than one. AWS says the same of what is too much for it.
   */
  statementsProved: 64,
  /** Findings of one page where none is asked for. */
  findingsPerPage: 100,
} as const;
