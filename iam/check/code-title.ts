/** A row of the table of findings without its severity. */
export interface Title {
  readonly title: string;
  /** Issue code of IAM Access Analyzer. */
  readonly analyzer?: string;
}

/** What is found, and the issue code of IAM Access Analyzer, where there is one. */
export function finds(title: string, analyzer?: string): Title {
  return analyzer === undefined ? { title } : { title, analyzer };
}
