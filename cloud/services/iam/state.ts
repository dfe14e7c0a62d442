/** The IAM part of an account. Names are unique without regard to case; records are kept by the name as created. */
export interface IamState {
  readonly alias?: string;
  readonly users: Readonly<Record<string, UserState>>;
  readonly groups: Readonly<Record<string, GroupState>>;
  readonly roles: Readonly<Record<string, RoleState>>;
  /** Customer managed policies by ARN. */
  readonly policies: Readonly<Record<string, PolicyState>>;
  readonly instanceProfiles: Readonly<Record<string, InstanceProfileState>>;
  /** By ARN. */
  readonly oidcProviders: Readonly<Record<string, OidcProviderState>>;
  /** By ARN. */
  readonly samlProviders: Readonly<Record<string, SamlProviderState>>;
  /** By serial number (an ARN). */
  readonly virtualMfaDevices: Readonly<Record<string, VirtualMfaDeviceState>>;
  /** Long-lived keys of all users, and of root, by access key id. */
  readonly accessKeys: Readonly<Record<string, AccessKeyState>>;
  readonly passwordPolicy?: PasswordPolicyState;
  /** The root user's password, where it is not the one that the account began with: taken away, or set anew. */
  readonly rootLogin?: { readonly kind: 'none' } | { readonly kind: 'recovered'; readonly createdAt: number };
  /** Salted, where the sandbox knows it: it was set in it. */
  readonly rootPasswordDigest?: string;
  /** When the root user last signed in with it. */
  readonly rootPasswordLastUsed?: number;
  /** The newest credential report, as it was generated. */
  readonly credentialReport?: { readonly generatedAt: number; readonly content: string };
  /** The newest reports on last accesses, by their job's id. */
  readonly accessReports?: Readonly<Record<string, AccessReportState>>;
  /** Of the management account of an organization: what it has switched on for the root users of its members. */
  readonly organizationsFeatures?: readonly OrganizationsFeature[];
}

/** A report on what was last accessed by whom, as it was generated. Of 400 days. */
export interface AccessReportState {
  readonly id: string;
  readonly createdAt: number;
  readonly granularity: 'SERVICE_LEVEL' | 'ACTION_LEVEL';
  /** The actions that the policies allow: the elements of their Allow statements. */
  readonly allows: readonly { readonly not: boolean; readonly values: readonly string[] }[];
  /** The ARNs of the users and roles that the report is about. */
  readonly entities: readonly string[];
  /** By the service's prefix. */
  readonly accessed: Readonly<Record<string, ServiceAccessState>>;
}

export interface AccessState {
  readonly at: number;
  /** ARN. */
  readonly entity: string;
  readonly region: string;
}

export interface ServiceAccessState extends AccessState {
  /** When each user or role last did, by ARN. */
  readonly byEntity: Readonly<Record<string, number>>;
  /** By the action's name, without prefix. */
  readonly byAction: Readonly<Record<string, AccessState>>;
}

/** How an organization manages the root users of its members. */
export type OrganizationsFeature = 'RootCredentialsManagement' | 'RootSessions';

/** What a new account has; one object for all of them. */
export const emptyIamState: IamState = {
  users: {},
  groups: {},
  roles: {},
  policies: {},
  instanceProfiles: {},
  oidcProviders: {},
  samlProviders: {},
  virtualMfaDevices: {},
  accessKeys: {},
};

/** Tags in the order in which they were set. */
export type TagList = readonly { readonly Key: string; readonly Value: string }[];

export interface UserState {
  readonly name: string;
  readonly path: string;
  /** `AIDA…`. */
  readonly id: string;
  readonly createdAt: number;
  readonly tags: TagList;
  /** Inline policies: document text as AWS gives it back. */
  readonly inlinePolicies: Readonly<Record<string, string>>;
  /** ARNs, in order of attachment. */
  readonly attachedPolicies: readonly string[];
  readonly boundary?: string;
  readonly groups: readonly string[];
  readonly loginProfile?: {
    readonly createdAt: number;
    /** Salted; never the password itself. */
    readonly passwordDigest: string;
    /** Digests of earlier passwords, newest first, as far as a password policy may ask for them. */
    readonly previousDigests?: readonly string[];
    readonly resetRequired: boolean;
  };
  readonly passwordLastUsed?: number;
  /** Serial numbers of enabled MFA devices, with the time. */
  readonly mfaDevices: readonly { readonly serialNumber: string; readonly enabledAt: number }[];
  readonly serviceCredentials?: readonly ServiceCredentialState[];
  readonly sshPublicKeys?: readonly SshPublicKeyState[];
  readonly signingCertificates?: readonly SigningCertificateState[];
}

