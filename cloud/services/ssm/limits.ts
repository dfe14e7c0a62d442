/** What one account may hold in Parameter Store, each with its reason. */

const MiB = 1024 * 1024;

export const ssmLimits = {
  /** Parameters of one account. AWS's own quota is 10,000 standard parameters. */
  parametersPerAccount: 1000,
  /** Characters of all values of an account, every version counted: they stand in the state. */
  parameterCharactersPerAccount: 4 * MiB,
} as const;
