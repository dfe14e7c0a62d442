/** The parameters of an account, in all regions, by region and full name (`parameterKey`). */
export interface SsmState {
  readonly parameters: Readonly<Record<string, ParameterState>>;
}

/** What a new account has; one object for all of them. */
export const emptySsmState: SsmState = { parameters: {} };

export interface ParameterState {
  readonly name: string;
  readonly region: string;
  readonly type: 'String' | 'StringList' | 'SecureString';
  readonly tier: 'Standard' | 'Advanced' | 'Intelligent-Tiering';
  readonly description?: string;
  readonly allowedPattern?: string;
  readonly keyId?: string;
  readonly dataType: string;
  readonly tags: readonly { readonly Key: string; readonly Value: string }[];
  /** Oldest first; at most 100. */
  readonly versions: readonly {
    readonly version: number;
    readonly value: string;
    readonly modifiedAt: number;
    /** ARN of who wrote it. */
    readonly modifiedBy: string;
    readonly labels: readonly string[];
    /** Of a SecureString under a customer's key: what KMS has made of it, in base64. */
    readonly sealed?: { readonly keyArn: string; readonly ciphertext: string };
  }[];
}
