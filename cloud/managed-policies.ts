/** The AWS managed policies, generated at development time and handed in as a value. */
export interface ManagedPolicyCatalogue {
  /** By ARN, `arn:aws:iam::aws:policy/ReadOnlyAccess`. */
  get(arn: string): ManagedPolicy | undefined;
  /** All, in the order of their names. */
  list(): readonly ManagedPolicy[];
}

/** One AWS managed policy, at its newest version. */
export interface ManagedPolicy {
  readonly arn: string;
  readonly name: string;
  readonly path: string;
  /** `ANPA…`. */
  readonly id: string;
  readonly description: string;
  /** `v3`. */
  readonly defaultVersionId: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly updatedAt: number;
  /** The document as JSON text. */
  readonly document: string;
}
