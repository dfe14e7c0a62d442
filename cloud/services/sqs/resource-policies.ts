import type { ResourcePolicyReader } from '../../resource-policies.ts';

/** The policy of a queue. */
export const sqsResourcePolicies: ResourcePolicyReader = () => ({});
