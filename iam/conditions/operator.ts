/** What every condition operator is. IAM User Guide, "IAM JSON policy elements: Condition operators". */
import type { GlobPiece } from '../glob.ts';

/** Compares one value of the request with one value of the policy. Undefined: the two cannot be compared. */
export type ValueTest = (value: string) => boolean | undefined;

export interface ConditionOperator {
  readonly name: string;
  /** `StringNotEquals`: met where none of the policy's values matches. */
  readonly negated: boolean;
  /** Whether policy variables are put into the policy's values. */
  readonly variables: boolean;
  /** Where one page of AWS's has variables in its values and another has not: what is met by them alone is doubtful. */
  readonly doubtsVariables?: true;
  /** The test for one of the policy's values; of a negated operator, the test that it negates. */
  readonly test: (wanted: readonly GlobPiece[]) => ValueTest;
  /** What a value did that failed the operator: `aws:SourceIp 10.1.2.3 «is not in» 203.0.113.0/24`. */
  readonly failure: string;
  /** What a value did that met it: `aws:SourceIp 203.0.113.9 «is in» 203.0.113.0/24`. */
  readonly success: string;
}
