/** The secrets of an account. */
export interface SecretsManagerState {
  /** By region and name (`secretKey`). */
  readonly secrets: Readonly<Record<string, SecretState>>;
}

/** What a new account has; one object for all of them. */
export const emptySecretsManagerState: SecretsManagerState = { secrets: {} };

export interface SecretState {
  readonly name: string;
  readonly region: string;
  /** The six characters that AWS puts behind the name in the ARN. */
  readonly suffix: string;
  readonly description?: string;
  /** As the request named it: a customer's key. Absent: the AWS managed key `aws/secretsmanager`. */
  readonly keyId?: string;
  readonly createdAt: number;
  readonly changedAt: number;
  /** The day on which a value was last read. */
  readonly accessedAt?: number;
  /** When it is deleted for good. */
  readonly deletionAt?: number;
  /** As stored: principals by their unique ids. */
  readonly policy?: string;
  readonly tags: readonly { readonly Key: string; readonly Value: string }[];
  /** Oldest first. */
  readonly versions: readonly SecretVersionState[];
}

export interface SecretVersionState {
  readonly id: string;
  readonly createdAt: number;
  readonly accessedAt?: number;
  /** A version without is deprecated. */
  readonly stages: readonly string[];
  readonly value: { readonly kind: 'string' | 'binary' /** Binary in base64. */; readonly text: string };
  /** The keys that it is encrypted under, the newest first: any of them opens it. */
  readonly seals: readonly SealState[];
}

/** The account's managed key, or the data key under a customer's. */
export type SealState =
  | { readonly kind: 'managed' }
  | { readonly kind: 'customer'; readonly keyArn: string; readonly ciphertext: string };
