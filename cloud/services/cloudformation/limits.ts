/** What one account may hold. */
export const cloudFormationLimits = {
  /** Stacks that are not deleted, all regions together. AWS lets an account have 2,000; with their templates they would fill the sandbox. */
  stacks: 100,
  /** Deleted stacks that can still be asked for by their ids; AWS keeps them for 90 days. */
  deletedStacks: 20,
  /** Bytes of a template in a call (CloudFormation User Guide, "Understand CloudFormation quotas"). */
  templateBytes: 51_200,
  /** Bytes of a template out of a bucket: a quarter of AWS's 1 MiB, because reading YAML takes long for as much. */
  templateBytesInBucket: 256 * 1024,
  /** Bytes of a stack policy. */
  policyBytes: 16_384,
  /** Events of a stack: the newest. */
  events: 200,
  /** Change sets of a stack; AWS's quota is 1,000. */
  changeSets: 30,
  /** Resources of all stacks: each of them is kept with its properties. */
  resources: 2000,
} as const;
