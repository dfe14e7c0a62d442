import type { ResourcePolicyReader } from '../../resource-policies.ts';

/** The policy of a topic. */
export const snsResourcePolicies: ResourcePolicyReader = () => ({});
