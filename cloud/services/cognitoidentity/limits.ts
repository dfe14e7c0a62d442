/** What one account may hold in Cognito Identity, each with its reason. */
export const cognitoIdentityLimits = {
  /** Identity pools of an account (Amazon Cognito quotas: 60, which can be raised). */
  pools: 60,
  /** Identities of an account, all pools together. AWS has no bound; each stands in the state, and whoever knows a pool's id makes them. */
  identities: 500,
  /** Amazon Cognito quotas, "Quotas on resource number and size": login providers, OIDC providers, role mapping rules. */
  userPoolsPerPool: 50,
  rulesPerMapping: 25,
  tagsPerPool: 50,
} as const;
