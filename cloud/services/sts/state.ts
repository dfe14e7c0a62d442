import type { Tags } from '../../../iam/model.ts';

/** The sessions of an account: temporary credentials by access key id (`ASIA…`). */
export interface StsState {
  readonly sessions: Readonly<Record<string, SessionState>>;
  /** Secrets in hex, 32 bytes, of the issuers of tokens that the sandbox plays, by the issuer without `https://`. */
  readonly tokenIssuers: Readonly<Record<string, string>>;
}

/** What a new account has; one object for all of them. */
export const emptyStsState: StsState = { sessions: {}, tokenIssuers: {} };

export interface SessionState {
  readonly accessKeyId: string;
  readonly secret: string;
  readonly token: string;
  /**
   * Of AssumeRole and its kin, GetSessionToken, GetFederationToken, AssumeRoot. The last is a session of this account's root, made by
   * another account.
   */
  readonly kind: 'role' | 'user' | 'federated-user' | 'assumed-root';
  /** Unique id and name of the role (kind `role`) or of the user (kinds `user` and `federated-user`); both absent for root. */
  readonly principalId?: string;
  readonly principalName?: string;
  /** Of a federated user the name that it was given. */
  readonly sessionName?: string;
  /** Who vouched for a session of AssumeRoleWithWebIdentity: `aws:FederatedProvider`. */
  readonly federatedProvider?: string;
  /** On the sandbox's clock. */
  readonly issuedAt: number;
  readonly expiresAt: number;
  /** Session policies: documents, and ARNs of managed policies. Absent where none were passed. */
  readonly policies?: { readonly documents: readonly string[]; readonly arns: readonly string[] };
  /** By the state's keys for their names. */
  readonly tags: Tags;
  readonly transitiveTagKeys: readonly string[];
  readonly sourceIdentity?: string;
  readonly mfaAt?: number;
  /** Condition keys that come with the credentials: of an instance's role `ec2:SourceInstanceARN` and its kin. */
  readonly keys?: Readonly<Record<string, string>>;
  /** Whether the session was made by another role session (role chaining). */
  readonly chained: boolean;
}
