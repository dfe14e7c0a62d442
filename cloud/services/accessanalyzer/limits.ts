/** What Access Analyzer looks at and keeps, each with its reason. */
export const accessAnalyzerLimits = {
  /** Characters of a document to be checked. The longest that AWS keeps anywhere (S3, Organizations' own) have about 40,000. */
  documentCharacters: 50_000,
  /**
   * Statements of a policy that a custom check is asked about: each Allow is proved by itself, with every Deny. 300 such statements take
   * nine seconds, 64 less than one. AWS says the same of what is too much for it.
   */
  statementsProved: 64,
  /** Entries of one page of a list, as at AWS. */
  findingsPerPage: 100,
  /** Analyzers of each type in an account and a region. At AWS one of an account, five of an organization. */
  analyzersPerType: 5,
  /** Archive rules of an analyzer, as at AWS. */
  archiveRules: 100,
  /** Values of one criterion, and criteria of one filter, as at AWS. */
  values: 20,
  criteria: 20,
  /** Findings that an analyzer keeps, about 500 bytes each: those resolved first are forgotten. */
  findings: 500,
  /** Policies from use that an account keeps, as lists of actions. */
  generations: 20,
} as const;
