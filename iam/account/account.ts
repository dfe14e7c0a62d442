/**
 * An account's principals and their policies, as iam:GetAccountAuthorizationDetails tells them, and accounts together with what lies
 * over and beside them. Follows the IAM API, "GetAccountAuthorizationDetails".
 */
import type { AttachedPolicy, Organization, Tags } from '../model.ts';
import type { Policy } from '../policy.ts';

/** What users and roles have in common. */
interface Principal {
  /** With its path: `arn:aws:iam::111122223333:user/staff/Bea`. */
  readonly arn: string;
  readonly name: string;
  /** The unique id, `AIDA…` or `AROA…`; empty where the answer has none. */
  readonly id: string;
  readonly accountId: string;
  readonly path: string;
  readonly tags: Tags;
  /** Its own and, of a user, those of its groups. */
  readonly identity: readonly AttachedPolicy[];
  readonly boundary?: AttachedPolicy;
}

export interface AccountUser extends Principal {
  readonly kind: 'user';
  /** Names of groups. */
  readonly groups: readonly string[];
}

export interface AccountRole extends Principal {
  readonly kind: 'role';
  /** Without a statement where the answer has no trust policy. */
  readonly trust: AttachedPolicy;
  /** ARNs of the instance profiles that hold the role; absent where the answer does not tell. */
  readonly instanceProfiles?: readonly string[];
}

export type AccountPrincipal = AccountUser | AccountRole;

export interface AccountGroup {
  readonly arn: string;
  readonly name: string;
  readonly id: string;
  readonly path: string;
  readonly identity: readonly AttachedPolicy[];
}

/** A managed policy that an answer lists: the account's own, and those of AWS that are attached. */
export interface AccountManagedPolicy {
  readonly arn: string;
  readonly name: string;
  readonly isAwsManaged: boolean;
  readonly isAttachable: boolean;
  /** `v3`. */
  readonly defaultVersionId: string;
  readonly versions: readonly { readonly id: string; readonly isDefault: boolean; readonly policy: Policy }[];
}

export interface Account {
  /** Empty where the answer has no ARN that would tell it: the account then has no principals. */
  readonly accountId: string;
  readonly users: readonly AccountUser[];
  readonly roles: readonly AccountRole[];
  readonly groups: readonly AccountGroup[];
  readonly managedPolicies: readonly AccountManagedPolicy[];
}

/** The policy of one resource: a bucket's, a queue's, a key's. Trust policies are with their roles, save those of other accounts. */
export interface ResourcePolicy {
  /** The ARN of the resource that has the policy: a bucket's, not an object's. */
  readonly resource: string;
  /** The account that owns the resource. */
  readonly accountId: string;
  readonly policy: Policy;
}

/** Levels of policies, from the root of the organization to the account. */
export type Levels = readonly (readonly AttachedPolicy[])[];

/** Accounts together, and what lies over and beside them. */
export interface Estate {
  readonly accounts: readonly Account[];
  readonly resourcePolicies: readonly ResourcePolicy[];
  /** The service control policies by account. An account that is not here has none over it. */
  readonly serviceControl: Readonly<Record<string, Levels>>;
  /** The resource control policies by account. RCPFullAWSAccess is always there besides. */
  readonly resourceControl?: Readonly<Record<string, Levels>>;
  readonly organization?: Organization;
}