export interface GroupState {
  readonly name: string;
  readonly path: string;
  /** `AGPA…`. */
  readonly id: string;
  readonly createdAt: number;
  readonly inlinePolicies: Readonly<Record<string, string>>;
  readonly attachedPolicies: readonly string[];
}

export interface RoleState {
  readonly name: string;
  readonly path: string;
  /** `AROA…`. */
  readonly id: string;
  readonly createdAt: number;
  readonly description?: string;
  /** Seconds. */
  readonly maxSessionDuration: number;
  /** The trust policy as stored: principals that exist stand as unique ids (`AIDA…`, `AROA…`). */
  readonly trustPolicy: string;
  readonly tags: TagList;
  readonly inlinePolicies: Readonly<Record<string, string>>;
  readonly attachedPolicies: readonly string[];
  readonly boundary?: string;
  readonly lastUsed?: { readonly at: number; readonly region: string };
}

export interface PolicyState {
  readonly arn: string;
  readonly name: string;
  readonly path: string;
  /** `ANPA…`. */
  readonly id: string;
  readonly description?: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly defaultVersionId: string;
  readonly nextVersion: number;
  readonly versions: readonly { readonly id: string; readonly document: string; readonly createdAt: number }[];
  readonly tags: TagList;
}

export interface InstanceProfileState {
  readonly name: string;
  readonly path: string;
  /** `AIPA…`. */
  readonly id: string;
  readonly createdAt: number;
  /** Name of the role in it. */
  readonly role?: string;
  readonly tags: TagList;
}

export interface OidcProviderState {
  readonly arn: string;
  /** Without `https://`. */
  readonly url: string;
  readonly clientIds: readonly string[];
  readonly thumbprints: readonly string[];
  readonly createdAt: number;
  readonly tags: TagList;
}

export interface SamlProviderState {
  readonly arn: string;
  readonly name: string;
  /** The metadata document of the identity provider, XML. */
  readonly metadata: string;
  /** `ASAML…`. */
  readonly uuid: string;
  readonly createdAt: number;
  readonly validUntil: number;
  readonly tags: TagList;
}

/** A user name and password, or an API key, for one service. The secret is shown once and not kept: nothing here takes it. */
export interface ServiceCredentialState {
  /** `ACCA…`. */
  readonly id: string;
  /** `codecommit.amazonaws.com`. */
  readonly serviceName: string;
  readonly serviceUserName: string;
  readonly status: 'Active' | 'Inactive';
  readonly createdAt: number;
  /** Of API keys that end. */
  readonly expiresAt?: number;
}

export interface SshPublicKeyState {
  /** `APKA…`. */
  readonly id: string;
  /** As it was uploaded: SSH's encoding, or PEM. */
  readonly body: string;
  readonly status: 'Active' | 'Inactive';
  readonly uploadedAt: number;
}

export interface SigningCertificateState {
  readonly id: string;
  /** PEM. */
  readonly body: string;
  readonly status: 'Active' | 'Inactive';
  readonly uploadedAt: number;
}

export interface VirtualMfaDeviceState {
  readonly serialNumber: string;
  /** Base32, as an authenticator app takes it. */
  readonly seed: string;
  /** The user that has it enabled; `root` for the root user. */
  readonly user?: string;
  readonly enabledAt?: number;
  readonly tags: TagList;
}

export interface AccessKeyState {
  readonly id: string;
  readonly secret: string;
  /** The user's name; absent for a key of the root user. */
  readonly user?: string;
  readonly status: 'Active' | 'Inactive';
  readonly createdAt: number;
  readonly lastUsed?: { readonly at: number; readonly region: string; readonly service: string };
}

export interface PasswordPolicyState {
  readonly minimumPasswordLength: number;
  readonly requireSymbols: boolean;
  readonly requireNumbers: boolean;
  readonly requireUppercaseCharacters: boolean;
  readonly requireLowercaseCharacters: boolean;
  readonly allowUsersToChangePassword: boolean;
  readonly maxPasswordAge?: number;
  readonly passwordReusePrevention?: number;
  readonly hardExpiry?: boolean;
}
