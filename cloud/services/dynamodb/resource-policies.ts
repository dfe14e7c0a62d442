import type { ResourcePolicyReader } from '../../resource-policies.ts';

/** The resource policy of a table or a stream. */
export const dynamodbResourcePolicies: ResourcePolicyReader = () => ({});
