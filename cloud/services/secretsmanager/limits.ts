/** What one account may hold in Secrets Manager, each with its reason. */

const MiB = 1024 * 1024;

export const secretsManagerLimits = {
  /** Secrets of one account, all regions together. AWS's own quota is 500,000 in a region. */
  secretsPerAccount: 500,
  /** Versions of one secret. AWS's own: it removes deprecated ones beyond it that are a day old. */
  versionsPerSecret: 100,
  /** Characters of all values of an account: they stand in the state. */
  valueCharactersPerAccount: 4 * MiB,
  /** Bytes of a value (AWS Secrets Manager quotas). */
  valueBytes: 65_536,
  /** Bytes of a resource policy (AWS Secrets Manager quotas). */
  policyBytes: 20_480,
  /** AWS's own. */
  tagsPerSecret: 50,
  /** Staging labels of one secret over all versions. AWS's own. */
  stagesPerSecret: 20,
} as const;
