import type { Account, World } from './world.ts';

/** An account with nothing in it. */
export function newAccount(id: string): Account {
  return {
    id,
    iam: {
      users: {},
      groups: {},
      roles: {},
      policies: {},
      instanceProfiles: {},
      oidcProviders: {},
      virtualMfaDevices: {},
      accessKeys: {},
    },
    sts: { sessions: {} },
    s3: { buckets: {} },
    ssm: { parameters: {} },
  };
}

/** A sandbox with one empty account, its clock at real time. */
export function newWorld(options: { readonly accountId: string; readonly region: string }): World {
  const { accountId, region } = options;
  return { region, clockOffset: 0, primaryAccountId: accountId, accounts: { [accountId]: newAccount(accountId) } };
}
