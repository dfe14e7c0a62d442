/** What AWS Organizations keeps: in the management account's state, for all accounts of the organization. */
export interface OrganizationsState {
  /** The organization that this account manages; absent in every other account. */
  readonly organization?: OrganizationState;
}

/** What a new account has; one object for all of them. */
export const emptyOrganizationsState: OrganizationsState = {};

/** The kinds of policies that the sandbox knows. */
export type OrganizationPolicyType = 'SERVICE_CONTROL_POLICY' | 'RESOURCE_CONTROL_POLICY';

export interface OrganizationState {
  /** `o-a1b2c3d4e5`. */
  readonly id: string;
  /** `r-ab12`. */
  readonly rootId: string;
  /** Present where the organization only shares its bills: it has no policies then. */
  readonly featureSet?: 'CONSOLIDATED_BILLING';
  /** The kinds of policies that are switched on: those of others are kept and do nothing. */
  readonly policyTypes: readonly OrganizationPolicyType[];
  /** Organizational units by id, `ou-ab12-11111111`. */
  readonly units: Readonly<Record<string, UnitState>>;
  /** Its accounts by id, the management account among them. */
  readonly accounts: Readonly<Record<string, MemberState>>;
  /** Policies made here by id, `p-a1b2c3d4`. AWS's own are in no state. */
  readonly policies: Readonly<Record<string, OrganizationPolicyState>>;
  /** Ids of the policies on a target (root, unit or account), AWS's own among them, in order of attachment. */
  readonly attachments: Readonly<Record<string, readonly string[]>>;
  /** Services by the account that administers them for the organization: `iam.amazonaws.com`. */
  readonly delegatedAdministrators: Readonly<Record<string, readonly string[]>>;
  /** When an account was made administrator of a service, by account and service; where it is absent, when the account joined. */
  readonly delegatedAt?: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Services with trusted access, and since when: `iam.amazonaws.com`. */
  readonly trustedServices?: Readonly<Record<string, number>>;
  /** Tags by the id of a root, unit, account or policy, in order. */
  readonly tags?: Readonly<Record<string, readonly OrganizationTag[]>>;
  /** Invitations by id, `h-a1b2c3d4`, as long as they are told: 30 days after they were answered. */
  readonly invitations?: Readonly<Record<string, InvitationState>>;
  /** What the management account lets members do, `rp-a1b2c3d4`. */
  readonly resourcePolicy?: { readonly id: string; readonly document: string };
}

export interface OrganizationTag {
  readonly Key: string;
  readonly Value: string;
}

export interface InvitationState {
  readonly id: string;
  /** The account that is invited. */
  readonly accountId: string;
  readonly requestedAt: number;
  /** What became of it; an invitation that nobody answers expires. */
  readonly answer?: { readonly state: 'CANCELED' | 'ACCEPTED' | 'DECLINED'; readonly at: number };
  readonly notes?: string;
}

export interface UnitState {
  readonly id: string;
  readonly name: string;
  /** The root, or another unit. */
  readonly parentId: string;
}

export interface MemberState {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  /** The root, or a unit. */
  readonly parentId: string;
  readonly joinedAt: number;
  /** Whether it was there before the organization. Absent of accounts that the organization made. */
  readonly isInvited?: true;
}

export interface OrganizationPolicyState {
  readonly id: string;
  readonly type: OrganizationPolicyType;
  readonly name: string;
  readonly description: string;
  /** The document as JSON text. */
  readonly document: string;
}
