/** What one region of an account may hold; EC2 answers with an error of its own for each. */
export const ec2Limits = {
  /** Running On-Demand Standard instances in vCPUs: what a new account may have (EC2 User Guide, "On-Demand Instance quotas"). */
  vcpus: 32,
  /** Instances, stopped and lately terminated ones included: user data of 16 KiB each stands in the state. */
  instances: 40,
  /** Bytes of user data, before they are encoded (EC2 User Guide, "Run commands when you launch an EC2 instance with user data input"). */
  userDataBytes: 16 * 1024,
  /** Milliseconds that user data may take. AWS sets no limit; code runs no longer here. */
  userDataMilliseconds: 60_000,
  /** Characters of a console that are kept (EC2 User Guide: the most recent 64 KB); they stand in the state. */
  consoleCharacters: 16 * 1024,
  /** Amazon VPC User Guide, "Amazon VPC quotas". */
  vpcs: 5,
  /** As AWS has it 200 for each VPC; a sandbox needs fewer. */
  subnetsPerVpc: 32,
  /** As AWS has it 2,500; a sandbox needs fewer. */
  securityGroups: 100,
  /** Inbound, and again outbound. */
  rulesPerSecurityGroup: 60,
  /** EC2 User Guide, "Quotas": 5,000; a sandbox needs fewer. */
  keyPairs: 50,
  /** Gateway endpoints of a region; interface endpoints of a VPC are as many at most. */
  vpcEndpoints: 20,
  /** EC2 User Guide, "Tag your Amazon EC2 resources". */
  tagsPerResource: 50,
  /** Milliseconds that a terminated instance is still listed: "for a short while", about an hour. */
  terminatedKept: 60 * 60 * 1000,
} as const;
