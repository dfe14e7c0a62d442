import type { ResourcePolicyReader } from '../../resource-policies.ts';

/** The resource policies of log groups. */
export const logsResourcePolicies: ResourcePolicyReader = () => ({});
