/** What one account may hold in KMS, each with its reason. */

export const kmsLimits = {
  /** Keys of one account, all regions and states together. AWS's own quota is 100,000 in a region; a lesson needs a handful. */
  keysPerAccount: 200,
  /** AWS's own quota is 50 for each key. */
  aliasesPerKey: 50,
  /** Grants of one key. AWS's own quota is 50,000: they stand in the state, and each decision about the key looks through them. */
  grantsPerKey: 200,
  /** Bytes of a key policy (AWS KMS Developer Guide, "Quotas"). */
  policyBytes: 32 * 1024,
  /** AWS's own. */
  tagsPerKey: 50,
} as const;
