/** The analyzers of an account, and what was said about their findings. */
export type AccessAnalyzerState = Readonly<Record<string, never>>;

/** What a new account has; one object for all of them. */
export const emptyAccessAnalyzerState: AccessAnalyzerState = {};
