import type { ResourcePolicyReader } from '../../resource-policies.ts';

/** The policy of a function, a version, an alias or a layer. */
export const lambdaResourcePolicies: ResourcePolicyReader = () => ({});
