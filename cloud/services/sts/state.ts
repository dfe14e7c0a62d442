import type { Tags } from '../../../iam/model.ts';

/** The sessions of an account: temporary credentials by access key id (`ASIA…`). */
export interface StsState {
  readonly sessions: Readonly<Record<string, SessionState>>;
}

/** What a new account has; one object for all of them. */
export const emptyStsState: StsState = { sessions: {} };

export interface SessionState {
  readonly accessKeyId: string;
  readonly secret: string;
  readonly token: string;
  readonly kind: 'role' | 'user';
  /** Unique id and name of the role (kind `role`) or user (kind `user`; both absent for root). */
  readonly principalId?: string;
  readonly principalName?: string;
  readonly sessionName?: string;
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
  /** Whether the session was made by another role session (role chaining). */
  readonly chained: boolean;
}
