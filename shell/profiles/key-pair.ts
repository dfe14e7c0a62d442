/** Keys that sign calls. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** How `aws configure list` names where they came from. */
  readonly method: 'env' | 'shared-credentials-file' | 'config-file' | 'assume-role' | 'iam-role';
}
