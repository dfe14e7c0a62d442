/** The embedded cloud: four AWS services in memory, behind one door. */
import type { Hashes, Random } from './call.ts';
import type { ManagedPolicyCatalogue } from './managed-policies.ts';
import type { Cloud } from './perform.ts';
import { iamService } from './services/iam/index.ts';
import { s3Service } from './services/s3/index.ts';
import { ssmService } from './services/ssm/index.ts';
import { stsService } from './services/sts/index.ts';

/** Puts the cloud together; one for the whole process, whatever the number of sandboxes. */
export function createCloud(parts: {
  readonly hashes: Hashes;
  readonly random: Random;
  readonly managedPolicies: ManagedPolicyCatalogue;
}): Cloud {
  return { ...parts, services: { iam: iamService, sts: stsService, s3: s3Service, ssm: ssmService } };
}
