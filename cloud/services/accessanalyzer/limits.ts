/** What Access Analyzer looks at, each with its reason. */
export const accessAnalyzerLimits = {
  /** Characters of a document to be checked. The longest that AWS keeps anywhere (S3, Organizations' own) have about 40,000. */
  documentCharacters: 50_000,
  /** Findings of one page where none is asked for. */
  findingsPerPage: 100,
} as const;
