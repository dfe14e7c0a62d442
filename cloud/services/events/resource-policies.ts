import type { ResourcePolicyReader } from '../../resource-policies.ts';

/** The policy of an event bus. */
export const eventsResourcePolicies: ResourcePolicyReader = () => ({});
