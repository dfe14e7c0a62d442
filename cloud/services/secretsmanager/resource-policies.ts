import type { ResourcePolicyReader } from '../../resource-policies.ts';

/** The resource policy of a secret. */
export const secretsmanagerResourcePolicies: ResourcePolicyReader = () => ({});
