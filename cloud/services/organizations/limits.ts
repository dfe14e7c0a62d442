/** What an organization may hold, each with its reason. AWS Organizations User Guide, "Quotas and service limits". */
export const organizationsLimits = {
  /** Policies of one type on one root, unit or account, AWS's own among them. AWS's own quota. */
  policiesPerTarget: 5,
  /** Characters of a service or resource control policy, white space included. AWS's own quota. */
  policyCharacters: 5120,
  /** Policies of one type. AWS's quotas are 10,000 and 1,000: all of these documents stand in the state. */
  policiesPerType: 100,
  /** Accounts, those with open invitations among them. AWS's own quota; a sandbox has fewer. */
  accounts: 10,
  /** Invitations that are told, open and answered. AWS sends 20 a day at most. */
  invitations: 20,
  /** Units. AWS's quota is 2,000: no lesson needs more than a few. */
  units: 200,
  /** Units below each other, under the root. AWS's own quota. */
  unitDepth: 5,
  /** Tags of a root, unit, account or policy. AWS's own quota. */
  tagsPerResource: 50,
  /** Services with trusted access. There are about 60. */
  trustedServices: 100,
} as const;
