/** The embedded cloud: AWS services in memory, behind one door. */
import type { Hashes, Random } from './call.ts';
import type { ManagedPolicyCatalogue } from './managed-policies.ts';
import type { Cloud } from './perform.ts';
import { services } from './services/index.ts';

/** Puts the cloud together; one for the whole process, whatever the number of sandboxes. */
export function createCloud(parts: {
  readonly hashes: Hashes;
  readonly random: Random;
  readonly managedPolicies: ManagedPolicyCatalogue;
}): Cloud {
  return { ...parts, services };
}
