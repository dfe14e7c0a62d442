/** The identity pools of an account, in all regions, and the identities in them. */
export interface CognitoIdentityState {
  /** By their id, which begins with the region. */
  readonly pools: Readonly<Record<string, PoolState>>;
  /** By their id. */
  readonly identities: Readonly<Record<string, IdentityState>>;
}

/** What a new account has; one object for all of them. */
export const emptyCognitoIdentityState: CognitoIdentityState = { pools: {}, identities: {} };

export interface PoolState extends PoolSettings {
  /** `us-east-1:` and a GUID that ends in the account's id. */
  readonly id: string;
  readonly region: string;
  /** By the state's keys for their names. */
  readonly tags: Readonly<Record<string, string>>;
  readonly roles: PoolRoles;
  /** How the role of a signed-in identity is chosen, by provider, under `stateKey`. */
  readonly roleMappings?: Readonly<Record<string, RoleMappingState>>;
  /** What the tokens of the pool are signed with: 32 bytes in hex. */
  readonly tokenSecret: string;
}

/** What CreateIdentityPool and UpdateIdentityPool set. */
export interface PoolSettings {
  readonly name: string;
  readonly allowsGuests: boolean;
  /** Whether GetOpenIdToken is answered, by which any role that trusts the pool is had. */
  readonly allowsClassicFlow?: boolean;
  /** Application ids by provider (`accounts.google.com`), under `stateKey`. */
  readonly loginProviders?: Readonly<Record<string, string>>;
  readonly developerProvider?: string;
  /** ARNs of IAM's OIDC providers. */
  readonly oidcProviders?: readonly string[];
  readonly userPools?: readonly UserPoolState[];
  /** ARNs of IAM's SAML providers. */
  readonly samlProviders?: readonly string[];
}

/** A user pool as an identity pool names it; there are none here, but their tokens can be played. */
export interface UserPoolState {
  /** `cognito-idp.us-east-1.amazonaws.com/us-east-1_abc`. */
  readonly provider: string;
  readonly clientId: string;
  readonly checksTokens?: boolean;
}

export interface PoolRoles {
  readonly authenticated?: string;
  readonly unauthenticated?: string;
}

export interface RoleMappingState {
  readonly type: 'Token' | 'Rules';
  readonly ambiguous?: 'AuthenticatedRole' | 'Deny';
  readonly rules?: readonly MappingRule[];
}

export interface MappingRule {
  readonly claim: string;
  readonly match: 'Equals' | 'Contains' | 'StartsWith' | 'NotEqual';
  readonly value: string;
  readonly roleArn: string;
}

export interface IdentityState {
  readonly id: string;
  readonly poolId: string;
  /** Whom providers know it as, in the order in which it signed in first. Nobody's, a guest's, where empty. */
  readonly logins: readonly LoginState[];
  readonly createdAt: number;
  readonly modifiedAt: number;
}

export interface LoginState {
  readonly provider: string;
  readonly subject: string;
}
