import type { PolicedResourceList, ResourcePolicyReader } from '../../resource-policies.ts';

/** The policy of an event bus. */
export const eventsResourcePolicies: ResourcePolicyReader = () => ({});

/** Buses have no policies yet that could be set. */
export const eventsPolicedResources: PolicedResourceList = () => [];
