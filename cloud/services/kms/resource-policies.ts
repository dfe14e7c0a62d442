import type { ResourcePolicyReader } from '../../resource-policies.ts';

/** A key's policy (layer `resource`), and its grants. */
export const kmsResourcePolicies: ResourcePolicyReader = () => ({});
