/** The keys, aliases and grants of an account. */
export interface KmsState {
  /** By region and id (`placeKey`). */
  readonly keys: Readonly<Record<string, KeyState>>;
  /** By region and name with its prefix `alias/` (`placeKey`). */
  readonly aliases: Readonly<Record<string, AliasState>>;
}

/** What a new account has; one object for all of them. */
export const emptyKmsState: KmsState = { keys: {}, aliases: {} };

/** A symmetric encryption key. */
export interface KeyState {
  /** `1234abcd-12ab-34cd-56ef-1234567890ab`. */
  readonly id: string;
  readonly region: string;
  readonly description: string;
  readonly createdAt: number;
  readonly enabled: boolean;
  /** 32 bytes in base64: what it encrypts with. */
  readonly material: string;
  /** The alias of an AWS managed key, `alias/aws/ssm`; absent of a customer's. */
  readonly managedAlias?: string;
  /** As stored: principals by their unique ids. Absent: the default key policy, or that of its service. */
  readonly policy?: string;
  readonly deletionAt?: number;
  /** Automatic rotation, where it is on. */
  readonly rotation?: { readonly periodInDays: number; readonly enabledAt: number };
  readonly tags: readonly { readonly TagKey: string; readonly TagValue: string }[];
  /** Oldest first. */
  readonly grants: readonly GrantState[];
}

export interface GrantState {
  /** 64 hexadecimal digits. */
  readonly id: string;
  readonly name?: string;
  readonly createdAt: number;
  readonly issuingAccountId: string;
  /** As stored: users and roles of the sandbox by their unique ids. */
  readonly granteePrincipal: string;
  readonly retiringPrincipal?: string;
  readonly operations: readonly string[];
  /** Pairs of an encryption context, in the order given. */
  readonly subset?: readonly (readonly [key: string, value: string])[];
  readonly equals?: readonly (readonly [key: string, value: string])[];
}

export interface AliasState {
  /** `alias/payroll`. */
  readonly name: string;
  readonly region: string;
  readonly targetKeyId: string;
  readonly createdAt: number;
  readonly updatedAt: number;
}
